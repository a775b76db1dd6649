"""Shorthands for the tests of mail on a board."""

from __future__ import annotations

from tests.tui.board.school import lines, opened, until


def painted(app) -> str:
    """Return the text on the screen."""
    return "\n".join(lines(app))


async def on_queue(pilot, number: int) -> None:
    """Put the cursor on a request."""
    await opened(pilot)
    app = pilot.app
    app.queue.list.go_to(app.queue.list.order.place(number))
    await until(pilot, app.queue.rows)


def asked(school, question):
    """Return what the store answers."""
    answers = []
    school.do(lambda desk: answers.append(question(desk)))
    return answers[0]
