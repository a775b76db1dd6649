"""Notes from one shift to the next, on the board of whoever takes over."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.screen import ModalScreen
from textual.widgets import Input, TextArea

if TYPE_CHECKING:
    from store.cover_records import HandOverView
    from store.desk import Desk
    from tui.board.app import BoardApp

#: What comes up by itself waits until no key was pressed for so long: Enter may be meant for
#: what was there before.
_CALM_S = 2.0


class HandOvers:
    """Shows each note once by itself, then when it is asked for, until it is read."""

    def __init__(self, app: BoardApp) -> None:
        """Show notes on ``app``."""
        self._app = app
        self._notes: tuple[HandOverView, ...] = ()
        self._offered: set[int] = set()
        self._unsaved = ""
        """A note that could not be left: it is there when the next one is written."""

    def take(self, notes: Sequence[HandOverView]) -> None:
        """Take the notes that are unread now."""
        self._notes = tuple(notes)
        self.offer()

    def offer(self) -> None:
        """Show what has not been shown yet, unless somebody is in the middle of something."""
        new = {note.id for note in self._notes} - self._offered
        if new and not self._is_busy:
            self._offered |= new
            self._app.begin(self._read(), "hand_over")

    async def hand_over(self) -> None:
        """Show what is unread; if that is nothing, ask for a note and leave it."""
        if self._notes:
            await self._read()
        else:
            await self._write()

    @property
    def _is_busy(self) -> bool:
        app = self._app
        typing = isinstance(app.screen.focused, Input | TextArea)
        asked = isinstance(app.screen, ModalScreen) or app.work_goes_on
        return typing or asked or time.monotonic() - app.typed_at < _CALM_S

    async def _read(self) -> None:
        from tui.board.screens.hand_over import HandOverDialog

        app, notes = self._app, self._notes
        self._offered |= {note.id for note in notes}
        if not await app.answer_of(HandOverDialog(notes, app.clock.now(), app.zone)):
            return
        me, ids = app.me, [note.id for note in notes]

        def read(desk: Desk) -> None:
            from store import commands

            commands.read_hand_overs(desk, me, ids)

        await app.link.ask(read)
        self._notes = tuple(note for note in self._notes if note.id not in ids)
        if app.around.watched is not None:
            app.around.watch(replace(app.around.watched, notes=self._notes))

    async def _write(self) -> None:
        from store.rules.hand_overs import for_whom
        from tui.board.screens.text_entry import TextDialog

        app, me = self._app, self._app.me
        person, now = app.telling.names.person, app.clock.now()
        whom = for_whom(app.rules.roster, me.login, person, now, app.zone)
        hint = "What do they have to know?"
        dialog = TextDialog(f"for {whom}", "Hand over", hint, text=self._unsaved)
        text = await app.answer_of(dialog)
        if text is None:
            return
        self._unsaved = text

        def leave(desk: Desk) -> str:
            from store import commands

            return commands.hand_over(desk, me, text)

        app.say(await app.link.ask(leave))
        self._unsaved = ""
        app.link.look()
