"""A token to log in with: asked for anew at each log-in, wherever it comes from."""

from __future__ import annotations

import json

from intake.login.microsoft import Protocol
from store.clock import Clock, SystemClock
from store.policy.login import ServerLogin
from store.policy.oauth import OAuth

_CLOCK = SystemClock()
_STATUS_SHOWN = 40


def access_token(
    login: ServerLogin,
    oauth: OAuth,
    protocol: Protocol,
    where: str,
    *,
    renew: bool = False,
    clock: Clock = _CLOCK,
) -> str:
    """Return a token for the account of ``login``; blocks while it is asked for.

    Args:
        login: The server and the account.
        oauth: Its ``oauth``: how tokens are had.
        protocol: What the token is for.
        where: What wants to log in, as messages name it: ``mailbox "help"``.
        renew: The mail server refused the token before: have a new one in any case.
        clock: Tells the time that is written beside the tokens.

    Raises:
        MailRefused: There is none; says why and what to do.
        MailUnreachable: Whoever gives them does not answer.
    """
    # The libraries of both are imported only here: they take their time.
    from intake.login import google, microsoft

    if oauth.flow == "client_credentials":
        return microsoft.for_app(oauth, where)
    if oauth.flow == "device_code":
        return microsoft.for_person(oauth, protocol, where, clock.now, renew=renew)
    if oauth.flow == "service_account":
        return google.for_service(oauth, login.user, where)
    return google.for_person(oauth, where, clock.now)


def may_be_stale(oauth: OAuth) -> bool:
    """Say whether a token may have been had before: taken back since, though not expired."""
    return oauth.flow == "device_code"


def xoauth2(user: str, token: str) -> str:
    """Return what SASL XOAUTH2 sends for ``user``."""
    return f"user={user}\1auth=Bearer {token}\1\1"


def status_of(challenge: bytes) -> str:
    """Return the status in the JSON with which a server refuses a token: "status 400"; or ""."""
    try:
        status = json.loads(challenge)["status"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return f"status {status}"[:_STATUS_SHOWN]
