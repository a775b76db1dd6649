"""Mail that belongs elsewhere: a request is merged into another, or a mail split off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.words import Direction
from tui.board.doing import Doing, Rows
from tui.board.screens.about import about
from tui.board.screens.stamps import stamp

if TYPE_CHECKING:
    from store.desk import Desk
    from store.records import BoardRow, MessageView, RequestView


class Sorting(Doing):
    """Handlers of what joins and what parts."""

    async def merge(self, rows: Rows) -> None:
        """Ask into which; of several marked ones, the oldest takes in the others."""
        if len(rows) > 1:
            oldest = min(rows, key=lambda row: row.number)
            others = tuple(row for row in rows if row.number != oldest.number)
            if await self._merge(others, oldest.number):
                self._app.unmark([oldest.number])
            return
        from tui.board.screens.merge import MergeDialog

        row = rows[0]

        def likely(desk: Desk) -> list[BoardRow]:
            from store import queries

            numbers = queries.search(desk, row.requester.address, _LIKELY + 1, self._app.me.login)
            found = queries.rows(desk, [number for number in numbers if number != row.number])
            return list(found.values())[:_LIKELY]

        dialog = MergeDialog(about(rows), row.number, self._app.link.ask(likely))
        into = await self._ask(dialog)
        if into is not None:
            await self._merge(rows, into)

    async def _merge(self, rows: Rows, into: int) -> bool:
        named = f"#{rows[0].number}" if len(rows) == 1 else f"{len(rows)} requests"
        if await self._sure(rows, f"Merge {named} into #{into}? u takes it back."):
            return bool(await self._give("merge", f"merged into #{into}", rows, into=into))
        return False

    async def split(self, rows: Rows) -> None:
        """Name the mail that joined last, ask, and make a request of it."""
        from tui.board.screens.confirm import ConfirmDialog

        number = rows[0].number

        def joined(desk: Desk) -> MessageView | None:
            from store import queries

            return _joined_last(queries.request(desk, number))

        message = await self._app.link.ask(joined)
        if message is None:
            self._app.say(f"No mail has joined #{number}; there is nothing to split", refused=True)
            return
        zone, now = self._app.zone, self._app.clock.now()
        who = message.sender.name or message.sender.address or "somebody"
        begins = next((line for line in message.text.split("\n") if line.strip()), "")
        named = f"{who}, {stamp(message.at, now, zone)}: {begins}"
        dialog = ConfirmDialog(about(rows), "Make a request of its own of this mail?", named)
        if await self._ask(dialog):
            await self._give("split", "split", rows, message_id=message.id)


#: Requests of the same person offered to merge into.
_LIKELY = 7


def _joined_last(view: RequestView) -> MessageView | None:
    """Return the newest mail that came to the request after the one that opened it."""
    mails = [each for each in view.messages if each.direction is Direction.IN]
    return mails[-1] if len(mails) > 1 else None
