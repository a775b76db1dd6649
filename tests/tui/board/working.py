"""Shorthands for what is done on a board and seen in its store."""

from __future__ import annotations

from store.queries import request as whole_request


async def go(pilot, number):
    """Put the cursor on a request."""
    app = pilot.app
    app.queue.list.go_to(app.queue.list.order.place(number))
    await pilot.pause()


async def mark(pilot, *numbers):
    """Mark requests with the key."""
    for number in numbers:
        await go(pilot, number)
        await pilot.press("space")


def seen(school, number):
    """Return a request as the store has it."""
    found = []
    school.do(lambda desk: found.append(whole_request(desk, number)))
    return found[0]


def row(school, number):
    """Return the row of a request as the store has it."""
    return seen(school, number).row
