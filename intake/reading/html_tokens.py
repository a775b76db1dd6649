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
#: Tags of one mail that are looked at; enough for a thread of some hundred mails.
_MOST_TAGS = 40_000
_ANY_TAG = re.compile(r"<[^<>]*>")
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
    """Yield the texts and tags of ``html`` in order; comments and scripts are left out.

    After many thousand tags the rest comes as one text without its tags.
    """
    lowered = html.translate(_LOWER)
    position = 0
    endless: set[str] = set()
    for _ in range(_MOST_TAGS):
        found = _OPENING.search(html, position)
        if not found:
            yield Token("", html[position:])
            return
        start = found.start()
        if start > position:
            yield Token("", html[position:start])
        match = _NAME.match(html, start + 1)
        if not match:
            position = _behind_comment(html, start, endless)
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
        if name in _RAW and not closing and name not in endless:
            position = _behind_raw(lowered, name, position, endless)
    yield Token("", _ANY_TAG.sub(" ", html[position:]))


def _behind_comment(html: str, start: int, endless: set[str]) -> int:
    """Return where a comment or declaration ends; of a comment that never does, its mark."""
    if not html.startswith("<!--", start):
        end = html.find(">", start)
        return len(html) if end < 0 else end + 1
    end = -1 if "!--" in endless else html.find("-->", start + 4)
    if end < 0:
        endless.add("!--")
        return start + 4
    return end + 3


def _behind_raw(lowered: str, name: str, start: int, endless: set[str]) -> int:
    """Return where a script or style sheet ends; one that never does is read as text."""
    end = lowered.find(f"</{name}", start)
    closed = lowered.find(">", end) if end >= 0 else -1
    if closed < 0:
        endless.add(name)
        return start
    return closed + 1


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
