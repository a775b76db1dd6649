"""What the keys of the view do to requests: was it an end-run; redirect, log, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.records import Target
from tui.board.views.end_runs import asking
from tui.board.views.end_runs.lines import number_of
from tui.board.views.view import ViewScreen
from tui.board.widgets.listed import Listed

if TYPE_CHECKING:
    from store.end_run_records import RunRow
    from store.records import BoardRow


class JudgingScreen(ViewScreen):
    """Gives the commands for the request under the cursor, and says what became of them."""

    def __init__(self) -> None:
        """Start without requests."""
        super().__init__()
        self.on_lines: dict[int, RunRow] = {}
        """The requests that have a line now, by number."""

    def rows(self) -> tuple[BoardRow, ...]:
        """Return the request under the cursor, for actions on requests."""
        number = number_of(self.query_one(Listed).key)
        found = self.on_lines.get(number) if number is not None else None
        return () if found is None else (found.row,)

    # ------------------------------------------------------------------ what its keys do

    def do_runs_yes(self) -> None:
        """Say that it was an end-run."""
        self._judge(was_one=True)

    def do_runs_no(self) -> None:
        """Say that it was none."""
        self._judge(was_one=False)

    def _judge(self, *, was_one: bool) -> None:
        rows = self.rows()
        if rows:
            self._board.begin(self._say(rows[0], was_one=was_one))
        else:
            self._board.say("This line is no request", refused=True)

    async def _say(self, row: BoardRow, *, was_one: bool) -> None:
        board, target = self._board, Target(row.number, row.version)
        done = await asking.judge(board.link, board.me, target, was_one=was_one)
        board.link.look()
        board.link.count()
        board.say(done.text, row.subject)
        if self.is_attached:
            self.load()

    async def do_runs_redirect(self) -> None:
        """Answer it with the way to the front door."""
        await self._board.action_perform("redirect")

    async def do_runs_log(self) -> None:
        """Log another one."""
        await self._board.action_perform("log")

    async def do_runs_undo(self) -> None:
        """Take back what I did last."""
        await self._board.action_perform("undo")
