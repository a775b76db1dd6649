"""Who is on watch now, as ``deskwatch status --json`` tells it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from store.records import BoardRow
    from store.rules.cover import OnWatch

_MINUTE = timedelta(minutes=1)


def watch_json(
    watch: OnWatch | None, present: Collection[str], late: Sequence[BoardRow]
) -> dict[str, Any]:
    """Return the keys ``cover``, ``in`` and ``late_unseen``.

    Args:
        watch: By the roster; None if the policy has none.
        present: Logins of those who are in.
        late: Requests that will be late before anybody is in.
    """
    return {
        "cover": None if watch is None else _cover(watch),
        "in": sorted(present),
        "late_unseen": [row.number for row in late],
    }


def _cover(watch: OnWatch) -> dict[str, Any]:
    now, following = watch.now, watch.next
    return {
        "state": now.state.value,
        "who": now.who,
        "backup": watch.backup or None,
        "until": now.end.isoformat(),
        "next": following and {"who": following.who, "at": following.start.isoformat()},
        "gaps": [
            {
                "start": gap.start.isoformat(),
                "end": gap.end.isoformat(),
                "minutes": (gap.end - gap.start) // _MINUTE,
            }
            for gap in watch.gaps
        ],
    }
