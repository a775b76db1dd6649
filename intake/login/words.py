"""What goes wrong at those who give tokens, in plain words: what, where, and what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from store.errors import MailError, MailRefused, MailUnreachable
from store.text import one_line

_SHOWN = 200
_CLOCK = "set this machine's clock right (NTP)"

#: What Microsoft's error numbers mean, and what helps. "{sign_in}" stands for the command.
#: They are for advice only, and may change: without one the error's name counts, below.
#: https://learn.microsoft.com/entra/identity-platform/reference-error-codes
_MICROSOFT: tuple[tuple[tuple[int, ...], str, str], ...] = (
    (
        (7000215, 70002),
        "the app's secret is wrong",
        "copy the secret's Value from Entra, not its ID, or make a new one",
    ),
    ((7000222,), "the app's secret has expired", "make a new one in Entra and store it"),
    (
        (700016, 700011),
        "there is no such app in this tenant",
        "check client_id and tenant in the config",
    ),
    ((90002, 900023), "there is no such tenant", "check tenant in the config"),
    (
        (700027, 700030),
        "Microsoft does not know the app's certificate",
        "upload the certificate to the app in Entra, or name its file in certificate",
    ),
    ((700024,), "the signed request is not valid now", _CLOCK),
    (
        (7000218,),
        "the app is no public client",
        'set "Allow public client flows" to Yes under Authentication of the app in Entra',
    ),
    ((7000112, 70001), "the app is switched off", "switch it on under Enterprise applications"),
    (
        (65001, 65004, 90094, 650056),
        "nobody has consented to what the app asks for",
        'press "Grant admin consent" under API permissions of the app in Entra',
    ),
    (
        (650057, 70011),
        "the app was not given the permission that it asks for",
        "add it under API permissions of the app in Entra",
    ),
    (
        (50105,),
        "the account is not assigned to the app",
        "add it under Users and groups of the app in Enterprise applications",
    ),
    (
        (50034, 50020),
        "there is no such account in this tenant",
        "check account, user and tenant in the config",
    ),
    ((50126,), "user name or password were wrong", "{sign_in}"),
    ((50055, 50144), "the account's password has expired", "set a new one, then {sign_in}"),
    ((50057,), "the account is switched off", "switch it on in Entra, or sign in as another one"),
    ((50053,), "the account is locked", "wait, or unlock it in Entra"),
    ((50072, 50074, 50076, 50078, 50079), "a second factor is asked for (MFA)", "{sign_in}"),
    ((50158,), "another proof is asked for", "{sign_in}"),
    (
        (53003, 530032, 530035, 53000, 53001, 50131),
        "a policy of the tenant forbids it",
        "let the account or the app through in Entra's Conditional Access",
    ),
    ((50132, 50133), "the password was changed, which ended the sign-in", "{sign_in}"),
    ((50173,), "the sign-in was taken back, as a new password does", "{sign_in}"),
    ((70008, 700082), "the sign-in was not used for too long and has expired", "{sign_in}"),
    ((70043,), "the sign-in has reached the age that a policy allows", "{sign_in}"),
    ((70000, 50089), "the sign-in is no longer valid", "{sign_in}"),
    ((70016, 70019), "nobody entered the code in time", "{sign_in}"),
    ((70018,), "the code was wrong", "{sign_in}"),
    (
        (500011, 650052),
        "the tenant has no Exchange Online",
        "check that tenant is the one with the mailbox",
    ),
)
_BY_NUMBER = {
    str(number): (what, helps) for numbers, what, helps in _MICROSOFT for number in numbers
}
#: The same of those that have no number, by the error's name (RFC 6749, RFC 8628), and by words
#: of Google's descriptions. The first that is found counts.
_WORDS = (
    (
        r"invalid jwt signature|invalid signature",
        ("Google does not know the service account's key", "make a new key, see docs/google.md"),
    ),
    (
        r"invalid jwt|reasonable timeframe|iat and exp",
        ("Google takes the request for too old or too new", _CLOCK),
    ),
    (
        r"invalid email or user id|account not found|invalid_user",
        ("Google knows no such mailbox", "check user"),
    ),
    (
        r"^unauthorized_client|client is unauthorized",
        (
            "the service account may not act for this mailbox",
            "add its client ID under Domain-wide delegation in the Google Admin console",
        ),
    ),
    (
        r"^access_denied|admin_policy_enforced",
        ("access was denied", "{sign_in}, and press Allow as the right account"),
    ),
    (r"^deleted_client", ("the OAuth client was deleted", "make a new one, see docs/google.md")),
    (r"^disabled_client", ("the OAuth client is switched off", "switch it on, or make a new one")),
    (r"^invalid_client", ("client_id or the app's secret are wrong", "check both")),
    (r"^(expired_token|authorization_pending)", ("nobody entered the code in time", "{sign_in}")),
    (r"^authorization_declined", ("the sign-in was declined", "{sign_in}")),
    (r"^invalid_scope", ("the app may not ask for this", "add the permission to the app")),
    (
        r"^invalid_grant",
        ("the sign-in has expired or was taken back", "{sign_in}"),
    ),
)


def sign_in_again(where: str) -> str:
    """Return what to do to sign in for ``where``: ``mailbox "help"``, or outgoing mail."""
    named = re.search(r'"(.+)"', where)
    return f"run: deskwatch login {named[1] if named else 'outgoing'}"


def nobody_yet(where: str) -> MailRefused:
    """Return what to raise where a person has to sign in first."""
    return MailRefused(f"{where}: nobody has signed in yet; {sign_in_again(where)}")


def refused(where: str, host: str, error: str, description: str) -> MailError:
    """Return what to raise for a token that ``host`` does not give.

    Args:
        where: What wants to log in, as messages name it.
        host: Who refuses.
        error: The error's name as OAuth has it: ``invalid_grant``.
        description: What is said of it, a Microsoft number in it if there is one.
    """
    said = _quotable(error, description)
    if error in {"temporarily_unavailable", "server_error", "internal_failure"}:
        return MailUnreachable(f'{where}: {host} gives no token now ("{said}")')
    what, helps = _meaning(error, description)
    helps = helps.replace("{sign_in}", sign_in_again(where))
    return MailRefused(f'{where}: {host} gives no token, {what} ("{said}"); {helps}')


def refusal(where: str, url: str, answer: Mapping[str, object]) -> MailError:
    """Return what to raise for an answer of ``url`` without a token, as ``refused`` says it."""
    error = str(answer.get("error") or "no token")
    return refused(where, urlsplit(url).netloc, error, str(answer.get("error_description", "")))


def no_answer(where: str, url: str, error: BaseException) -> MailUnreachable:
    """Return what to raise where whoever gives tokens cannot be reached."""
    host = urlsplit(url).netloc
    kind = type(error).__name__
    if "SSL" in kind or "CERTIFICATE" in str(error):
        text = (
            f"no encrypted connection to {host}, which gives the tokens (its certificate is not "
            "trusted); behind a proxy that opens TLS, name its authority in REQUESTS_CA_BUNDLE"
        )
    elif "Proxy" in kind:
        text = f"the proxy on the way to {host} does not answer; check HTTPS_PROXY"
    elif "Timeout" in kind:
        text = f"{host}, which gives the tokens, does not answer; check the network and firewalls"
    else:
        text = (
            f"{host}, which gives the tokens, cannot be reached; check the network, firewalls "
            "and HTTPS_PROXY"
        )
    return MailUnreachable(f"{where}: {text}")


def strange_answer(where: str, url: str) -> MailUnreachable:
    """Return what to raise where something else answers than one who gives tokens."""
    return MailUnreachable(
        f"{where}: {urlsplit(url).netloc} does not answer as one who gives tokens does; check "
        "authority, and that no log-in page of the network is in between"
    )


def _meaning(error: str, description: str) -> tuple[str, str]:
    number = re.search(r"AADSTS(\d+)", description)
    if number and number[1] in _BY_NUMBER:
        return _BY_NUMBER[number[1]]
    low = f"{error}: {description}".casefold()
    found = (meaning for pattern, meaning in _WORDS if re.search(pattern, low))
    return next(found, ("for a reason of its own", "the set-up pages in docs/ may tell more"))


def _quotable(error: str, description: str) -> str:
    # Behind the first sentence Microsoft writes trace numbers and times.
    text = re.split(r"(?:\r?\n| Trace ID:| Timestamp:)", description or "", maxsplit=1)[0]
    said = text if "AADSTS" in text else f"{error}: {text}" if text else error
    # A quote within the quotes would end them.
    return one_line(said).replace('"', "'")[:_SHOWN]
