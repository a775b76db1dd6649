"""What a list shows of requests."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store import commands, queries
from store.records import Address, BoardRow, ClockFace
from store.text import is_safe
from store.words import Channel, ClockStatus, Kind, Level, Metric, Priority, State
from tests.conftest import NOW
from tests.store.people import ANA, BEN, HOPPER, a_request, the
from tests.store.queries.stored import put_requests

#: Escape sequences, a bidi override, line ends: nothing of it may reach a terminal.
HOSTILE = "\x1b]52;c;cm0=\x07re: [/etc/passwd] \u202egpj.exe\x9b2J\r\nBcc: all"


def test_a_row_is_the_request_as_it_stands(desk):
    """Everything a list shows comes in one record."""
    number = a_request(desk, service="projector", kind=Kind.INCIDENT)
    commands.claim(desk, BEN, the(number))
    assert queries.rows(desk, [number]) == {
        number: BoardRow(
            number=1001,
            version=2,
            state=State.OPEN,
            kind=Kind.INCIDENT,
            priority=Priority.P2,
            emergency=False,
            claimed_urgent=False,
            subject="Projector dead, class waiting",
            requester=HOPPER,
            department="maths",
            service="projector",
            assignee="ben",
            channel=Channel.WALK_UP,
            end_run="",
            received_at=NOW,
            clock=ClockFace(
                metric=Metric.FIRST_RESPONSE,
                status=ClockStatus.RUNNING,
                calendar="desk",
                due=NOW + timedelta(hours=1),
                warn_75=NOW + timedelta(minutes=45),
                warn_90=NOW + timedelta(minutes=54),
            ),
            snoozed_until=None,
            messages=1,
        )
    }


def test_an_end_run_says_to_whom_and_how_sure(desk):
    """The rule and its certainty come with the person."""
    row = queries.rows(desk, [a_request(desk, end_run_person="ben")])[1001]
    assert (row.end_run, row.end_run_rule, row.end_run_certainty) == ("ben", "R7", "certain")


@pytest.mark.parametrize(
    ("after", "status"),
    [(timedelta(), ClockStatus.RUNNING), (timedelta(hours=12), ClockStatus.OUTSIDE_HOURS)],
)
def test_a_clock_outside_hours_says_so(desk, clock, after, status):
    """Whether a running clock's calendar is open is a matter of now."""
    number = a_request(desk)
    clock.advance(after)
    assert queries.rows(desk, [number])[number].clock.status is status


def test_a_paused_clock_has_no_due_time_but_what_is_left(desk):
    """Paused, it says how much open time is left."""
    number = a_request(desk)
    commands.reply(desk, BEN, the(number), "Which room?")
    commands.wait(desk, BEN, the(number), State.WAITING_REQUESTER)
    clock = queries.rows(desk, [number])[number].clock
    assert (clock.status, clock.due, clock.remaining is not None) == (
        ClockStatus.PAUSED,
        None,
        True,
    )


def test_unknown_numbers_are_left_out_and_none_is_too_many(desk):
    """A list of any length goes through, in one query after the other."""
    put_requests(desk.store, [{"subject": f"No. {place}"} for place in range(1200)])
    found = queries.rows(desk, range(1, 3000))
    assert sorted(found) == list(range(1001, 2201))
    assert queries.rows(desk, []) == {}


def test_nothing_in_a_row_can_drive_a_terminal(desk):
    """Names and subjects are made safe on their way out, whatever the store holds."""
    put_requests(
        desk.store,
        [
            {
                "subject": HOSTILE,
                "requester_name": HOSTILE,
                "requester_address": HOSTILE,
                "department": HOSTILE,
                "service": HOSTILE,
                "assignee": HOSTILE,
                "end_run_person": HOSTILE,
            }
        ],
    )
    row = queries.rows(desk, [1001])[1001]
    shown = [
        row.subject,
        *(row.requester.name, row.requester.address),
        *(row.department, row.service, row.assignee, row.end_run),
    ]
    assert [text for text in shown if not is_safe(text) or "\n" in text] == []
    assert row.subject == "]52;c;cm0=re: [/etc/passwd] gpj.exe2J Bcc: all"


def test_an_emergency_is_marked(desk):
    """Its clock runs by the calendar of emergencies."""
    number = a_request(desk, impact=Level.HIGH)
    commands.emergency(desk, ANA, the(number), "Nobody can teach")
    row = queries.rows(desk, [number])[number]
    assert (row.emergency, row.clock.calendar) == (True, "always")


def test_the_requester_may_have_no_name(desk):
    """An address alone is fine."""
    number = a_request(desk, requester=Address("", "x@office.northgate.example"))
    assert queries.rows(desk, [number])[number].requester == Address(
        "", "x@office.northgate.example"
    )
