"""The clock columns of a request that was just received: the way most requests begin."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from store.commands.clock_cache import columns_of
from store.records import ClockFace
from store.rulebook import Rulebook
from store.words import ClockStatus, Metric


def fresh_clock_columns(rules: Rulebook, priority: str, received_at: datetime) -> dict[str, Any]:
    """Return what ``clock_columns`` would for a history of one receipt, in a tenth of the time.

    Two clocks run then, both from the receipt: first response and resolution.
    """
    targets = rules.targets[priority]
    promised = [
        (Metric.FIRST_RESPONSE, targets.first_response),
        (Metric.RESOLUTION, targets.resolution),
    ]
    running = [(target, metric) for metric, target in promised if target is not None]
    if not running:
        return columns_of(None)
    target, metric = min(running, key=_target)
    hours = rules.hours[targets.calendar]
    return columns_of(
        ClockFace(
            metric=metric,
            status=ClockStatus.RUNNING,
            calendar=targets.calendar,
            due=hours.due(received_at, target),
            warn_75=hours.due(received_at, target * 3 / 4),
            warn_90=hours.due(received_at, target * 9 / 10),
        )
    )


def _target(running: tuple[timedelta, Metric]) -> timedelta:
    return running[0]
