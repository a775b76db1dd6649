"""Known outages in the board's words: on a row, beside the queue, on the request's screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from store.rules.outages import clock_time
from store.words import OutageKind
from tui.board.cells import settled

if TYPE_CHECKING:
    from store.outage_records import OutageMark, OutageView
    from store.rulebook import Rulebook

_CALLED = {OutageKind.OUTAGE: "outage", OutageKind.MAINTENANCE: "maintenance"}


def sign(mark: OutageMark) -> str:
    """Return what stands behind a subject: "outage ×12" of the parent, "outage?" of a doubt."""
    called = _CALLED[mark.kind]
    if not mark.parent:
        return f"{called}?"
    return f"{called} ×{mark.people}" if mark.people > 1 else called


def service(view: OutageView, rules: Rulebook) -> str:
    """Return the name of the service; the number of the parent where it is any."""
    known = rules.services.get(view.service)
    return settled(known.name if known else view.service) or f"#{view.number}"


def when(view: OutageView, now: datetime, zone: ZoneInfo) -> str:
    """Return since when and until when: "since 09:10, back 11:00", "Sat 18:00 to 20:00"."""
    ends = view.ends_at
    starts = clock_time(view.starts_at, now, zone)
    until = "" if ends is None or ends <= now else clock_time(ends, now, zone)
    if view.starts_at > now:
        return f"{starts} to {until}" if until else f"from {starts}"
    if view.kind is OutageKind.MAINTENANCE:
        return f"since {starts}, until {until}" if until else f"since {starts}"
    return f"since {starts}, back {until}" if until else f"since {starts}"


def when_in_short(view: OutageView, now: datetime, zone: ZoneInfo) -> str:
    """Return the same for a line with little room: "back 11:00", "from Sat 18:00"."""
    if view.starts_at > now:
        return f"from {clock_time(view.starts_at, now, zone)}"
    return when(view, now, zone).partition(", ")[2]


def people(view: OutageView) -> str:
    """Return how many wrote about it: "12 people"."""
    return f"{view.people} {'person' if view.people == 1 else 'people'}"


def line(view: OutageView, rules: Rulebook, now: datetime) -> str:
    """Return all of it in one line: "outage: E-mail since 09:10 (12 people)"."""
    zone = ZoneInfo(rules.timezone)
    called = _CALLED[view.kind]
    return f"{called}: {service(view, rules)} {when(view, now, zone)} ({people(view)})"


def beside(
    views: Sequence[OutageView], rules: Rulebook, now: datetime
) -> list[tuple[str, str, str, str]]:
    """Return (name, when, that in short, how many) of each, outages before maintenance."""
    zone = ZoneInfo(rules.timezone)
    ordered = sorted(views, key=lambda one: (one.kind is OutageKind.MAINTENANCE, one.starts_at))
    return [
        (
            service(each, rules),
            when(each, now, zone),
            when_in_short(each, now, zone),
            people(each),
        )
        for each in ordered
    ]


def on_request(view: OutageView, mark: OutageMark, rules: Rulebook, now: datetime) -> str:
    """Return what the request's screen says: what is known, and what has to be decided."""
    zone = ZoneInfo(rules.timezone)
    if not mark.parent:
        return f"may be about #{view.number}: {service(view, rules)} {when(view, now, zone)}"
    parts = [f"{service(view, rules)} {when(view, now, zone)}", people(view)]
    if view.text:
        parts.append(settled(view.text))
    words = f" with {', '.join(settled(word) for word in view.words)}" if view.words else ""
    how = "joins by itself" if view.always else "asks first"
    parts.append(f"mail{words} {how}")
    if view.maybe:
        parts.append(f"{view.maybe} to decide")
    return " · ".join(parts)
