"""Where the board goes: to a view, to a request, to help and commands, to other colours.

What takes longer to import than to use is imported when it is first wanted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.command import CommandPalette

from tui.board import themes
from tui.board.action import Scope

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.board.app import BoardApp

#: Requests named in a question; more would hide the first.
_NAMED = 3


class Going:
    """Does the actions that there are everywhere, and opens requests."""

    def __init__(self, app: BoardApp) -> None:
        """Show screens of ``app``."""
        self._app = app

    def do_help(self) -> None:
        """Show every key."""
        from tui.board.screens.help import HelpScreen

        self._app.push_screen(HelpScreen(getattr(self._app.screen, "scope", Scope.QUEUE)))

    def do_palette(self) -> None:
        """Find a command by name."""
        self._app.push_screen(CommandPalette(placeholder="a command, or the number of a request"))

    def do_colours(self) -> None:
        """Go on to the next colours."""
        self._app.theme = themes.after(self._app.theme)
        themes.remember(self._app.theme)

    def do_hand_over(self) -> None:
        """Read the notes of the shift before, or write one to the next."""
        self._app.begin(self._app.backstage.hand_overs.hand_over(), "hand_over")

    def do_breather(self) -> None:
        """Go for a breather, or come back."""
        self._app.begin(self._app.backstage.attending.breather(), "breather")

    def do_attendance(self) -> None:
        """Say where I am."""
        self._app.begin(self._app.backstage.attending.attendance(), "attendance")

    async def do_view_queue(self) -> None:
        """Go back to the queue, from wherever this is."""
        while self._app.screen is not self._app.queue:
            await self._app.pop_screen()

    async def do_view_mine(self) -> None:
        """Show my own work."""
        from tui.board.views.mine.screen import MineScreen

        await self._show(MineScreen)

    async def do_view_end_runs(self) -> None:
        """Show who was asked instead of the desk."""
        from tui.board.views.end_runs.screen import EndRunsScreen

        await self._show(EndRunsScreen)

    async def do_view_workload(self) -> None:
        """Show who has how much to do."""
        from tui.board.views.workload.screen import WorkloadScreen

        await self._show(WorkloadScreen)

    async def do_view_cover(self) -> None:
        """Show who has the watch."""
        from tui.board.views.cover.screen import CoverScreen

        await self._show(CoverScreen)

    async def do_view_fairness(self) -> None:
        """Show whether everybody is treated the same."""
        from tui.board.views.fairness.screen import FairnessScreen

        await self._show(FairnessScreen)

    async def do_view_intake(self) -> None:
        """Show how mail stands."""
        from tui.board.views.intake.screen import IntakeScreen

        await self._show(IntakeScreen)

    async def _show(self, view: type[Screen[None]]) -> None:
        """Show a view; if it is open already, go back to it."""
        if any(isinstance(screen, view) for screen in self._app.screen_stack):
            while not isinstance(self._app.screen, view):
                await self._app.pop_screen()
        elif self._app.is_open:
            await self._app.push_screen(view())
        else:
            self._app.say("The store is not open yet", refused=True)

    def leave(self) -> None:
        """Leave the board; where replies were begun, ask first."""
        if self._app.drafts:
            self._app.begin(self._leave_drafts())
        else:
            self._app.exit()

    async def _leave_drafts(self) -> None:
        from tui.board.screens.confirm import ConfirmDialog

        numbers = sorted(self._app.drafts)
        named = ", ".join(f"#{number}" for number in numbers[:_NAMED])
        more = f" and {len(numbers) - _NAMED} more" if len(numbers) > _NAMED else ""
        fate = self._app.drafts.fate
        question = f"Leave with the draft for {named}{more} unsent? {fate}"
        if await self._app.answer_of(ConfirmDialog("", question)):
            self._app.exit()

    def open_request(self, number: int) -> None:
        """Show one request."""
        from tui.board.screens.request import RequestScreen

        self._app.push_screen(RequestScreen(number))

    async def write_to(self, number: int) -> None:
        """Begin a reply on the request's own screen."""
        from tui.board.screens.request import RequestScreen

        screen = self._app.screen
        if isinstance(screen, RequestScreen) and screen.number == number:
            await screen.write()
        else:
            await self._app.push_screen(RequestScreen(number, writing=True))
