"""Whether a change of cover would change anything, and if not, why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from store.rules.cover import Cover, backup, with_change
from store.rules.roster import Change, ChangeKind, Roster
from store.rules.stretches import Stretch, timeline


def why_nothing(roster: Roster, change: Change, called: Callable[[str], str]) -> str:
    """Return why ``change`` would leave everything as it is; "" if it would not.

    Somebody who is absent without having the watch then may still be whose backup is asked for.

    Args:
        roster: As it is.
        change: What is to be different.
        called: Returns what the team calls the person with a login.
    """
    after = with_change(roster, change)
    start, end = after.changed[-1]
    if end <= start:
        return "The clocks are put forward then: that time does not come"
    old, new = timeline(roster, start, end), timeline(after, start, end)
    if list(_owners(old)) != list(_owners(new)) or _backups(roster, old, new) != _backups(
        after, old, new
    ):
        return ""
    return _why(change, old, called)


def _why(change: Change, stretches: Iterable[Stretch], called: Callable[[str], str]) -> str:
    needed = [each for each in stretches if each.state is not Cover.STAFFED]
    who, there = called(change.who), {each.who for each in needed}
    if not needed:
        return "Nobody has to be on watch then"
    if change.kind is ChangeKind.ABSENT:
        return f"{who} does not have the watch then"
    if there == {change.who}:
        return f"{who} has the watch then already"
    if change.kind is ChangeKind.ADD:
        names = " and ".join(sorted(called(each) for each in there if each))
        return f"{names} {'have' if ' and ' in names else 'has'} the watch then; nothing is free"
    return f"{called(change.instead_of)} does not have the watch then"


def _owners(stretches: Iterable[Stretch]) -> Iterator[tuple[object, object, object]]:
    """Yield (who, from, to), however they came to it."""
    for who, each in groupby(stretches, key=lambda stretch: stretch.who):
        mine = list(each)
        yield who, mine[0].start, mine[-1].end


def _backups(roster: Roster, *parts: Iterable[Stretch]) -> list[str]:
    return [backup(roster, stretch.start) for part in parts for stretch in part]
