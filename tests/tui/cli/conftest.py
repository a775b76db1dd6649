"""A shell in an empty folder, and the servers that ``deskwatch check`` tries."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.servers import dovecot as dovecot_server
from tests.servers.dovecot import Dovecot
from tests.tui.cli.typing_in import Shell


@pytest.fixture
def shell(tmp_path, monkeypatch, capsys) -> Shell:
    """A shell in an empty folder of an account without any config."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("XDG_CONFIG_HOME", "DESKWATCH_CONFIG", "DESKWATCH_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    return Shell(monkeypatch, capsys)


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """A Dovecot that keeps running; every test uses mailboxes of its own."""
    missing = dovecot_server.missing()
    if missing and os.environ.get("DESKWATCH_REQUIRE_SERVERS") == "1":
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)
    with Dovecot() as server:
        yield server
