"""``deskwatch policy show``: the policy that holds, written as a config file."""

from __future__ import annotations

import argparse
import json
from contextlib import closing

from tui.cli.context import database_url


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``deskwatch policy show``."""
    parser.add_argument(
        "--json",
        action="store_true",
        help="one JSON object: version, applied_at, applied_by, policy",
    )


def run(args: argparse.Namespace) -> int:
    """Print the policy of the store, not of the file."""
    from store.errors import StoreError
    from store.facts.engine import open_store
    from store.policy.stored import from_store
    from store.policy.toml_file import toml_file
    from store.queries.policy import applied_policy

    with closing(open_store(database_url(args))) as store:
        held = applied_policy(store)
    if held is None:
        raise StoreError("no policy applied yet; run: deskwatch policy apply")
    policy = from_store(held.text)
    who = held.login or "the poller"
    if args.json:
        shape = {
            "version": held.version,
            "applied_at": held.at.isoformat(),
            "applied_by": held.login,
            "policy": policy.model_dump(mode="json"),
        }
        print(json.dumps(shape, ensure_ascii=False, indent=2))
        return 0
    print(f"# Policy version {held.version}, applied {held.at:%Y-%m-%d %H:%M} UTC by {who}")
    for mailbox, person in policy.drop_folders.items():
        print(f"# Mailbox {mailbox} is the drop folder of {person}")
    for mailbox, person in policy.sent_folders.items():
        print(f"# Mailbox {mailbox} is the Sent folder of {person}")
    print()
    print(toml_file(policy), end="")
    return 0
