"""What is well written about logging in at a mail server and still cannot be meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from store.policy.locate import Path
from store.policy.login import ServerLogin, on_loopback
from store.policy.oauth import FLOWS, Flow, OAuth
from store.policy.problems import Problem

_PROVIDERS = {"microsoft": "Microsoft", "google": "Google"}
#: Settings that only some flows use, each with what it would be for.
_SOMETIMES = (
    "tenant",
    "client_id",
    "secret_env",
    "secret_command",
    "secret_keyring",
    "secret_expires",
    "certificate",
    "key_file",
    "account",
    "token_file",
)


@dataclass(frozen=True, slots=True)
class _Needs:
    """What a flow takes."""

    must: dict[str, str]
    """Setting to an example of it."""
    may: frozenset[str]
    secret: tuple[str, ...] = ()
    """Ways to name the secret, of which it takes exactly one."""


_TENANT = {"tenant": '"northgate.example"'}
_CLIENT = {"client_id": '"11111111-2222-3333-4444-555555555555"'}
_SECRET = ("secret_env", "secret_command", "secret_keyring")
_FLOWS: dict[Flow, _Needs] = {
    "client_credentials": _Needs(
        must=_TENANT | _CLIENT,
        may=frozenset({"secret_expires"}),
        secret=(*_SECRET, "certificate"),
    ),
    "device_code": _Needs(must=_TENANT | _CLIENT, may=frozenset({"account", "token_file"})),
    "service_account": _Needs(must={"key_file": '"service-account.json"'}, may=frozenset()),
    "refresh_token": _Needs(must=_CLIENT, may=frozenset({"token_file"}), secret=_SECRET),
}


def log_in(here: Path, server: ServerLogin) -> Iterator[Problem]:
    """Yield a problem for everything in ``server`` that is unsafe, contradicts itself or lacks."""
    if server.security == "none" and not on_loopback(server.host):
        text = (
            f"without encryption the password for {server.host} could be read on the way; write "
            'security = "tls" or "starttls" ("none" is for a server on this very machine)'
        )
        yield Problem((*here, "security"), text)
    proofs = server.proofs
    if server.user and not proofs:
        text = (
            'say where the password comes from: password_env = "HELP_PASSWORD", '
            'password_command = "..." or keyring = true; Microsoft 365 and Google take oauth'
        )
        yield Problem((*here, "password_env"), text)
    if len(proofs) > 1:
        said = "both say how to log in" if "oauth" in proofs else "both say where the password is"
        yield Problem((*here, proofs[1]), f"{' and '.join(proofs[:2])} {said}; keep one")
    if proofs and not server.user:
        text = 'say which account to log in with, e.g. user = "help"'
        yield Problem((*here, "user"), text)
    if server.oauth is not None:
        yield from _oauth((*here, "oauth"), server.oauth)


def _oauth(here: Path, oauth: OAuth) -> Iterator[Problem]:
    flows = FLOWS[oauth.provider]
    if oauth.flow not in flows:
        text = (
            f'"{oauth.flow}" is not for {_PROVIDERS[oauth.provider]}, which has '
            f'"{flows[0]}" and "{flows[1]}"'
        )
        yield Problem((*here, "flow"), text)
        return
    needs = _FLOWS[oauth.flow]
    for name, example in needs.must.items():
        if not getattr(oauth, name):
            yield Problem((*here, name), f"this is missing; write e.g. {name} = {example}")
    yield from _secret(here, oauth, needs)
    used = {*needs.must, *needs.may, *needs.secret}
    for name in _SOMETIMES:
        if name not in used and getattr(oauth, name):
            yield Problem((*here, name), f'flow = "{oauth.flow}" has no use for this; remove it')
    if oauth.secret_expires and oauth.certificate:
        text = "a certificate says itself when it expires; remove this"
        yield Problem((*here, "secret_expires"), text)


def _secret(here: Path, oauth: OAuth, needs: _Needs) -> Iterator[Problem]:
    named = [name for name in oauth.secret_sources if name in needs.secret]
    if needs.secret and not named:
        certificate = ', or certificate = "app.pem"' if "certificate" in needs.secret else ""
        text = (
            'say where the app\'s secret comes from: secret_env = "DESKWATCH_SECRET", '
            f'secret_command = "..." or secret_keyring = true{certificate}'
        )
        yield Problem((*here, "secret_env"), text)
    if len(named) > 1:
        text = f"{' and '.join(named[:2])} both say what proves that it is the app; keep one"
        yield Problem((*here, named[1]), text)
