"""What technicians forward to the desk, as every program writes it in every language."""

from __future__ import annotations

import html
import re
from pathlib import Path

_HERE = Path(__file__).parent
_PIECE = re.compile(r"\{(?:(\w+):|(>))?(\w+)\}")
_NAME = re.compile(r"^([^:：]+[:：])")


def _sections(name: str) -> dict[str, str]:
    parts = re.split(r"^\[(.+)\]\n", (_HERE / name).read_text("utf-8"), flags=re.MULTILINE)[1:]
    return {name: text.strip("\n") for name, text in zip(parts[::2], parts[1::2], strict=True)}


PROGRAMS = _sections("programs.txt")
LANGUAGES = {
    name: dict(line.split(": ", 1) for line in text.splitlines() if line)
    for name, text in _sections("languages.txt").items()
}


def written(program: str, language: str) -> bytes:
    """Return the mail that a technician forwards with a program in a language."""
    pieces = {key: value.replace("|", "\n") for key, value in LANGUAGES[language].items()}
    body = PROGRAMS[program]
    # Pieces are made of pieces: the fields of a head have the names of the language.
    for _ in range(2):
        body = _PIECE.sub(lambda match: _FORMS[match[1] or match[2] or ""](pieces[match[3]]), body)
    head, _, text = body.partition("\n\n")
    kind = "html" if text.lstrip().startswith("<") else "plain"
    if "boundary" not in head:
        head += f"\nContent-Type: text/{kind}; charset=utf-8"
    return (
        "From: Ana Lovelace <ana@northgate.example>\nTo: help@northgate.example\n"
        "Date: Mon, 23 Nov 2026 10:30:00 +0000\nMessage-ID: <1@northgate.example>\n"
        f"MIME-Version: 1.0\n{head}\nContent-Transfer-Encoding: 8bit\n\n{text}\n"
    ).encode()


def _bold(text: str) -> str:
    rows = (_NAME.sub(r"<b>\1</b>", html.escape(row, quote=False)) for row in text.split("\n"))
    return "<br>".join(rows)


def _table(text: str) -> str:
    rows = (row.split(":", 1) for row in html.escape(text, quote=False).split("\n"))
    return "".join(f"<tr><th nowrap>{name}: </th><td>{value}</td></tr>" for name, value in rows)


_FORMS = {
    "": str,
    ">": lambda text: "\n".join(f"> {row}".rstrip() for row in text.split("\n")),
    "b": _bold,
    "br": lambda text: "<br>".join(html.escape(text, quote=False).split("\n")),
    "run": lambda text: text.replace("\n", ""),
    "table": _table,
}
