"""``deskwatch due``: when would a request received at T be due, and why."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from store.words import EMERGENCY, Metric, Priority
from tui.cli.when import day_and_time, from_to, instant, iso, length, moment

if TYPE_CHECKING:
    from store.rulebook import Rulebook, ServiceRule
    from store.rules.due_times import DueTime

_NAMES = {
    Metric.FIRST_RESPONSE: "first response",
    Metric.NEXT_RESPONSE: "next response",
    Metric.UPDATE: "update",
    Metric.RESOLUTION: "resolution",
}
_LATER = {
    Metric.NEXT_RESPONSE: "after the requester writes again",
    Metric.UPDATE: "after each answer",
}
#: More stretches of open time than this don't make it clearer.
_STRETCHES = 8


@dataclass(frozen=True, slots=True)
class _Asked:
    """A set of targets that is asked about, and the words it is called by."""

    name: str
    title: str


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``deskwatch due``."""
    parser.add_argument(
        "--at",
        metavar="WHEN",
        type=moment,
        help='received when, e.g. "2026-11-24 08:05", in the desk\'s time (left out: now)',
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--priority",
        type=str.upper,
        choices=[str(each) for each in Priority],
        help="of this priority (left out: of each)",
    )
    which.add_argument(
        "--service", metavar="NAME", help="for this service, as the catalogue rates it"
    )
    parser.add_argument("--emergency", action="store_true", help="declared an emergency at once")
    parser.add_argument("--json", action="store_true", help="a JSON object; see docs/json.md")


def run(args: argparse.Namespace) -> int:
    """Print when each clock would be due, and the open time that leads there."""
    from store.clock import SystemClock
    from store.policy.compile import rulebook
    from store.rules.due_times import due_times
    from tui.cli.context import load_policy

    rules = rulebook(load_policy(args))
    tz = ZoneInfo(rules.timezone)
    received = instant(args.at, tz, SystemClock().now())
    found = []
    for asked in _asked(rules, args):
        targets = rules.targets[asked.name]
        hours = rules.hours[targets.calendar]
        found.append((asked, due_times(targets, hours, received)))
    if args.json:
        shape = {
            "received": received.isoformat(),
            "timezone": rules.timezone,
            "targets": [_shape(rules, asked, given) for asked, given in found],
        }
        print(json.dumps(shape, ensure_ascii=False, indent=2))
        return 0
    print(f"Received {day_and_time(received, tz)} ({rules.timezone})")
    for asked, given in found:
        print()
        print("\n".join(_lines(rules, asked, given, received, tz)))
    return 0


def _asked(rules: Rulebook, args: argparse.Namespace) -> list[_Asked]:
    service = _service(rules, args.service) if args.service else None
    if args.emergency:
        called = f"{service.name}: emergency" if service else "Emergency"
        return [_Asked(EMERGENCY, f"{called}, declared when it was received")]
    if service:
        priority = rules.matrix[service.impact, service.urgency]
        rated = f"{service.impact} impact × {service.urgency} urgency"
        return [_Asked(priority, f"{service.name}: {priority} ({rated})")]
    return [_Asked(each, each) for each in Priority if args.priority in (None, each)]


def _service(rules: Rulebook, wanted: str) -> ServiceRule:
    """Return the service with this key or name."""
    from store.errors import NotFound
    from store.policy.suggest import meant

    folded = wanted.casefold()
    for key, service in rules.services.items():
        if folded in (key.casefold(), service.name.casefold()):
            return service
    raise NotFound(
        f"--service {wanted}: the catalogue has no such service; {meant(wanted, rules.services)}"
    )


def _lines(
    rules: Rulebook, asked: _Asked, given: tuple[DueTime, ...], received: datetime, tz: ZoneInfo
) -> Iterator[str]:
    """Yield a block of text about one set of targets."""
    calendar = rules.targets[asked.name].calendar
    yield asked.title
    yield f"  {_opening(rules, calendar, received, tz)}"
    if not given:
        yield "  nothing is promised"
    for one in given:
        name = f"  {_NAMES[one.metric]:15}"
        target = length(one.target)
        if one.metric in _LATER:
            yield f"{name} {target} open {_LATER[one.metric]}"
        elif one.due is None:
            yield f'{name} never: "{calendar}" does not open for {target} again'
        else:
            yield f"{name} due {day_and_time(one.due, tz)}, after {target} open"
            yield from _counted(one, tz)


def _opening(rules: Rulebook, calendar: str, received: datetime, tz: ZoneInfo) -> str:
    """Say whether time counts from the receipt or from when."""
    hours = rules.hours[calendar]
    if hours.is_open(received):
        return f'"{calendar}" is open: time counts at once'
    opens = hours.next_change(received)
    if opens is None:
        return f'"{calendar}" never opens again: time does not count'
    return f'"{calendar}" is closed until {day_and_time(opens, tz)}: time counts from then'


def _counted(one: DueTime, tz: ZoneInfo) -> Iterator[str]:
    for start, end in one.counted[:_STRETCHES]:
        yield f"{'':20}{from_to(start, end, tz)}  {length(end - start)}"
    if len(one.counted) > _STRETCHES:
        yield f"{'':20}… and {len(one.counted) - _STRETCHES} more"


def _shape(rules: Rulebook, asked: _Asked, given: tuple[DueTime, ...]) -> dict[str, object]:
    return {
        "name": asked.name,
        "calendar": rules.targets[asked.name].calendar,
        "clocks": {
            one.metric.value: {
                "target_s": one.target.total_seconds(),
                "due": iso(one.due),
                "warn_75": iso(one.warn_75),
                "warn_90": iso(one.warn_90),
                "counted": [[iso(start), iso(end)] for start, end in one.counted],
            }
            for one in given
        },
    }
