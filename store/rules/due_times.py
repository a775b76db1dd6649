"""When each clock of a request received at a moment is due, and which open time leads there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from store.rules.clock_records import TargetSet
from store.rules.hours import Hours
from store.words import Metric

#: The clocks that start when a request is received; the others wait for what comes then.
AT_ONCE = (Metric.FIRST_RESPONSE, Metric.RESOLUTION)


@dataclass(frozen=True, slots=True)
class DueTime:
    """One clock of a request that was just received."""

    metric: Metric
    target: timedelta
    """Open time."""
    due: datetime | None = None
    """None: it starts later, or the calendar never opens for so long again."""
    warn_75: datetime | None = None
    warn_90: datetime | None = None
    counted: tuple[tuple[datetime, datetime], ...] = ()
    """The stretches of open time up to ``due``."""


def due_times(targets: TargetSet, hours: Hours, received: datetime) -> tuple[DueTime, ...]:
    """Return when each clock is due; a clock without a target is left out."""
    found = []
    for metric in Metric:
        target = targets.of(metric)
        if target is None:
            continue
        due = hours.due(received, target) if metric in AT_ONCE else None
        if due is None:
            found.append(DueTime(metric, target))
            continue
        found.append(
            DueTime(
                metric,
                target,
                due,
                warn_75=hours.due(received, target * 3 / 4),
                warn_90=hours.due(received, target * 9 / 10),
                counted=tuple(hours.intervals(received, due)),
            )
        )
    return tuple(found)
