"""From the config file into the store."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from store.commands import apply_policy
from store.facts.engine import open_store
from store.policy.load import load
from store.policy.stored import to_store
from store.records import DESK, Actor


def apply_file(path: Path, url: str, actor: Actor = DESK) -> int:
    """Make the policy of the config file ``path`` the one that holds in the database ``url``.

    Returns:
        Its version: a new one, or that of the same policy if it holds already.

    Raises:
        ConfigError: The file is wrong.
        StoreError: The database cannot be used.
    """
    policy = load(path)
    with closing(open_store(url)) as store:
        return apply_policy(store, to_store(policy), actor)
