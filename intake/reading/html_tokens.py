"""HTML as a flat run of texts and tags, whatever its state; linear in its length.

No tree is built: mail's HTML is too often broken and too easily crafted for one, and a text is
all that is wanted of it.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from typing import NamedTuple

_NAME = re.compile(r"/?([a-zA-Z][^\s/>]{0,30})")
#: What may be a tag or comment; any other ``<`` is text.
_OPENING = re.compile(r"<(?=[a-zA-Z!?]|/[a-zA-Z>])")
_STYLE = re.compile(r"\bstyle\s*=\s*(?:\"([^\"]*)|'([^']*)|([^\s>]*))", re.IGNORECASE)
#: Elements whose content is no HTML.
_RAW = frozenset(("style", "script", "title", "textarea", "xmp"))
_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
#: Characters of a tag in which attributes are looked for.
_MOST_TAG_CHARS = 4_000
#: Entities whose numbers no character has are too long even to be read as numbers.
_NO_ENTITY = re.compile(r"&#(?:\d{8,}|[xX][0-9a-fA-F]{7,});?")


class Token(NamedTuple):
    """A piece of text (``name`` is ""), or a tag: ``text`` is then its attributes as written."""

    name: str
    text: str
    closing: bool = False

    def attribute(self, name: str) -> str:
        """Return the value of an attribute with its entities decoded; "" if it has none."""
        pattern = rf"(?<![\w-]){name}\s*=\s*(?:\"([^\"]*)|'([^']*)|([^\s>]*))"
        match = re.search(pattern, self.text, re.IGNORECASE)
        return decoded((match[1] or match[2] or match[3] or "").strip()) if match else ""

    @property
    def style(self) -> str:
        """The style attribute."""
        match = _STYLE.search(self.text)
        return (match[1] or match[2] or match[3] or "") if match else ""


def decoded(text: str) -> str:
    """Return ``text`` with its entities decoded."""
    return entities.unescape(_NO_ENTITY.sub("", text)) if "&" in text else text


def tokens(html: str) -> Iterator[Token]:
    """Yield the texts and tags of ``html`` in order; comments and scripts are left out."""
    lowered = html.translate(_LOWER) if not html.islower() else html
    size = len(html)
    position = 0
    comments_end = True
    while position < size:
        found = _OPENING.search(html, position)
        if not found:
            yield Token("", html[position:])
            return
        start = found.start()
        if start > position:
            yield Token("", html[position:start])
        match = _NAME.match(html, start + 1)
        if not match:
            if html.startswith("<!--", start) and comments_end:
                end = html.find("-->", start + 4)
                comments_end = end >= 0
                position = end + 3 if comments_end else start + 4
            else:
                position = _behind(html, ">", start)
            continue
        end = _tag_end(html, match.end())
        if end < 0:
            # It was no tag: nothing closes it. What people write stays readable.
            yield Token("", html[start:])
            return
        name = lowered[match.start(1) : match.end(1)]
        closing = html[start + 1] == "/"
        yield Token(name, html[match.end() : min(end, match.end() + _MOST_TAG_CHARS)], closing)
        position = end + 1
        if name in _RAW and not closing:
            position = _behind(lowered, f"</{name}", position)
            position = _behind(html, ">", position)


def _tag_end(html: str, start: int) -> int:
    """Return where the tag ends; a ``>`` inside a quoted attribute is not its end."""
    end = html.find(">", start)
    if end < 0:
        return -1
    if html.count('"', start, end) % 2:
        quote = html.find('"', end, end + _MOST_TAG_CHARS)
        later = html.find(">", quote, quote + _MOST_TAG_CHARS) if quote >= 0 else -1
        if later >= 0 and html.find("<", end, quote) < 0:
            return later
    return end


def _behind(text: str, mark: str, start: int) -> int:
    """Return the position behind ``mark``, or the end where it never comes."""
    found = text.find(mark, start)
    return len(text) if found < 0 else found + len(mark)
