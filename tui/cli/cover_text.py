"""Cover in words, for people who ask the shell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from store.rulebook import Rulebook
from store.rules.burden import fairest
from store.rules.cover import OnWatch, Stretch, backup, coverage, on_watch
from store.rules.roster import Roster
from store.rules.stretches import Cover
from tui.board.cells import settled
from tui.cli.table import screen_width, table
from tui.cli.when import day_and_time, from_to, length

#: Nobody asks more people than this before they ask the lead.
_ASKED = 3


def lines(rules: Rulebook, roster: Roster, at: datetime, ahead: timedelta) -> Iterator[str]:
    """Yield who is on watch now and next, the gaps, and the time ahead by person."""
    tz = ZoneInfo(roster.tz)
    watch = on_watch(roster, at, ahead)
    found = coverage(roster, at, at + ahead)
    yield f"{settled(rules.desk)}, {day_and_time(at, tz)} ({roster.tz})"
    yield ""
    yield from _now_and_next(rules, roster, watch, at + ahead, tz)
    yield ""
    yield from _gaps(rules, roster, found.gaps, at, ahead)
    agreed = [each for each in found.timeline if each.state is Cover.BEST_EFFORT]
    if agreed:
        yield ""
        yield "Best effort: nobody need be there"
        yield from (f"  {_stretch(each, tz)}" for each in agreed)
    covered = [each for each in found.timeline if each.who is not None]
    if covered:
        yield ""
        yield from _by_person(rules, covered, tz)


def name(rules: Rulebook, login: str) -> str:
    """Return the name of a person; who the policy does not know any more goes by login."""
    person = rules.people.get(login)
    return settled(person.name) if person and person.name else settled(login)


def _now_and_next(
    rules: Rulebook, roster: Roster, watch: OnWatch, end: datetime, tz: ZoneInfo
) -> Iterator[str]:
    until = f"until {day_and_time(watch.now.end, tz)}"
    if watch.now.end >= end:
        until = f"to {day_and_time(end, tz)} and beyond"
    yield f"now     {_who(rules, roster, watch.now)} {until}"
    helper = backup(roster, watch.now.start)
    if helper:
        yield f"backup  {name(rules, helper)}"
    if watch.next is None or watch.next.who is None:
        yield f"next    nobody before {day_and_time(end, tz)}"
        return
    said = f"next    {name(rules, watch.next.who)} from {day_and_time(watch.next.start, tz)}"
    after = backup(roster, watch.next.start)
    yield f"{said}, backup {name(rules, after)}" if after else said


def _who(rules: Rulebook, roster: Roster, stretch: Stretch) -> str:
    match stretch.state:
        case Cover.COVERED:
            return name(rules, stretch.who or "")
        case Cover.GAP:
            return "▲ nobody"
        case Cover.BEST_EFFORT:
            return "nobody need be there (best effort)"
        case Cover.STAFFED:
            there = roster.staffed.is_open(stretch.start)
            return "the desk is open" if there else "nobody has to be on watch"


def _gaps(
    rules: Rulebook,
    roster: Roster,
    gaps: Sequence[Stretch],
    at: datetime,
    ahead: timedelta,
) -> Iterator[str]:
    tz = ZoneInfo(roster.tz)
    days = "24 hours" if ahead.days == 1 else f"{ahead.days} days"
    if not gaps:
        yield f"No gaps in the next {days}."
        return
    yield f"{len(gaps)} {'gap' if len(gaps) == 1 else 'gaps'} in the next {days}:"
    for gap in gaps:
        yield f"  ▲ nobody {_stretch(gap, tz)}"
    asked = fairest(roster, gaps[0].start, gaps[0].end, at)
    if asked:
        people = ", ".join(f"{name(rules, each.login)} ({each.why})" for each in asked[:_ASKED])
        which = " for the first" if len(gaps) > 1 else ""
        yield f"  fairest to ask{which}: {people}"


def _stretch(stretch: Stretch, tz: ZoneInfo) -> str:
    return f"{from_to(stretch.start, stretch.end, tz)}  {length(stretch.end - stretch.start)}"


def _by_person(rules: Rulebook, covered: Sequence[Stretch], tz: ZoneInfo) -> list[str]:
    order = list(dict.fromkeys(each.who for each in covered))
    rows = [
        (
            name(rules, each.who or ""),
            day_and_time(each.start, tz),
            day_and_time(each.end, tz),
            length(each.end - each.start),
            each.source or "",
        )
        for each in sorted(covered, key=lambda each: (order.index(each.who), each.start))
    ]
    heads = ("who", "from", "until", "time", "by")
    return table(heads, rows, screen_width(), right=frozenset({3}), most=(24, None, None, None))
