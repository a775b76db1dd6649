"""Waiting for news."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

import pytest

from intake.imap import idle
from intake.imap.connect import Connection, Patience, connect
from intake.imap.folder import Folder
from intake.imap.idle import Heard, wait
from store.errors import MailRefused, MailUnreachable
from tests.intake.conftest import mail, mails
from tests.servers.scripted import Scripted


@contextlib.contextmanager
def _listening(config, answer_s: float = 20.0) -> Iterator[Connection]:
    connection = connect(config, Patience(connect=20, answer=answer_s))
    folder = Folder(connection)
    folder.select()
    connection.heard_news()
    try:
        yield connection
    finally:
        connection.close()


@contextlib.contextmanager
def _soon(act, seconds: float = 0.2) -> Iterator[None]:
    timer = threading.Timer(seconds, act)
    timer.start()
    yield
    timer.join()


@pytest.mark.dovecot
@pytest.mark.parametrize("security", ["none", "tls"])
def test_a_new_mail_ends_the_waiting(dovecot, configured, bell, user, security):
    """Dovecot announces it about half a second later."""
    dovecot.deliver(user, mails(1))
    config = configured(dovecot, security=security, ca_file=str(dovecot.ca_file))
    if security == "tls":
        config = configured(
            dovecot, security="tls", port=dovecot.tls_port, ca_file=str(dovecot.ca_file)
        )
    with _listening(config) as connection, _soon(lambda: dovecot.deliver(user, [mail(2)])):
        assert wait(connection, bell, 10) is Heard.NEWS


def test_pymap_announces_too(pymap_server, configured, bell):
    """Another server."""
    with (
        _listening(configured(pymap_server)) as connection,
        _soon(lambda: pymap_server.deliver([mail(1)])),
    ):
        assert wait(connection, bell, 10) is Heard.NEWS


@pytest.mark.dovecot
def test_a_deletion_is_news(dovecot, configured, bell, user):
    """The count on the status page changes."""
    dovecot.deliver(user, mails(3))

    def delete() -> None:
        with dovecot.client(user) as somebody:
            somebody.delete_messages([1])
            somebody.expunge()

    with _listening(configured(dovecot)) as connection, _soon(delete):
        assert wait(connection, bell, 10) is Heard.NEWS


@pytest.mark.dovecot
def test_the_bell_ends_the_waiting_at_once(dovecot, configured, bell):
    """Also when it rang before, and then only once."""
    with _listening(configured(dovecot)) as connection:
        with _soon(bell.ring):
            assert wait(connection, bell, 10) is Heard.RUNG
        bell.ring()
        assert wait(connection, bell, 10) is Heard.RUNG
        assert wait(connection, bell, 0.05) is Heard.QUIET


@pytest.mark.dovecot
def test_a_server_that_stops_is_noticed(own_dovecot, configured, bell):
    """The broken connection ends the waiting long before its time."""
    with (
        _listening(configured(own_dovecot)) as connection,
        _soon(own_dovecot.stop),
        pytest.raises(MailUnreachable),
    ):
        wait(connection, bell, 30)


def test_a_connection_that_died_silently_is_found_at_the_renewal(configured, bell):
    """The server never answers DONE."""
    rules = {"IDLE": b"+ idling\r\n", "DONE": b""}
    with Scripted(rules) as server, _listening(configured(server), 0.5) as connection:
        with pytest.raises(MailUnreachable) as raised:
            wait(connection, bell, 0.05)
        assert "does not answer" in str(raised.value)


def _idle_rules(said: bytes):
    """An IDLE that begins with ``said``, and its DONE."""
    tags: list[bytes] = []

    def begin(tag: bytes, command: bytes) -> bytes:
        tags.append(tag)
        return said

    return {"IDLE": begin, "DONE": lambda tag, command: tags[-1] + b" OK done\r\n"}


@pytest.mark.parametrize(
    "said",
    [
        b"+ idling\r\n* 2 EXISTS\r\n",  # in one packet: no socket ever gets readable for it
        b"* 2 EXISTS\r\n+ idling\r\n",  # before it, which the library takes for a refusal
    ],
)
def test_news_that_come_with_the_start_of_idle_are_heard(configured, bell, said):
    """They would else wait for the next mail."""
    with Scripted(_idle_rules(said)) as server, _listening(configured(server)) as connection:
        assert wait(connection, bell, 5) is Heard.NEWS


def test_news_that_come_with_done_are_heard(configured, bell):
    """The last moment of an IDLE counts too."""
    rules = _idle_rules(b"+ idling\r\n")
    done = rules["DONE"]
    rules["DONE"] = lambda tag, command: b"* 2 EXISTS\r\n" + done(tag, command)
    with Scripted(rules) as server, _listening(configured(server)) as connection:
        assert wait(connection, bell, 0.05) is Heard.NEWS


def test_small_talk_is_not_news(configured, bell):
    """``* OK Still here`` and other people's flags change nothing for us."""
    said = b"+ idling\r\n* OK Still here\r\n* 1 FETCH (FLAGS (\\Seen))\r\n"

    rules = _idle_rules(said)
    with Scripted(rules) as server, _listening(configured(server)) as connection:
        # What came with the "+" is not looked into: one look too many does no harm.
        assert wait(connection, bell, 5) is Heard.NEWS
    rules = _idle_rules(b"+ idling\r\n")
    with Scripted(rules) as server, _listening(configured(server)) as connection:
        assert wait(connection, bell, 0.05) is Heard.QUIET


def test_a_refused_idle_is_told(configured, bell):
    """The worker then looks from time to time."""
    with (
        Scripted({"IDLE": b"{tag} NO not for you\r\n"}) as server,
        _listening(configured(server)) as connection,
        pytest.raises(MailRefused) as raised,
    ):
        wait(connection, bell, 5)
    assert 'announce new mails (IDLE) ("not for you")' in str(raised.value)


def test_without_idle_the_server_is_asked_from_time_to_time(configured, bell, monkeypatch):
    """NOOP brings what is new."""
    monkeypatch.setattr(idle, "POLL_SECONDS", 0.05)
    answers = [b"{tag} OK done\r\n", b"* 2 EXISTS\r\n{tag} OK done\r\n"]
    rules = {
        "CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n{tag} OK done\r\n",
        "NOOP": lambda tag, command: answers.pop(0),
    }
    greeting = b"* OK hi\r\n"
    with Scripted(rules, greeting) as server, _listening(configured(server)) as connection:
        assert [wait(connection, bell, 60) for _ in range(2)] == [Heard.QUIET, Heard.NEWS]
        bell.ring()
        assert wait(connection, bell, 60) is Heard.RUNG
