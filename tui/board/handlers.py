"""What the actions on requests do: each asks what it must ask, then gives the command.

What is written to requesters, mail that belongs elsewhere, and known outages are in
``answering``, ``sorting`` and ``outages``.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING

from store.errors import CommandRefused
from store.records import Done
from store.words import State
from tui.board.answering import Answering
from tui.board.doing import Rows
from tui.board.logging import Logging
from tui.board.outages import Outages
from tui.board.promising import Promising
from tui.board.pulling import Pulling
from tui.board.screens.about import about
from tui.board.sorting import Sorting
from tui.board.toasts import taken_back

if TYPE_CHECKING:
    from store.desk import Desk

_WAITING = {State.WAITING_REQUESTER, State.WAITING_SUPPLIER}
_OVER = {State.RESOLVED, State.CLOSED}


class Handlers(Answering, Sorting, Outages, Logging, Promising, Pulling):
    """A method for each action of scope ``work``, called as the action is."""

    def of(self, action: str) -> Callable[[Rows], Coroutine[None, None, None]]:
        """Return the method that does ``action``."""
        method: Callable[[Rows], Coroutine[None, None, None]] = getattr(self, action)
        return method

    # ------------------------------------------------------------------ whose it is

    async def claim(self, rows: Rows) -> None:
        """Make them mine."""
        await self._give("claim", "claimed", rows)

    async def release(self, rows: Rows) -> None:
        """Give them back."""
        await self._give("release", "released", rows)

    async def take_over(self, rows: Rows) -> None:
        """Take them from whoever has them."""
        await self._give("take_over", "taken over", rows)

    async def offer(self, rows: Rows) -> None:
        """Say that they need a hand; if all do already, that they do not any more."""
        if all(row.offered for row in rows):
            await self._give("take_back_offer", "need no hand any more", rows)
        else:
            needing = [row for row in rows if not row.offered]
            await self._give("offer", "need a hand; everybody who is in is told", needing)

    async def assign(self, rows: Rows) -> None:
        """Ask to whom, and give them to that colleague."""
        from tui.board.screens.assign import AssignDialog

        # The dialog opens before the answer is there: what is typed meanwhile is meant for it.
        attending = self._app.backstage.attending
        people, me = attending.colleagues(), self._app.me.login
        login = await self._ask(AssignDialog(about(rows), people, me, attending.where))
        if login is not None:
            name = self._app.telling.names.person(login)
            await self._give("assign", f"given to {name}", rows, login=login)

    # ------------------------------------------------------------------ not now

    async def wait(self, rows: Rows) -> None:
        """Ask for whom and until when; if all are waiting already, let them go on."""
        from tui.board.screens.wait import WaitDialog

        if all(row.state in _WAITING for row in rows):
            await self._give("resume", "go on", rows)
            return
        dialog = WaitDialog(about(rows), self._app.clock.now(), self._app.rules.hours["desk"])
        waits = await self._ask(dialog)
        if waits is not None:
            await self._put_away("wait", "waiting", rows, for_=waits.for_, until=waits.until)

    async def snooze(self, rows: Rows) -> None:
        """Ask until when; if all are snoozed already, wake them."""
        from tui.board.screens.snooze import SnoozeDialog

        now = self._app.clock.now()
        if all(row.snoozed_until is not None and row.snoozed_until > now for row in rows):
            await self._give("snooze", "back", rows, until=None)
            return
        dialog = SnoozeDialog(about(rows), now, self._app.rules.hours["desk"])
        until = await self._ask(dialog)
        if until is not None:
            await self._put_away("snooze", "snoozed", rows, until=until)

    # ------------------------------------------------------------------ the end, and back

    async def resolve(self, rows: Rows) -> None:
        """Ask how they end; if all have ended already, open them again."""
        from tui.board.screens.resolve import ResolveDialog

        if all(row.state in _OVER for row in rows):
            await self._give("reopen", "open again", rows)
            return
        ending = await self._ask(ResolveDialog(about(rows)))
        if ending is None or not await self._sure_of_many(rows, "Resolve"):
            return
        await self._put_away("resolve", "resolved", rows, ending=ending.ending, text=ending.text)

    async def close(self, rows: Rows) -> None:
        """Close what is resolved for good."""
        if await self._sure_of_many(rows, "Close"):
            await self._give("close", "closed", rows)

    async def undo(self, _rows: Rows) -> None:
        """Take back what I did last."""

        def undo(desk: Desk) -> list[Done | CommandRefused]:
            from store import commands

            return commands.undo(desk, self._app.me)

        results = await self._app.link.ask(undo)
        self._app.link.look()
        refused = not all(isinstance(each, Done) for each in results)
        self._app.say(taken_back(results), refused=refused)

    # ------------------------------------------------------------------ words and weight

    async def note(self, rows: Rows) -> None:
        """Ask for a note, and write it."""
        from tui.board.screens.text_entry import TextDialog

        dialog = TextDialog(about(rows), "Note", "Only the desk sees it.")
        text = await self._ask(dialog)
        if text is not None:
            await self._give("note", "noted", rows, text=text)

    async def rate(self, rows: Rows) -> None:
        """Ask for impact and urgency."""
        from tui.board.screens.rate import RateDialog, Rating

        def rating(desk: Desk) -> Rating | None:
            from store import queries

            if len(rows) > 1:
                return None
            view = queries.request(desk, rows[0].number)
            return Rating(view.impact, view.urgency)

        now = self._app.link.ask(rating)
        rated = await self._ask(RateDialog(about(rows), self._app.rules.matrix, now))
        if rated is not None:
            await self._give("rate", "rated", rows, impact=rated.impact, urgency=rated.urgency)

    async def emergency(self, rows: Rows) -> None:
        """Ask what stands still, and whether it really does; if all are emergencies, end that."""
        from tui.board.screens.text_entry import TextDialog

        if all(row.emergency for row in rows):
            title, hint = "Stand it down", "Why is it no emergency, or none any more?"
            sentence = await self._ask(TextDialog(about(rows), title, hint, one_line=True))
            if sentence is not None:
                await self._give("stand_down", "stood down", rows, sentence=sentence)
            return
        title, hint = "Declare an emergency", "What stands still, and for whom?"
        sentence = await self._ask(TextDialog(about(rows), title, hint, one_line=True))
        if sentence is None:
            return
        question = "Declare an emergency? Its own clock runs round the clock from now."
        if await self._sure(rows, question):
            await self._give("emergency", "declared emergencies", rows, sentence=sentence)

    async def on_it(self, rows: Rows) -> None:
        """Say that I am on an emergency."""
        await self._give("on_it", "answered", rows)

    async def copy(self, rows: Rows) -> None:
        """Copy the numbers; the toast shows them, for terminals that do not copy."""
        text = " ".join(f"#{row.number}" for row in rows)
        self._app.copy_to_clipboard(text)
        self._app.say(f"Copied {text}")
