"""End-runs that are logged on the board: into the store, or kept here until it can be reached."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from store.errors import StoreError
from tui.board.doing import Doing, Rows
from tui.kept import Kept

if TYPE_CHECKING:
    from store.desk import Desk
    from store.records import Done
    from store.rules.directory import Requester
    from store.rules.entries import Jotted


class Logging(Doing):
    """Handlers of what somebody was asked directly."""

    async def log(self, _rows: Rows) -> None:
        """Ask who wanted what, and log it."""
        from tui.board.screens.log import LogDialog

        app = self._app

        def people(desk: Desk) -> list[Requester]:
            from store import queries

            return queries.directory(desk)

        dialog = LogDialog(app.clock.now(), app.rules, app.me.login, app.link.ask(people))
        jotted = await self._ask(dialog)
        if jotted is None:
            return
        try:
            done = await app.link.ask(lambda desk: self._log(desk, jotted))
        except StoreError as problem:
            await self._keep(jotted, problem)
            return
        app.link.look()
        app.say(done.text, jotted.text)

    def _log(self, desk: Desk, jotted: Jotted) -> Done:
        from store import commands, queries
        from store.rules.directory import Directory
        from store.rules.entries import understood

        # Who was not picked from the list is somebody new, or was typed while nobody was known.
        people = Directory(() if jotted.requester else queries.directory(desk))
        me = self._app.me
        return commands.log_end_run(desk, me, understood(jotted, desk.rules, people, me.login))

    async def _keep(self, jotted: Jotted, problem: StoreError) -> None:
        kept = Kept(self._app.link.database)
        try:
            await asyncio.to_thread(kept.keep, jotted)
        except OSError as error:
            reason = error.strerror or str(error)
            self._app.say(f"Not logged: {problem}; nor kept here: {reason}", refused=True)
        else:
            self._app.say("Kept on this machine; it is logged when the store is back", jotted.text)

    async def send_kept(self) -> None:
        """Log what was kept while the store was away."""
        me = self._app.me
        kept = Kept(self._app.link.database)
        if me.read_only or not any(True for _ in kept):
            return
        try:
            sent, refused = await self._app.link.ask(lambda desk: kept.send(desk, me))
        except StoreError:
            return  # when it is back it is tried again
        self._app.link.look()
        for done in sent:
            self._app.say(f"{done.text} (it was kept on this machine)")
        for line in refused:
            self._app.say(line, refused=True)
