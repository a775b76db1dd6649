"""What the view of intake asks of the store, each through the board's link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.board.views.intake.entries import MailStanding, unsent

if TYPE_CHECKING:
    from store.desk import Desk
    from tui.board.screens.asking import Link

#: Lines of each kind; the newest count.
SHOWN = 200


async def standing(link: Link) -> MailStanding:
    """Return how mail stands."""

    def question(desk: Desk) -> MailStanding:
        from store import queries
        from store.words import Outcome

        return MailStanding(
            mailboxes=queries.mailbox_health(desk),
            outbox=unsent(queries.outbox(desk, SHOWN)),
            quarantine=queries.mails(desk, [Outcome.QUARANTINED], SHOWN),
            ignored=queries.mails(desk, [Outcome.IGNORED], SHOWN),
        )

    return await link.ask(question)


async def kept(link: Link, original_id: int) -> bytes:
    """Return a mail as it came; NotFound if it is not kept any more."""

    def question(desk: Desk) -> bytes:
        from store import queries

        return queries.kept(desk, original_id)

    return await link.ask(question)
