"""Who is on watch, in the board's words: now, next, the gaps ahead, what will be late.

Each is a pair of a moment and what is then: ("16:30", "Ben"), ("Sat", "▲ nobody 14:00–22:00").
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from store.rules.attention import moment
from store.rules.cover import Cover, OnWatch, Stretch
from store.rules.hours import Hours
from store.rules.unattended import unattended
from tui.board.cells import width
from tui.board.telling import Names

#: Gaps told of; more would hide the first.
GAPS_SHOWN = 3
#: People told of by name; more would hide what else there is to say.
_NAMED = 6
_WEEK = 7
#: Where a line is not to be broken.
_HARD = "\u00a0"


class Tone(StrEnum):
    """How a line of the watch is written: beside its words, which say it too."""

    PLAIN = ""
    GAP = "gap"
    RISK = "risk"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Turn:
    """A line of the watch."""

    when: str
    what: str
    """Hard spaces keep together what belongs together."""
    tone: Tone = Tone.PLAIN
    brief: str = ""
    """The same for a line that has room for little; "" if that is both together."""
    rank: int = 0
    """What gives way first where there is no room: the highest."""

    @property
    def line(self) -> str:
        """All of it in one line."""
        return f"{self.when} {self.what}".strip().replace(_HARD, " ")

    @property
    def short(self) -> str:
        """All of it in few words."""
        return self.brief or self.line


@dataclass(frozen=True, slots=True)
class Late:
    """How many requests will be late while nobody is in, and until when that is."""

    count: int
    before: datetime


@dataclass(frozen=True, slots=True)
class Watching:
    """What is known of the watch at one moment."""

    watch: OnWatch | None
    """By the roster; None if the policy has none."""
    present: Collection[str]
    """Logins of those who are in."""
    is_open: bool
    """The desk is."""
    notes_by: Sequence[str] = ()
    """What those are called who have left a note for whoever looks."""
    late: Late | None = None


def watching(
    watch: OnWatch | None,
    present: Collection[str],
    desk: Hours,
    now: datetime,
    *,
    notes_by: Sequence[str] = (),
    late: int = 0,
) -> Watching:
    """Return what is known of the watch; ``late`` requests will be so while nobody is in."""
    alone = unattended(desk, now)
    return Watching(
        watch=watch,
        present=present,
        is_open=desk.is_open(now),
        notes_by=notes_by,
        late=Late(late, alone[1]) if late and alone else None,
    )


def turns(told: Watching, names: Names, now: datetime, tz: tzinfo) -> list[Turn]:
    """Return who is on watch now and next, then the gaps and what else there is to know.

    Args:
        told: What is known.
        names: What people are called.
        now: The present.
        tz: The desk's zone.
    """
    return [*_notes(told), *_now(told, names, now, tz), *_ahead(told, names, now, tz)]


def fitting(told: Sequence[Turn], room: int, between: int) -> list[Turn]:
    """Return those that there is room for in one line, in their order.

    Args:
        told: All of them.
        room: The cells there are.
        between: Cells between two.
    """
    left = list(told)
    while len(left) > 1 and cells(left, between) > room:
        # Of equal ones, the last.
        left.remove(max(reversed(left), key=lambda each: each.rank))
    return left


def cells(told: Sequence[Turn], between: int) -> int:
    """Return how many cells these take in one line, with ``between`` cells between two."""
    return sum(width(each.short) + between for each in told) - between


def watch_now(watch: OnWatch, names: Names) -> str:
    """Return who has the watch, for a line that says until when by itself: "Ben has the watch"."""
    match watch.now.state:
        case Cover.GAP:
            return "▲ nobody on watch"
        case Cover.BEST_EFFORT:
            return "best effort"
        case Cover.COVERED if watch.now.who is not None:
            return f"{names.person(watch.now.who)} has the watch"
    return ""


def _notes(told: Watching) -> Iterator[Turn]:
    if told.notes_by:
        who = " and ".join(dict.fromkeys(told.notes_by))
        yield Turn("note", f"from {who}", Tone.NOTE)


def _now(told: Watching, names: Names, now: datetime, tz: tzinfo) -> Iterator[Turn]:
    """Yield who is there now: at the desk, and on watch."""
    when = "now"
    if told.is_open or told.watch is None:
        who = sorted(names.person(login) for login in told.present)
        more = f" +{len(who) - _NAMED}" if len(who) > _NAMED else ""
        here = f"{' '.join(who[:_NAMED])}{more} ({len(who)} in)" if who else "nobody is in"
        yield Turn(when, here, brief=here)
        when = "watch"
    if told.watch is None:
        return
    stretch, backup = told.watch.now, told.watch.backup
    end = moment(stretch.end, now, tz)
    until = f"until {end}".replace(" ", _HARD)
    match stretch.state:
        case Cover.GAP:
            yield Turn(when, f"▲ nobody {until}", Tone.GAP, f"▲ nobody until {end}")
        case Cover.BEST_EFFORT:
            yield Turn(when, f"best effort {until}", brief=f"best effort until {end}")
        case Cover.COVERED if stretch.who is not None:
            yield Turn(when, f"{names.person(stretch.who)} {until}")
        case _ if not told.is_open:
            yield Turn(when, f"no watch {until}", brief=f"no watch until {end}")
    if backup and stretch.state is not Cover.STAFFED:
        yield Turn("", f"backup {names.person(backup)}", rank=6)


def _ahead(told: Watching, names: Names, now: datetime, tz: tzinfo) -> Iterator[Turn]:
    if told.watch is None:
        yield from _late(told, now, tz)
        return
    following, backup = told.watch.next, told.watch.backup
    if following is not None and following.who is not None:
        who, at = names.person(following.who), moment(following.start, now, tz)
        helper = told.watch.now.state is Cover.STAFFED and backup
        with_whom = f", backup{_HARD}{names.person(backup)}" if helper else ""
        day, time = _day_time(following.start, now, tz)
        what = f"{who} from{_HARD}{time}" if time else who
        yield Turn(day, what + with_whom, brief=f"{at} {who}", rank=3)
    ahead = [gap for gap in told.watch.gaps if gap.start > now]
    for place, gap in enumerate(ahead[:GAPS_SHOWN]):
        yield _gap(gap, now, tz, rank=4 if place else 2)
    if (more := len(ahead) - GAPS_SHOWN) > 0:
        said = f"▲ {more} more in 14 days"
        yield Turn("", said, Tone.GAP, said, rank=5)
    yield from _late(told, now, tz)


def _late(told: Watching, now: datetime, tz: tzinfo) -> Iterator[Turn]:
    if told.late is not None:
        count, before = told.late.count, moment(told.late.before, now, tz)
        brief = f"! {count} late before {before}"
        said = f"! {count} before {before}".replace(" ", _HARD)
        yield Turn("late", said, Tone.RISK, brief, rank=1)


def _gap(gap: Stretch, now: datetime, tz: tzinfo, rank: int) -> Turn:
    start, end = gap.start.astimezone(tz), gap.end.astimezone(tz)
    day = "today" if start.date() == now.astimezone(tz).date() else _day(start, now, tz)
    same_day = start.date() == end.date()
    until = f"{end:%H:%M}" if same_day else moment(gap.end, now, tz)
    brief_until = _hour(end) if same_day else until
    brief = f"▲ {day} {_hour(start)}–{brief_until}"
    times = f"{start:%H:%M}–{until}".replace(" ", _HARD)
    return Turn(day, f"▲ nobody {times}", Tone.GAP, brief, rank)


def _hour(local: datetime) -> str:
    """Return a time in as few characters as it can be told in: "14", "14:30"."""
    return f"{local.hour}" if not local.minute else f"{local:%H:%M}"


def _day_time(at: datetime, now: datetime, tz: tzinfo) -> tuple[str, str]:
    """Return ("16:30", "") for a moment of today, ("Sat", "16:30") for one of another day."""
    local = at.astimezone(tz)
    if local.date() == now.astimezone(tz).date():
        return f"{local:%H:%M}", ""
    return _day(local, now, tz), f"{local:%H:%M}"


def _day(local: datetime, now: datetime, tz: tzinfo) -> str:
    """Return a day as short as it can be told: "Sat", from next week on "28 Nov"."""
    ahead = (local.date() - now.astimezone(tz).date()).days
    return f"{local:%a}" if ahead < _WEEK else f"{local.day} {local:%b}"
