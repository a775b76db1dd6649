"""Requests, people and hours made by hand for the tests of the screens."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from store.records import (
    Address,
    AttachmentInfo,
    BoardRow,
    ClockFace,
    ClockView,
    EventView,
    MessageView,
    RequestView,
)
from store.rulebook import DepartmentRule, PersonRule, Rulebook, ServiceRule
from store.rules.hours import CalendarSpec, Hours, compile_hours
from store.words import (
    Channel,
    ClockStatus,
    Direction,
    Happened,
    Kind,
    Level,
    Metric,
    Priority,
    Role,
    State,
)

#: Monday 23 November 2026, 10:42 in London.
NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)

_DAY = (("08:00", "16:30"),)
_WEEK = dict.fromkeys(("mon", "tue", "thu", "fri"), _DAY) | {"wed": (("08:00", "12:00"),)}


def school_hours() -> Hours:
    """Return a school desk in London: 08:00–16:30, Wednesday mornings, closed at Christmas."""
    return compile_hours(
        CalendarSpec(
            tz="Europe/London",
            weekly=_WEEK,
            special={},
            holidays=frozenset({date(2026, 12, 25)}),
            closures=(),
        )
    )


MATRIX = {
    (impact, urgency): Priority(priority)
    for impact, row in {
        Level.HIGH: ("P2", "P1", "P1"),
        Level.MEDIUM: ("P3", "P2", "P1"),
        Level.LOW: ("P4", "P3", "P2"),
    }.items()
    for urgency, priority in zip((Level.LOW, Level.MEDIUM, Level.HIGH), row, strict=True)
}


def rulebook() -> Rulebook:
    """Return the rules of a small school desk."""
    return Rulebook(
        version=1,
        desk="Northgate School IT",
        timezone="Europe/London",
        addresses=("help@northgate.example",),
        allow_as=True,
        people={
            "ana": PersonRule("ana", "Ana Lovelace", ("ana@northgate.example",), Role.LEAD),
            "ben": PersonRule("ben", "Ben Okafor", ("ben@northgate.example",), Role.TECHNICIAN),
            "chi": PersonRule("chi", "Chi Nguyen", ("chi@northgate.example",), Role.TECHNICIAN),
        },
        departments={"maths": DepartmentRule("maths", "Mathematics")},
        services={"projectors": ServiceRule("projectors", "Projectors and screens")},
        matrix=MATRIX,
        targets={},
        hours={"desk": school_hours()},
        roster=None,
        keys={},
    )


def board_row(**changes: object) -> BoardRow:
    """Return the projector request as the queue knows it, with ``changes``."""
    row = BoardRow(
        number=1042,
        version=3,
        state=State.NEW,
        kind=Kind.INCIDENT,
        priority=Priority.P1,
        emergency=False,
        claimed_urgent=False,
        subject="Projector dead, class waiting",
        requester=Address("Grace Hopper", "grace.hopper@northgate.example"),
        department="maths",
        service="projectors",
        assignee="",
        channel=Channel.DESK_MAIL,
        end_run="",
        received_at=NOW - timedelta(minutes=27),
        clock=ClockFace(
            Metric.FIRST_RESPONSE,
            ClockStatus.RUNNING,
            "desk",
            due=NOW - timedelta(minutes=12),
            warn_75=NOW - timedelta(minutes=16),
            warn_90=NOW - timedelta(minutes=14),
        ),
        snoozed_until=None,
        messages=3,
    )
    return replace(row, **changes)


def messages() -> tuple[MessageView, ...]:
    """Return a mail with quoted text and a photo, an answer, and a note."""
    grace = Address("Grace Hopper", "grace.hopper@northgate.example")
    ben = Address("Ben Okafor", "ben@northgate.example")
    quoted = "\n".join(f"> quoted line {line}" for line in range(1, 15))
    return (
        MessageView(
            id=1,
            direction=Direction.IN,
            sender=grace,
            at=NOW - timedelta(minutes=27),
            text="The projector in B12 shows only blue.\n28 pupils are waiting. Can someone come?",
            quoted=quoted,
            attachments=(AttachmentInfo("blue-screen.jpg", "image/jpeg", 1_240_000),),
        ),
        MessageView(
            id=2,
            direction=Direction.OUT,
            sender=ben,
            at=NOW - timedelta(minutes=14),
            text="Hold the power key for ten seconds, please. I am on my way.",
            quoted="",
        ),
        MessageView(
            id=3,
            direction=Direction.NOTE,
            sender=ben,
            at=NOW - timedelta(minutes=9),
            text="Third lamp this term. The filter has not been cleaned.",
            quoted="",
        ),
    )


def request_view(**changes: object) -> RequestView:
    """Return the projector request in full, with ``changes``."""
    events = (
        (27, "Deskwatch", Happened.RECEIVED, "received by mail", False),
        (20, "Chi Nguyen", Happened.CLAIMED, "claimed it", True),
        (14, "Ben Okafor", Happened.REPLIED, "answered", False),
        (9, "Ben Okafor", Happened.NOTED, "wrote a note", False),
    )
    view = RequestView(
        row=board_row(),
        impact=Level.MEDIUM,
        urgency=Level.HIGH,
        ending=None,
        resolved_at=None,
        emergency_at=None,
        linked_to=None,
        repeat_contacts=3,
        messages=messages(),
        history=tuple(
            EventView(id_, 1042, NOW - timedelta(minutes=ago), who, what, text, undone)
            for id_, (ago, who, what, text, undone) in enumerate(events, 1)
        ),
        clocks=(
            ClockView(
                Metric.FIRST_RESPONSE,
                ClockStatus.MET,
                "desk",
                target=timedelta(minutes=15),
                used=timedelta(minutes=13),
                remaining=None,
                due=NOW - timedelta(minutes=12),
                warn_75=NOW - timedelta(minutes=16),
                warn_90=NOW - timedelta(minutes=14),
                stopped_at=NOW - timedelta(minutes=14),
            ),
            ClockView(
                Metric.RESOLUTION,
                ClockStatus.RUNNING,
                "desk",
                target=timedelta(hours=2),
                used=timedelta(minutes=27),
                remaining=timedelta(minutes=93),
                due=NOW + timedelta(minutes=93),
                warn_75=NOW + timedelta(minutes=63),
                warn_90=NOW + timedelta(minutes=81),
            ),
        ),
    )
    return replace(view, **changes)
