"""How an action on requests is done: what must be asked is asked, then a command is given.

A command is given for the requests as the person saw them (number and version), in the
store's thread, which checks again; a toast says what became of it, naming the request.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from textual.screen import ModalScreen

from store.records import BoardRow, Done, Target
from tui.board.screens.about import about
from tui.board.toasts import Result, summed_up

if TYPE_CHECKING:
    from store.desk import Desk
    from tui.board.app import BoardApp

Answer = TypeVar("Answer")
Rows = Sequence[BoardRow]


class Doing:
    """What the handlers of all actions share."""

    def __init__(self, app: BoardApp) -> None:
        """Work for ``app``: its link, its dialogs, its toasts."""
        self._app = app

    async def _ask(self, dialog: ModalScreen[Answer | None]) -> Answer | None:
        return await self._app.answer_of(dialog)

    async def _sure(self, rows: Rows, question: str) -> bool:
        from tui.board.screens.confirm import ConfirmDialog

        answer = await self._ask(ConfirmDialog(about(rows), question))
        return answer is True

    async def _sure_of_many(self, rows: Rows, verb: str) -> bool:
        return len(rows) == 1 or await self._sure(rows, f"{verb} {len(rows)} requests?")

    async def _put_away(self, command: str, done: str, rows: Rows, **arguments: Any) -> None:
        """Give a command after which they are out of the way: the cursor goes on."""
        numbers = await self._give(command, done, rows, **arguments)
        self._app.leave(numbers)

    async def _give(self, command: str, done: str, rows: Rows, **arguments: Any) -> list[int]:
        """Give a command, say what became of it, and return the numbers it was done to."""
        targets = [Target(row.number, row.version) for row in rows]
        me = self._app.me

        def give(desk: Desk) -> list[Result]:
            from store import commands

            return commands.many(desk, getattr(commands, command), me, targets, **arguments)

        results = await self._app.link.ask(give)
        self._app.link.look()
        return self._tell(done, rows, results)

    def _tell(self, done: str, rows: Rows, results: Sequence[Result]) -> list[int]:
        """Say what became of a command, and return the numbers it was done to."""
        numbers = [result.number for result in results if isinstance(result, Done)]
        self._app.unmark(numbers)
        refused = len(numbers) < len(results)
        if len(results) == 1:
            self._app.say(said(results[0]), rows[0].subject, refused=refused)
        else:
            told = summed_up(done, [row.number for row in rows], results)
            self._app.say(told, refused=refused)
        return numbers


def said(result: Result) -> str:
    """Return the line for the toast of one result."""
    return result.text if isinstance(result, Done) else str(result)
