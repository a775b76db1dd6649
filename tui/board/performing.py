"""Sends an action where it is done, or says why it cannot be done."""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.errors import DeskwatchError
from tui.board.action import Action, Needs, Scope
from tui.board.refusals import why_not
from tui.board.standing import brought_up

if TYPE_CHECKING:
    from store.desk import Desk
    from store.records import BoardRow
    from tui.board.app import BoardApp

_NOT_OPEN = "The store is not open yet"


class Performing:
    """Does the actions of the registry for the board."""

    def __init__(self, app: BoardApp) -> None:
        """Send actions to ``app``, its screens and its handlers."""
        self._app = app

    async def perform(self, action: Action) -> None:
        """Do ``action``, or say why it cannot be done."""
        app = self._app
        if getattr(app.screen, "awaits_text", False) and action.id != "back":
            app.say("The reply cannot be written yet: the store does not answer", refused=True)
            return
        rows: Sequence[BoardRow] = ()
        if action.needs is not Needs.NOTHING:
            rows = getattr(app.screen, "rows", tuple)()
        if action.scope is Scope.WORK:
            self._work(action, rows)
        elif action.changes and not app.is_open:
            app.say(_NOT_OPEN, refused=True)
        elif reason := why_not(action, rows, app.me_or_none):
            app.say(reason, refused=True)
        elif (owner := self._owner(action)) is not None:
            done = getattr(owner, f"do_{action.id}")()
            if inspect.isawaitable(done):
                await done

    def _owner(self, action: Action) -> object | None:
        """Return what does an action that is not work; None if it has gone meanwhile."""
        if action.scope is Scope.EVERYWHERE:
            return self._app.going
        if action.scope is Scope.REPLY:
            return next(iter(self._app.screen.query("ReplyEditor")), None)
        return self._app.screen

    def _work(self, action: Action, rows: Sequence[BoardRow]) -> None:
        """Begin an action on requests; it asks and waits in a worker of its own."""
        app = self._app
        if not app.is_open:
            app.say(_NOT_OPEN, refused=True)
            return
        rows = app.backstage.live.standing.of(rows)
        if not (reason := self._why_not(action, rows)):
            app.begin(app.backstage.handlers.of(action.id)(rows), action.id)
        elif rows and not app.me.read_only:
            app.begin(self._look_again(action, rows, reason), action.id)
        else:
            app.say(reason, refused=True)

    def _why_not(self, action: Action, rows: Sequence[BoardRow]) -> str:
        return why_not(action, rows, self._app.me, self._app.telling.names.person)

    async def _look_again(self, action: Action, rows: Sequence[BoardRow], reason: str) -> None:
        """Refuse only what is refused by how requests stand after all that was done before."""
        app = self._app

        def stand(desk: Desk) -> dict[int, BoardRow]:
            from store import queries

            return queries.rows(desk, [row.number for row in rows])

        with contextlib.suppress(DeskwatchError):  # the reason that the screen gives has to do
            rows = brought_up(rows, await app.link.ask(stand))
            reason = self._why_not(action, rows)
        if reason:
            app.say(reason, refused=True)
        else:
            await app.backstage.handlers.of(action.id)(rows)
