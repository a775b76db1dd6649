"""``deskwatch policy apply [FILE]``: what the config file says holds from now on."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path

from tui.cli.context import config_path, named_database


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
    from store.policy.stored import from_store, to_store
    from store.policy.toml_file import changed_parts
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
        parts = ", ".join(changed_parts(from_store(before.text), policy))
        print(f"Policy version {version} holds. Changed: {parts}.")
    return 0
