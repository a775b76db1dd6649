"""``[calendars.KEY]``: opening hours, holidays and what is different this time."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from store.policy.names import Zone
from store.policy.section import Section
from store.policy.times import Day, DaySpans, LocalMoment, Spans


class Week(Section):
    """The hours of an ordinary week. A day left out is closed."""

    mon: DaySpans = Field(default=(), description="Monday's hours.", examples=["08:00-17:00"])
    tue: DaySpans = Field(default=(), description="Tuesday's hours.", examples=["08:00-17:00"])
    wed: DaySpans = Field(
        default=(),
        description="Wednesday's hours; several spans are separated by commas.",
        examples=["08:00-12:00, 13:00-17:00"],
    )
    thu: DaySpans = Field(default=(), description="Thursday's hours.", examples=["08:00-17:00"])
    fri: DaySpans = Field(default=(), description="Friday's hours.", examples=["08:00-12:00"])
    sat: DaySpans = Field(
        default=(),
        description="Saturday's hours; a span may run past midnight.",
        examples=["22:00-02:00"],
    )
    sun: DaySpans = Field(default=(), description="Sunday's hours.", examples=["closed"])


class Closure(Section):
    """A time when the desk is closed although the calendar says open."""

    start: LocalMoment = Field(
        alias="from",
        description="From when, in the calendar's local time.",
        examples=["2026-03-02 12:00"],
    )
    end: LocalMoment = Field(alias="to", description="Until when.", examples=["2026-03-02 17:00"])


class Calendar(Section):
    """When time counts. A span belongs to the date it starts on."""

    timezone: Zone | None = Field(
        default=None,
        description="The zone its times are meant in. Left out: the desk's.",
        examples=["Europe/London"],
    )
    weekly: Week = Field(
        description="The hours of an ordinary week, by day.",
        examples=[{"mon": "08:00-17:00"}],
    )
    special: dict[Day, DaySpans] = Field(
        default={},
        description="Dates with hours of their own, which replace the week's and even a "
        'holiday: a half day, an open Saturday, or `"closed"`.',
        examples=[{"2026-12-18": "08:00-12:00"}],
    )
    holidays: list[Day] = Field(
        default=[],
        description="Dates on which nothing is open. `deskwatch init` proposes them for your "
        "country.",
        examples=[[date(2026, 12, 25), date(2026, 12, 28)]],
    )
    closures: list[Closure] = Field(
        default=[],
        description="Times in between when the desk is closed: a staff meeting, a power cut.",
        examples=[[{"from": "2026-03-02 12:00", "to": "2026-03-02 17:00"}]],
    )


def usual() -> Calendar:
    """Return the calendar of a desk that names none: Monday to Friday, 08:00-17:00."""
    workdays: Spans = (("08:00", "17:00"),)
    return Calendar(
        weekly=Week(mon=workdays, tue=workdays, wed=workdays, thu=workdays, fri=workdays)
    )
