"""The desk of the day, mailboxes as the tests of intake have them, and boards."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import commands
from store.desk import Desk, newest_rules
from store.facts.engine import Store
from store.policy.load import parse
from store.policy.policy import Policy
from store.policy.stored import to_store
from store.records import DESK
from tests.intake.conftest import configured, database_url, dovecot, user
from tests.tui.conftest import quick_apps

__all__ = ["configured", "database_url", "dovecot", "quick_apps", "user"]


@pytest.fixture
def policy() -> Policy:
    """What stands in ``desk.toml``."""
    file = Path(__file__).with_name("desk.toml")
    return parse(file.read_text(encoding="utf-8"), str(file))


@pytest.fixture
def desk(store: Store, policy: Policy, monkeypatch, tmp_path: Path) -> Desk:
    """The desk of eight by that policy, on SQLite; boards on it have colours."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    commands.apply_policy(store, to_store(policy), DESK)
    with store.reading() as connection:
        return Desk(store, newest_rules(connection))
