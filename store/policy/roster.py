"""``[roster]``: who has the watch when the desk is closed."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from store.policy.names import Key, Zone
from store.policy.section import Section
from store.policy.times import Day, Days, LocalMoment, TimeOfDay, Window


class Rotation(Section):
    """People who take turns. The first rotation that matches a moment wins."""

    name: Key = Field(
        description="A short name for it.",
        examples=["evenings"],
    )
    first_date: Day = Field(
        description="The date on which the first of its people starts.",
        examples=["2026-01-05"],
    )
    handoff: TimeOfDay = Field(
        description="The local time at which one hands over to the next.",
        examples=["17:00"],
    )
    every_days: int = Field(
        default=7,
        ge=1,
        le=366,
        description="How many days a turn lasts.",
        examples=[7],
    )
    people: list[str] = Field(
        min_length=1,
        description="The log-in names of those who take turns, in this order.",
        examples=[["ana", "ben", "chi"]],
    )
    windows: list[Window] = Field(
        default=[],
        description="When in the week it applies; left out: always. A window belongs whole to "
        "whoever has the turn when it opens.",
        examples=[["fri 17:00 - mon 08:00"]],
    )


class Change(Section):
    """Something that is different this time. Later ones win."""

    kind: Literal["swap", "cover", "absent", "add"] = Field(
        description="`swap` or `cover` puts `who` in somebody's place, `absent` takes `who` "
        "out, `add` fills an empty place.",
        examples=["cover"],
    )
    start: LocalMoment = Field(
        alias="from",
        description="From when, in the roster's local time.",
        examples=["2026-12-24 17:00"],
    )
    end: LocalMoment = Field(alias="to", description="Until when.", examples=["2026-12-25 17:00"])
    who: str = Field(
        description="The log-in name of the one who comes, or with `absent` the one who goes.",
        examples=["ana"],
    )
    instead_of: str = Field(
        default="",
        description="With `swap` and `cover`: only where this person would have been.",
        examples=["ben"],
    )


class Weights(Section):
    """How heavy an hour of cover is. A holiday goes before a weekend, that before the time."""

    evening: float = Field(default=1.0, ge=0, description="Before 22:00.", examples=[1.0])
    night: float = Field(default=1.5, ge=0, description="22:00-06:00.", examples=[1.5])
    weekend: float = Field(default=2.0, ge=0, description="Saturday and Sunday.", examples=[2.0])
    holiday: float = Field(default=3.0, ge=0, description="The desk's holidays.", examples=[3.0])


class RosterPlan(Section):
    """After-hours cover. Which hours those are follows from the desk's calendar."""

    timezone: Zone | None = Field(
        default=None,
        description="The zone of its times. Left out: the desk's.",
        examples=["Europe/London"],
    )
    required: str = Field(
        default="after_hours",
        description="What must be covered: `after_hours` (whenever the desk is closed), "
        "`always`, or the hours of one of `[calendars]`.",
        examples=["after_hours"],
    )
    best_effort: list[Window] = Field(
        default=[],
        description="When in the week it was agreed that nobody need be there: then nobody is "
        "a choice, and no gap.",
        examples=[["sat 22:00 - sun 08:00"]],
    )
    holidays: dict[str, list[Days]] = Field(
        default={},
        description="Days on which a person is on holiday, by log-in name: a date, or the first "
        "and the last. Where it would have been their turn is a gap, until somebody fills it.",
        examples=[{"ben": ["2026-12-21 - 2027-01-03"]}],
    )
    weights: Weights = Field(
        default=Weights(),
        description="How heavy each kind of hour is when burdens are compared.",
        examples=[{"night": 1.5}],
    )
    rotations: list[Rotation] = Field(
        min_length=1,
        description="The rotations, the one that goes first on top.",
        examples=[
            [{"name": "main", "first_date": "2026-01-05", "handoff": "17:00", "people": ["ana"]}]
        ],
    )
    changes: list[Change] = Field(
        default=[],
        description="Swaps, covers, absences and additions, in the order they were agreed.",
        examples=[
            [
                {
                    "kind": "absent",
                    "from": "2026-08-03 00:00",
                    "to": "2026-08-10 00:00",
                    "who": "ben",
                }
            ]
        ],
    )
