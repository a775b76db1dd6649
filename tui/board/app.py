"""The board: holds the link, the policy and who sits here; sends actions where they are done."""

from __future__ import annotations

import inspect
import os
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import CommandPalette, Provider
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from store.clock import Clock, SystemClock
from store.errors import ConfigError, DeskwatchError
from store.records import Actor, BoardRow
from store.rulebook import Rulebook
from store.text import lines, one_line
from tui.board import themes
from tui.board.actions import BY_ID, Needs, Scope, bindings, why_not
from tui.board.handlers import Handlers
from tui.board.keymap import keymap
from tui.board.link import Link
from tui.board.live import Live
from tui.board.messages import Ticked, Told
from tui.board.queue import QueueScreen
from tui.board.screens.help import HelpScreen
from tui.board.screens.palette import ActionCommands
from tui.board.screens.request import RequestScreen
from tui.board.session import Opener, Session
from tui.board.surroundings import Surroundings
from tui.board.telling import Telling
from tui.cli.crash import explain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: Rows read at first: a tall screen.
_FIRST_PAGE = 100


class BoardApp(App[str], inherit_bindings=False):
    """The dashboard. Its return value is the line that says why it could not go on; or None."""

    CSS_PATH = "deskwatch.tcss"
    TITLE = "Deskwatch"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Scope.EVERYWHERE),
        Binding("ctrl+c", "how_to_leave", show=False, system=True),
    ]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {ActionCommands}
    ENABLE_COMMAND_PALETTE = False
    """The palette is opened by an action of the registry, under the keys people have set."""

    def __init__(self, opener: Opener, clock: Clock | None = None) -> None:
        """Show the desk that ``opener`` opens in the link's thread, at the time of ``clock``."""
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        for theme in themes.THEMES:
            self.register_theme(theme)
        self.theme = themes.fitting().name
        self.clock = clock or SystemClock()
        self.keymap = keymap({})
        self.queue = QueueScreen()
        self.link = Link(Session(opener, _FIRST_PAGE), lambda news: self.post_message(Told(news)))
        self.rules_or_none: Rulebook | None = None
        self.me_or_none: Actor | None = None
        self._handlers = Handlers(self)
        self._live = Live(self)
        self.around = Surroundings(self)

    @property
    def rules(self) -> Rulebook:
        """The policy; there is one as soon as there is a request to see."""
        if self.rules_or_none is None:
            raise RuntimeError("the store is not open yet")
        return self.rules_or_none

    @property
    def me(self) -> Actor:
        """Who sits here."""
        return self.me_or_none or Actor("", "", read_only=True)

    def get_default_screen(self) -> Screen[None]:
        """Begin with the queue, not with an empty screen."""
        return self.queue

    def on_mount(self) -> None:
        """Paint the skeleton first; only then open the store."""
        self.around.tell()
        self.around.tell_keys()
        self.call_after_refresh(self.link.start)
        self.set_interval(1, self.tick)

    def on_unmount(self) -> None:
        """Let go of the store."""
        self.link.stop()

    def tick(self) -> None:
        """Let a second pass on every screen."""
        ticked = Ticked(self.clock.now())
        for screen in self.screen_stack:
            screen.post_message(ticked)
        self.around.tell()

    @on(Told)
    def _told(self, event: Told) -> None:
        self._live.take(event.news)

    def take_rules(self, rules: Rulebook, me: Actor) -> None:
        """Go by this policy from now on; keys of it that clash are refused, with a toast."""
        self.rules_or_none, self.me_or_none = rules, me
        self.telling = Telling(rules, self.clock)
        self.queue.list.tell(self.telling)
        try:
            self.keymap = keymap(rules.keys, "the policy")
        except ConfigError as problem:
            self.keymap = keymap({})
            self.notify(str(problem), severity="error", timeout=10)
        self.set_keymap(self.keymap.changed)
        self.around.tell()
        self.around.tell_keys()

    @on(Worker.StateChanged)
    def _worker_ended(self, event: Worker.StateChanged) -> None:
        """Say what stopped an action; errors nobody foresaw go to the log, too."""
        error = event.worker.error
        if event.state is not WorkerState.ERROR or error is None:
            return
        self.say(str(error) if isinstance(error, DeskwatchError) else explain(error), refused=True)

    # ------------------------------------------------------------------ what actions do

    async def action_perform(self, action_id: str) -> None:
        """Do an action where it is done, or say why it cannot be done."""
        action = BY_ID[action_id]
        screen = self.screen
        rows: Sequence[BoardRow] = ()
        if action.needs is not Needs.NOTHING or action.changes:
            rows = screen.rows() if isinstance(screen, QueueScreen | RequestScreen) else ()
        if reason := why_not(action, rows, self.me):
            self.say(reason, refused=True)
        elif action.scope is Scope.WORK:
            work = self._handlers.of(action_id)(rows)
            self.run_worker(work, name=action_id, group="work", exit_on_error=False)
        else:
            owner = self if action.scope is Scope.EVERYWHERE else screen
            done = getattr(owner, f"do_{action_id}")()
            if inspect.isawaitable(done):
                await done

    def do_help(self) -> None:
        """Show every key."""
        on_queue = isinstance(self.screen, QueueScreen)
        self.push_screen(HelpScreen(Scope.QUEUE if on_queue else Scope.REQUEST))

    def do_palette(self) -> None:
        """Find a command by name."""
        self.push_screen(CommandPalette(placeholder="a command, or the number of a request"))

    def do_colours(self) -> None:
        """Go on to the next colours."""
        self.theme = themes.after(self.theme)
        themes.remember(self.theme)

    def action_how_to_leave(self) -> None:
        """Ctrl+C ends other programs; here it may have been meant for copying."""
        self.say(f"{self.keymap.first('quit')} leaves the board")

    # ------------------------------------------------------------------ what others use

    def say(self, text: str, about: str = "", *, refused: bool = False) -> None:
        """Show a toast; ``about`` is a subject for its second line."""
        subject = one_line(about)
        self.notify(
            f"{text}\n{subject}" if subject else text,
            severity="warning" if refused else "information",
        )

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a toast. Whatever its text holds, it is only text."""
        del markup
        super().notify(
            lines(message), title=one_line(title), severity=severity, timeout=timeout, markup=False
        )

    def leave(self, numbers: list[int]) -> None:
        """Go on from requests that are being put away."""
        self.queue.list.leave(numbers)

    def unmark(self, numbers: list[int]) -> None:
        """Take the marks of requests away that something was done to."""
        self.queue.list.unmark(numbers)

    def neighbour(self, number: int, step: int) -> int | None:
        """Return the request ``step`` places further in the queue; None past an end."""
        order = self.queue.list.order
        place = order.place(number)
        if place is None or not 0 <= place + step < len(order):
            return None
        return order.number_at(place + step)
