"""A header block taken apart into fields (RFC 5322 section 2.2), also where it is damaged.

A line that is no field and no continuation does not end the headers as long as fields of
known names follow it: gateways break long lines, and mailbox files put ``From `` lines in
between. Where none follow, the body has begun without its blank line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from intake.reading.limits import Limits

_BLANK_LINE = re.compile(rb"\n\r?\n")
_FIELD = re.compile(rb"^([!-9;-~]{1,100})[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)", re.MULTILINE)
_NAME = re.compile(rb"[!-9;-~]{1,100}")
_FOLDED = (b" ", b"\t")
_MBOX_LINE = re.compile(rb">?From (?![ \t]*:)[^\n]*\n?")
#: Fields of mail; those that mean something are read behind any number of others.
_MATTERS = re.compile(
    r"from|to|cc|bcc|sender|reply-to|subject|date|message-id|in-reply-to|references|return-path"
    r"|content-(?:type|disposition|transfer-encoding)|importance|priority|precedence"
    r"|auto-submitted"
)
_KNOWN = re.compile(
    r"(?:x-|content-|list-|resent-|arc-|thread-|received|dkim-|authentication-|disposition-).*"
    r"|delivered-to|envelope-to|mime-version|user-agent|organization|status|lines"
)


#: Bytes of a block that is taken apart by the short way.
_MOST_PLAIN = 32_768
#: Bytes of a value up to which a line that lost its fold is put back.
_LONGEST_MENDED = 10_000
#: Fields looked at for one of a known name, behind a line that is none.
_LOOK_AHEAD = 50


def is_known(name: str) -> bool:
    """Say whether a lower-case field name is one that mail has."""
    return bool(_MATTERS.fullmatch(name) or _KNOWN.fullmatch(name))


@dataclass(slots=True)
class Block:
    """One header block: raw values by lower-case name, and where the body begins."""

    fields: dict[str, list[bytes]] = field(default_factory=dict)
    """Values as sent, folds included, in order."""
    body: int = 0
    damaged: bool = False
    """Something in it is no field, or a NUL stands in it."""
    cut: bool = False
    """It was longer than the limits allow."""

    def first(self, name: str) -> bytes:
        """Return the first value of a field, b"" if there is none."""
        values = self.fields.get(name)
        return values[0] if values else b""


def read_block(raw: bytes, start: int, end: int, limits: Limits) -> Block:
    """Read the header block that begins at ``start``; ``raw`` has CRLF or LF line ends."""
    block = Block(body=start)
    if raw.startswith((b"\n", b"\r\n"), start, end):
        block.body = start + (1 if raw.startswith(b"\n", start) else 2)
        return block
    blank = _BLANK_LINE.search(raw, start, end)
    stop = blank.start() + 1 if blank else end
    after = blank.end() if blank else end
    if stop - start > limits.header_block:
        stop = start + limits.header_block
        block.cut = True
    text = raw[start:stop]
    if not block.cut and (fields := _plainly(text, limits)) is not None:
        block.fields, block.body = fields, after
        return block
    if mbox := _MBOX_LINE.match(text):
        text = text[mbox.end() :]
        start += mbox.end()
    found = list(_FIELD.finditer(text))
    used = _fill(block, text, found, limits)
    if b"\0" in text:
        block.damaged = True
    rest = text[used:]
    if not block.cut and rest.strip():
        block.damaged = True
        block.body = start + used
    else:
        block.body = after
    return block


def _plainly(text: bytes, limits: Limits) -> dict[str, list[bytes]] | None:
    """Return the fields of a block in which nothing is unusual; None for any other.

    Most blocks are so, and this takes half the time.
    """
    if len(text) > min(_MOST_PLAIN, limits.header_value) or b"\0" in text:
        return None
    fields: dict[str, list[bytes]] = {}
    values: list[bytes] = []
    lines = text.split(b"\n")
    if not lines[-1]:
        lines.pop()
    for line in lines:
        if line[:1] in _FOLDED:
            if not values:
                return None
            values[-1] += b"\n" + line
            continue
        before, colon, value = line.partition(b":")
        name = _usual(before)
        if not name or not colon:
            return None
        if name in fields:
            values = fields[name]
            values.append(value)
            if len(values) > limits.header_values:
                return None
        else:
            values = fields[name] = [value]
    return fields if len(fields) <= limits.header_names else None


@lru_cache(maxsize=256)
def _usual(name: bytes) -> str:
    """Return the name of a field in lower case; "" if it is none, or has spaces behind it."""
    return name.decode("ascii").lower() if _NAME.fullmatch(name) else ""


def _fill(block: Block, text: bytes, found: list[re.Match[bytes]], limits: Limits) -> int:
    """Put the fields found into ``block``; return how much of ``text`` the headers take."""
    used = 0
    name = ""
    for index, match in enumerate(found):
        if match.start() > used and (gap := text[used : match.start()]).strip():
            if not any(is_known(_name(later)) for later in found[index : index + _LOOK_AHEAD]):
                return used
            block.damaged = True
            values = block.fields.get(name)
            if values and len(values[-1]) < _LONGEST_MENDED and not _MBOX_LINE.match(gap):
                values[-1] = values[-1].rstrip() + b" " + gap.strip()
        used = match.end() + 1
        name = _name(match)
        values = block.fields.get(name)
        if values is None:
            if len(block.fields) >= limits.header_names and not _MATTERS.fullmatch(name):
                block.cut = True
                continue
            values = block.fields[name] = []
        elif len(values) >= limits.header_values:
            block.cut = True
            continue
        value = match[2]
        if len(value) > limits.header_value:
            value = value[: limits.header_value]
            block.cut = True
        values.append(value)
    return min(used, len(text))


def _name(match: re.Match[bytes]) -> str:
    return _lower(match[1])


@lru_cache(maxsize=256)
def _lower(name: bytes) -> str:
    # Mails have the same fields, again and again.
    return name.decode("ascii").lower()
