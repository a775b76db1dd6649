"""The files a config names, made absolute: they are meant from the config's own folder."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypeVar

from store.policy.login import ServerLogin
from store.policy.oauth import SIGNED_IN, OAuth
from store.policy.policy import Policy

_Server = TypeVar("_Server", bound=ServerLogin)


def settle(policy: Policy, folder: Path) -> Policy:
    """Return ``policy``, read from a file in ``folder``, with the paths in it made absolute."""
    url = _absolute(policy.database.url, folder)
    state = _beside(url, folder)
    changes = {
        "database": policy.database.model_copy(update={"url": url}),
        "mailboxes": [_server(box, folder, state) for box in policy.mailboxes],
        "outgoing": policy.outgoing and _server(policy.outgoing, folder, state),
    }
    return policy.model_copy(update=changes)


def _absolute(url: str, folder: Path) -> str:
    scheme, _, file = url.partition(":///")
    if scheme != "sqlite":
        return url
    return f"sqlite:///{_file(file, folder)}"


def _beside(url: str, folder: Path) -> Path:
    """Return the folder for tokens: the poller can write where its SQLite database is."""
    scheme, _, file = url.partition(":///")
    return Path(file).parent if scheme == "sqlite" else folder


def _server(server: _Server, folder: Path, state: Path) -> _Server:
    return server.model_copy(
        update={
            "ca_file": _file(server.ca_file, folder),
            "oauth": server.oauth and _oauth(server.oauth, server.user, folder, state),
        }
    )


def _oauth(oauth: OAuth, user: str, folder: Path, state: Path) -> OAuth:
    token_file = _file(oauth.token_file, folder)
    if oauth.flow in SIGNED_IN and not token_file:
        # By the account and not by the mailbox: all its folders and outgoing mail share one
        # sign-in.
        account = re.sub(r"[^a-z0-9@._+-]", "_", (oauth.account or user).casefold())
        token_file = str(state / f"deskwatch-{account}.token")
    return oauth.model_copy(
        update={
            "certificate": _file(oauth.certificate, folder),
            "key_file": _file(oauth.key_file, folder),
            "token_file": token_file,
        }
    )


def _file(name: str, folder: Path) -> str:
    return str(folder / Path(name).expanduser()) if name else ""
