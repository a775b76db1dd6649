"""The head of a forwarded mail that a program wrote into one line, without anything between.

Yahoo's plain text has the mark and all fields in one line, and the line of each value's end runs
into the next name: ``----- Forwarded Message ----- From: Ana <ana@school.example>To: Ben ...``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from intake.reading.phrases import quoting as markers
from intake.reading.phrases.matching import any_of
from intake.reading.quote_lines import begins_forward

_LONGEST = 4_000
#: Letters of names that are looked for right behind words.
_SHORTEST = 4
_DRAWN = re.compile(r"\s{0,8}(-{3,12}[^-]{4,60}-{3,12})\s{0,8}(\S.*)", re.DOTALL)


def _names(*tables: Iterable[str]) -> str:
    return any_of({name for table in tables for name in table})


_COLON = r"\s?[:：]"
_LONG = [name for name in (*markers.DATE, *markers.SUBJECT) if len(name) >= _SHORTEST]
#: After an address whatever may follow; after words only the longer names, which begin with a
#: capital as the programs write them.
_NEXT = re.compile(
    rf"(?<=>)\s?(?=(?:{_names(markers.TO, markers.CC, markers.DATE, markers.SUBJECT)}){_COLON})"
    rf"|(?<=[\w).])(?=(?:{_names(_LONG)}){_COLON})"
)
_FROM = re.compile(rf"(?:{_names(markers.FROM)}){_COLON}")


def unpacked(row: str) -> list[str]:
    """Return the fields of a head that stands in one line, a line each; none if it is no such."""
    drawn = _DRAWN.match(row[:_LONGEST]) if "-----" in row[:20] else None
    if drawn is None or not begins_forward(drawn[1]) or not _FROM.match(drawn[2]):
        return []
    return [each.strip() for each in _NEXT.split(drawn[2]) if each.strip()]
