"""``deskwatch explain FILE...``: how each mail would be understood, and why.

It reads and judges a mail as the poller does, by the config alone: no database is asked, and
none is made.
"""

from __future__ import annotations

import argparse
import json
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from store.errors import DeskwatchError
from store.text import one_line

if TYPE_CHECKING:
    from intake.imap.fetched import Fetched
    from intake.understanding import Understanding

_STANDARD_INPUT = "-"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``deskwatch explain``."""
    parser.add_argument(
        "files", metavar="FILE", nargs="+", help="mails, one a file; - for standard input"
    )
    parser.add_argument(
        "--mailbox",
        metavar="NAME",
        help="as if found in this mailbox of the config (left out: in the first of the desk's)",
    )
    parser.add_argument(
        "--json", action="store_true", help="a line of JSON for each file; see docs/json.md"
    )


def run(args: argparse.Namespace) -> int:
    """Explain every file, whatever is wrong with one; 1 if one could not be opened."""
    from tui.cli.explain_json import shape
    from tui.cli.explain_text import page

    understanding = _understanding(args)
    rules = understanding.rules
    unopened = 0
    for place, name in enumerate(args.files):
        fetched = _fetched(name)
        unopened += bool(fetched.failure)
        mail, found, reason = understanding.explained(fetched)
        if args.json:
            print(json.dumps(shape(name, mail, found, reason), ensure_ascii=False))
            continue
        if place:
            print()
        if fetched.failure:
            print(f"{one_line(name)}\n  {one_line(fetched.failure).capitalize()}")
        else:
            print("\n".join(page(name, mail, found, reason, rules)))
    if unopened:
        sys.stdout.flush()
        which = "a file" if len(args.files) == 1 else f"{unopened} of {len(args.files)} files"
        print(f"deskwatch: {which} could not be opened", file=sys.stderr)
    return 1 if unopened else 0


def _understanding(args: argparse.Namespace) -> Understanding:
    from intake.understanding import Understanding
    from store.policy.compile import rulebook
    from store.policy.suggest import meant
    from tui.cli.context import load_policy

    policy = load_policy(args)
    names = [box.name for box in policy.mailboxes]
    mailbox = args.mailbox
    if mailbox is None:
        ours = [box.name for box in policy.mailboxes if box.kind == "desk"]
        mailbox = next(iter(ours), "")
    elif mailbox in policy.sent_folders:
        raise DeskwatchError(
            f"--mailbox {one_line(mailbox)}: this is a Sent folder, whose mail opens no request; "
            "name another one"
        )
    elif mailbox not in names:
        raise DeskwatchError(
            f"--mailbox {one_line(mailbox)}: the config has no such mailbox; "
            f"{meant(mailbox, names)}"
        )
    return Understanding(rulebook(policy), mailbox)


def _fetched(name: str) -> Fetched:
    """Return a file as the poller would have fetched it: of a huge one only the start."""
    from intake.imap.fetch import BOUNDS
    from intake.imap.fetched import Fetched

    try:
        if name == _STANDARD_INPUT:
            return _read(sys.stdin.buffer, BOUNDS.whole, BOUNDS.start)
        path = Path(name)
        if not stat.S_ISREG(path.stat().st_mode) and not path.is_fifo():
            kind = "a directory" if path.is_dir() else "no file"
            return Fetched(0, None, 0, b"", failure=f"it is {kind}; name files, one mail each")
        with path.open("rb") as file:
            return _read(file, BOUNDS.whole, BOUNDS.start)
    except OSError as error:
        return Fetched(0, None, 0, b"", failure=f"it cannot be opened: {error.strerror or error}")
    except ValueError as error:  # a NUL in the name
        return Fetched(0, None, 0, b"", failure=f"it cannot be opened: {error}")


def _read(file: BinaryIO, whole: int, start: int) -> Fetched:
    from intake.imap.fetched import Fetched

    chunks = list(_chunks(file, whole + 1))
    size = sum(map(len, chunks))
    if size <= whole:
        return Fetched(0, None, size, b"".join(chunks))
    while chunk := file.read(1 << 20):
        size += len(chunk)
    return Fetched(0, None, size, b"".join(chunks)[:start], truncated=True)


def _chunks(file: BinaryIO, most: int) -> Iterator[bytes]:
    while most > 0 and (chunk := file.read(min(most, 1 << 20))):
        most -= len(chunk)
        yield chunk
