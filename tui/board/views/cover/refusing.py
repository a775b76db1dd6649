"""Why cover cannot be changed there, as far as the board itself can tell."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from store.rules.roster import ChangeKind
from tui.board.views.cover.rows import Piece, Sort

if TYPE_CHECKING:
    from tui.board.views.cover.setting import Setting


def why_not(
    kind: ChangeKind, piece: Piece | None, setting: Setting, key: Callable[[str], str]
) -> str:
    """Return why ``kind`` cannot be entered for a stretch; "" if it can.

    Args:
        kind: What is to be entered.
        piece: The stretch under the cursor; None if its row has none.
        setting: Who asks, and when.
        key: Returns the key of an action.
    """
    reason = ""
    if piece is None:
        reason = "There is no watch in this row; go to a stretch of somebody's, or to a gap"
    elif piece.sort is Sort.OPEN:
        reason = "The desk is open then: nobody has to be on watch"
    elif piece.end <= setting.now and not setting.i_lead:
        reason = "That time is over; a lead can correct it"
    elif kind is ChangeKind.ADD:
        if piece.sort is Sort.WATCH:
            who = setting.names.person(piece.who)
            reason = f"{who} has the watch then; {key('cover_cover')} lets somebody else come"
    elif piece.sort is not Sort.WATCH:
        reason = f"Nobody has the watch then; {key('cover_add')} adds somebody"
    elif kind is ChangeKind.ABSENT and not setting.i_lead and piece.who != setting.me.login:
        reason = "Only a lead enters that others are absent; ask one"
    return reason
