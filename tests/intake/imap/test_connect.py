"""Connecting and logging in, and what is said where that fails."""

from __future__ import annotations

import socket

import psutil
import pytest

from intake.imap.connect import Patience, connect
from intake.imap.folder import Folder
from intake.imap.refusals import advice, log_in_advice
from store.errors import MailRefused, MailUnreachable
from tests.servers.dovecot import free_port
from tests.servers.scripted import Scripted

QUICK = Patience(connect=0.3, answer=0.3)


def _refusal(config, error: type[Exception], patience: Patience = QUICK) -> str:
    with pytest.raises(error) as raised:
        connect(config, patience)
    said = str(raised.value)
    assert said.startswith('mailbox "help": ')
    return said.removeprefix('mailbox "help": ')


@pytest.mark.dovecot
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_an_encrypted_connection_with_a_known_authority_logs_in(dovecot, configured, security):
    """``ca_file`` names the authority of a server that has its own."""
    port = dovecot.tls_port if security == "tls" else dovecot.port
    config = configured(
        dovecot, host="localhost", port=port, security=security, ca_file=str(dovecot.ca_file)
    )
    connection = connect(config)
    assert Folder(connection).select().messages == 0
    connection.close()


@pytest.mark.dovecot
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_nobody_vouches_for_is_refused(dovecot, configured, security):
    """The password is not sent, and the message says what to do."""
    port = dovecot.tls_port if security == "tls" else dovecot.port
    config = configured(dovecot, port=port, security=security)
    assert _refusal(config, MailUnreachable) == (
        f"the certificate of 127.0.0.1:{port} is not valid (unable to get local issuer "
        "certificate); if the server has a certificate authority of its own, name its file in "
        "ca_file"
    )


def test_without_starttls_nobody_logs_in(configured):
    """A server, or somebody on the way, that offers no encryption gets no password."""
    with Scripted() as server:
        config = configured(server, security="starttls")
        assert _refusal(config, MailRefused) == (
            f"127.0.0.1:{server.port} offers no STARTTLS, so nobody logged in; "
            'try security = "tls" with port 993'
        )
        assert [command for command in server.commands if b"LOGIN" in command] == []


def test_a_refused_starttls_ends_the_connection(configured):
    """Offered and then refused is no reason to go on in the clear either."""
    rules = {
        "CAPABILITY": b"* CAPABILITY IMAP4rev1 STARTTLS\r\n{tag} OK done\r\n",
        "STARTTLS": b"{tag} NO not today\r\n",
    }
    with Scripted(rules, greeting=b"* OK ready\r\n") as server:
        said = _refusal(configured(server, security="starttls"), MailRefused)
        assert said.startswith("127.0.0.1 refuses to start encryption (STARTTLS)")
        assert [command for command in server.commands if b"LOGIN" in command] == []


def test_a_password_never_leaves_the_machine_in_the_clear(configured):
    """``none`` is for a server on this very machine, whatever its name says."""
    addresses = [
        each.address
        for interface in psutil.net_if_addrs().values()
        for each in interface
        if each.family is socket.AF_INET and not each.address.startswith("127.")
    ]
    if not addresses:
        pytest.skip("this machine has no address but loopback")
    here = addresses[0]
    with Scripted(host=here) as server:
        said = _refusal(configured(server, host=here), MailRefused)
        assert said == (
            f'{here} is not this machine, and security = "none" would send the password in the '
            "clear; set security"
        )
        assert [command for command in server.commands if b"LOGIN" in command] == []


@pytest.mark.dovecot
def test_a_wrong_password_is_told_with_the_servers_words(dovecot, configured, monkeypatch):
    """And with what to check."""
    monkeypatch.setenv("MAIL_PASSWORD", "wrong")
    config = configured(dovecot, user="ana")
    assert _refusal(config, MailRefused, Patience()) == (
        '127.0.0.1 refuses the log-in of ana ("[AUTHENTICATIONFAILED] Authentication failed."); '
        "check user and password"
    )


@pytest.mark.dovecot
def test_names_and_passwords_may_hold_anything(dovecot, configured, monkeypatch):
    """Blanks, quotes and letters outside ASCII are carried, and refused as wrong at most."""
    monkeypatch.setenv("MAIL_PASSWORD", 'pässwörd "quoted"')
    assert "Authentication failed" in _refusal(
        configured(dovecot, user="ana müller"), MailRefused, Patience()
    )


def test_a_quoted_login_reaches_a_server_without_plain(configured, monkeypatch):
    """LOGIN takes quoted strings, and only ASCII."""
    monkeypatch.setenv("MAIL_PASSWORD", 'se"cret')
    with Scripted() as server:
        connect(configured(server, user="desk \\ help"), QUICK).close()
        assert rb'LOGIN "desk \\ help" "se\"cret"' in server.commands
        monkeypatch.setenv("MAIL_PASSWORD", "pässword")
        said = _refusal(configured(server), MailRefused)
        assert said == "127.0.0.1 takes only ASCII user names and passwords"


def test_a_server_that_is_not_running_is_told(configured):
    """A refused connection, with what to check."""
    port = free_port()
    assert _refusal(configured(None, port=port), MailUnreachable) == (
        f"nothing takes connections at 127.0.0.1:{port}; "
        "check host and port, and that the mail server is running"
    )


def test_a_silent_server_does_not_hold_us(configured):
    """A connection without a greeting ends with the patience for it."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        said = _refusal(configured(None, port=port), MailUnreachable)
        assert said == f"127.0.0.1:{port} does not answer; check the network and firewalls"


@pytest.mark.parametrize(
    ("rules", "greeting", "expected"),
    [
        ({}, b"HTTP/1.1 400 Bad Request\r\n\r\n", "does not answer as an IMAP server does"),
        ({}, b"\x00\xff\x16garbage without end" * 100, "does not answer; check"),
        ({}, b"", "does not answer; check"),
        ({}, b"* OK hi\r\n" + b"x" * 2_000_000, "does not answer as an IMAP server does"),
        ({}, b"* BYE too busy, come back later\r\n", "too busy, come back later"),
        ({"LOGIN": b"* 1 FETCH (((\r\n{tag} OK x\r\n"}, None, ""),
        ({"LOGIN": b"garbage\r\n"}, None, "broke off"),
        ({"LOGIN": None}, None, "broke off"),
        (
            {"LOGIN": b"* X {99999999999}\r\n"},
            None,
            "broke off",
        ),
    ],
)
def test_garbage_ends_in_one_line(configured, rules, greeting, expected):
    """Whatever a server sends, the user reads one line about it."""
    with Scripted(rules, **({} if greeting is None else {"greeting": greeting})) as server:
        if not expected:
            connect(configured(server), QUICK).close()
            return
        with pytest.raises((MailRefused, MailUnreachable)) as raised:
            connect(configured(server), QUICK)
        assert expected in str(raised.value)
        assert "\n" not in str(raised.value)


@pytest.mark.parametrize("file", ["missing.pem", "empty.pem"])
def test_an_unusable_ca_file_is_named(configured, tmp_path, file):
    """Before anything is sent to the server."""
    (tmp_path / "empty.pem").write_text("not a certificate")
    path = tmp_path / file
    config = configured(None, port=1, security="tls", ca_file=str(path))
    assert f"the ca_file {path} cannot be used" in _refusal(config, MailRefused)


@pytest.mark.parametrize(
    ("host", "answer", "expected"),
    [
        ("outlook.office365.com", "LOGIN failed.", "takes no passwords here, only tokens"),
        ("imap.gmail.com", "[AUTHENTICATIONFAILED] Invalid credentials", "app password"),
        ("imap.gmail.com", "[ALERT] Application-specific password required", "app password"),
        ("imap.example", "[ALERT] Too many simultaneous connections.", "Gmail: 15"),
        ("imap.example", "[PRIVACYREQUIRED] no", "set security"),
        ("imap.example", "[EXPIRED] Password expired", "set a new one"),
        ("imap.example", "no", "check user and password"),
    ],
)
def test_known_refusals_come_with_the_fix(host, answer, expected):
    """Providers whose refusals mean something else than they say."""
    assert expected in log_in_advice(host, answer)


def test_missing_rights_at_microsoft_are_not_taken_for_a_wrong_password():
    """It is said after a log-in that went well."""
    said = "User is authenticated but not connected."
    assert advice(said).startswith("the log-in is right, but the account may not open the mailbox")
