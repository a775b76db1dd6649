"""What can be done about mail on the view of intake: look again, open, put away, send again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.board.cells import settled
from tui.board.views.intake.entries import Entry, Kind, key_of
from tui.board.views.intake.listing import Entries
from tui.board.views.view import ViewScreen

if TYPE_CHECKING:
    from store.desk import Desk
    from store.mail_records import LedgerMail, OutboxMail
    from tui.board.app import BoardApp

_HELD = "This line is no mail that came in"


class MendingScreen(ViewScreen):
    """Does what the keys of the view ask for, and says what became of it."""

    @property
    def _entry(self) -> Entry | None:
        return self.query_one(Entries).entry

    @property
    def _mail(self) -> LedgerMail | None:
        """The mail that came in under the cursor; says so if there is none."""
        entry = self._entry
        if entry is None or entry.mail is None:
            self._board.say(_HELD, refused=True)
            return None
        return entry.mail

    def do_mail_retry(self) -> None:
        """Have a mail read again."""
        if mail := self._mail:
            self._board.begin(self._give("retry", mail))

    def do_mail_open(self) -> None:
        """Have a mail become a request."""
        if mail := self._mail:
            self._board.begin(self._give("open_mail", mail))

    def do_mail_discard(self) -> None:
        """Put a held mail away, if that is meant."""
        mail, entry = self._mail, self._entry
        if mail is None or entry is None:
            return
        if entry.kind is Kind.QUARANTINE:
            self._board.begin(self._discard(mail))
        else:
            self._board.say("It is ignored already", refused=True)

    async def _discard(self, mail: LedgerMail) -> None:
        from tui.board.screens.confirm import ConfirmDialog

        named = settled(mail.subject) or settled(mail.sender) or "a mail without a subject"
        question = "Put this mail away? Its original is kept."
        if await self._board.answer_of(ConfirmDialog("", question, named)):
            if self.is_attached:
                self.query_one(Entries).leave(key_of(mail))
            await self._give("discard", mail)

    def do_mail_sending(self) -> None:
        """Ask what becomes of a mail that did not go out."""
        entry = self._entry
        if entry is None or entry.sending is None:
            self._board.say("This line is no mail that goes out", refused=True)
        else:
            self._board.begin(decide(self._board, entry.sending))

    async def _give(self, command: str, mail: LedgerMail) -> None:
        await give(self._board, command, mail.place, settled(mail.subject))


async def decide(board: BoardApp, mail: OutboxMail) -> None:
    """Ask what becomes of a mail of ours, and see to it."""
    from tui.board.screens.sending import SendingDialog

    decision = await board.answer_of(SendingDialog(mail))
    if decision is not None:
        await give(board, decision.value, mail.id, settled(mail.subject))


async def give(board: BoardApp, command: str, what: object, about: str) -> None:
    """Give a command about a mail, and say what became of it."""
    me = board.me

    def order(desk: Desk) -> object:
        from store import commands

        do: Callable[..., object] = getattr(commands, command)
        return do(desk, me, what)

    done = await board.link.ask(order)
    board.link.look()
    board.link.count()
    board.say(str(getattr(done, "text", done)), about)
