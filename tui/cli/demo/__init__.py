"""``deskwatch demo``: a believable school IT desk on this machine, with mail that keeps coming."""

from __future__ import annotations

import argparse
import contextlib
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from store.errors import DeskwatchError
from tui.cli.demo.place import ME, SECOND, Place


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``deskwatch demo``."""
    parser.add_argument(
        "--headless", action="store_true", help="no board: run, then print a summary"
    )
    parser.add_argument(
        "--seconds",
        type=_seconds,
        default=30.0,
        metavar="N",
        help="with --headless: how long the mail keeps coming (default 30)",
    )


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 86_400:  # noqa: PLR2004 - a day
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds from 0 to 86400")
    return seconds


def run(args: argparse.Namespace) -> int:
    """Build the demo's world, then show the board or wait; return the exit status."""
    from tui.cli.demo.server import require

    require()
    if not args.headless and not sys.stdout.isatty():
        raise DeskwatchError(
            "the demo needs a terminal; without one: deskwatch demo --headless --seconds 30"
        )
    with _town(with_board=not args.headless) as place:
        if args.headless:
            from tui.cli.demo.summary import summary

            time.sleep(args.seconds)
            text, agrees = summary(place)
            print(text)
            return 0 if agrees else 1
        return _board(place)


def _board(place: Place) -> int:
    from tui.cli import board as board_command

    config = shlex.quote(str(place.config))
    # As this one was called: `make demo` does not put deskwatch on the PATH.
    deskwatch = shlex.quote(sys.argv[0])
    second = f"{deskwatch} --config {config} board --as {SECOND}"
    print(f"A second board, in another terminal:\n  {second}", flush=True)
    parser = argparse.ArgumentParser()
    board_command.configure(parser)
    args = parser.parse_args(["--as", ME])
    args.config, args.database = str(place.config), None
    return board_command.run(args, greeting=f"A second board, in another terminal:\n{second}")


def _import_board() -> None:
    """Import what the board needs, so that it need not do so when the town is ready."""
    from store import commands, queries  # noqa: F401
    from tui.board import app  # noqa: F401


@contextlib.contextmanager
def _town(*, with_board: bool) -> Iterator[Place]:
    place = Place(Path(tempfile.mkdtemp(prefix="deskwatch-demo-")))
    print("Northgate School IT opens: mail server, poller and sixty mails …", flush=True)
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
        [sys.executable, "-m", "tui.cli.demo.town", str(place.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        # A terminal that is closed hangs up on all its processes; this one has to tidy up.
        start_new_session=True,
    )
    assert process.stdin is not None  # noqa: S101 - both are pipes, see above
    assert process.stdout is not None  # noqa: S101
    try:
        if with_board:
            _import_board()
        said = process.stdout.readline().strip()
        if said != "ready":
            raise DeskwatchError(said.removeprefix("deskwatch: ") or "the demo could not start")
        yield place
    finally:
        process.stdin.close()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
