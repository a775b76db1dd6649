"""Who is on watch, in the board's words: now, next, and the gaps ahead.

Each is a pair of a moment and what is then: ("16:30", "Ben"), ("Sat", "▲ nobody 14:00–22:00").
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, tzinfo

from store.rules.attention import moment
from store.rules.cover import Cover, OnWatch, Stretch
from tui.board.telling import Names

#: Gaps told of; more would hide the first.
GAPS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """A line of the watch."""

    when: str
    what: str
    gap: bool = False


def turns(
    watch: OnWatch | None, present: Collection[str], names: Names, now: datetime, tz: tzinfo
) -> list[Turn]:
    """Return who is on watch now and next, then the gaps.

    Args:
        watch: By the roster; None if the policy has none.
        present: Logins of those who have a board open.
        names: What people are called.
        now: The present.
        tz: The desk's zone.
    """
    here = _here(present, names)
    if watch is None:
        return [Turn("now", here)]
    told = [_now(watch.now, here, names, now, tz)]
    if watch.next is not None and watch.next.who is not None:
        told.append(Turn(moment(watch.next.start, now, tz), names.person(watch.next.who)))
    ahead = [gap for gap in watch.gaps if gap.start > now]
    told += [_gap(gap, now, tz) for gap in ahead[:GAPS_SHOWN]]
    if (more := len(ahead) - GAPS_SHOWN) > 0:
        told.append(Turn("", f"▲ {more} more in 14 days", gap=True))
    return told


def _here(present: Collection[str], names: Names) -> str:
    who = sorted(names.person(login) for login in present)
    return f"{' '.join(who)}  ({len(who)} in)" if who else "nobody is in"


def _now(stretch: Stretch, here: str, names: Names, now: datetime, tz: tzinfo) -> Turn:
    until = moment(stretch.end, now, tz)
    if stretch.state is Cover.GAP:
        return Turn("now", f"▲ nobody until {until}", gap=True)
    if stretch.who is not None:
        return Turn("now", f"{names.person(stretch.who)} until {until}")
    return Turn("now", here)


def _gap(gap: Stretch, now: datetime, tz: tzinfo) -> Turn:
    start, end = gap.start.astimezone(tz), gap.end.astimezone(tz)
    day = "today" if start.date() == now.astimezone(tz).date() else _day(start, now, tz)
    same_day = start.date() == end.date()
    until = f"{end:%H:%M}" if same_day else moment(gap.end, now, tz)
    return Turn(day, f"▲ nobody {start:%H:%M}–{until}", gap=True)


def _day(at: datetime, now: datetime, tz: tzinfo) -> str:
    said = moment(at, now, tz)
    return said.partition(" ")[0] if ":" in said else said
