"""What an edited policy changes, for programs; docs/json.md says what is in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from store.policy.difference import Changed, Difference
from store.queries.policy_change import DueMove, PolicyChange
from store.rules.cover import Stretch
from tui.board.cells import settled
from tui.cli.when import iso

_MINUTE = timedelta(minutes=1)


def shape(
    version: int | None,
    parts: Sequence[str],
    differs: Difference | None,
    change: PolicyChange | None,
    *,
    applied: bool,
) -> dict[str, Any]:
    """Return the object; without ``differs`` and ``change`` there is nothing to compare with.

    Args:
        version: Of the policy that holds now.
        parts: The parts of the file that are different.
        differs: What of people, services and targets.
        change: What becomes of requests and of cover.
        applied: Whether the policy was applied.
    """
    return {
        "version": version,
        "applied": applied,
        "changed": list(parts),
        "people": _changed(differs.people if differs else None),
        "services": _changed(differs.services if differs else None),
        "targets": [asdict(each) for each in differs.targets] if differs else [],
        "due": [_move(each) for each in change.due] if change else [],
        "gaps": {
            "opened": _gaps(change.gaps.opened if change else ()),
            "closed": _gaps(change.gaps.closed if change else ()),
        },
    }


def _changed(changed: Changed | None) -> dict[str, Any]:
    if changed is None:
        return {"came": [], "left": [], "changed": {}}
    return {
        "came": list(changed.came),
        "left": list(changed.left),
        "changed": {key: list(settings) for key, settings in changed.settings.items()},
    }


def _move(move: DueMove) -> dict[str, Any]:
    return {
        "effect": move.effect.value,
        "number": move.number,
        "subject": settled(move.subject),
        "priority": move.priority,
        "before": iso(move.before),
        "after": iso(move.after),
    }


def _gaps(gaps: Iterable[Stretch]) -> list[dict[str, Any]]:
    return [
        {"start": iso(gap.start), "end": iso(gap.end), "minutes": (gap.end - gap.start) // _MINUTE}
        for gap in gaps
    ]
