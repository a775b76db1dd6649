"""``deskwatch policy apply [FILE]``: what the config file says holds from now on."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import ConfigError
from tui.cli.context import config_path, named_database

if TYPE_CHECKING:
    from store.policy.policy import Policy


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``deskwatch policy apply``."""
    parser.add_argument(
        "file", metavar="FILE", nargs="?", type=Path, help="the config file (else --config)"
    )


def run(args: argparse.Namespace) -> int:
    """Apply the file; say which version holds now, and what it changed."""
    from store.commands import apply_policy
    from store.facts.engine import open_store
    from store.facts.login import login_name
    from store.policy.load import load
    from store.policy.stored import to_store
    from store.queries.policy import applied_policy
    from store.records import Actor
    from tui.cli.board_keys import refuse_clashes

    path = args.file or config_path(args)
    policy = load(path)
    refuse_clashes(policy, path)
    url = named_database(args) or policy.database.url
    with closing(open_store(url)) as store:
        before = applied_policy(store)
        login = login_name(store)
        version = apply_policy(store, to_store(policy), Actor(login=login, name=login))
    if before is None:
        print(f"Policy version {version} holds: the first one.")
    elif before.version == version:
        print(f"Nothing to change: policy version {version} says the same.")
    else:
        print(f"Policy version {version} holds. {_changed(before.text, policy)}")
    return 0


def _changed(before: str, policy: Policy) -> str:
    """Say in which parts ``policy`` differs from the text of the one that held before."""
    from store.policy.stored import from_store
    from store.policy.toml_file import changed_parts

    try:
        parts = ", ".join(changed_parts(from_store(before), policy))
    except ConfigError:
        return "The one before was written by another version of Deskwatch."
    # Another version of the program may have written the same in other words.
    return f"Changed: {parts}." if parts else "It says the same, as this version writes it."
