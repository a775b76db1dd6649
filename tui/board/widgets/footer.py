"""The last line: a few keys that fit, and how to find all others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style

from tui.board.actions import BY_ID
from tui.board.cells import width
from tui.board.screens import ink
from tui.board.widgets.bar import NOTHING, Bar

if TYPE_CHECKING:
    from tui.board.keymap import Keymap

#: What the footer tells, what is dropped first last; at most six fit a reader, too.
ON_REQUESTS = ("claim", "assign", "reply", "resolve", "mark", "undo")
ON_NOTHING = ("filter", "clear")
#: On a board that only looks on, whatever the others would tell.
ON_LOOKING = ("open", "filter", "view_intake")
AT_THE_END = ("help", "palette")
_GAP = "   "


class Footer(Bar):
    """Hints; a click on one does what it says."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._told: object = None

    def tell(
        self,
        actions: Sequence[str],
        keymap: Keymap,
        marked: int = 0,
        *,
        read_only: bool = False,
        end: Sequence[str] = AT_THE_END,
    ) -> None:
        """Tell the keys of ``actions``, and how many requests are marked.

        A board that only looks on says so, and tells no key that it would refuse.
        """
        telling = (actions, keymap, marked, read_only, end, self.size.width)
        if telling == self._told:
            return
        self._told = telling
        right = _hints(end, keymap, self.size.width)
        left = Content(" ")
        if read_only:
            actions = [each for each in actions if not BY_ID[each].changes]
            left = Content.assemble((" read-only board ", "bold"), _GAP)
        if marked:
            left = Content.assemble((f" {marked} marked ", "reverse"), _GAP)
        room = self.size.width - width(right.plain) - width(left.plain) - 3
        closing = right + Content(" ") if right else NOTHING
        self.show(left + _hints(actions, keymap, room), NOTHING, closing)


def _hints(actions: Sequence[str], keymap: Keymap, room: int) -> Content:
    """Return the hints for ``actions`` as far as they fit."""
    hints = NOTHING
    for id_ in actions:
        action = BY_ID[id_]
        hint = Content.assemble((keymap.shown(action)[0], ink.KEY), " ", action.label).stylize(
            Style.from_meta({"performs": id_})
        )
        longer = hints + Content(_GAP) + hint if hints else hint
        if width(longer.plain) > room:
            break
        hints = longer
    return hints
