"""The board: holds the link, the policy and who sits here; sends actions where they are done."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar
from zoneinfo import ZoneInfo

from textual import on
from textual._context import active_message_pump
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.events import Event, Key, Paste
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from store.clock import Clock, SystemClock
from store.errors import ConfigError, DeskwatchError
from store.text import one_line
from tui.board import garbage, themes
from tui.board.action import Scope
from tui.board.actions import BY_ID, bindings
from tui.board.cells import in_a_line, settled_lines
from tui.board.going import Going
from tui.board.keymap import keymap
from tui.board.messages import Ticked, Told, Unmarked
from tui.board.performing import Performing
from tui.board.queue import QueueScreen
from tui.board.reply.drafts import Drafts
from tui.board.surroundings import Surroundings
from tui.board.typeahead import TypeAhead
from tui.board.widgets.request_list import RequestList

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from store.records import Actor, Reader
    from store.rulebook import Rulebook
    from tui.board.backstage import Backstage
    from tui.board.link import Link
    from tui.board.session import Opener


Answer = TypeVar("Answer")

#: Long enough to copy a command from it.
_GREETING_SECONDS = 20.0
#: Toasts at once; more would hide what they are about.
_TOASTS = 5


def _commands() -> type[Provider]:
    from tui.board.screens.palette import ActionCommands

    return ActionCommands


class BoardApp(App[str], inherit_bindings=False):
    """The dashboard. Its return value is the line that says why it could not go on; or None."""

    CSS_PATH = "deskwatch.tcss"
    TITLE = "Deskwatch"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Scope.EVERYWHERE),
        Binding("ctrl+c", "how_to_leave", show=False, system=True),
    ]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}
    ENABLE_COMMAND_PALETTE = False
    """The palette is opened by an action of the registry, under the keys people have set."""

    def __init__(self, opener: Opener, clock: Clock | None = None, greeting: str = "") -> None:
        """Show the desk that ``opener`` opens in the link's thread, at the time of ``clock``.

        ``greeting`` is a toast to begin with.
        """
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        for theme in themes.THEMES:
            self.register_theme(theme)
        self.theme = themes.fitting().name
        self.clock = clock or SystemClock()
        self.keymap = keymap({})
        self.queue = QueueScreen()
        self.rules_or_none: Rulebook | None = None
        self.me_or_none: Actor | None = None
        self.readers: Mapping[int, tuple[Reader, ...]] = {}
        """The others who have a request on their screen, by its number."""
        self.around = Surroundings(self)
        self.drafts = Drafts()
        """Replies that were begun, by request."""
        self.typed_at = 0.0
        """When a key was pressed last, on a clock of its own."""
        self.going = Going(self)
        self._performing = Performing(self)
        self._typeahead = TypeAhead(self)
        self._asking: list[Screen[Any]] = []
        self._opener = opener
        self._greeting = greeting
        self._backstage: Backstage | None = None

    @property
    def rules(self) -> Rulebook:
        """The policy; there is one as soon as there is a request to see."""
        if self.rules_or_none is None:
            raise RuntimeError("the store is not open yet")
        return self.rules_or_none

    @property
    def me(self) -> Actor:
        """Who sits here; known as soon as there is a request to see."""
        if self.me_or_none is None:
            raise RuntimeError("the store is not open yet")
        return self.me_or_none

    @property
    def backstage(self) -> Backstage:
        """What works behind the screen; there is one as soon as the skeleton is painted."""
        if self._backstage is None:
            raise RuntimeError("the skeleton is not painted yet")
        return self._backstage

    @property
    def link(self) -> Link:
        """The way to the store."""
        return self.backstage.link

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the desk."""
        return ZoneInfo(self.rules.timezone)

    @property
    def is_open(self) -> bool:
        """Whether the store is open, so that actions can be done."""
        return self._backstage is not None and self.me_or_none is not None

    def get_default_screen(self) -> Screen[None]:
        """Begin with the queue, not with an empty screen."""
        return self.queue

    def on_mount(self) -> None:
        """Begin to tell the time."""
        self.set_interval(1, self.tick)

    def open_store(self) -> None:
        """Begin to work: the skeleton is painted."""
        garbage.skeleton_is_painted()
        from tui.board.backstage import Backstage

        self._backstage = Backstage(self, self._opener)
        if self._greeting:
            self.notify(self._greeting, timeout=_GREETING_SECONDS)

    def _handle_exception(self, error: Exception) -> None:
        """Leave with what went wrong, unless it is only that something being left lacks its parts.

        News and seconds go on while a screen is taken down, innermost widgets first; what was to
        be told to these is told to nobody.
        """
        node = active_message_pump.get()
        leaving = not self.is_running or (isinstance(node, DOMNode) and not node.display)
        if not (leaving and isinstance(error, NoMatches)):
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Leave with one line instead of Textual's traceback, which goes to the log."""
        from tui.cli.crash import explain

        error = sys.exception() or RuntimeError("unknown")
        self.exit(explain(error), return_code=1)
        self._close_messages_no_wait()

    def on_unmount(self) -> None:
        """Let go of the store."""
        if self._backstage is not None:
            self._backstage.link.stop()

    def tick(self) -> None:
        """Let a second pass on every screen."""
        now = self.clock.now()
        for screen in self.screen_stack:
            screen.post_message(Ticked(now))
        self.around.tick(now)
        if self.is_open:
            self.backstage.hand_overs.offer()
            self.backstage.attending.tick(now)

    @on(Told)
    def _told(self, event: Told) -> None:
        if self._backstage is not None:
            self._backstage.live.take(event.news)

    def take_rules(self, rules: Rulebook, me: Actor) -> None:
        """Go by this policy from now on; keys of it that clash are refused, with a toast."""
        from tui.board.telling import Telling

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
    def tell_failure(self, event: Worker.StateChanged) -> None:
        """Say what stopped an action; errors nobody foresaw go to the log, too."""
        from tui.cli.crash import explain

        error = event.worker.error
        if event.state is not WorkerState.ERROR or error is None:
            return
        self.say(str(error) if isinstance(error, DeskwatchError) else explain(error), refused=True)

    async def on_event(self, event: Event) -> None:
        """Let what is typed go on in its turn, and nothing of it once the board is left."""
        if not isinstance(event, Key | Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self.typed_at = time.monotonic()
        if not self._exit and self._typeahead.admits(event):
            before = self.screen
            await super().on_event(event)
            self._typeahead.follow(before)

    # ------------------------------------------------------------------ what actions do

    async def action_perform(self, action_id: str) -> None:
        """Do an action where it is done, or say why it cannot be done."""
        await self._performing.perform(BY_ID[action_id])

    def action_how_to_leave(self) -> None:
        """Ctrl+C ends other programs; here it may have been meant for copying."""
        self.say(f"{self.keymap.first('quit')} leaves the board")

    # ------------------------------------------------------------------ what others use

    @property
    def silent_s(self) -> float:
        """For how long the store has not answered what it was asked last."""
        return 0.0 if self._backstage is None else self.link.silent_s()

    def begin(self, work: Coroutine[None, None, object], name: str = "") -> None:
        """Begin what asks and waits; what stops it is said, and the keyboard goes on."""
        self.run_worker(work, name=name, group="work", exit_on_error=False)

    async def answer_of(self, dialog: Screen[Answer | None]) -> Answer | None:
        """Return what is answered in ``dialog``; for workers."""
        self._asking.append(dialog)
        try:
            return await self.push_screen_wait(dialog)
        finally:
            self._asking.remove(dialog)

    @property
    def work_goes_on(self) -> bool:
        """Whether a dialog has its answer, and what that leads to has not begun yet."""
        stack = self.screen_stack
        return any(
            each not in stack or bool(getattr(each, "saves", False)) for each in self._asking
        )

    def say(self, text: str, about: str = "", *, refused: bool = False) -> None:
        """Show a toast; ``about`` is a subject for its second line."""
        subject = in_a_line(about)
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
        text = settled_lines(message)
        for same in [each for each in self._notifications if each.message == text]:
            self._unnotify(same, refresh=False)  # said again, it stands there once, for longer
        for oldest in [*self._notifications][: 1 - _TOASTS]:
            self._unnotify(oldest, refresh=False)
        super().notify(
            text, title=one_line(title), severity=severity, timeout=timeout, markup=False
        )

    def look_at(self, number: int | None, *, writing: bool = False) -> None:
        """Let the others know which request is on this screen, or answered on it; None: none."""
        self.link.look_at(number, writing=writing)

    def leave(self, numbers: list[int]) -> None:
        """Go on from requests that are being put away."""
        for each in self._lists():
            each.leave(numbers)

    def unmark(self, numbers: list[int]) -> None:
        """Take the marks of requests away that something was done to."""
        for each in self._lists():
            each.unmark(numbers)
        for screen in self.screen_stack:
            screen.post_message(Unmarked(frozenset(numbers)))

    def neighbour(self, number: int, step: int) -> int | None:
        """Return the request ``step`` places further in the list below; None past an end."""
        return self._lists()[-1].neighbour(number, step)

    def point(self, number: int) -> None:
        """Put the cursors on a request, in every list that shows it."""
        for each in self._lists():
            each.point(number)

    def _lists(self) -> list[RequestList]:
        """Return the lists of requests that are open, that of the queue first."""
        lists = [getattr(screen, "list", None) for screen in self.screen_stack]
        return [each for each in lists if isinstance(each, RequestList)]
