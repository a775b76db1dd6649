"""The queue: its order, its first page, its index."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from store import queries
from store.desk import Desk
from store.facts.people import person
from store.facts.requests import request
from store.queries.order import order_key
from store.records import BoardEntry
from store.words import Group
from tests.conftest import NOW
from tests.store.queries.stored import put_requests

HOUR = timedelta(hours=1)

#: At 18:00 on a Monday the desk is closed, and what never closes runs on.
EVENING = NOW.replace(hour=18, minute=0)


def running(due: timedelta, warn: timedelta, calendar: str = "desk", **more) -> dict:
    """Return a request whose clock is due, and at risk, so long after the evening of the test."""
    return {
        "clock_metric": "resolution",
        "clock_calendar": calendar,
        "due_at": EVENING + due,
        "warn_75_at": EVENING + warn,
        "warn_90_at": EVENING + warn,
    } | more


def paused(**more) -> dict:
    """Return a request whose clock is paused."""
    face = {"clock_metric": "resolution", "clock_calendar": "desk", "clock_paused": True}
    return face | {"remaining_us": 1} | more


QUEUE = [
    running(9 * HOUR, 6 * HOUR),  # 1001 outside hours
    running(2 * HOUR, HOUR, "always"),  # 1002 running
    running(-HOUR, -2 * HOUR),  # 1003 overdue
    paused(),  # 1004
    running(HOUR, -HOUR),  # 1005 at risk, though the desk is closed
    running(-2 * HOUR, -3 * HOUR, "always", snoozed_until=EVENING + HOUR),  # 1006 overdue
    running(HOUR, -HOUR, "always"),  # 1007 at risk
    running(3 * HOUR, HOUR, snoozed_until=EVENING + HOUR),  # 1008 snoozed
    paused(snoozed_until=EVENING + HOUR),  # 1009 snoozed
    {},  # 1010 without a clock, running
    running(3 * HOUR, HOUR, "always", snoozed_until=EVENING - HOUR),  # 1011 running again
    running(0 * HOUR, -HOUR),  # 1012 due this very moment: at risk
    {"state": "resolved", "live": False},  # 1013
    running(2 * HOUR, HOUR, "always", snoozed_until=EVENING),  # 1014 running again
]
ORDER = [1006, 1003, 1012, 1005, 1007, 1002, 1014, 1011, 1010, 1001, 1004, 1008, 1009]


@pytest.fixture
def evening(desk: Desk, clock) -> Desk:
    """The desk at 18:00, with ``QUEUE``."""
    clock.advance(EVENING - NOW)
    put_requests(desk.store, QUEUE)
    return desk


def test_the_first_page_is_in_the_order_of_the_board(evening):
    """Overdue, at risk, running, outside hours, paused, snoozed; then due; then number."""
    assert [row.number for row in queries.first_page(evening, 50)] == ORDER


def test_a_short_first_page_is_the_beginning_of_a_long_one(evening):
    """Wherever the page ends, it ends right."""
    pages = [queries.first_page(evening, limit) for limit in range(15)]
    assert [[row.number for row in page] for page in pages] == [ORDER[:n] for n in range(15)]


def test_the_index_has_every_live_request(evening):
    """Sorted by the rules of attention, the index is in the order of the first page."""
    entries = queries.board_index(evening)
    hours = evening.rules.hours
    entries.sort(key=lambda entry: order_key(entry, hours, EVENING))
    assert [entry.number for entry in entries] == ORDER
    assert next(entry for entry in entries if entry.number == 1008) == BoardEntry(
        number=1008,
        due=EVENING + 3 * HOUR,
        warn_75=EVENING + HOUR,
        calendar="desk",
        paused=False,
        snoozed_until=EVENING + HOUR,
    )


def test_the_groups_are_those_of_the_board(evening):
    """What SQL calls a group and what the rules call one are the same."""
    entries = {entry.number: entry for entry in queries.board_index(evening)}
    groups = [order_key(entries[n], evening.rules.hours, EVENING)[0] for n in ORDER]
    assert groups == [
        *[Group.OVERDUE] * 2,
        *[Group.AT_RISK] * 3,
        *[Group.RUNNING] * 4,
        Group.OUTSIDE_HOURS,
        Group.PAUSED,
        *[Group.SNOOZED] * 2,
    ]


def test_an_empty_queue_has_an_empty_page(desk):
    """There is nothing to show, and that is no error."""
    assert queries.first_page(desk, 50) == []
    assert queries.board_index(desk) == []


_HOURS = st.integers(-3, 3).map(lambda hours: hours * HOUR)
_CALENDARS = st.sampled_from(["desk", "always", "of an older policy"])
_SNOOZED = st.one_of(st.none(), _HOURS.map(lambda ahead: EVENING + ahead))
_REQUESTS = st.one_of(
    st.builds(
        lambda due, earlier, calendar, snoozed: running(
            due, due - abs(earlier), calendar, snoozed_until=snoozed
        ),
        _HOURS,
        _HOURS,
        _CALENDARS,
        _SNOOZED,
    ),
    st.builds(lambda snoozed: paused(snoozed_until=snoozed), _SNOOZED),
    st.builds(lambda snoozed: {"snoozed_until": snoozed}, _SNOOZED),
)


@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=st.lists(_REQUESTS, max_size=20), limit=st.integers(1, 22))
def test_every_first_page_is_the_beginning_of_the_sorted_index(store, rules, rows, limit):
    """Whatever stands in the queue, SQL and the rules put it in the same order."""
    with store.writing() as writing:
        writing.connection.execute(delete(request))
        writing.connection.execute(delete(person))
    put_requests(store, rows)
    store.clock.advance(EVENING - store.clock.now())
    desk = Desk(store, rules)
    entries = sorted(
        queries.board_index(desk), key=lambda entry: order_key(entry, rules.hours, EVENING)
    )
    page = [row.number for row in queries.first_page(desk, limit)]
    assert page == [entry.number for entry in entries][:limit]
