"""Standard input and output, whatever the shell has made of them."""

from __future__ import annotations

import codecs
import io
import os
import sys
from pathlib import Path

_ESCAPES = "deskwatch.escapes"


def prepare() -> None:
    r"""Make printing safe: no stream is missing, and no character is too much for one.

    A terminal or pipe that is not UTF-8 gets what it cannot show as ``\u2026``, the same in
    text and in JSON, where it still means the character.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by the caller: `deskwatch status >&-`
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115
    codecs.register_error(_ESCAPES, _escaped)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors=_ESCAPES)


def silence() -> None:
    """Let nothing more be written to standard output: nobody reads it, or it takes no more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    pairs = (units[at : at + 2].hex() for at in range(0, len(units), 2))
    return "".join(f"\\u{pair}" for pair in pairs), error.end
