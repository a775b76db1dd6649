"""``[roster]``: rotations that nobody ever gets to, and changes that change nothing."""

from __future__ import annotations

from collections.abc import Iterator

from store.policy.locate import Path
from store.policy.problems import Problem
from store.policy.roster import RosterPlan, Rotation
from store.policy.shown import shown


def roster(plan: RosterPlan, invented: frozenset[Path]) -> Iterator[Problem]:
    """Yield a problem for whatever in a roster cannot be meant.

    What stands at the paths ``invented`` is in place of something missing.
    """
    yield from _rotations(plan, invented)
    for index, change in enumerate(plan.changes):
        here: Path = ("roster", "changes", index)
        if change.instead_of and change.kind in {"absent", "add"}:
            text = f'"{change.kind}" has nobody to stand in for; remove it'
            yield Problem((*here, "instead_of"), text)
        elif change.instead_of == change.who and (*here, "who") not in invented:
            text = f"{shown(change.who)} cannot stand in for themselves; name somebody else"
            yield Problem((*here, "instead_of"), text)


def _rotations(plan: RosterPlan, invented: frozenset[Path]) -> Iterator[Problem]:
    names: dict[str, int] = {}
    always: Rotation | None = None
    for index, rotation in enumerate(plan.rotations):
        here: Path = ("roster", "rotations", index)
        if not invented.isdisjoint((*here, name) for name in ("name", "first_date", "handoff")):
            continue
        first = names.setdefault(rotation.name, index)
        if first != index:
            text = (
                f"{shown(rotation.name)} is already the name of rotation number {first + 1}; "
                "each needs its own"
            )
            yield Problem((*here, "name"), text)
        if always is not None and _begins(always) <= _begins(rotation):
            text = (
                f"nobody ever gets to {shown(rotation.name)}: {shown(always.name)} above it has no "
                "windows and takes every hour; move this one above it"
            )
            yield Problem((*here, "name"), text)
        elif not rotation.windows and (always is None or _begins(rotation) < _begins(always)):
            always = rotation


def _begins(rotation: Rotation) -> tuple[str, str]:
    return rotation.first_date.isoformat(), rotation.handoff
