"""What an edited policy would change, in plain lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from itertools import groupby

from store.policy.difference import Changed, Difference
from store.queries.policy_change import DueMove, Effect, PolicyChange
from store.rules.cover import Stretch
from tui.board.cells import settled
from tui.cli.when import day_and_time, from_to, length

#: Requests, or gaps, of one kind that are told of one by one.
_TOLD = 8
#: One request, several.
_EFFECTS = {
    Effect.BECOMES_OVERDUE: ("becomes overdue", "become overdue"),
    Effect.OVERDUE_NO_MORE: ("is overdue no more", "are overdue no more"),
    Effect.EARLIER: ("is due earlier", "are due earlier"),
    Effect.LATER: ("is due later", "are due later"),
    Effect.BEGINS: ("gets a due time", "get a due time"),
    Effect.ENDS: ("has no due time any more", "have no due time any more"),
}


def lines(
    parts: Sequence[str],
    differs: Difference,
    change: PolicyChange,
    names: Mapping[str, str],
    tz: tzinfo,
) -> Iterator[str]:
    """Yield what would change against the policy that holds.

    Args:
        parts: The parts of the file that are different.
        differs: What of people, services and targets.
        change: What becomes of requests and of cover.
        names: Login to name, of people before and after.
        tz: The desk's zone.
    """
    yield f"Against policy version {change.version}, this changes: {', '.join(parts)}"
    if differs.people:
        yield f"  people    {_changed(differs.people, names)}"
    if differs.services:
        yield f"  services  {_changed(differs.services, {})}"
    for target in differs.targets:
        was, now = (each or "none" for each in (target.before, target.after))
        yield f"  targets   {target.name} {target.setting}: {was} → {now}"
    for effect, moves in groupby(change.due, lambda move: move.effect):
        yield from _moves(effect, list(moves), tz)
    if not change.due:
        yield "No open request gets another due time."
    yield from _gaps("opens", "open", change.gaps.opened, tz)
    yield from _gaps("closes", "close", change.gaps.closed, tz)


def _changed(changed: Changed, names: Mapping[str, str]) -> str:
    def called(key: str) -> str:
        return settled(f"{names[key]} ({key})" if key in names else key)

    parts = []
    if changed.came:
        parts.append(f"new: {', '.join(map(called, changed.came))}")
    if changed.left:
        parts.append(f"gone: {', '.join(map(called, changed.left))}")
    if changed.settings:
        several = (f"{called(key)}: {', '.join(what)}" for key, what in changed.settings.items())
        parts.append(f"changed: {'; '.join(several)}")
    return " · ".join(parts)


def _moves(effect: Effect, moves: list[DueMove], tz: tzinfo) -> Iterator[str]:
    one, several = _EFFECTS[effect]
    yield (
        f"1 open request {one}:" if len(moves) == 1 else f"{len(moves):,} open requests {several}:"
    )
    for move in moves[:_TOLD]:
        due = "no due time" if move.after is None else f"due {day_and_time(move.after, tz)}"
        was = "none" if move.before is None else day_and_time(move.before, tz)
        yield f"  #{move.number} {move.priority}  {due} (was: {was})  {settled(move.subject)}"
    yield from _more(len(moves))


def _gaps(one: str, several: str, gaps: Sequence[Stretch], tz: tzinfo) -> Iterator[str]:
    if not gaps:
        return
    what = f"1 gap {one}" if len(gaps) == 1 else f"{len(gaps)} gaps {several}"
    yield f"In the next 14 days {what}:"
    for gap in gaps[:_TOLD]:
        yield f"  ▲ nobody {from_to(gap.start, gap.end, tz)}  {length(gap.end - gap.start)}"
    yield from _more(len(gaps))


def _more(count: int) -> Iterator[str]:
    if count > _TOLD:
        yield f"  … and {count - _TOLD:,} more"
