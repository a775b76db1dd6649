"""What an attribution says: "On 23/11/2026 09:12, Ana <ana@school.example> wrote:"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from store.records import Address

_ADDRESS = re.compile(
    r"[<(\[]?(?:mailto:)?([^\s<>()\[\]@:\"]{1,100}@[^\s<>()\[\]@:\",;]{1,100})[>)\]]?"
)
_QUOTED = re.compile(r"[\"„“”«»‘’]\s?([^\"„“”«»]{1,100}?)\s?[\"“”«»]\s*$")
#: The words right before an address, without any that hold a figure.
_WORDS = re.compile(r"(?:[^\s\d,:;<>\"]+\s+){0,6}[^\s\d,:;<>\"]+\s*$")
#: Halves of the day and zones, which stand before a name.
_HALF = re.compile(r"[AaPp]\.?[Mm]\.?|[A-Z]{3,4}|Uhr")


@dataclass(frozen=True, slots=True)
class Attributed:
    """Who wrote what follows, and when, as the program says it."""

    sender: Address
    sent: str


def attributed(line: str) -> Attributed | None:
    """Return what an attribution in one line says; None if it names no address."""
    found = _ADDRESS.search(line)
    if found is None:
        return None
    before = line[: found.start()]
    if quoted := _QUOTED.search(before):
        name, start = quoted[1], quoted.start()
    else:
        name, start = _name(before)
    return Attributed(Address(name, found[1]), f"{before[:start]} {line[found.end() :]}".strip())


def _name(before: str) -> tuple[str, int]:
    """Return the name that a text ends with, and where it begins: from its first capital on."""
    match = _WORDS.search(before)
    if match is None:
        return "", len(before)
    words = match[0].split()
    while words and (not words[0][:1].isupper() or _HALF.fullmatch(words[0])):
        words.pop(0)
    name = " ".join(words).rstrip(" (")
    return name, before.rfind(words[0]) if words else len(before)
