"""Keys that come faster than the board follows are taken one after the other.

A slow line delivers what was typed in one piece. Where a key opens a screen or a dialog, the
keys after it are meant for that, so each is kept until the one before it has had its effect.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.events import Key
from textual.worker import WorkerState

if TYPE_CHECKING:
    from textual.events import Paste
    from textual.screen import Screen

    from tui.board.app import BoardApp

#: Nothing that is typed is kept for longer than that, whatever the board waits for.
_PATIENCE_S = 1.0
#: A text waits longer for its field: as commands, its letters would do anything to requests.
_PATIENCE_FOR_TEXT_S = 10.0
_LOOK_EVERY_S = 0.002


class TypeAhead:
    """Stands before the keyboard of the board."""

    def __init__(self, app: BoardApp) -> None:
        """Keep what is typed for ``app``."""
        self._app = app
        self._kept: deque[Key | Paste] = deque()
        self._turn: Key | Paste | None = None
        """What was kept and comes next."""
        self._following: asyncio.Task[None] | None = None

    def admits(self, typed: Key | Paste) -> bool:
        """Say whether it is the turn of ``typed``; if not, it is kept and posted again."""
        if self._following is not None and self._awaits_text and _leaves(typed):
            self._following.cancel()
            self._kept.clear()
            return True
        if typed is self._turn or (self._turn is None and self._following is None):
            self._turn = None
            return True
        self._kept.append(typed)
        return False

    def follow(self, before: Screen[object]) -> None:
        """Let the next one go when what was just typed on ``before`` has had its effect."""
        self._following = asyncio.create_task(self._follow(before))

    async def _follow(self, before: Screen[object]) -> None:
        text = False
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE_S) as patience:
                # A key becomes an action in the first round, and its message is heard in the next.
                for _ in range(2):
                    await self._heard(before)
                while not self._ready(before):
                    if self._awaits_text and not text:
                        text = True
                        now = asyncio.get_running_loop().time()
                        patience.reschedule(now + _PATIENCE_FOR_TEXT_S)
                    await asyncio.sleep(_LOOK_EVERY_S)
        self._following = None
        if text and not self._app.screen.query("ReplyEditor"):
            self._kept.clear()  # there is no field for it
        if self._kept:
            self._turn = self._kept.popleft()
            self._app.post_message(self._turn)

    @property
    def _awaits_text(self) -> bool:
        """Whether what is typed now is a text whose field is not there yet."""
        return bool(getattr(self._app.screen, "awaits_text", False))

    async def _heard(self, screen: Screen[object]) -> None:
        """Wait until all that was on its way from the focus up to the app has arrived."""
        for pump in (screen.focused or screen).ancestors_with_self:
            heard = asyncio.Event()
            if pump.call_later(heard.set):
                await heard.wait()

    def _ready(self, before: Screen[object]) -> bool:
        """Say whether the screen on top can be typed on, and is the one that comes to be there."""
        app = self._app
        if self._awaits_text:
            return False
        if app.work_goes_on or any(
            worker.group == "work" and worker.state is WorkerState.PENDING for worker in app.workers
        ):
            return False
        screen = app.screen
        if screen is before:
            return True
        focused = screen.focused is not None or not screen.focus_chain
        return screen.is_mounted and focused and bool(getattr(screen, "ready", True))


def _leaves(typed: Key | Paste) -> bool:
    return isinstance(typed, Key) and typed.key in {"escape", "ctrl+g"}
