"""What is written to requesters: replies, and the friendly way back to the front door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.errors import CommandRefused
from store.records import Done, Target
from store.words import Ending, State
from tui.board.doing import Doing, Rows
from tui.board.reply.draft import Answer, Then
from tui.board.screens.about import about

if TYPE_CHECKING:
    from store.desk import Desk
    from store.mail_records import Redirection
    from tui.board.toasts import Result


class Answering(Doing):
    """Handlers of mail to requesters."""

    async def reply(self, rows: Rows) -> None:
        """Write on the request's own screen; to several requesters, in a dialog."""
        if len(rows) == 1:
            await self._app.going.write_to(rows[0].number)
            return
        from tui.board.reply.dialog import ReplyDialog

        answer = await self._ask(ReplyDialog(rows))
        if answer is None:
            return
        ending = await self._ending(rows, answer.then)
        question = f"Send this text to {len(rows)} requesters?"
        if (answer.then is Then.RESOLVE and ending is None) or not await self._sure(rows, question):
            self._app.say("Nothing was sent")
            return
        await self._send(rows, answer, ending)

    async def send(self, rows: Rows, answer: Answer) -> bool:
        """Send what was written about one request; return whether it is on its way."""
        ending = await self._ending(rows, answer.then)
        if answer.then is Then.RESOLVE and ending is None:
            return False
        return bool(await self._send(rows, answer, ending))

    async def _ending(self, rows: Rows, then: Then) -> Ending | None:
        if then is not Then.RESOLVE:
            return None
        from tui.board.screens.resolve import ResolveDialog

        resolution = await self._ask(ResolveDialog(about(rows), in_words=False))
        return resolution.ending if resolution else None

    async def _send(self, rows: Rows, answer: Answer, ending: Ending | None) -> list[int]:
        targets = [Target(row.number, row.version) for row in rows]
        me = self._app.me

        def send(desk: Desk) -> list[Result]:
            from store import commands

            if ending is not None and not answer.files and desk.rules.answers.resolution:
                # The mail that tells of the resolution carries the words: one mail, not two.
                told = answer.text
                return [
                    *commands.many(desk, commands.resolve, me, targets, ending=ending, text=told)
                ]
            text, files = answer.text, answer.files
            results = commands.many(desk, commands.reply, me, targets, text=text, files=files)
            sent = [Target(each.number, each.version) for each in results if isinstance(each, Done)]
            then: list[Result] = []
            if answer.then is Then.WAIT:
                for_ = State.WAITING_REQUESTER
                then = commands.many(desk, commands.wait, me, sent, for_=for_, until=None)
            elif ending is not None:
                then = commands.many(desk, commands.resolve, me, sent, ending=ending, text="")
            return _joined(results, then, answer.then)

        results = await self._app.link.ask(send)
        self._app.link.look()
        numbers = self._tell("answered", rows, results)
        if answer.then is not Then.NOTHING:
            self._app.leave(numbers)
        return numbers

    async def redirect(self, rows: Rows) -> None:
        """Show what would go out, ask, and send it; what nobody is to get is said at once."""
        from tui.board.reply.preview import PreviewDialog

        me = self._app.me

        def found(desk: Desk) -> list[Redirection | CommandRefused]:
            from store import queries

            texts: list[Redirection | CommandRefused] = []
            for row in rows:
                try:
                    texts.append(queries.redirection(desk, row.number, me.name))
                except CommandRefused as refused:
                    texts.append(refused)
            return texts

        asked = await self._app.link.ask(found)
        possible = [each for each in asked if not isinstance(each, CommandRefused)]
        if not possible:
            refusals = [each for each in asked if isinstance(each, CommandRefused)]
            self._tell("redirected", rows, refusals)
            return
        what = "welcome" if possible[0].welcome else "redirect"
        to = f"{len(possible)} requesters" if len(possible) > 1 else ""
        dialog = PreviewDialog(about(rows), f"Send this {what}?", possible[0].text, to)
        if await self._ask(dialog):
            await self._give("redirect", "redirected", rows)


def _joined(results: list[Result], then: list[Result], what: Then) -> list[Result]:
    """Return the results of answers with what became of their requests afterwards."""
    following = iter(then)
    joined: list[Result] = []
    for each in results:
        next_ = next(following, None) if isinstance(each, Done) else None
        if next_ is None or not isinstance(each, Done):
            joined.append(each)
        elif isinstance(next_, Done):
            words = "answered, waiting for them" if what is Then.WAIT else "answered and resolved"
            joined.append(_said(next_, f"#{each.number} {words}"))
        else:
            joined.append(_said(each, f"{each.text}, but: {next_}"))
    return joined


def _said(done: Done, text: str) -> Done:
    return Done(done.number, done.version, done.event_id, text)
