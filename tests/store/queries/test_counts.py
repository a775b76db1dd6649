"""The counts beside the queue."""

from __future__ import annotations

from datetime import timedelta

from store import commands, queries
from store.records import DESK, Summary
from store.words import Ending
from tests.conftest import NOW
from tests.store.letters import letter, unreadable
from tests.store.people import ANA, BEN, a_request, the
from tests.store.queries.stored import put_requests

DAY = timedelta(days=1)


def test_an_empty_desk_counts_nothing(desk):
    """Noughts, not errors."""
    assert queries.summary(desk, BEN) == Summary(0, 0, 0, 0, 0, 0, 0, ())


def test_the_queue_is_counted(desk, clock):
    """Live, nobody's, mine, overdue."""
    numbers = [a_request(desk) for _ in range(4)]
    for number in numbers[:2]:
        commands.claim(desk, BEN, the(number))
    commands.claim(desk, ANA, the(numbers[2]))
    commands.resolve(desk, ANA, the(numbers[2]), Ending.FIXED)
    clock.advance(2 * DAY)
    counts = queries.summary(desk, BEN)
    assert (counts.live, counts.unassigned, counts.mine, counts.overdue) == (3, 1, 2, 3)
    assert queries.summary(desk, DESK).mine == 0


def test_today_begins_at_midnight_by_the_desks_own_clock(desk, clock):
    """What came in last night counts for yesterday."""
    a_request(desk, asked_at=NOW - 11 * timedelta(hours=1))
    number = a_request(desk)
    commands.resolve(desk, BEN, the(number), Ending.DONE)
    counts = queries.summary(desk, BEN)
    assert (counts.received_today, counts.resolved_today) == (1, 1)
    clock.advance(DAY)
    counts = queries.summary(desk, BEN)
    assert (counts.received_today, counts.resolved_today) == (0, 0)


def test_thanks_are_counted(desk):
    """A thank-you for a resolved request is not work, and it is shown."""
    commands.take_in(desk, "help", 1, [letter(1, NOW, message_id="a@x")])
    commands.resolve(desk, BEN, the(1001), Ending.FIXED)
    thanks = letter(2, NOW, "Thank you!", refers_to=("a@x",), thanks=True)
    commands.take_in(desk, "help", 1, [thanks])
    assert queries.summary(desk, BEN).thanks_today == 1


def test_what_could_not_be_read_is_counted(desk):
    """Quarantine is never out of sight."""
    commands.take_in(desk, "help", 1, [unreadable(1, NOW), letter(2, NOW)])
    assert queries.summary(desk, BEN).quarantined == 1


def test_end_runs_of_this_week_are_counted_by_person(desk):
    """Since Monday, most first; what is only suspected is not counted."""
    ben = {"end_run_person": "ben", "end_run_rule": "R4", "end_run_certainty": "certain"}
    put_requests(
        desk.store,
        [
            ben | {"received_at": NOW - DAY},
            ben,
            {**ben, "end_run_person": "ana"},
            {**ben, "end_run_certainty": "probable"},
            {**ben, "end_run_person": "chi", "end_run_certainty": "suspect"},
        ],
    )
    assert queries.summary(desk, ANA).end_runs_week == (("ben", 2), ("ana", 1))
