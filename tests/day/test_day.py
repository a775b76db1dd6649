"""A day at a desk of eight: every number on the three views is that of an independent count.

Mails come into real folders, from which the poller takes them; keys are pressed on real boards;
the clock is set. What stands on the screen is compared with what the accountant counts, who knows
the script alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from textual._compositor import Compositor
from textual.pilot import Pilot

from intake.mailbox import MailboxWorker
from store import queries
from store.clock import SetClock
from tests.day.books import Books
from tests.day.looking import looked_over
from tests.day.player import LONDON, Player
from tests.day.reckoner import evened_out, handed_over, next_best
from tests.day.script import Keys, Mail, read
from tests.servers.dovecot import Dovecot
from tests.store.looking import verified
from tests.tui.board.school import School

SCRIPT = read("weeks.txt", "day.txt")


class Office:
    """The mail server, and the poller at its folders."""

    def __init__(self, dovecot: Dovecot, user: str, workers: dict[str, MailboxWorker]) -> None:
        """Deliver to ``user``; ``workers`` visit the folders."""
        self._dovecot, self._user, self._workers = dovecot, user, workers

    def come(self, folder: str, mail: bytes, at: datetime) -> None:
        """Let a mail come into a folder, and the poller look there."""
        self._dovecot.deliver(self._user, [mail], folder, at=at)
        self._workers[folder].once()


@pytest.fixture
def clock() -> SetClock:
    """Twelve weeks before the day."""
    return SetClock(datetime(2026, 9, 7, 6, tzinfo=LONDON))


@pytest.fixture
def office(desk, policy, dovecot, user, configured) -> Iterator[Office]:
    """The folders of the desk."""
    workers = {}
    for box in policy.mailboxes:
        dovecot.deliver(user, [], box.folder)
        told = {"name": box.name, "folder": box.folder, "kind": box.kind, "person": box.person}
        workers[box.folder] = MailboxWorker(configured(dovecot, **told), desk)
    yield Office(dovecot, user, workers)
    for worker in workers.values():
        worker.stop()
        worker.close()


@pytest.mark.dovecot
async def test_every_number_of_the_day_is_that_of_an_independent_count(
    desk, database_url, clock, office, monkeypatch
):
    """On the boards of technicians, leads and the wall, in the morning, at noon and at the end."""
    # Nobody looks at a terminal here: a screen is made only where its lines are read.
    monkeypatch.setattr(Compositor, "render_update", lambda self, **_: self._dirty_regions.clear())
    wrong: list[str] = []

    async def check(pilot: Pilot[Any], login: str, at: datetime) -> None:
        wrong.extend(await looked_over(pilot, Books(SCRIPT, at), login))

    player = Player(School(database_url, desk.rules, clock), office, check)
    await player.play(SCRIPT)
    assert "\n".join(wrong) == ""
    asked = {
        label: entry.asked
        for label, entry in Books(SCRIPT, SCRIPT[-1].at).entries.items()
        if entry.asked
    }
    assert {label: asked_at(desk, player.numbers[label]) for label in asked} == asked
    assert verified(desk) == []


def asked_at(desk, number: int) -> datetime | None:
    """Return when whoever forwarded a request was asked, on the desk's clock."""
    found = queries.request(desk, number).asked_at
    return found and found.astimezone(LONDON).replace(tzinfo=None)


def test_what_the_script_says_of_proposals_follows_from_the_rules():
    """Evening out, handing over and the next best: the author's word is what trying all finds."""
    told, found = [], []
    for place, line in enumerate(SCRIPT):
        if not isinstance(line, Keys):
            continue
        books = Books(SCRIPT[:place], line.at)
        if line.keys == "= y":
            found.append("; ".join(evened_out(books)))
        elif "handed over" in line.effect:
            found.append("; ".join([line.effect.split("; ")[0], *handed_over(books, line.who)]))
        elif line.keys == ".":
            found.append(f"claims {next_best(books, line.who)}")
        else:
            continue
        told.append(line.effect)
    assert found == told
    assert len(told) == 6


def test_it_is_a_whole_day():
    """Over 80 mails and 150 keys of eight people, among them two leads."""
    keys = [line for line in SCRIPT if isinstance(line, Keys)]
    day = [line for line in SCRIPT if isinstance(line, Mail) and line.at.month == 11]
    assert len(day) > 80
    assert sum(len(line.keys.split()) for line in keys) > 150
    assert len({line.who for line in keys}) == 8
