"""The command palette: every action by name, and a request by its number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.markup import escape

from tui.board.action import Action, Scope, meet
from tui.board.actions import ACTIONS
from tui.board.refusals import why_not
from tui.board.screens import ink
from tui.board.screens.request import RequestScreen

if TYPE_CHECKING:
    from store.records import BoardRow
    from tui.board.app import BoardApp

_NUMBER = re.compile(r"#?(\d{1,12})")


class ActionCommands(Provider):
    """Finds actions that there are on this screen; what cannot be done just now says why."""

    @property
    def _board(self) -> BoardApp:
        return cast("BoardApp", self.app)

    async def discover(self) -> Hits:
        """Yield every action, in the order of the registry."""
        for action in self._actions():
            yield DiscoveryHit(
                self._named(action, Content(action.label)),
                partial(self._board.action_perform, action.id),
                text=action.label,
                help=escape(self._about(action)),
            )

    async def search(self, query: str) -> Hits:
        """Yield the actions whose name is like ``query``, and the request of that number."""
        if number := _NUMBER.fullmatch(query.strip()):
            go_to = f"open request #{number[1]}"
            yield Hit(1.0, Content(go_to), partial(self._open, int(number[1])), text=go_to)
        matcher = self.matcher(query)
        for action in self._actions():
            in_name = matcher.match(action.label)
            score = in_name or matcher.match(action.help) / 2
            if score > 0:
                name = matcher.highlight(action.label) if in_name else Content(action.label)
                yield Hit(
                    score,
                    self._named(action, name),
                    partial(self._board.action_perform, action.id),
                    text=action.label,
                    help=escape(self._about(action)),
                )

    def _actions(self) -> Iterator[Action]:
        here = getattr(self.screen, "scope", Scope.QUEUE)
        writing = bool(self.screen.query("ReplyEditor"))
        return (
            each
            for each in ACTIONS
            if each.id != "palette"
            and (meet(each.scope, here) or (writing and each.scope is Scope.REPLY))
        )

    def _about(self, action: Action) -> str:
        rows: Sequence[BoardRow] = getattr(self.screen, "rows", tuple)()
        cannot = why_not(action, rows, self._board.me)
        return f"not now: {cannot}" if cannot else action.help

    def _named(self, action: Action, name: Content) -> Content:
        keys = " ".join(self._board.keymap.shown(action))
        return Content.assemble(name, "  ", (keys, ink.KEY))

    def _open(self, number: int) -> None:
        if isinstance(self.screen, RequestScreen):
            self.screen.go_to(number)
        else:
            self.app.push_screen(RequestScreen(number))
