"""What a dialog says it is about: one request by number and subject, or how many."""

from __future__ import annotations

from collections.abc import Sequence

from store.records import BoardRow
from tui.board.cells import settled


def about(rows: Sequence[BoardRow]) -> str:
    """Return "#1042 Projector dead" for one request and "5 requests" for more."""
    if len(rows) == 1:
        return f"#{rows[0].number} {settled(rows[0].subject)}".rstrip()
    return f"{len(rows)} requests"
