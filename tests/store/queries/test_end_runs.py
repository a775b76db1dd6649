"""The view of end-runs: its figures against counts of the rows, and whom it tells what."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, update

from store import commands, queries
from store.end_run_records import Converted, Doors, Part, Period, Speed
from store.facts.people import person
from store.facts.requests import request
from store.records import EndRunCounts
from store.words import Channel
from tests.conftest import NOW
from tests.store.people import ANA, BEN, CHI, VISITOR, the
from tests.store.queries.stored import put_events, put_requests

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2026, 11, 23, tzinfo=LONDON)
WALL = replace(ANA, read_only=True)
RUN = {"end_run_person": "ben", "end_run_rule": "R4", "end_run_certainty": "certain"}
#: What requests that are put into the store all have to say.
FRONT = {
    **dict.fromkeys(RUN, ""),
    "channel": "desk_mail",
    "minutes": None,
    "emergency_at": None,
    "received_at": NOW,
    "answered_at": None,
}
HOUR = timedelta(hours=1)


def some_rows(seed, count=400):
    """Return requests of three months: by any door, to anybody, answered or not."""
    chance = random.Random(seed)
    rows = []
    for _ in range(count):
        at = NOW - chance.random() * timedelta(days=95)
        answered = at + chance.random() * timedelta(days=2)
        row = FRONT | {
            "received_at": at,
            "answered_at": answered if answered < NOW and chance.random() < 0.8 else None,
            "assignee": chance.choice(["", "ana", "ben", "chi"]),
            "requester_id": chance.randint(1, 9),
            "requester_name": f"Person {chance.randint(1, 3)}",
            "department": chance.choice(["", "maths", "office"]),
            "emergency_at": at if chance.random() < 0.1 else None,
        }
        if chance.random() < 0.4:
            row |= {
                "end_run_person": chance.choice(["ana", "ben", "chi"]),
                "end_run_certainty": chance.choice(["certain", "certain", "probable", "suspect"]),
                "channel": chance.choice([each.value for each in Channel]),
                "minutes": chance.choice([None, 5, 10, 45]),
            }
        rows.append(row)
    return rows


def put(desk, rows):
    """Put requests into the store, and whoever asked them."""
    people = [
        {"id": each, "login": "", "name": "", "role": "", "department": "", "active": True}
        for each in range(2, 10)
    ]
    with desk.writing() as writing:
        writing.connection.execute(insert(person), people)
    put_requests(desk.store, rows)


def counts(row):
    """Say whether a row is an end-run that counts."""
    return bool(row.get("end_run_person")) and row["end_run_certainty"] != "suspect"


@pytest.fixture(scope="module")
def rows():
    """The same three months for each test."""
    return some_rows(7)


@pytest.mark.parametrize("period", list(Period))
def test_every_figure_is_that_of_an_independent_count(desk, rows, period):
    """Of the team, each person, requester, department, channel, hour and week."""
    put(desk, rows)
    view = queries.end_runs(desk, ANA, period)
    since = MONDAY - timedelta(weeks=period - 1)
    of_it = [row for row in rows if row["received_at"] >= since]
    runs = [row for row in of_it if counts(row)]
    assert (view.since, view.requests) == (since, len(of_it))
    assert view.team.count == len(runs)
    assert view.team.emergencies == sum(row["emergency_at"] is not None for row in runs)
    assert view.team.minutes == sum(row["minutes"] or 0 for row in runs)
    assert view.team.timed == sum(row["minutes"] is not None for row in runs)
    assert view.rate == (len(runs) / len(of_it) if len(of_it) >= 20 else None)
    for one in view.people:
        theirs = [row for row in runs if row["end_run_person"] == one.login]
        answered = [
            row
            for row in of_it
            if row["answered_at"] and row["assignee"] == one.login and row not in theirs
        ]
        assert one.runs.count == len(theirs)
        assert one.work == len(theirs) + len(answered)
    for tallies, column in (
        (view.departments, "department"),
        (view.requesters, "requester_id"),
        (view.channels, "channel"),
    ):
        expected: dict[str, int] = {}
        for row in runs:
            expected[str(row[column])] = expected.get(str(row[column]), 0) + 1
        assert {one.key: one.count for one in tallies} == expected
    assert sum(view.hours) == len(runs)
    assert sum(week.count for week in view.weeks[-period:]) == len(runs)
    assert len(view.to_confirm) == sum(
        counts(row) and row["end_run_certainty"] == "probable"
        for row in rows
        if row["received_at"] >= MONDAY - timedelta(weeks=11)
    )


def test_what_comes_of_them_is_that_of_an_independent_count(desk, rows):
    """How fast each door is, and who came by the front door next."""
    put(desk, rows)
    doors = queries.end_run_doors(desk, Period.TWELVE_WEEKS)
    converted = queries.end_run_converted(desk, Period.TWELVE_WEEKS)
    since = MONDAY - timedelta(weeks=11)
    of_it = [row for row in rows if row["received_at"] >= since]

    def speed(some):
        return sorted(
            desk.rules.hours["desk"].open_between(row["received_at"], row["answered_at"])
            for row in some
            if row["answered_at"] and not row["emergency_at"]
        )

    side, front = speed(filter(counts, of_it)), speed(r for r in of_it if not counts(r))
    assert (doors.side.n, doors.front.n) == (len(side), len(front))
    for told, taken in ((doors.side, side), (doors.front, front)):
        seconds = median(each.total_seconds() for each in taken)
        assert abs(told.median.total_seconds() - seconds) < 1e-5
    again = front_next = 0
    for row in of_it:
        later = [
            other
            for other in of_it
            if other["requester_id"] == row["requester_id"]
            and other["received_at"] > row["received_at"]
        ]
        if counts(row) and not row["emergency_at"] and later:
            again += 1
            front_next += not counts(min(later, key=lambda other: other["received_at"]))
    assert converted == Converted(again, front_next, front_next / again)


def test_an_empty_desk_has_noughts(desk):
    """No division by nothing."""
    view = queries.end_runs(desk, ANA, Period.TWELVE_WEEKS)
    assert (view.team.count, view.rate, view.emergency_share, view.people) == (0, None, None, ())
    assert queries.end_run_doors(desk, Period.WEEK) == Doors(Speed(0), Speed(0), False)
    assert queries.end_run_converted(desk, Period.WEEK) == Converted(0, None, None)


@pytest.mark.parametrize("period", [Period.WEEK, Period.TWELVE_WEEKS])
def test_a_list_has_the_requests_behind_its_figure(desk, rows, period):
    """As many as were counted, newest first."""
    put(desk, rows)
    view = queries.end_runs(desk, ANA, period)
    figures = {
        Part.ALL: [("", view.team.count)],
        Part.PERSON: [(one.login, one.runs.count) for one in view.people],
        Part.REQUESTER: [(one.key, one.count) for one in view.requesters],
        Part.DEPARTMENT: [(one.key, one.count) for one in view.departments],
        Part.CHANNEL: [(one.key, one.count) for one in view.channels],
    }
    for which, key, count in ((part, *each) for part, some in figures.items() for each in some):
        found = queries.end_run_requests(desk, ANA, period, which, key)
        assert len(found) == count
        received = [one.row.received_at for one in found]
        assert received == sorted(received, reverse=True)


# ------------------------------------------------------------------------- privacy


@pytest.mark.parametrize(
    ("actor", "login"), [(BEN, "ben"), (CHI, "chi"), (VISITOR, ""), (WALL, "")]
)
def test_who_is_no_lead_is_told_of_the_team_and_of_themselves(desk, rows, actor, login):
    """Whatever they ask for: no other name is in the answer, nor any requester."""
    put(desk, rows)
    for period in Period:
        view, whole = (queries.end_runs(desk, who, period) for who in (actor, ANA))
        assert {one.login for one in view.people} <= {login} - {""}
        assert (view.requesters, view.departments) == ((), ())
        assert {one.row.end_run for one in view.to_confirm} <= {login} - {""}
        assert (view.team, view.channels, view.hours, view.weeks, view.rate) == (
            *(whole.team, whole.channels, whole.hours, whole.weeks, whole.rate),
        )
        for which in Part:
            keys = ("ana", "ben", "chi", "maths", "", "walk_up", "1")
            for key in keys if which is not Part.REQUESTER else ("1", "2"):
                found = queries.end_run_requests(desk, actor, period, which, key)
                assert {one.row.end_run for one in found} <= {login} - {""}


def test_the_counts_beside_the_queue_keep_others_names_too(desk):
    """The team's numbers are everybody's; names are the lead's and one's own."""
    put_requests(
        desk.store,
        [
            FRONT | RUN,
            FRONT | RUN | {"emergency_at": NOW},
            FRONT | RUN | {"end_run_person": "chi"},
            FRONT,
        ],
    )
    told = {who: queries.summary(desk, who) for who in (ANA, BEN, VISITOR, WALL)}
    assert told[ANA].end_runs_week == (("ben", 2), ("chi", 1))
    assert told[BEN].end_runs_week == (("ben", 2),)
    assert told[VISITOR].end_runs_week == told[WALL].end_runs_week == ()
    assert {each.end_runs for each in told.values()} == {EndRunCounts(3, 1, 4)}


# ------------------------------------------------------------------- what is counted


def test_what_was_denied_came_to_the_desk(desk, clock):
    """It is taken from the end-runs and counts at the front door."""
    put_requests(desk.store, [RUN | {"end_run_certainty": "probable", "received_at": NOW - HOUR}])
    before = queries.end_runs(desk, BEN, Period.WEEK)
    assert (before.team.count, before.team.probable, len(before.to_confirm)) == (1, 1, 1)
    assert before.to_confirm[0].row.end_run_rule == "R4"
    put_events(desk.store, [1001])
    with desk.writing() as writing:
        writing.connection.exec_driver_sql("UPDATE counter SET event = 1")
    commands.deny_end_run(desk, BEN, the(1001))
    after = queries.end_runs(desk, BEN, Period.WEEK)
    assert (after.team.count, after.requests, after.to_confirm) == (0, 1, ())


def test_few_answers_tell_of_nobody(desk):
    """Below six a count; from six a median and its interval; from thirty which is faster."""
    slow = FRONT | {"answered_at": NOW, "received_at": NOW - 2 * HOUR}
    quick = FRONT | RUN | {"answered_at": NOW, "received_at": NOW - HOUR}
    put_requests(desk.store, [slow] * 30 + [quick] * 30)
    doors = queries.end_run_doors(desk, Period.WEEK)
    assert doors.front == Speed(30, 2 * HOUR, 2 * HOUR, 2 * HOUR)
    assert doors.comparable
    with desk.writing() as writing:
        several = request.c.number > 1001 + 35
        writing.connection.execute(update(request).where(several).values(answered_at=None))
    doors = queries.end_run_doors(desk, Period.WEEK)
    assert (doors.side.n, doors.side.median, doors.comparable) == (6, HOUR, False)
    with desk.writing() as writing:
        several = request.c.number > 1001 + 34
        writing.connection.execute(update(request).where(several).values(answered_at=None))
    assert queries.end_run_doors(desk, Period.WEEK).side == Speed(5)
