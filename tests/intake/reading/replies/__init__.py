"""Answers as people send them: every program in every language."""

from __future__ import annotations

import html
import re
import textwrap
from pathlib import Path

_HERE = Path(__file__).parent
_PIECE = re.compile(r"\{(?:(\w+):|(>))?(\w+)\}")
_FIELD = re.compile(r"^([^:：]+[:：])")


def sections(name: str) -> dict[str, str]:
    """Read a file of texts: ``[name]`` and the lines below it."""
    found: dict[str, list[str]] = {}
    for line in (_HERE / name).read_text("utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            found[line[1:-1]] = []
        elif found:
            next(reversed(found.values())).append(line)
    return {name: "\n".join(lines).strip("\n") for name, lines in found.items()}


def _languages() -> dict[str, dict[str, str]]:
    return {
        name: {
            key: value.replace("|", "\n")
            for key, _, value in (line.partition(": ") for line in text.splitlines() if line)
        }
        for name, text in sections("languages.txt").items()
    }


LANGUAGES = _languages()
CLIENTS = sections("clients.txt")


def written(client: str, language: str) -> str:
    """Return the body of an answer."""
    pieces = LANGUAGES[language]

    def put(match: re.Match[str]) -> str:
        return _FORMS[match[1] or match[2] or ""](pieces[match[3]])

    return _PIECE.sub(put, CLIENTS[client])


def new_text(language: str) -> str:
    """Return what is new in it."""
    return f"{LANGUAGES[language]['answer']}\n\n{LANGUAGES[language]['closing']}"


def _each(before: str, after: str, empty: str) -> object:
    def form(text: str) -> str:
        rows = [html.escape(row, quote=False) or empty for row in text.split("\n")]
        return "".join(f"{before}{row}{after}" for row in rows)

    return form


def _lines(text: str) -> str:
    return "<br>\n".join(html.escape(row, quote=False) for row in text.split("\n"))


_FORMS = {
    "": str,
    ">": lambda text: "\n".join(f"> {row}" for row in text.split("\n")),
    "esc": lambda text: html.escape(text, quote=False),
    "br": _lines,
    "div": _each("<div>", "</div>", "<br>"),
    "p": _each("<p class=MsoNormal>", "<o:p></o:p></p>", "<o:p>&nbsp;</o:p>"),
    "b": lambda text: "<br>".join(
        _FIELD.sub(r"<b>\1</b>", html.escape(row, quote=False)) for row in text.split("\n")
    ),
    "wrap": lambda text: "\n".join(textwrap.wrap(text, 60, break_long_words=False)),
    "spaced": lambda text: "\n".join(_FIELD.sub(r"\1   ", row) for row in text.split("\n")),
}
