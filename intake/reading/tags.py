"""HTML to plain paragraphs by one walk over its tags: linear for any input, and plain.

For HTML too large or too strange to be laid out (see ``intake.reading.html``).
"""

from __future__ import annotations

import html as entities
import re

_BREAKING = frozenset(
    "p div br tr li ul ol table blockquote h1 h2 h3 h4 h5 h6 hr section article header footer pre"
    " center form dl dt dd address title".split()
)
_SKIPPED = frozenset(("style", "script", "head", "template", "svg"))
_NAME = re.compile(r"/?\s*([a-zA-Z][a-zA-Z0-9]{0,20})")
_BLANKS = re.compile(r"[ \t\r\f\v\xa0]+")
_BREAKS = re.compile(r"\s*\n\s*")


def strip_tags(html: str) -> str:
    """Return the text between the tags, block elements on lines of their own."""
    out: list[str] = []
    position = 0
    while position < len(html):
        opening = html.find("<", position)
        if opening < 0:
            out.append(html[position:])
            break
        out.append(html[position:opening])
        if html.startswith("<!--", opening):
            position = _after(html, "-->", opening + 4)
            continue
        name = _NAME.match(html, opening + 1)
        if not name and html[opening + 1 : opening + 2] not in {"!", "?", "/"}:
            out.append("<")
            position = opening + 1
            continue
        tag = name[1].lower() if name else ""
        position = _after(html, ">", opening)
        if tag in _SKIPPED and html[opening + 1] != "/":
            position = _after(html, f"</{tag}", position)
            position = _after(html, ">", position)
        elif tag in _BREAKING:
            out.append("\n")
        elif tag in {"td", "th"}:
            out.append("  ")
    text = _BLANKS.sub(" ", entities.unescape("".join(out)))
    return _BREAKS.sub("\n", text).strip()


def _after(html: str, mark: str, start: int) -> int:
    """Return the position behind ``mark``, or the end where it never comes."""
    found = html.find(mark, start)
    return len(html) if found < 0 else found + len(mark)
