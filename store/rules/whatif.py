"""What-if cases: a question about the policy in a line of JSON, answered in another.

A lead rehearses a policy with them before it is applied. A case is ``{id, kind, input}``, and
``expected`` where its author knows the answer; the kinds are ``deadline``, ``elapsed``,
``clock`` and ``coverage``. Instants are "2025-06-13T20:30Z", lengths whole minutes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from store.rules import whatif_read
from store.rules.clocks import ClockState, Cycle, evaluate
from store.rules.cover import Stretch, coverage
from store.rules.whatif_fields import CaseError, Fields, one_of, whole_minutes, written
from store.words import ClockStatus

#: Statuses of a clock that goes on: only these have more to tell than what is over.
_LIVE = (ClockStatus.RUNNING, ClockStatus.OUTSIDE_HOURS, ClockStatus.PAUSED)
#: Objects whose keys are data: one too many is as wrong as one missing.
_DATA = ("minutes", "weighted_hours")
#: Numbers with a fraction agree when they are this close: rounding may put them 0.01 apart.
_CLOSE = 0.0101


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a case: a result, or what is wrong with it."""

    id: object
    """As the case has it; None if it could not be read at all."""
    result: dict[str, Any] | None = None
    agrees: bool | None = None
    """Whether the result is the expected one; None if nothing was expected."""
    error: str = ""

    def as_json(self) -> str:
        """Return the line of JSON for it."""
        shape: dict[str, Any] = {"id": self.id}
        if self.error:
            shape["error"] = self.error
        else:
            shape["result"] = self.result
        if self.agrees is not None:
            shape["agrees"] = self.agrees
        return json.dumps(shape)


def answer(line: str) -> Answer:
    """Return the answer to the case in ``line``; a malformed one gets its error."""
    try:
        case = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Answer(None, error=f"this is not a line of JSON: {error}")
    name = case.get("id") if isinstance(case, dict) else None
    try:
        fields = Fields(case, "")
        compute = one_of(_KINDS, fields, "kind", "kind of case")
        result = compute(fields.part("input"))
    except CaseError as error:
        return Answer(name, error=str(error))
    except OverflowError:
        return Answer(name, error="input: a date or a number of minutes is too far out")
    if "expected" not in fields:
        return Answer(name, result)
    return Answer(name, result, agrees=agree(result, fields.value("expected")))


def agree(result: object, expected: object, key: str = "") -> bool:
    """Say whether ``result`` is what was ``expected``.

    Keys that only the result has don't count, nor do those for people (``..._local``).
    """
    if isinstance(expected, dict):
        return isinstance(result, dict) and _objects_agree(result, expected, exact=key in _DATA)
    if isinstance(expected, list) and isinstance(result, list):
        return len(result) == len(expected) and all(map(agree, result, expected))
    if isinstance(result, bool) or isinstance(expected, bool):
        return result is expected
    if isinstance(result, float) and isinstance(expected, int | float):
        return abs(result - expected) < _CLOSE
    return result == expected


def _objects_agree(result: dict[str, Any], expected: dict[str, Any], *, exact: bool) -> bool:
    wanted = {name for name in expected if not name.endswith("_local")}
    there = wanted == result.keys() if exact else wanted <= result.keys()
    return there and all(agree(result[name], expected[name], name) for name in wanted)


def _deadline(given: Fields) -> dict[str, Any]:
    hours = whatif_read.calendar(given, "calendar")
    return {"due": _written(hours.due(given.instant("start"), given.minutes("minutes")))}


def _elapsed(given: Fields) -> dict[str, Any]:
    hours = whatif_read.calendar(given, "calendar")
    return {"minutes": whole_minutes(hours.open_between(*_period(given)))}


def _clock(given: Fields) -> dict[str, Any]:
    hours = whatif_read.calendars(given)
    targets = whatif_read.targets(given, hours)
    events = whatif_read.events(given, targets)
    states = evaluate(events, targets, hours, given.instant("now"))
    return {metric.value: _state(state) for metric, state in states.items()}


def _coverage(given: Fields) -> dict[str, Any]:
    found = coverage(whatif_read.roster(given), *_period(given))
    minutes = {
        who: {band: whole_minutes(length) for band, length in spent.items()}
        for who, spent in found.burden.items()
    }
    return {
        "timeline": [_stretch(each) for each in found.timeline],
        "gaps": [
            {
                "start": written(gap.start),
                "end": written(gap.end),
                "minutes": whole_minutes(gap.end - gap.start),
            }
            for gap in found.gaps
        ],
        "minutes": {
            who: {band.value: count for band, count in spent.items()}
            for who, spent in minutes.items()
        },
        "weighted_hours": {
            who: round(sum(count * found.weights[band] for band, count in spent.items()) / 60, 2)
            for who, spent in minutes.items()
        },
    }


_KINDS: dict[str, Callable[[Fields], dict[str, Any]]] = {
    "deadline": _deadline,
    "elapsed": _elapsed,
    "clock": _clock,
    "coverage": _coverage,
}


def _period(given: Fields) -> tuple[datetime, datetime]:
    start, end = given.instant("start"), given.instant("end")
    if end < start:
        raise CaseError(f"{given.where('end')}: this is before start")
    return start, end


def _written(at: datetime | None) -> str | None:
    return None if at is None else written(at)


def _minutes(length: timedelta | None) -> int | None:
    return None if length is None else whole_minutes(length)


def _state(state: ClockState) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "cycles": [_cycle(each) for each in state.cycles],
        "breached_at": [written(at) for at in state.breached_at],
        "status": state.status.value,
    }
    if state.status in _LIVE:
        shape |= {
            "breached": state.breached,
            "target": _minutes(state.target),
            "used": _minutes(state.used),
            "remaining": _minutes(state.remaining),
            "due": _written(state.due),
            "warn_75": _written(state.warn_75),
            "warn_90": _written(state.warn_90),
        }
    return shape


def _cycle(cycle: Cycle) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "start": written(cycle.start),
        "stop": written(cycle.stop),
        "elapsed": whole_minutes(cycle.elapsed),
        "due": _written(cycle.due),
        "result": cycle.result.value,
        "by": cycle.by.value,
    }
    if cycle.reopened is not None:
        shape["reopened"] = written(cycle.reopened)
    return shape


def _stretch(stretch: Stretch) -> dict[str, Any]:
    return {
        "start": written(stretch.start),
        "end": written(stretch.end),
        "state": stretch.state.value,
        "who": stretch.who,
        "source": stretch.source,
    }
