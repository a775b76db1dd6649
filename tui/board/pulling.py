"""What the key for the next best request does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.errors import NotPossible
from tui.board.doing import Doing, Rows

if TYPE_CHECKING:
    from store.desk import Desk
    from store.records import BoardRow, Done


class Pulling(Doing):
    """The handler that takes the next best."""

    async def pull(self, _rows: Rows) -> None:
        """Take it, say why it is the best, and go to it."""
        from tui.board.screens.request import RequestScreen

        app = self._app

        def pull(desk: Desk) -> tuple[Done, BoardRow]:
            from store import commands, queries

            done = commands.pull(desk, app.me)
            return done, queries.rows(desk, [done.number])[done.number]

        try:
            done, row = await app.link.ask(pull)
        except NotPossible as refused:
            app.say(str(refused), refused=True)
            return
        app.link.look()
        app.say(done.text, row.subject)
        app.point(done.number)
        if isinstance(app.screen, RequestScreen):
            app.screen.go_to(done.number)
