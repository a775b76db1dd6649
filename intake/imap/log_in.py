"""Saying who we are to an IMAP server: with a password, or with a token (SASL XOAUTH2)."""

from __future__ import annotations

from imapclient import IMAPClient
from imapclient.exceptions import LoginError

from intake.imap.refusals import server_said
from intake.imap.trouble import broke_off, place, refused_login
from intake.login.passwords import password
from intake.login.tokens import access_token, may_be_stale, status_of, xoauth2
from store.errors import MailRefused
from store.policy.mailboxes import MailboxConfig


def prove(config: MailboxConfig, *, renew: bool = False) -> str:
    """Return the password or token to log in with; had before the server is troubled.

    With ``renew`` it is a token that was not had before.

    Raises:
        MailRefused: there is none. MailUnreachable: whoever gives tokens does not answer.
    """
    if config.oauth is None:
        return password(config, place(config))
    return access_token(config, config.oauth, "imap", place(config), renew=renew)


def log_in(client: IMAPClient, config: MailboxConfig, proof: str) -> None:
    """Log in with ``proof``.

    Raises:
        MailError: the server refuses, or the connection broke.
    """
    try:
        if config.oauth is None:
            _with_password(client, config, proof)
        else:
            _with_token(client, config, proof)
    except LoginError as error:
        if _broke(error):
            raise broke_off(config) from error
        refusal = refused_login(config, server_said(error))
        if config.oauth is None or not may_be_stale(config.oauth):
            raise refusal from error
        _with_another_token(client, config, proof, refusal)
    except UnicodeEncodeError as error:
        raise MailRefused(
            f"{place(config)}: {config.host} takes only ASCII user names and passwords"
        ) from error


def _with_another_token(
    client: IMAPClient, config: MailboxConfig, refused: str, refusal: MailRefused
) -> None:
    """Log in with a token that is new: the one that was refused may have been taken back.

    Raises:
        MailRefused: ``refusal``, if that does not help, or there is no new token.
    """
    token = prove(config, renew=True)
    if token == refused:
        raise refusal
    try:
        _with_token(client, config, token)
    except LoginError as error:
        raise refusal from error


def _broke(error: LoginError) -> bool:
    return "socket error" in str(error) or "unexpected" in str(error)


def _with_password(client: IMAPClient, config: MailboxConfig, secret: str) -> None:
    if client.has_capability("AUTH=PLAIN"):
        # Carries any user name and password; LOGIN knows only ASCII.
        client.plain_login(config.user, secret)
    elif client.has_capability("LOGINDISABLED"):
        raise MailRefused(
            f"{place(config)}: {config.host} takes no password on this connection; "
            'set security = "tls" or "starttls", or log in with oauth'
        )
    else:
        client.login(_as_string(config.user), secret)


def _with_token(client: IMAPClient, config: MailboxConfig, token: str) -> None:
    if not client.has_capability("AUTH=XOAUTH2"):
        raise MailRefused(
            f"{place(config)}: {config.host} takes no tokens (XOAUTH2) on this connection; check "
            "host and security, or log in with a password"
        )
    said: list[bytes] = []

    def answer(challenge: bytes) -> bytes:
        # The first asks for the token; one after it tells an error, and wants nothing more.
        said.append(challenge)
        return xoauth2(config.user, token).encode() if len(said) == 1 else b""

    try:
        client.sasl_login("XOAUTH2", answer)
    except LoginError as error:
        status = status_of(said[-1] if said else b"")
        raise LoginError(f"{error} ({status})" if status else str(error)) from error


def _as_string(user: str) -> str:
    """Return ``user`` as an IMAP quoted string; the library quotes only the password."""
    return '"' + user.replace("\\", "\\\\").replace('"', '\\"') + '"'
