"""Saying who we are to an SMTP server: with a password, or with a token (SASL XOAUTH2)."""

from __future__ import annotations

import smtplib

from intake.imap.refusals import log_in_advice, quoted
from intake.login.passwords import password
from intake.login.tokens import access_token, may_be_stale, status_of, xoauth2
from store.errors import MailRefused
from store.policy.outgoing import Outgoing
from store.text import one_line

_SHOWN = 200


def prove(outgoing: Outgoing, where: str, *, renew: bool = False) -> str:
    """Return the password or token to log in with; had before the server is troubled.

    With ``renew`` it is a token that was not had before.

    Raises:
        MailRefused: there is none. MailUnreachable: whoever gives tokens does not answer.
    """
    if outgoing.oauth is None:
        return password(outgoing, where)
    return access_token(outgoing, outgoing.oauth, "smtp", where, renew=renew)


def log_in(client: smtplib.SMTP, outgoing: Outgoing, proof: str, where: str) -> None:
    """Log in with ``proof``.

    Raises:
        MailRefused: the server refuses it. What else ``smtplib`` raises, it raises.
    """
    try:
        if outgoing.oauth is None:
            client.login(outgoing.user, proof)
        else:
            _with_token(client, outgoing, proof, where)
    except smtplib.SMTPAuthenticationError as error:
        answer = said(error.smtp_error)
        refusal = MailRefused(
            f"{where}: {outgoing.host} refuses the log-in of {outgoing.user}{quoted(answer)}; "
            f"{log_in_advice(outgoing.host, answer, outgoing.oauth)}"
        )
        if outgoing.oauth is None or not may_be_stale(outgoing.oauth):
            raise refusal from error
        _with_another_token(client, outgoing, proof, where, refusal)
    except smtplib.SMTPNotSupportedError as error:
        raise MailRefused(
            f"{where}: {outgoing.host} takes no log-in on this connection; set security, "
            "or leave user out if it needs none"
        ) from error
    except UnicodeEncodeError as error:
        raise MailRefused(
            f"{where}: {outgoing.host} takes only ASCII user names and passwords"
        ) from error


def said(answer: bytes | str) -> str:
    """Return a server's answer, safe for a screen and short."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return one_line(text)[:_SHOWN]


def _with_another_token(
    client: smtplib.SMTP, outgoing: Outgoing, refused: str, where: str, refusal: MailRefused
) -> None:
    """Log in with a token that is new: the one that was refused may have been taken back.

    Raises:
        MailRefused: ``refusal``, if that does not help, or there is no new token.
    """
    token = prove(outgoing, where, renew=True)
    if token == refused:
        raise refusal
    try:
        _with_token(client, outgoing, token, where)
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPServerDisconnected) as error:
        raise refusal from error


def _with_token(client: smtplib.SMTP, outgoing: Outgoing, token: str, where: str) -> None:
    if "XOAUTH2" not in client.esmtp_features.get("auth", "").upper().split():
        raise MailRefused(
            f"{where}: {outgoing.host} takes no tokens (XOAUTH2) on this connection; check host "
            "and security, or log in with a password"
        )
    challenges: list[bytes] = []

    def answer(challenge: bytes | None = None) -> str:
        # Without one the token is asked for; one tells an error, and wants nothing more.
        if challenge is None:
            return xoauth2(outgoing.user, token)
        challenges.append(challenge)
        return ""

    try:
        client.auth("XOAUTH2", answer)
    except smtplib.SMTPAuthenticationError as error:
        status = status_of(challenges[-1]) if challenges else ""
        if not status:
            raise
        words = f"{said(error.smtp_error)} ({status})"
        raise smtplib.SMTPAuthenticationError(error.smtp_code, words) from error
