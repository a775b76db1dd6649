"""A day at a desk of eight: every number on the three views is that of an independent count."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

import pytest

from intake.mailbox import MailboxWorker
from store import commands
from store.clock import SetClock
from store.desk import Desk, newest_rules
from store.policy.load import parse
from store.policy.stored import to_store
from store.records import DESK
from tests.day.player import LONDON, Player
from tests.day.books import Books
from tests.day.looking import looked_over
from tests.day.script import read
from tests.tui.board.school import School, lines


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2026, 9, 7, 6, tzinfo=LONDON))


class Post:
    def __init__(self, dovecot, user, workers):
        self.dovecot, self.user, self.workers = dovecot, user, workers

    def come(self, folder, mail, at):
        self.dovecot.deliver(self.user, [mail], folder, at=at)
        self.workers[folder].once()


async def test_the_day(store, database_url, clock, dovecot, user, configured, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    from textual._compositor import Compositor
    monkeypatch.setattr(Compositor, "render_update", lambda self, **_: self._dirty_regions.clear())
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    text = Path(__file__).with_name("desk.toml").read_text(encoding="utf-8")
    policy = parse(text, "desk.toml")
    commands.apply_policy(store, to_store(policy), DESK)
    with store.reading() as connection:
        desk = Desk(store, newest_rules(connection))
    workers = {}
    for box in policy.mailboxes:
        dovecot.deliver(user, [], box.folder)
        config = configured(dovecot, name=box.name, folder=box.folder, kind=box.kind, person=box.person)
        workers[box.folder] = MailboxWorker(config, desk)

    wrong = []

    async def check(pilot, login, at):
        books = Books(L, at)
        wrong.extend(await looked_over(pilot, books, login))

    L = read("weeks.txt", "day.txt")
    import os
    if os.environ.get("UNTIL"): L=[x for x in L if str(x.at)<os.environ["UNTIL"]]
    import cProfile
    pr=cProfile.Profile(time.process_time)
    if os.environ.get("PROF"): pr.enable()
    t, c = time.time(), time.process_time()
    try:
        await Player(School(database_url, desk.rules, clock), Post(dovecot, user, workers), check).play(L)
    finally:
        if os.environ.get("PROF"): pr.disable(); pr.dump_stats("/tmp/day.prof")
        print("TOOK", time.time() - t, time.process_time() - c)
        for w in workers.values():
            w.stop(); w.close()
        print("\n".join(wrong))
    assert wrong == []
