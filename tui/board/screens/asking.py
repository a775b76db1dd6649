"""What the request screen asks of the store, each through the board's link."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

from store.mail_records import OutboxMail
from store.records import RequestView
from store.words import Delivery

if TYPE_CHECKING:
    from store.desk import Desk

Answer = TypeVar("Answer")

#: What is out, or need not go out any more.
OVER = {Delivery.SENT, Delivery.GIVEN_UP}


class Link(Protocol):
    """The board's way to the store."""

    def ask(self, question: Callable[[Desk], Answer]) -> Awaitable[Answer]:
        """Return what ``question`` answers in the store's thread, or raise what it raises."""
        ...


async def request(link: Link, number: int) -> RequestView:
    """Return a request in full; NotFound if there is none."""

    def question(desk: Desk) -> RequestView:
        from store import queries

        return queries.request(desk, number)

    return await link.ask(question)


async def unsent(link: Link, number: int) -> list[OutboxMail]:
    """Return the mails of ours about a request that are not out, the oldest first."""

    def question(desk: Desk) -> list[OutboxMail]:
        from store import queries

        found = [mail for mail in queries.outbox(desk, number=number) if mail.state not in OVER]
        return sorted(found, key=lambda mail: mail.id)

    return await link.ask(question)


async def original(link: Link, message_id: int) -> bytes:
    """Return the bytes of the mail that became a message; NotFound if it was none."""

    def question(desk: Desk) -> bytes:
        from store import queries

        return queries.original(desk, message_id)

    return await link.ask(question)
