"""When nobody is in: clocks that run on then are missed before anybody sees them."""

from __future__ import annotations

from datetime import datetime

from store.rules.hours import Hours


def unattended(staffed: Hours, now: datetime) -> tuple[datetime, datetime] | None:
    """Return from when to when nobody is in: what is left of it, or the next time ahead.

    None for a desk that never closes, or never opens again.
    """
    closes = staffed.next_change(now) if staffed.is_open(now) else now
    opens = None if closes is None else staffed.next_change(closes)
    return None if closes is None or opens is None else (closes, opens)
