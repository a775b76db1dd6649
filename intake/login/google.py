"""Tokens of Google, by its own library."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from intake.login.passwords import app_secret
from intake.login.redirect import Redirect
from intake.login.token_file import Kept, held
from intake.login.words import (
    no_answer,
    nobody_yet,
    refusal,
    refused,
    sign_in_again,
    strange_answer,
)
from store.errors import MailError, MailRefused
from store.policy.oauth import OAuth

#: All of a mailbox: IMAP and SMTP know no smaller right.
SCOPE = "https://mail.google.com/"
_ASK = "https://accounts.google.com/o/oauth2/v2/auth"
#: Seconds to wait for each answer.
_TIMEOUT = 15


def for_service(oauth: OAuth, user: str, where: str) -> str:
    """Return a new token for the mailbox ``user``, had by a service account.

    Raises:
        MailRefused: Google gives none. MailUnreachable: it does not answer.
    """
    from google.oauth2 import service_account

    kind: Any = service_account.Credentials
    try:
        credentials = kind.from_service_account_file(oauth.key_file, scopes=[SCOPE], subject=user)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        reason = getattr(error, "strerror", None) or "it is no service account's key"
        raise MailRefused(
            f"{where}: the key_file {oauth.key_file} cannot be used ({reason.lower()}); "
            "download a key as JSON, see docs/google.md"
        ) from error
    if oauth.authority:
        credentials = credentials.with_token_uri(f"{oauth.base}/token")
    return _refreshed(credentials, oauth, where)


def for_person(oauth: OAuth, where: str, now: Callable[[], datetime]) -> str:
    """Return a new token for whoever signed in; a new refresh token is saved at once.

    Raises:
        MailRefused: The sign-in is missing, over, or cannot be kept.
        MailUnreachable: Google does not answer.
    """
    from google.oauth2 import credentials as google_credentials

    secret = app_secret(oauth, where)
    with held(Path(oauth.token_file), where) as file:
        kept = file.read()
        if kept is None or kept.client_id != oauth.client_id:
            raise nobody_yet(where)
        file.make_room()
        kind: Any = google_credentials.Credentials
        credentials = kind(
            None,
            refresh_token=kept.tokens.get("refresh_token"),
            token_uri=f"{oauth.base}/token",
            client_id=oauth.client_id,
            client_secret=secret,
        )
        token = _refreshed(credentials, oauth, where)
        tokens = {"refresh_token": credentials.refresh_token}
        file.save(replace(kept, renewed_at=now(), tokens=tokens))
        return token


def sign_in(
    oauth: OAuth,
    user: str,
    where: str,
    *,
    now: Callable[[], datetime],
    tell: Callable[[str], None],
    redirect: Redirect,
) -> str:
    """Have a person sign in with a browser; return for whom.

    ``tell`` is given the address to open; the browser comes back to ``redirect``.

    Raises:
        MailRefused: Nobody did, or the tokens cannot be kept.
        MailUnreachable: Google does not answer.
    """
    secret = app_secret(oauth, where)
    with held(Path(oauth.token_file), where, create=True) as file:
        file.make_room()
    state, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
    tell(_address(oauth, user, redirect.address, state, verifier))
    came = redirect.wait()
    if "code" not in came:
        error = came.get("error", "expired_token")
        raise refused(where, "Google", error, came.get("error_description", ""))
    if came.get("state") != state:
        raise MailRefused(
            f"{where}: that address belongs to another sign-in; {sign_in_again(where)}"
        )
    form = {
        "grant_type": "authorization_code",
        "code": came["code"],
        "client_id": oauth.client_id,
        "client_secret": secret,
        "redirect_uri": redirect.address,
        "code_verifier": verifier,
    }
    answer = _post(oauth, form, where)
    lasting = answer.get("refresh_token")
    if not isinstance(lasting, str) or SCOPE not in str(answer.get("scope", SCOPE)).split():
        raise MailRefused(
            f"{where}: Google gave no lasting right to the mailbox; {sign_in_again(where)}, and "
            "tick every box that it shows"
        )
    ends = answer.get("refresh_token_expires_in")
    expires = now() + timedelta(seconds=ends) if isinstance(ends, int) else None
    with held(Path(oauth.token_file), where, create=True) as file:
        tokens = {"refresh_token": lasting}
        file.save(Kept("google", oauth.client_id, user, now(), now(), expires, tokens))
    return user


def _address(oauth: OAuth, user: str, back: str, state: str, verifier: str) -> str:
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=")
    asked = {
        "client_id": oauth.client_id,
        "redirect_uri": back,
        "response_type": "code",
        "scope": SCOPE,
        "access_type": "offline",  # a refresh token too
        "prompt": "consent",  # and again when one was given before
        "login_hint": user,
        "state": state,
        "code_challenge": challenge.decode(),
        "code_challenge_method": "S256",
    }
    return f"{f'{oauth.base}/auth' if oauth.authority else _ASK}?{urlencode(asked)}"


def _refreshed(credentials: Any, oauth: OAuth, where: str) -> str:
    with _plain_words(oauth, where):
        credentials.refresh(_transport())
    token = credentials.token
    if not isinstance(token, str) or not token:
        raise strange_answer(where, oauth.base)
    return token


def _post(oauth: OAuth, form: Mapping[str, str], where: str) -> dict[str, Any]:
    with _plain_words(oauth, where):
        answer = _transport()(
            f"{oauth.base}/token",
            method="POST",
            body=urlencode(form).encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
        said = json.loads(answer.data)
        if "error" in said:
            raise refusal(where, oauth.base, said)
        return dict(said)


def _transport() -> Any:
    from google.auth.transport.requests import Request

    return partial(Request(), timeout=_TIMEOUT)


@contextmanager
def _plain_words(oauth: OAuth, where: str) -> Iterator[None]:
    """Turn what the library raises inside the block into a ``MailError`` people can read."""
    from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError

    try:
        yield
    except MailError:
        raise
    except TransportError as error:
        raise no_answer(where, oauth.base, error.__cause__ or error) from error
    except RefreshError as error:
        said = error.args[1] if len(error.args) > 1 else None
        if not isinstance(said, Mapping) or "error" not in said:
            raise strange_answer(where, oauth.base) from error
        raise refusal(where, oauth.base, said) from error
    except (GoogleAuthError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise strange_answer(where, oauth.base) from error
