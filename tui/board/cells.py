"""Text in places of a given number of cells.

Terminals disagree about how wide joined emoji, flags, skin tones and emoji variations are;
one wrong guess and everything behind it on the line is out of its column. ``settled`` takes
these apart into characters whose width every terminal agrees on.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rich.cells import cell_len, set_cell_size

from store.text import lines, one_line

#: The joiner, variation selectors, skin tones and the combining enclosure of key caps.
_UNCERTAIN = re.compile("[\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\u20e3]")
_FLAG_A = 0x1F1E6
#: Cells of a line of a toast.
_TOAST = 60
#: Flags are pairs of letters in disguise: show the letters.
_FLAGS = {_FLAG_A + place: chr(ord("A") + place) for place in range(26)}


def settled(text: str) -> str:
    """Return ``text`` safe for a line, without characters of uncertain width."""
    return _settle(one_line(text))


def settled_lines(text: str) -> str:
    """Return ``text`` safe for a place of many lines, without characters of uncertain width."""
    return _settle(lines(text))


def _settle(safe: str) -> str:
    return safe if safe.isascii() else _UNCERTAIN.sub("", safe).translate(_FLAGS)


def width(text: str) -> int:
    """Return how many cells ``text`` takes."""
    return len(text) if text.isascii() else cell_len(text)


@lru_cache(2048)
def fit(text: str, cells: int, *, right: bool = False) -> str:
    """Return ``text`` in exactly ``cells`` cells: filled up with spaces, or cut with an …."""
    free = cells - width(text)
    if free >= 0:
        return " " * free + text if right else text + " " * free
    if cells <= 0:
        return ""
    return set_cell_size(text, cells - 1) + "…"


def in_a_line(text: str) -> str:
    """Return ``text`` as far as a line of a toast has room for it, safe for it."""
    safe = settled(text)
    return safe if width(safe) <= _TOAST else fit(safe, _TOAST)


def wrapped(text: str, cells: int) -> list[str]:
    """Return ``text`` in lines of at most ``cells`` cells; long words are cut.

    Lines are broken at spaces, not at hard ones.
    """
    lines_: list[str] = []
    for hard in text.split(" "):
        word = hard.replace("\u00a0", " ")
        if lines_ and width(lines_[-1]) + 1 + width(word) <= cells:
            lines_[-1] += f" {word}"
        else:
            lines_.append(word if width(word) <= cells else fit(word, cells))
    return lines_ or [""]
