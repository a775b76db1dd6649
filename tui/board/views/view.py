"""What all views in place of the queue share: when they read the store, when they show it, and fit.

A view has one turn of reading at a time. What somebody asks for is read at once, or right after
the turn that is under way. What is read because something has happened comes after a rest, the
longer the more there is to read: mail that streams in never keeps the store's thread from keys.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING, cast

from textual import on
from textual.screen import Screen

from store.errors import DeskwatchError
from tui.board.failing import TellsFailures
from tui.board.messages import Counted, Ticked
from tui.board.screens.turns import Turns

if TYPE_CHECKING:
    from tui.board.app import BoardApp

#: After a turn, this many times as long as it took is left to others.
_RESTS = 4
#: What happens together is read together.
_SETTLED_S = 0.1


class ViewScreen(TellsFailures, Screen[None]):
    """Reads in turns, and shows what it has read."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 -- Textual's own
    read_every: timedelta | None = None
    """Though nothing is heard, it is read anew after so long."""

    def __init__(self) -> None:
        """Start before anything is known."""
        super().__init__()
        self.ready = False
        """Whether the store was asked; a key that is typed sooner waits a moment."""
        self._turns = Turns(self._take_turn)
        self._read_at: datetime | None = None
        self._rested = 0.0
        self._waits = False

    @property
    def _board(self) -> BoardApp:
        return cast("BoardApp", self.app)

    # ------------------------------------------------------------------ what a view does itself

    async def read(self) -> None:
        """Read everything that it shows.

        Raises:
            DeskwatchError: what is shown stays as it is.
        """
        raise NotImplementedError

    def show(self) -> None:
        """Show what is known."""
        raise NotImplementedError

    def fit(self) -> None:
        """Fit everything to the size of the screen."""
        self.show()

    # ------------------------------------------------------------------ reading

    def load(self) -> None:
        """Read everything and show it, because somebody wants to see it."""
        if self._turns.want():
            self.run_worker(self._turns.take(), group="load", exit_on_error=False)

    def load_soon(self) -> None:
        """Read everything and show it, because something may be different."""
        if self._waits:
            return
        rest = self._rested - monotonic()
        if rest > 0 or self._turns.under_way:
            self._waits = True
            self.set_timer(max(rest, _SETTLED_S), self._waited)
        else:
            self.load()

    def _waited(self) -> None:
        self._waits = False
        self.load_soon()

    @property
    def is_wanted_anew(self) -> bool:
        """Whether somebody wants something else than the turn that is under way reads."""
        return self._turns.wanted

    async def _take_turn(self) -> None:
        began = monotonic()
        self._read_at = self._board.clock.now()
        try:
            await self.read()
        except DeskwatchError as problem:
            if not self.ready:
                self.notify(str(problem), severity="warning", markup=False)
            self._read_at = None
            return  # the header says that the store is away; it is read when that is over
        finally:
            self.ready = True
            self._rested = monotonic() + _RESTS * (monotonic() - began)
        if self.children and not self.is_wanted_anew:
            self.show()

    @on(Counted)
    def _read_at_last(self) -> None:
        if self._read_at is None:  # the store has answered a question again
            self.load_soon()

    @on(Ticked)
    def _grow_old(self, event: Ticked) -> None:
        if self.read_every and self._read_at and event.now - self._read_at >= self.read_every:
            self.load_soon()

    # ------------------------------------------------------------------ fitting

    def on_resize(self) -> None:
        """Fit everything to the new size."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if self.children:  # there are none any more if the view was left before it was painted
            self._board.around.tell_headers((self,))
            self.fit()
