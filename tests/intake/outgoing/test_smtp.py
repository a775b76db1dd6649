"""The server that takes our mail, and what goes wrong with it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from intake.outgoing.smtp import probe, session
from store.errors import MailError, MailRefused, MailUnreachable
from store.policy.outgoing import Outgoing
from tests.servers.smtp import SmtpServer


@dataclass
class Script:
    """A server that runs: its port, and the lines it was sent."""

    port: int
    heard: list[bytes] = field(default_factory=list)


@contextmanager
def _scripted(greeting: bytes | None, **answers: bytes | None) -> Iterator[Script]:
    """Run a server that says what it is told to, on one connection.

    ``answers`` go by the command's first word; None hangs up, what is not told is silence.
    """

    def talk() -> None:
        peer, _ = server.accept()
        with peer, peer.makefile("rb") as lines:
            if greeting is None:
                return
            peer.sendall(greeting)
            for line in lines:
                script.heard.append(line)
                answer = answers.get(line.split()[0].decode().lower(), b"")
                if answer is None:
                    return
                peer.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as server:
        script = Script(server.getsockname()[1])
        thread = threading.Thread(target=talk, daemon=True)
        thread.start()
        yield script
    thread.join(5)


def _config(port: int, **changes: object) -> Outgoing:
    fields = {"host": "127.0.0.1", "port": port, "security": "none"} | changes
    return Outgoing.model_validate(fields)


def _log_in(**changes: object) -> dict[str, object]:
    return {"user": "help", "password_env": "MAIL_PASSWORD"} | changes


HELLO = b"220 ready\r\n"
PLAIN = b"250-me\r\n250 AUTH PLAIN\r\n"


def test_a_server_that_takes_us_is_named_with_how(monkeypatch):
    """Where, how it is secured, and as whom."""
    monkeypatch.setenv("MAIL_PASSWORD", "secret")
    with SmtpServer() as server:
        assert probe(_config(server.port, **_log_in())) == (
            f"127.0.0.1:{server.port} takes our mail (not encrypted, on this machine, "
            "logged in as help)"
        )


def test_a_session_sends(monkeypatch):
    """What is sent arrives."""
    monkeypatch.setenv("MAIL_PASSWORD", "secret")
    with SmtpServer() as server:
        with session(_config(server.port, **_log_in()), timeout_s=5) as client:
            client.sendmail("help@x.example", ["ana@x.example"], b"Subject: hi\r\n\r\nHi.\r\n")
        assert server.mails == [b"Subject: hi\r\n\r\nHi.\r\n"]


@pytest.mark.parametrize(
    ("greeting", "answers", "error", "said"),
    [
        (None, {}, MailUnreachable, "does not answer as an SMTP server does, or hung up"),
        (b"* OK IMAP\r\n", {}, MailError, "does not answer as an SMTP server does"),
        (b"554 no\r\n", {}, MailRefused, 'refuses to talk to us ("no")'),
        (b"", {}, MailUnreachable, "says nothing; check the network, or set security = "),
        (HELLO, {"ehlo": None}, MailUnreachable, "or hung up; check host, port and security"),
        (HELLO, {"ehlo": b"250 me\r\n"}, MailRefused, "takes no log-in on this connection"),
        (
            HELLO,
            {"ehlo": PLAIN, "auth": b"535 5.7.8 \x1b[31mwrong\r\n"},
            MailRefused,
            'refuses the log-in of help ("5.7.8 [31mwrong"); check user and password',
        ),
        (HELLO, {"ehlo": PLAIN, "auth": None}, MailUnreachable, "or hung up"),
    ],
)
def test_what_goes_wrong_is_one_line(monkeypatch, greeting, answers, error, said):
    """With the server's own words made safe, and what helps."""
    monkeypatch.setenv("MAIL_PASSWORD", "secret")
    with (
        _scripted(greeting, quit=None, **answers) as server,
        pytest.raises(error) as raised,
    ):
        probe(_config(server.port, **_log_in()), timeout_s=0.5)
    assert str(raised.value).startswith("outgoing mail: ")
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)
    assert "\x1b" not in str(raised.value)


@pytest.mark.parametrize("answer", [b"454 not now\r\n", b"501 what?\r\n", None])
def test_nobody_logs_in_when_encryption_fails(monkeypatch, answer):
    """The password stays here."""
    monkeypatch.setenv("MAIL_PASSWORD", "secret")
    hello = b"250-me\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n"
    with _scripted(HELLO, ehlo=hello, starttls=answer, auth=b"235 hi\r\n", quit=None) as server:
        with pytest.raises(MailError):
            probe(_config(server.port, **_log_in(security="starttls")), timeout_s=0.5)
        assert [line.split()[0] for line in server.heard[:2]] == [b"ehlo", b"STARTTLS"]
        assert not any(line.upper().startswith(b"AUTH") for line in server.heard)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "nothing takes connections at 127.0.0.1:1; check host and port"),
        ({"host": "no-such-host.invalid"}, "no server is called no-such-host.invalid"),
        ({"security": "tls", "ca_file": "/nowhere.pem"}, "the ca_file /nowhere.pem cannot be used"),
        (_log_in(password_env="NOT_SET"), "the environment variable NOT_SET is not set"),
    ],
)
def test_what_keeps_us_from_trying_is_one_line(changes, said):
    """Each names what to change."""
    with pytest.raises(MailError) as raised:
        probe(_config(1, **changes))
    assert said in str(raised.value)


def test_a_password_that_is_not_ascii_is_said(monkeypatch):
    """The protocol has no way to send it."""
    monkeypatch.setenv("MAIL_PASSWORD", "sécret")
    with SmtpServer() as server, pytest.raises(MailRefused, match="only ASCII"):
        probe(_config(server.port, **_log_in()))
