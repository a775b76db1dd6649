"""``deskwatch board``: the dashboard."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.desk import Desk
    from store.records import Actor


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--as",
        dest="as_",
        metavar="NAME",
        help="who sits here, where the policy lets people say so",
    )
    parser.add_argument(
        "--read-only", action="store_true", help="only look: for the screen on the wall"
    )


def run(args: argparse.Namespace, greeting: str = "") -> int:
    """Show the board, with ``greeting`` as its first toast, until it is left."""
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        print(
            "deskwatch: a board needs a terminal; 'deskwatch requests' prints a list",
            file=sys.stderr,
        )
        return 1
    if not sys.stderr.isatty():  # Textual draws there, so that output can be piped away
        print("deskwatch: the board is drawn on standard error; start it without '2>'")
        return 1
    from tui.cli import context

    if not (args.database or os.environ.get("DESKWATCH_DATABASE")):
        context.config_path(args)  # says at once that there is none
    from tui.board.garbage import spare_the_start

    spare_the_start()
    from tui.board.app import BoardApp
    from tui.cli import hangup

    hangup.watch()
    app = BoardApp(lambda: _open(args), greeting=greeting)
    problem = app.run()
    if problem:
        print(f"deskwatch: {problem}", file=sys.stderr)
    return 1 if problem or app.return_code else 0


def _open(args: argparse.Namespace) -> tuple[Desk, Actor]:
    """Open the desk, in the thread that is going to use it."""
    from tui.cli import context

    desk = context.open_desk(args)
    try:
        me = context.actor(desk, args.as_)
    except BaseException:
        desk.close()
        raise
    return desk, replace(me, read_only=True) if args.read_only else me
