"""Mail servers for the tests of intake, and mailboxes on them."""

from __future__ import annotations

import itertools
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from intake.bell import Bell
from intake.mailbox import MailboxWorker
from store import queries
from store.desk import Desk
from store.mail_records import MailboxHealth, Taken
from store.policy.mailboxes import MailboxConfig
from store.words import Outcome
from tests.servers import dovecot as dovecot_server
from tests.servers.dovecot import Dovecot
from tests.servers.pymap import Pymap

Configured = Callable[..., MailboxConfig]

_users = (f"user{number}" for number in itertools.count(1))


def need_dovecot() -> None:
    """Skip without Dovecot; fail where the servers are required."""
    missing = dovecot_server.missing()
    if missing and os.environ.get("DESKWATCH_REQUIRE_SERVERS") == "1":
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)


#: Runs a test on a store of each kind; SQLite alone is the rule here.
both_stores = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def database_url(request, tmp_path: Path) -> Iterator[str]:
    """The address of a new, empty, migrated database."""
    kind = getattr(request, "param", "sqlite")
    name = "sqlite_files" if kind == "sqlite" else "postgres_server"
    databases = request.getfixturevalue(name)
    url = databases.new(tmp_path)
    yield url
    databases.drop(url)


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """A Dovecot that keeps running; every test uses mailboxes of its own."""
    need_dovecot()
    with Dovecot() as server:
        yield server


@pytest.fixture
def own_dovecot() -> Iterator[Dovecot]:
    """A Dovecot of the test's own, to stop and start."""
    need_dovecot()
    with Dovecot() as server:
        yield server


@pytest.fixture(scope="session")
def pymap_server() -> Iterator[Pymap]:
    """A pymap that keeps running."""
    with Pymap() as server:
        yield server


@pytest.fixture
def user() -> str:
    """The name of a user whose mailbox nobody else touches."""
    return next(_users)


@pytest.fixture
def configured(monkeypatch, user: str) -> Configured:
    """Makes the config of a mailbox on a server: ``configured(server, folder="Sales")``."""
    monkeypatch.setenv("MAIL_PASSWORD", "secret")

    def make(server: object, **changes: object) -> MailboxConfig:
        fields: dict[str, object] = {
            "name": "help",
            "host": "127.0.0.1",
            "port": getattr(server, "port", 143),
            "security": "none",
            "user": getattr(server, "user", user),
            "password_env": "MAIL_PASSWORD",
        }
        return MailboxConfig.model_validate(fields | changes)

    return make


@pytest.fixture
def bell() -> Iterator[Bell]:
    """A silent bell."""
    hung = Bell()
    yield hung
    hung.close()


def mail(number: int, body: str = "Nothing works.") -> bytes:
    """Return a small mail, different for each number."""
    return (
        f"From: Grace Hopper <grace@maths.example>\r\nTo: help@northgate.example\r\n"
        f"Subject: Request {number}\r\nMessage-ID: <{number}@maths.example>\r\n"
        f"Date: Mon, 23 Nov 2026 09:00:00 +0000\r\n\r\n{body}\r\n"
    ).encode()


def mails(count: int, first: int = 1) -> list[bytes]:
    """Return ``count`` small mails."""
    return [mail(number) for number in range(first, first + count)]


class Followed:
    """Follows the progress of workers; acts once, when ``at`` messages are taken in."""

    def __init__(self, at: int = 0, act: Callable[[], object] | None = None) -> None:
        """Call ``act`` after the batch with which it is ``at`` or more."""
        self.expected = 0
        self.done = 0
        self._at = at
        self._act = act

    def missing(self, mailbox: str, messages: int) -> None:
        """Count what is to come."""
        self.expected += messages

    def failed(self, mailbox: str) -> None:
        """Do nothing."""

    def taken(self, mailbox: str, taken: Sequence[Taken], seconds: float) -> None:
        """Count what came."""
        self.done += len(taken)
        if self._act is not None and self.done >= self._at:
            act, self._act = self._act, None
            act()


def until(true: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait until ``true()`` is; fail after ``seconds``."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def health_of(desk: Desk, mailbox: str = "help") -> MailboxHealth:
    """Return how a mailbox stands, as every board sees it."""
    return next(each for each in queries.mailbox_health(desk) if each.name == mailbox)


def taken_in(desk: Desk, mailbox: str = "help") -> dict[Outcome, int]:
    """Return how many messages had which outcome; only those that occurred."""
    return {
        outcome: count
        for health in queries.mailbox_health(desk)
        if health.name == mailbox
        for outcome, count in health.outcomes.items()
        if count
    }


@pytest.fixture
def working(desk: Desk) -> Iterator[Callable[..., MailboxWorker]]:
    """Makes workers; ``working(config, runs=True)`` starts one in a thread. All end in time."""
    workers: list[tuple[MailboxWorker, threading.Thread | None]] = []

    def make(
        config: MailboxConfig, progress: Followed | None = None, *, runs: bool = False
    ) -> MailboxWorker:
        worker = MailboxWorker(config, desk, progress)
        thread = threading.Thread(target=worker.run) if runs else None
        workers.append((worker, thread))
        if thread is not None:
            thread.start()
        return worker

    yield make
    for worker, thread in workers:
        worker.stop()
        if thread is not None:
            thread.join(60)
            assert not thread.is_alive()
        worker.close()
