"""Who has how much to do, against counts of one's own."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from store import commands, queries
from store.queries.workload import SHOWN
from store.words import Attendance, Channel, Level, State
from tests.conftest import NOW
from tests.store.people import ANA, BEN, CHI, a_request, the
from tests.store.queries.stored import put_requests

HOUR = timedelta(hours=1)


def by_login(desk):
    """Return everybody's workload."""
    return {each.login: each for each in queries.workload(desk)}


def test_everybody_has_a_column_and_who_is_present_comes_first(desk):
    """Then by name; whoever is away says until when."""
    commands.presence(desk, CHI, None, "chi's")
    commands.presence(desk, BEN, None, "ben's")
    commands.be(desk, BEN, Attendance.AWAY, NOW + HOUR)
    people = queries.workload(desk)
    assert [each.login for each in people] == ["chi", "ana", "ben", "dee"]
    ben = people[2]
    assert (ben.present, ben.board, ben.attendance, ben.until) == (
        False,
        True,
        Attendance.AWAY,
        NOW + HOUR,
    )


def test_a_column_counts_what_somebody_has(desk):
    """Load, open and waiting ones, the oldest, the minutes of today's end-runs."""
    numbers = [
        a_request(desk, assignee="ben", urgency=Level.HIGH, impact=Level.HIGH),
        a_request(desk, assignee="ben", asked_at=NOW - 240 * HOUR),
        a_request(desk, assignee="ben", asked_at=NOW - 24 * HOUR),
    ]
    commands.wait(desk, BEN, the(numbers[2]), State.WAITING_REQUESTER)
    for minutes, days in ((10, 0), (25, 0), (90, 1)):
        a_request(
            desk,
            channel=Channel.WALK_UP,
            end_run_person="ben",
            minutes=minutes,
            asked_at=NOW - days * 24 * HOUR,
        )
    ben = by_login(desk)["ben"]
    rows = queries.rows(desk, numbers)
    weights = {"P1": 4, "P2": 3, "P3": 2, "P4": 1}
    assert rows[numbers[1]].clock.due < NOW
    load = weights[rows[numbers[0]].priority] + 2 * weights[rows[numbers[1]].priority]
    assert (ben.load, ben.open, ben.waiting, ben.more) == (load, 2, 1, 0)
    assert (ben.oldest, ben.end_run_minutes) == (NOW - 240 * HOUR, 35)
    assert [each.number for each in ben.rows] == [numbers[1], numbers[0], numbers[2]]
    assert by_login(desk)["chi"].oldest is None


def test_whoever_has_left_the_desk_still_has_what_they_had(desk):
    """At the very end, so that somebody takes it."""
    put_requests(desk.store, [{"assignee": "zoe", "state": "open"}])
    last = queries.workload(desk)[-1]
    assert (last.login, last.gone, last.present, last.open) == ("zoe", True, False, 1)


def test_many_are_counted_whole_and_shown_in_part(desk):
    """Each column has as many rows as anybody reads; the count has all."""
    put_requests(
        desk.store,
        [
            {"assignee": login, "state": "open", "due_at": NOW + n * HOUR}
            for n in range(SHOWN + 10)
            for login in ("ana", "ben")
        ],
    )
    counted = Counter(each.open - len(each.rows) for each in queries.workload(desk))
    assert counted == {10: 2, 0: 2}
    ana = by_login(desk)["ana"]
    assert (ana.more, ana.rows[0].number) == (10, 1001)


def test_a_desk_of_eight_is_evened_out_by_three_keys(desk):
    """The proposal is for a lead; nothing that is waited for, or an emergency, is in it."""
    for who in (ANA, BEN, CHI):
        commands.presence(desk, who, None, f"{who.login}'s")
    put_requests(
        desk.store,
        [
            {
                "assignee": "ben" if n % 3 else "chi",
                "state": "waiting_requester" if n % 5 == 0 else "open",
                "emergency_at": NOW if n % 7 == 0 else None,
            }
            for n in range(120)
        ],
    )
    known = queries.evening(desk, ANA)
    before, after = known.proposal.before, known.proposal.after()
    assert max(after.values()) < max(before.values())
    rows = queries.rows(desk, [each.number for each in known.proposal.moves])
    assert {(each.state, each.emergency) for each in rows.values()} == {(State.OPEN, False)}


def test_what_is_about_the_outage_of_an_emergency_is_a_part_of_it(desk):
    """It goes to nobody by a proposal."""
    for who in (ANA, BEN):
        commands.presence(desk, who, None, f"{who.login}'s")
    about = {"assignee": "ben", "state": "open"}
    put_requests(
        desk.store,
        [{"emergency_at": NOW, "outage": 1}, {**about, "outage": 1}, {**about, "outage": 2}, about],
    )
    assert [each.number for each in queries.evening(desk, ANA).proposal.moves] == [1003]
    known = queries.handing_over(desk, ANA, "ben").proposal
    assert [each.number for each in known.stays] == [1002]
