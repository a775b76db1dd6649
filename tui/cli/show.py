"""``deskwatch show N``: one request with its conversation, clocks and history."""

from __future__ import annotations

import argparse
import json
from contextlib import closing

from tui.cli.context import open_desk


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``deskwatch show``."""
    parser.add_argument(
        "number", type=request_number, metavar="N", help="its number: 1042 or #1042"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object; see docs/json.md")


def run(args: argparse.Namespace) -> int:
    """Print the request."""
    from store import queries
    from tui.cli.request_json import shown
    from tui.cli.request_text import lines

    with closing(open_desk(args)) as desk:
        view = queries.request(desk, args.number)
        if args.json:
            print(json.dumps(shown(view), ensure_ascii=False, indent=2))
        else:
            print("\n".join(lines(view, desk.rules, desk.clock.now())))
    return 0


def request_number(text: str) -> int:
    """Return the number of a request as people write it, for ``argparse``."""
    digits = text.removeprefix("#")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):  # noqa: PLR2004 -- 64 bits
        raise argparse.ArgumentTypeError(f"{text!r} is no request number")
    return int(digits)
