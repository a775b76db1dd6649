"""Who gives tokens, and log-ins that use it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store.policy.mailboxes import MailboxConfig
from store.policy.outgoing import Outgoing
from tests.servers.dovecot import Dovecot
from tests.servers.tokens import TokenServer

CLIENT = "11111111-2222-3333-4444-555555555555"
HERE = 'mailbox "help"'

Box = Callable[..., MailboxConfig]


@pytest.fixture(scope="module")
def _given() -> Iterator[TokenServer]:
    with TokenServer() as server:
        yield server


@pytest.fixture
def tokens(_given: TokenServer, monkeypatch) -> TokenServer:
    """Somebody who gives tokens, in good spirits."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(_given.ca_file))
    monkeypatch.setenv("APP_SECRET", _given.secret)
    _given.revoke()
    _given.asked.clear()
    _given.refusal = _given.garbage = None
    _given.extra = {}
    _given.mailbox = _given.account = "help"
    _given.lifetime, _given.rotates = 3600, True
    return _given


@pytest.fixture
def box(tokens: TokenServer, tmp_path: Path) -> Box:
    """Makes mailboxes that log in with tokens: ``box("client_credentials")``."""

    def make(flow: str, server: Dovecot | None = None, **changes: object) -> MailboxConfig:
        oauth = oauth_of(flow, tokens.url, tmp_path) | changes.pop("oauth", {})
        fields = {
            "name": "help",
            "host": "127.0.0.1",
            "port": getattr(server, "port", 143),
            "security": "none",
            "user": "help",
            "oauth": oauth,
        }
        return MailboxConfig.model_validate(fields | changes)

    return make


def oauth_of(flow: str, url: str, folder: Path) -> dict[str, object]:
    """Return the ``oauth`` of a flow, with tokens from ``url``."""
    google = flow in {"service_account", "refresh_token"}
    common = {"provider": "google" if google else "microsoft", "flow": flow, "authority": url}
    by_flow: dict[str, dict[str, object]] = {
        "client_credentials": {
            "tenant": "northgate.example",
            "client_id": CLIENT,
            "secret_env": "APP_SECRET",
        },
        "device_code": {
            "tenant": "northgate.example",
            "client_id": CLIENT,
            "token_file": str(folder / "help.token"),
        },
        "service_account": {"key_file": str(folder / "key.json")},
        "refresh_token": {
            "client_id": CLIENT,
            "secret_env": "APP_SECRET",
            "token_file": str(folder / "help.token"),
        },
    }
    return common | by_flow[flow]


def outgoing_of(box: MailboxConfig, port: int) -> Outgoing:
    """Return outgoing mail that logs in as ``box`` does."""
    fields = {"host": "127.0.0.1", "port": port, "security": "none", "user": box.user}
    return Outgoing.model_validate(fields | {"oauth": box.oauth})
