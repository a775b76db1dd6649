"""Mail servers for the tests of intake, and mailboxes on them."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator

import pytest

from intake.bell import Bell
from store.policy.mailboxes import MailboxConfig
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
