"""A change of cover made on a board, in a poller that runs: whom a mail may go to by then."""

from __future__ import annotations

import pytest

from intake import reading_ahead
from store import commands, queries
from store.desk import Desk
from store.facts.engine import open_store
from tests.intake.conftest import until
from tests.store.people import ANA
from tests.store.watch import change, watched

#: Ben has the watch by the rotation, and Dee by what was agreed on a board.
DEE_INSTEAD = change("cover", "2026-11-23 17:00", "2026-11-24 08:00", "dee", "ben")


def evening_mail(number: int, to: str) -> bytes:
    """Return a mail of Monday evening to somebody of the desk, with a copy to the desk."""
    return (
        f"From: Grace Hopper <grace@maths.example>\r\nTo: {to}@northgate.example\r\n"
        f"Cc: help@northgate.example\r\nSubject: It beeps {number}\r\n"
        f"Message-ID: <{number}@maths.example>\r\nDate: Mon, 23 Nov 2026 20:00:00 +0000\r\n\r\n"
        "Can you come?\r\n"
    ).encode()


@pytest.fixture
def desk(store) -> Desk:
    """A desk with a roster."""
    return watched(store)


@pytest.mark.parametrize("many", [600, 1], ids=["here", "in a process beside"])
def test_a_running_poller_judges_by_the_cover_agreed_on_a_board(
    pymap_server, configured, user, desk, clock, working, monkeypatch, many
):
    """A mail to who has the watch at that moment is no end-run; to who had it, it is one."""
    monkeypatch.setattr(reading_ahead, "MANY", many)
    with pymap_server.client(None) as client:
        client.create_folder(user)
    working(configured(pymap_server, folder=user), runs=True)

    def end_runs() -> list[str]:
        rows = sorted(queries.requests(desk), key=lambda row: row.number)
        return [row.end_run for row in rows]

    pymap_server.deliver([evening_mail(1, "ben"), evening_mail(2, "dee")], user)
    until(lambda: len(end_runs()) == 2)
    board = Desk(
        open_store(desk.store.url.render_as_string(hide_password=False), clock), desk.rules
    )
    commands.change_cover(board, ANA, DEE_INSTEAD)
    board.close()
    pymap_server.deliver([evening_mail(3, "ben"), evening_mail(4, "dee")], user)
    until(lambda: len(end_runs()) == 4)
    assert end_runs() == ["", "dee", "ben", ""]
