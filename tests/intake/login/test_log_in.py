"""Logging in with tokens: at a Dovecot that checks them itself, and at an SMTP server."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from intake.imap.connect import Patience, connect
from intake.imap.folder import Folder
from intake.login import microsoft
from intake.login.token_file import held
from intake.outgoing.smtp import WHERE, probe
from store import queries
from store.clock import SystemClock
from store.errors import MailRefused, MailUnreachable
from store.text import is_safe
from tests.intake.conftest import health_of, mails, taken_in, until
from tests.intake.login.conftest import HERE, outgoing_of
from tests.servers.scripted import Scripted
from tests.servers.token_smtp import TokenSmtpServer
from tests.servers.tokens import jwt
from tui.board.mail_words import Mail, mail_words

QUICK = Patience(connect=5, answer=5)
REFUSED = "[AUTHENTICATIONFAILED] Authentication failed. (status 401)"


@pytest.fixture
def trusted(tokens, dovecot, user):
    """Somebody who gives tokens that Dovecot takes, for the test's own mailbox."""
    before, tokens.key = tokens.key, dovecot.token_key
    tokens.mailbox = tokens.account = user
    yield tokens
    tokens.key = before


def _sign_in(config) -> None:
    microsoft.sign_in(
        config.oauth,
        config.user,
        ["imap", "smtp"],
        HERE,
        now=SystemClock().now,
        tell=lambda *_: None,
    )


def _forget_access_tokens(config) -> None:
    """Leave only the refresh token in the file, as an hour does."""
    with held(Path(config.oauth.token_file), HERE) as file:
        kept = file.read()
        rest = {name: part for name, part in kept.tokens.items() if name != "AccessToken"}
        file.save(replace(kept, tokens=rest))


@pytest.mark.dovecot
@pytest.mark.parametrize("flow", ["client_credentials", "device_code"])
def test_dovecot_takes_a_token(box, trusted, dovecot, user, flow):
    """It checks signature, times and owner with a key of its own."""
    config = box(flow, dovecot, user=user)
    if flow == "device_code":
        _sign_in(config)
    dovecot.deliver(user, mails(2))
    connection = connect(config)
    assert Folder(connection).select().messages == 2
    connection.close()


@pytest.mark.dovecot
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_token_goes_over_an_encrypted_line(box, trusted, dovecot, user, security):
    """With the mail server's own certificate authority, as with a password."""
    config = box(
        "client_credentials",
        user=user,
        host="localhost",
        security=security,
        port=dovecot.tls_port if security == "tls" else dovecot.port,
        ca_file=str(dovecot.ca_file),
    )
    connect(config).close()


@pytest.mark.dovecot
@pytest.mark.parametrize(
    "wrong",
    [{"exp": 1_000_000}, {"email": "somebody-else"}, {"nbf": 4_000_000_000}, {"key": b"another"}],
)
def test_a_token_that_dovecot_does_not_take_is_told(box, trusted, dovecot, user, wrong):
    """Expired, another mailbox's, not valid yet, forged: with the status that came for it."""
    key = wrong.pop("key", trusted.key)
    given = trusted.access_token(**wrong)
    if key != trusted.key:
        given = jwt(key, email=user)
    trusted.extra = {"access_token": given}
    with pytest.raises(MailRefused) as raised:
        connect(box("client_credentials", dovecot, user=user))
    assert str(raised.value).startswith(
        f'{HERE}: 127.0.0.1 refuses the log-in of {user} ("{REFUSED}"); check user, that the '
        "app's permissions have admin consent, and in Exchange its New-ServicePrincipal"
    )


@pytest.mark.dovecot
def test_a_token_that_was_taken_back_is_replaced_once(box, trusted, dovecot, user):
    """One that should do for an hour yet, by its own account."""
    config = box("device_code", dovecot, user=user)
    trusted.extra = {"access_token": trusted.access_token(exp=1_000_000)}
    _sign_in(config)
    trusted.extra = {}
    trusted.asked.clear()
    connect(config).close()
    assert [asked["grant_type"] for asked in trusted.asked] == ["refresh_token"]


@pytest.mark.dovecot
def test_a_shared_mailbox_is_opened_with_somebody_elses_account(box, trusted, dovecot, user):
    """``user`` is the mailbox, ``account`` who signs in."""
    trusted.account = "ana@northgate.example"
    config = box("device_code", dovecot, user=user, oauth={"account": "ana@northgate.example"})
    _sign_in(config)
    connect(config).close()


@pytest.mark.dovecot
def test_a_revoked_sign_in_is_on_every_board_with_how_long_it_lasts(
    box, trusted, dovecot, user, desk, working, clock
):
    """Not ten days later; and it goes when somebody has signed in again."""
    config = box("device_code", dovecot, user=user)
    _sign_in(config)
    trusted.revoke()
    _forget_access_tokens(config)
    worker = working(config, runs=True)
    until(lambda: [each for each in queries.mailbox_health(desk) if each.error])
    clock.advance(timedelta(days=10))
    told = mail_words(Mail((health_of(desk),)), clock.now())
    words = told.forms[0]
    assert not told.well
    assert words.startswith("mail: for 10 days: localhost:")
    assert "AADSTS700082" in words
    assert words.endswith("; run: deskwatch login help")
    _sign_in(config)
    dovecot.deliver(user, mails(1))
    worker.stop()
    working(config).once()
    assert health_of(desk).error == ""
    assert sum(taken_in(desk).values()) == 1


@pytest.mark.dovecot
def test_a_secret_that_expires_soon_is_on_every_board(
    box, trusted, dovecot, user, desk, working, clock
):
    """Mail comes in meanwhile, and the mailbox has no error."""
    ends = clock.now().date() + timedelta(days=6)
    config = box("client_credentials", dovecot, user=user, oauth={"secret_expires": ends})
    dovecot.deliver(user, mails(1))
    working(config).once()
    health = health_of(desk)
    assert (health.error, health.failing_since) == ("", None)
    assert health.warning == (
        f"log-in expires in 6 days (the app's secret, {ends}); make a new "
        "one in Entra, and set secret_expires"
    )


def test_a_server_that_takes_no_tokens_is_told(box):
    """Nothing is sent to it."""
    with Scripted() as server:
        with pytest.raises(MailRefused, match=r"takes no tokens \(XOAUTH2\) on this connection"):
            connect(box("client_credentials", server), QUICK)
        assert [command for command in server.commands if b"AUTH" in command] == []


@pytest.mark.parametrize(
    ("challenge", "end", "expected"),
    [
        (b'{"status":"400","schemes":"Bearer"}', b"NO [AUTH] Invalid\r\n", "Invalid (status 400)"),
        (b"", b"NO AUTHENTICATE failed.\r\n", '("AUTHENTICATE failed.")'),
        (b"\xff\xfe", b"NO no\r\n", '("no")'),
        (b'{"status":"\\u001b]52;c;x"}', b"NO no\r\n", "(status ]52;c;x)"),
        (b"[" * 2000, b"NO no\r\n", '("no")'),
        (b"", b"", "broke off"),
    ],
)
def test_whatever_a_server_says_to_a_token_is_one_line(box, challenge, end, expected):
    """JSON as XOAUTH2 has it, none at all, or bytes of no meaning."""
    rest = iter([b"+ " + base64.b64encode(challenge) + b"\r\n"] if challenge else [])
    tags: list[bytes] = []

    def begin(tag: bytes, _: bytes) -> bytes:
        tags.append(tag)
        return b"+ \r\n"

    def go_on(_tag: bytes, _line: bytes) -> bytes | None:
        # What comes is no command: the token, and an empty line after an error.
        return next(rest, tags[0] + b" " + end if end else None)

    rules = {
        r"CAPABILITY": b"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\n{tag} OK done\r\n",
        r"AUTHENTICATE": begin,
        r"[A-Za-z0-9+/=]*$": go_on,
    }
    config = box("client_credentials")
    with Scripted(rules) as server, pytest.raises((MailRefused, MailUnreachable)) as raised:
        connect(config.model_copy(update={"port": server.port}), QUICK)
    assert expected in str(raised.value)
    assert is_safe(str(raised.value))


def test_missing_rights_at_microsoft_are_said_when_the_folder_is_opened(box):
    """The log-in went well: it is the mailbox that may not be opened."""
    rules = {
        r"CAPABILITY": b"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\n{tag} OK done\r\n",
        r"AUTHENTICATE": lambda tag, _: tags.append(tag) or b"+ \r\n",
        r"EXAMINE|SELECT": b"{tag} BAD User is authenticated but not connected.\r\n",
        r"[A-Za-z0-9+/=]*$": lambda *_: tags[0] + b" OK AUTHENTICATE completed.\r\n",
    }
    tags: list[bytes] = []
    with Scripted(rules) as server:
        connection = connect(box("client_credentials", server), QUICK)
        with pytest.raises(MailRefused) as raised:
            Folder(connection).select()
        connection.cut()
    assert "the log-in is right, but the account may not open the mailbox" in str(raised.value)


# ----------------------------------------------------------------------------- SMTP


def test_outgoing_mail_logs_in_with_a_token(box, tokens):
    """The same token as for the mailbox where an app logs in."""
    with TokenSmtpServer(lambda user, token: (user, token.count(".")) == ("help", 2)) as server:
        said = probe(outgoing_of(box("client_credentials"), server.port))
        assert said.endswith("logged in as help)")


def test_a_person_gives_the_right_to_send(box, tokens):
    """It is another one than that to read, and had with the same sign-in."""
    config = box("device_code")
    _sign_in(config)
    tokens.asked.clear()
    with TokenSmtpServer(lambda *_: True) as server:
        probe(outgoing_of(config, server.port))
    assert all("SMTP.Send" in asked["scope"] for asked in tokens.asked)


def test_a_token_refused_for_outgoing_mail_is_told_with_its_status(box, tokens):
    """An app's token is new in any case, and is tried once."""
    with TokenSmtpServer(lambda *_: False) as server:
        with pytest.raises(MailRefused) as raised:
            probe(outgoing_of(box("client_credentials"), server.port))
        assert server.tried == 1
    said = str(raised.value)
    assert said.startswith(f"{WHERE}: 127.0.0.1 refuses the log-in of help (")
    assert "(status 400)" in said


def test_a_stale_token_for_outgoing_mail_is_replaced_once(box, tokens):
    """As for the mailbox."""
    config = box("device_code")
    _sign_in(config)
    seen: list[str] = []

    def judge(_user: str, token: str) -> bool:
        seen.append(token)
        return len(set(seen)) > 1

    with TokenSmtpServer(judge) as server:
        probe(outgoing_of(config, server.port))
    assert len(set(seen)) == 2


def test_no_token_means_no_connection(box, tokens):
    """Whoever gives them refuses: the mail server is not troubled."""
    tokens.refusal = {"error": "invalid_client", "error_description": "AADSTS7000222: expired."}
    with TokenSmtpServer(lambda *_: True) as server:
        with pytest.raises(MailRefused, match=r"outgoing mail: .* the app's secret has expired"):
            probe(outgoing_of(box("client_credentials"), server.port))
        assert server.tried == 0
