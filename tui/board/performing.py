"""Sends an action where it is done, or says why it cannot be done."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.board.action import Action, Needs, Scope
from tui.board.refusals import why_not

if TYPE_CHECKING:
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
        elif reason := why_not(action, rows, app.me, app.telling.names.person):
            app.say(reason, refused=True)
        else:
            work = app.backstage.handlers.of(action.id)(rows)
            app.begin(work, action.id)
