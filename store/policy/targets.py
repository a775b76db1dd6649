"""``[targets.P1]`` to ``[targets.P4]`` and ``[targets.emergency]``: how fast we promise to be."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import Field

from store.policy.durations import Duration
from store.policy.section import Section


class Targets(Section):
    """What is promised for one priority, in open time. A clock left out does not run."""

    calendar: str = Field(
        default="desk",
        description="The calendar whose open time counts: `desk` for the desk's own, `always` "
        "for every hour of the week, or one of `[calendars]`.",
        examples=["desk"],
    )
    anchor: Literal["received", "declared"] = Field(
        default="received",
        description="From when it counts: when the request was `received`, or when it was "
        "`declared` to be this.",
        examples=["declared"],
    )
    first_response: Duration | None = Field(
        default=None,
        description="Until a person answers for the first time. Automatic answers don't count.",
        examples=["30m"],
    )
    next_response: Duration | None = Field(
        default=None,
        description="Until a person answers what the requester wrote afterwards.",
        examples=["1h"],
    )
    update: Duration | None = Field(
        default=None,
        description="Between two answers while the work goes on. Waiting pauses it.",
        examples=["2h"],
    )
    resolution: Duration | None = Field(
        default=None,
        description="Until it is resolved. Waiting pauses it.",
        examples=["4h"],
    )


def _targets(calendar: str, *hours: float | None, declared: bool = False) -> Targets:
    first, following, update, resolution = (
        None if number is None else timedelta(hours=number) for number in hours
    )
    return Targets(
        calendar=calendar,
        anchor="declared" if declared else "received",
        first_response=first,
        next_response=following,
        update=update,
        resolution=resolution,
    )


class TargetTable(Section):
    """The targets of every priority and of emergencies. What is left out is built in."""

    P1: Targets = Field(
        default=_targets("desk", 0.5, 1, 2, 4),
        description="Many people cannot work.",
        examples=[{"first_response": "30m", "resolution": "4h"}],
    )
    P2: Targets = Field(
        default=_targets("desk", 1, 2, 4, 9),
        description="Some cannot work, or many are slowed down.",
        examples=[{"first_response": "1h", "resolution": "9h"}],
    )
    P3: Targets = Field(
        default=_targets("desk", 4, 9, None, 27),
        description="One person cannot work, or it will matter soon.",
        examples=[{"first_response": "4h", "resolution": "27h"}],
    )
    P4: Targets = Field(
        default=_targets("desk", 9, 18, None, 45),
        description="Wishes and small things.",
        examples=[{"first_response": "9h", "resolution": "45h"}],
    )
    emergency: Targets = Field(
        default=_targets("always", 0.25, 0.5, 0.5, 4, declared=True),
        description="What the catalogue says is an emergency, day and night.",
        examples=[{"calendar": "always", "anchor": "declared", "first_response": "15m"}],
    )
