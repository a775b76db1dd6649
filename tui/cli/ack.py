"""``deskwatch ack N``: you are on an emergency, and nobody else is called."""

from __future__ import annotations

import argparse
from contextlib import closing

from tui.cli import context
from tui.cli.show import request_number


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``deskwatch ack``."""
    parser.add_argument(
        "number", type=request_number, metavar="N", help="its number: 1042 or #1042"
    )
    parser.add_argument(
        "--as",
        dest="as_",
        metavar="NAME",
        help="who is on it, where the policy lets people say so",
    )


def run(args: argparse.Namespace) -> int:
    """Say that whoever sits here is on it."""
    from store import commands
    from store.records import Target

    with closing(context.open_desk(args)) as desk:
        done = commands.on_it(desk, context.actor(desk, args.as_), Target(args.number))
    print(f"{done.text}; the others who were called hear of it")
    return 0
