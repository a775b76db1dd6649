"""``deskwatch policy test FILE``: what-if cases, one answer a line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from store.errors import DeskwatchError


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``deskwatch policy test``."""
    parser.add_argument("file", metavar="FILE", help="cases, one a line; - for standard input")
    parser.add_argument(
        "--json",
        action="store_true",
        help="the answers are lines of JSON in any case: id, result, agrees or error",
    )


def run(args: argparse.Namespace) -> int:
    """Answer every case; 1 if one is malformed or not as expected."""
    from store.rules.whatif import answer

    cases = malformed = different = 0
    with _opened(args.file) as file:
        for line in _texts(file):
            found = answer(line)
            print(found.as_json())
            cases += 1
            malformed += bool(found.error)
            different += found.agrees is False
    wrong = []
    if malformed:
        wrong.append(f"{malformed} malformed")
    if different:
        wrong.append(f"{different} not as expected")
    if wrong:
        sys.stdout.flush()
        print(f"deskwatch: of {cases} cases, {' and '.join(wrong)}", file=sys.stderr)
    return 1 if wrong else 0


def _opened(name: str) -> AbstractContextManager[BinaryIO]:
    if name == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise DeskwatchError(f"{name}: {error.strerror}; name a file of what-if cases") from None


def _texts(file: BinaryIO) -> Iterator[str]:
    """Yield the lines that are not empty; what is no text is left for JSON to refuse."""
    for line in file:
        text = line.decode("utf-8-sig", errors="replace").strip()
        if text:
            yield text
