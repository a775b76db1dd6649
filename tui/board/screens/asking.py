"""What the request screen asks of the store, each through the board's link."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from store.records import Actor, RequestView

if TYPE_CHECKING:
    from store.desk import Desk

Answer = TypeVar("Answer")


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


async def original(link: Link, message_id: int) -> bytes:
    """Return the bytes of the mail that became a message; NotFound if it was none."""

    def question(desk: Desk) -> bytes:
        from store import queries

        return queries.original(desk, message_id)

    return await link.ask(question)


async def looking(link: Link, me: Actor, number: int | None) -> Sequence[str]:
    """Say that ``me`` looks at ``number`` (None: at none any more); return who else does."""

    def question(desk: Desk) -> Sequence[str]:
        from store import commands, queries

        commands.presence(desk, me, number)
        return () if number is None else queries.readers(desk, number, me)

    return await link.ask(question)
