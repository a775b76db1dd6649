"""How requests ended, on whom it rests, who came back: against counts of the same rows."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert

from store import commands, queries
from store.endings_records import Carried, Ended, Repeats, Rests, Returned
from store.facts.people import person
from store.queries import ended
from store.records import Actor
from store.rules.concentration import concentration
from store.rules.periods import Period
from store.words import Ending, Happened
from tests.conftest import NOW
from tests.store.letters import letter
from tests.store.people import ANA, BEN, CHI, HOPPER, a_request, the
from tests.store.queries.stored import put_requests

DAY = timedelta(days=1)


def put(desk, rows):
    """Put requests into the store, ended unless they say otherwise; people come with them."""
    people = sorted({row.get("requester_id", 1) for row in rows} - {1})
    with desk.writing() as writing:
        for each in people:
            writing.connection.execute(
                insert(person).values(
                    id=each, login="", name=f"P{each}", role="", department="", active=True
                )
            )
    usual = {
        "state": "closed",
        "live": False,
        "ending": "fixed",
        "assignee": "ben",
        "resolved_at": NOW - DAY,
        "received_at": NOW - 2 * DAY,
    }
    put_requests(desk.store, [usual | row for row in rows])


def a_year(seed=7):
    """Return rows of a year: few people ask for much, some of it is left open."""
    chance = random.Random(seed)
    rows = []
    for place in range(1500):
        # Now and then the one before comes again, and again, soon after.
        is_again = place % 40 < 5
        hours = chance.randint(20, 45) if is_again else -chance.randint(1, 24 * 400)
        received = (rows[-1]["received_at"] if is_again and rows else NOW) + timedelta(hours=hours)
        asks = {
            "requester_id": 1 + min(int(chance.expovariate(0.12)), 59),
            "service": chance.choice(("printing", "printing", "projector", "laptops", "")),
        }
        if is_again and rows:
            asks = {key: rows[-1][key] for key in asks}
        resolved = received + timedelta(hours=chance.randint(1, 400))
        is_open = resolved > NOW or chance.random() < 0.05
        rows.append(
            {
                **asks,
                "assignee": chance.choice(("ana", "ben", "ben", "chi", "dee", "eve", "fay")),
                "received_at": received,
                "resolved_at": None if is_open else resolved,
                "ending": "" if is_open else chance.choice(list(Ending)).value,
                "state": "open" if is_open else "closed",
                "live": is_open,
                "alert": "disk" if chance.random() < 0.05 else "",
            }
        )
    return rows


def counted(rows, since):
    """Return the rows that count."""
    return [row for row in rows if row["resolved_at"] and row["resolved_at"] >= since]


@pytest.mark.parametrize("period", Period)
def test_every_figure_is_that_of_a_plain_count(desk, period):
    """Of a year of requests, whatever the period."""
    rows = a_year()
    put(desk, rows)
    since = NOW - period.value
    found = queries.endings(desk, ANA, period)
    here = [row for row in counted(rows, since) if not row["alert"]]
    assert len(here) > 30

    assert found.since == since
    assert found.all_together == ended_so("", here)
    assert {each.service: each for each in found.services} == {
        key: ended_so(key, [row for row in here if row["service"] == key])
        for key in {row["service"] for row in here}
    }

    asked = Counter(row["requester_id"] for row in here)
    assert (found.requests, found.requesters) == (len(here), len(asked))
    assert found.many == concentration(Counter(asked.values()))

    by_person = Counter(row["assignee"] for row in here)
    assert {each.login: each.resolved for each in found.shoulders.each} == by_person
    assert (found.shoulders.resolved, found.shoulders.people) == (len(here), len(by_person))
    assert found.shoulders.found == concentration(Counter(by_person.values()))

    assert {each.service: each for each in found.repeats} == again_and_again(here)
    assert period is Period.FOUR_WEEKS or sum(each.often for each in found.repeats)
    telling = [row for row in here if row["service"]]
    assert found.returned == came_back("", telling, rows)
    assert {each.service: each for each in found.returned_by_service} == {
        key: each
        for key in ("printing", "projector", "laptops")
        if max((each := came_back(key, telling, rows)).guided, each.done) >= 6
    }


def ended_so(service, rows):
    """Count how these rows ended."""
    endings = Counter(row["ending"] for row in rows)
    either = endings["guided"] + endings["done"]
    figures = [endings[each] if len(rows) >= 6 else None for each in Ending]
    return Ended(service, len(rows), *figures, endings["guided"] / either if either >= 20 else None)


def again_and_again(rows):
    """Count those who asked three times or more, by service."""
    asked = defaultdict(list)
    for row in rows:
        if row["service"]:
            asked[row["service"], row["requester_id"]].append(row)
    found = {}
    for service in {service for service, _ in asked}:
        people = [each for (key, _), each in asked.items() if key == service and len(each) >= 3]
        if people:
            theirs = [row for each in people for row in each]
            done = sum(row["ending"] == "done" for row in theirs)
            often = sum(is_often([row["received_at"] for row in each]) for each in people)
            told = done if len(theirs) >= 6 else None
            share = done / len(theirs) if len(theirs) >= 20 else None
            found[service] = Repeats(service, len(people), len(theirs), told, share, often)
    return found


def is_often(moments):
    """Say whether five of these lie within a week."""
    return any(
        sum(start <= moment <= start + 7 * DAY for moment in moments) >= 5 for start in moments
    )


def came_back(service, rows, everything):
    """Count who came back after what ended two weeks ago or earlier."""
    ended_so, back = Counter(), Counter()
    for row in rows:
        old = row["resolved_at"] <= NOW - 14 * DAY
        if old and service in {"", row["service"]} and row["ending"] in {"guided", "done"}:
            ended_so[row["ending"]] += 1
            back[row["ending"]] += any(
                other["requester_id"] == row["requester_id"]
                and other["service"] == row["service"]
                and row["resolved_at"] < other["received_at"] <= row["resolved_at"] + 14 * DAY
                for other in everything
            )
    guided, done = ended_so["guided"], ended_so["done"]
    stayed, came = guided - back["guided"], back["done"]
    return Returned(
        service,
        guided,
        stayed if guided >= 6 else None,
        stayed / guided if guided >= 20 else None,
        done,
        came if done >= 6 else None,
        came / done if done >= 20 else None,
    )


def test_an_empty_desk_has_nothing_to_tell(desk):
    """No figure, and no failure."""
    found = queries.endings(desk, ANA)
    assert found.all_together == Ended("", 0, None, None, None, None, None)
    assert (found.services, found.rests, found.repeats, found.many) == ((), (), (), None)
    assert (found.shoulders.people, found.shoulders.half, found.shoulders.each) == (0, None, ())
    assert (found.reopened.resolutions, found.reopened.reopened) == (0, None)


@pytest.mark.parametrize(
    ("count", "told", "share"), [(5, None, None), (6, 6, None), (19, 19, None), (20, 20, 1.0)]
)
def test_few_requests_tell_no_more_than_their_count(desk, count, told, share):
    """From six on how they ended and on how few it rests, from twenty on shares."""
    long_ago = {"ending": "guided", "resolved_at": NOW - 20 * DAY, "received_at": NOW - 21 * DAY}
    put(desk, [long_ago | {"requester_id": 1 + place} for place in range(count)])
    found = queries.endings(desk, ANA)
    assert (found.all_together.guided, found.all_together.helped) == (told, share)
    assert found.services[0].guided == told
    assert (found.returned.guided_stayed, found.returned.guided_share) == (told, share)
    assert found.shoulders.half == (told and 1)
    assert found.shoulders.each == (Carried("ben", count, share),)
    assert len(found.rests) == (told is not None)
    assert (found.many is not None) == (count >= 20)


# ------------------------------------------------------------------ who may know what


def rests_on_ben(desk):
    """Let Ben resolve 14 of 15 that ask for a printer, and others a few more."""
    rows = [{"service": "printing", "assignee": "ben"}] * 14
    rows += [{"service": "printing", "assignee": "ana"}]
    rows += [{"service": "projector", "assignee": who} for who in ("ana", "chi", "dee") * 3]
    put(desk, rows)


def test_people_of_the_desk_are_named_to_leads_and_themselves(desk):
    """Others learn how few there are, not who."""
    rests_on_ben(desk)
    ana, ben, chi = (queries.endings(desk, who) for who in (ANA, BEN, CHI))
    assert [each.login for each in ana.shoulders.each] == ["ana", "ben", "chi", "dee"]
    assert ben.shoulders.each == (Carried("ben", 14, 14 / 24),)
    assert chi.shoulders.each == (Carried("chi", 3, 3 / 24),)
    assert queries.endings(desk, Actor("", "Somebody", read_only=True)).shoulders.each == ()
    printing = Rests("printing", 15, 2, 1, is_alone=True, alone="ben", by_alone=14, others=())
    assert (ana.rests[0], ben.rests[0]) == (printing, printing)
    hidden = Rests("printing", 15, 2, 1, is_alone=True, alone="", by_alone=0, others=())
    assert chi.rests[0] == hidden
    assert chi.rests[1] == Rests(
        "projector", 9, 3, 2, is_alone=False, alone="", by_alone=0, others=()
    )
    assert "ben" not in repr(chi)
    assert ana.all_together == chi.all_together


def test_no_statement_selects_a_requester(desk):
    """They are counted in the database, and never leave it; no record names one."""
    a_request(desk)
    commands.resolve(desk, BEN, the(1001), Ending.DONE)
    statements = [
        ended.endings_query(NOW),
        ended.requesters_query(NOW),
        ended.repeats_query(NOW),
        ended.often_query(NOW),
        ended.returned_query(NOW, NOW),
    ]
    selected = {column for each in statements for column in each.selected_columns.keys()}  # noqa: SIM118 -- no dict
    assert selected == {
        *("service", "assignee", "ending", "requests", "asked", "requesters"),
        *("people", "done", "candidates", "often", "back"),
    }
    told = repr(queries.endings(desk, ANA))
    assert (HOPPER.name in told, HOPPER.address in told) == (False, False)


# ------------------------------------------------------------------ opened again


def test_what_was_opened_again_is_told_of_all_that_was_resolved(desk):
    """Also what was resolved once more since; not what was taken back at once."""
    numbers = [a_request(desk) for _ in range(6)]
    for number in numbers:
        commands.resolve(desk, BEN, the(number), Ending.FIXED)
    reopened = queries.endings(desk, BEN).reopened
    assert (reopened.resolutions, reopened.reopened, reopened.share) == (6, 0, None)
    commands.undo(desk, BEN)  # the last one was not resolved at all
    assert queries.endings(desk, BEN).reopened.resolutions == 5
    commands.resolve(desk, BEN, the(numbers[5]), Ending.DONE)
    commands.reopen(desk, ANA, the(numbers[0]))
    commands.reopen(desk, ANA, the(numbers[1]))
    commands.resolve(desk, BEN, the(numbers[1]), Ending.GUIDED)
    reopened = queries.endings(desk, BEN).reopened
    assert (reopened.resolutions, reopened.reopened) == (7, 2)
    commands.reopen(desk, ANA, the(numbers[2]))
    assert queries.endings(desk, BEN).reopened.reopened == 3
    commands.undo(desk, ANA)
    assert queries.endings(desk, BEN).reopened.reopened == 2


def test_thanks_are_counted(desk, clock):
    """In the period; not one that was split off again."""
    commands.take_in(desk, "help", 1, [letter(1, NOW, message_id="a@x")])
    commands.resolve(desk, BEN, the(1001), Ending.FIXED)
    thanks = letter(2, NOW, "Thank you!", refers_to=("a@x",), thanks=True)
    commands.take_in(desk, "help", 1, [thanks])
    assert queries.endings(desk, BEN).reopened.thanks == 1
    clock.advance(29 * DAY)
    assert queries.endings(desk, BEN, Period.FOUR_WEEKS).reopened.thanks == 0


def test_who_can_do_it_too_is_told_where_one_is_alone(desk, rules):
    """To leads, if the service asks for a skill."""
    printing = replace(rules.services["printing"], skill="printers")
    people = rules.people | {
        "ben": replace(rules.people["ben"], skills=("printers",)),
        "chi": replace(rules.people["chi"], skills=("printers",)),
    }
    services = {**rules.services, "printing": printing}
    skilled = replace(rules, services=services, people=people)
    rests_on_ben(desk)
    desk = type(desk)(desk.store, skilled)
    assert queries.endings(desk, ANA).rests[0].others == ("chi",)
    assert queries.endings(desk, BEN).rests[0].others == ()


def test_reports_of_programs_are_nobody_who_asks(desk):
    """They have nobody to be guided."""
    put(desk, [{"alert": "disk full"}] * 8 + [{}] * 2)
    found = queries.endings(desk, ANA)
    assert (found.all_together.resolved, found.shoulders.resolved) == (2, 2)


def test_what_is_taken_back_is_read_by_the_word(desk):
    """Of each kind of event its own."""
    a_request(desk)
    commands.resolve(desk, BEN, the(1001), Ending.FIXED)
    commands.undo(desk, BEN)
    since = NOW - DAY
    with desk.store.reading() as connection:
        counts = [
            connection.scalar(ended.taken_back_query(what, since))
            for what in (Happened.RESOLVED, Happened.THANKED)
        ]
    assert counts == [1, 0]
