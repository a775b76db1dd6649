"""Tokens of Microsoft, by its own library."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from intake.login.passwords import app_secret
from intake.login.token_file import Kept, held
from intake.login.words import no_answer, nobody_yet, refusal, strange_answer
from store.errors import MailError, MailRefused
from store.policy.oauth import OAuth

if TYPE_CHECKING:
    import msal

Protocol = Literal["imap", "smtp"]

#: Seconds to wait for each answer.
_TIMEOUT = 15
#: Exchange Online in each cloud, by who gives its tokens: as an app asks for it and as a person.
_RESOURCES = {
    "login.microsoftonline.us": ("https://outlook.office365.us", "https://outlook.office365.us"),
    "login.partner.microsoftonline.cn": (
        "https://partner.outlook.cn",
        "https://partner.outlook.cn",
    ),
}
_USUAL = ("https://outlook.office365.com", "https://outlook.office.com")
_RIGHTS: dict[Protocol, str] = {"imap": "IMAP.AccessAsUser.All", "smtp": "SMTP.Send"}


def for_app(oauth: OAuth, where: str) -> str:
    """Return a new token for the app itself.

    Raises:
        MailRefused: Microsoft gives none. MailUnreachable: it does not answer.
    """
    credential = _certificate(oauth, where) if oauth.certificate else app_secret(oauth, where)
    with _plain_words(oauth, where):
        import msal

        app = msal.ConfidentialClientApplication(
            oauth.client_id, client_credential=credential, **_usual(oauth)
        )
        answer = app.acquire_token_for_client([f"{_resources(oauth)[0]}/.default"])
        return _token(answer, oauth, where)


def for_person(
    oauth: OAuth, protocol: Protocol, where: str, now: Callable[[], datetime], *, renew: bool
) -> str:
    """Return a token for whoever signed in; what Microsoft hands out anew is saved at once.

    Args:
        oauth: The app, and where its tokens are.
        protocol: What the token is for.
        where: What wants to log in, as messages name it.
        now: Tells the time.
        renew: Whether to ask for a new token although the old one should still do.

    Raises:
        MailRefused: The sign-in is missing, over, or cannot be kept.
        MailUnreachable: Microsoft does not answer.
    """
    with held(Path(oauth.token_file), where) as file:
        kept = file.read()
        if kept is None:
            raise nobody_yet(where)
        file.make_room()
        with _plain_words(oauth, where):
            app, cache = _public(oauth, kept.tokens)
            account = next(iter(app.get_accounts()), None)
            if account is None or kept.client_id != oauth.client_id:
                raise nobody_yet(where)
            answer = app.acquire_token_silent_with_error(
                scopes(oauth, [protocol]), account, force_refresh=renew
            )
            token = _token(answer, oauth, where)
            tokens = json.loads(cache.serialize()) if cache.has_state_changed else None
        if tokens is not None:
            file.save(replace(kept, renewed_at=now(), tokens=tokens))
        return token


def sign_in(
    oauth: OAuth,
    user: str,
    protocols: list[Protocol],
    where: str,
    *,
    now: Callable[[], datetime],
    tell: Callable[[str, str], None],
) -> str:
    """Have a person sign in with a code; return who it was.

    ``tell`` is given the code, and the address at which it is to be entered.

    Raises:
        MailRefused: Nobody did, or somebody else, or the tokens cannot be kept.
        MailUnreachable: Microsoft does not answer.
    """
    with held(Path(oauth.token_file), where, create=True) as file:
        file.make_room()
    with _plain_words(oauth, where):
        app, cache = _public(oauth, {})
        flow = app.initiate_device_flow(scopes(oauth, protocols))
        if "user_code" not in flow:
            _token(flow, oauth, where)
        tell(str(flow["user_code"]), str(flow["verification_uri"]))
        answer = app.acquire_token_by_device_flow(flow)
        _token(answer, oauth, where)
        account = str(answer.get("id_token_claims", {}).get("preferred_username", ""))
        tokens = json.loads(cache.serialize())
    wanted = oauth.account or user
    if account.casefold() != wanted.casefold():
        raise MailRefused(
            f"{where}: {account} signed in, not {wanted}; sign in again in a private window, or "
            f"write the account that has access to the mailbox: account = {json.dumps(account)}"
        )
    with held(Path(oauth.token_file), where, create=True) as file:
        file.save(Kept("microsoft", oauth.client_id, account, now(), now(), None, tokens))
    return account


def scopes(oauth: OAuth, protocols: list[Protocol]) -> list[str]:
    """Return what is asked for on behalf of a person."""
    return [f"{_resources(oauth)[1]}/{_RIGHTS[protocol]}" for protocol in protocols]


def _usual(oauth: OAuth) -> dict[str, Any]:
    return {
        "authority": f"{oauth.base}/{oauth.tenant}",
        # The config names who gives the tokens; nobody else has to vouch for that address.
        "instance_discovery": False,
        "timeout": _TIMEOUT,
    }


def _public(
    oauth: OAuth, tokens: Mapping[str, Any]
) -> tuple[msal.PublicClientApplication, msal.SerializableTokenCache]:
    import msal

    cache = msal.SerializableTokenCache()
    cache.deserialize(json.dumps(tokens))
    return msal.PublicClientApplication(oauth.client_id, token_cache=cache, **_usual(oauth)), cache


def _resources(oauth: OAuth) -> tuple[str, str]:
    return _RESOURCES.get(urlsplit(oauth.base).hostname or "", _USUAL)


def _certificate(oauth: OAuth, where: str) -> dict[str, str]:
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from cryptography.x509 import load_pem_x509_certificate

    try:
        text = Path(oauth.certificate).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise MailRefused(
            f"{where}: the certificate {oauth.certificate} cannot be read ({reason.lower()})"
        ) from error
    if "PRIVATE KEY-----" not in text or "BEGIN CERTIFICATE-----" not in text:
        raise MailRefused(
            f"{where}: {oauth.certificate} has to hold the private key and the certificate, "
            "both as PEM; put them into one file"
        )
    try:
        load_pem_private_key(text.encode(), None)
        load_pem_x509_certificate(text.encode())
    except (ValueError, TypeError) as error:  # TypeError: the key wants a passphrase
        raise MailRefused(
            f"{where}: {oauth.certificate} holds no key and certificate that can be used; make "
            "them anew and without a passphrase, see docs/microsoft-365.md"
        ) from error
    return {"private_key": text, "public_certificate": text}


def _token(answer: Mapping[str, Any] | None, oauth: OAuth, where: str) -> str:
    """Return the token in ``answer``; raise ``MailError`` where there is none."""
    if answer is None:
        raise nobody_yet(where)
    token = answer.get("access_token")
    if isinstance(token, str) and token:
        return token
    raise refusal(where, oauth.base, answer)


@contextmanager
def _plain_words(oauth: OAuth, where: str) -> Iterator[None]:
    """Turn what the library raises inside the block into a ``MailError`` people can read."""
    from requests import RequestException
    from requests.exceptions import JSONDecodeError

    try:
        yield
    except MailError:
        raise
    except JSONDecodeError as error:
        raise strange_answer(where, oauth.base) from error
    except RequestException as error:
        raise no_answer(where, oauth.base, error) from error
    except ValueError as error:
        # So it says that there is no such tenant, or that the answer is no JSON.
        if isinstance(error, json.JSONDecodeError) or isinstance(
            error.__context__, json.JSONDecodeError
        ):
            raise strange_answer(where, oauth.base) from error
        host = urlsplit(oauth.base).netloc
        raise MailRefused(
            f"{where}: {host} knows no tenant {oauth.tenant}; check tenant"
        ) from error
    except (KeyError, TypeError, AttributeError, RuntimeError) as error:
        raise strange_answer(where, oauth.base) from error
