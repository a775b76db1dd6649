"""What the key for promises does."""

from __future__ import annotations

from tui.board.doing import Doing, Rows
from tui.board.promise_words import promised
from tui.board.screens.about import about


class Promising(Doing):
    """The handler of promises."""

    async def promise(self, rows: Rows) -> None:
        """Ask by when; where all are promised already, ask first what becomes of that."""
        from tui.board.screens.promise import PromisedDialog, PromiseDialog

        app = self._app
        now = app.clock.now()
        if all(row.promised_at is not None for row in rows):
            times = dict.fromkeys(promised(row.promised_at, now, app.zone)[0] for row in rows)
            fate = await self._ask(PromisedDialog(about(rows), " · ".join(times)))
            if fate == "take_back":
                await self._give("take_back_promise", "not promised any more", rows)
            if fate != "change":
                return
        given = await self._ask(PromiseDialog(about(rows), now, app.rules.hours["desk"]))
        if given is not None:
            await self._give("promise", "promised", rows, by=given.by, text=given.text)
