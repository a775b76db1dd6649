"""Cover as ``deskwatch cover --json`` prints it; docs/json.md says what is in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from store.rulebook import Rulebook
from store.rules.burden import YEAR, Burden, burdens, fairest
from store.rules.cover import Stretch, backup, coverage, on_watch
from store.rules.roster import Band, Roster
from store.rules.stretches import Cover
from tui.cli.cover_text import name

_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


def shape(rules: Rulebook, roster: Roster, at: datetime, ahead: timedelta) -> dict[str, Any]:
    """Return the object for cover as of ``at``."""
    watch, found = on_watch(roster, at, ahead), coverage(roster, at, at + ahead)
    asked = fairest(roster, found.gaps[0].start, found.gaps[0].end, at) if found.gaps else ()
    return {
        "at": at.isoformat(),
        "tz": roster.tz,
        "now": {
            "state": watch.now.state.value,
            "who": watch.now.who,
            "backup": backup(roster, at) or None,
            "until": watch.now.end.isoformat() if watch.now.end < at + ahead else None,
        },
        "next": None
        if watch.next is None
        else {"who": watch.next.who, "at": watch.next.start.isoformat()},
        "stretches": [_stretch(roster, each) for each in found.timeline],
        "gaps": [
            {
                "start": gap.start.isoformat(),
                "end": gap.end.isoformat(),
                "minutes": (gap.end - gap.start) // _MINUTE,
            }
            for gap in found.gaps
        ],
        "burden": [_burden(rules, each) for each in burdens(roster, at - YEAR, at)],
        "fairest": [
            {
                "login": each.login,
                "name": name(rules, each.login),
                "weighted_hours": _hours(each.weighted_hours),
                "fair_hours": _hours(each.fair_hours),
                "why": each.why,
            }
            for each in asked
        ],
    }


def _stretch(roster: Roster, stretch: Stretch) -> dict[str, Any]:
    covered = stretch.state is Cover.COVERED
    return {
        "start": stretch.start.isoformat(),
        "end": stretch.end.isoformat(),
        "state": stretch.state.value,
        "who": stretch.who,
        "source": stretch.source,
        "backup": (backup(roster, stretch.start) or None) if covered else None,
    }


def _burden(rules: Rulebook, burden: Burden) -> dict[str, Any]:
    return {
        "login": burden.login,
        "name": name(rules, burden.login),
        "hours": {
            band.value: _hours(burden.by_band.get(band, timedelta()) / _HOUR) for band in Band
        },
        "weighted_hours": _hours(burden.weighted_hours),
        "fair_hours": _hours(burden.fair_hours),
    }


def _hours(hours: float) -> float:
    return round(hours, 2)
