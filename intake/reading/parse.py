"""A mail's bytes as a tree of MIME parts (RFC 2045, 2046): where each begins and ends.

One pass over the lines that begin with ``--``, whatever the nesting, so the time is linear in
the bytes; nothing is decoded or copied. On well-formed mail the tree is that of the standard
library's ``email`` (a test compares them); that one takes seconds for crafted mail of a few
megabytes and gives up the headers at the first broken line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from intake.reading.charset import Decoder
from intake.reading.fields import Block, read_block
from intake.reading.limits import LIMITS, Limits
from intake.reading.parameters import MOST_CHARS, parameter, read_value
from intake.reading.transfer import encoding_of

_BARE_CR = re.compile(rb"\r(?!\n)")
_DASHES = re.compile(rb"\n--([^\n]{1,1000})")
#: Bytes in which a boundary that is not named must show, and how long it is at least.
_GUESSED_FROM = 8_192
_SHORTEST_GUESS = 4
_TYPE = re.compile(r"[^\s/]{1,80}/[^\s/]{1,80}")
_DEFAULT_TYPE = "text/plain"


@dataclass(slots=True)
class Part:
    """One part: its header fields, and the span of its body in the mail's bytes."""

    block: Block
    start: int
    end: int
    type: str = _DEFAULT_TYPE
    parameters: Mapping[str, str] = field(default_factory=dict)
    disposition: str = ""
    """``inline``, ``attachment``, another word, or "" if nothing is said."""
    disposition_parameters: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    children: list[Part] = field(default_factory=list)

    @property
    def declared(self) -> bool:
        """Whether the part says what type it is."""
        return "content-type" in self.block.fields


def line_ends(raw: bytes) -> bytes:
    """Return the mail with CRLF or LF line ends only: bare and doubled CRs become LF."""
    if _BARE_CR.search(raw):
        return raw.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return raw


def parse(
    raw: bytes, decoder: Decoder, limits: Limits = LIMITS, start: int = 0, end: int | None = None
) -> Part:
    """Return the tree of the mail ``raw[start:end]`` (line ends as ``line_ends`` leaves them).

    Never raises; ``decoder.defects`` gains what was wrong.
    """
    return _Parser(raw, decoder, limits, len(raw) if end is None else end).tree(start)


class _Parser:
    def __init__(self, raw: bytes, decoder: Decoder, limits: Limits, end: int) -> None:
        self.raw = raw
        self.decoder = decoder
        self.limits = limits
        self.end = end
        self.open: list[tuple[bytes, Part]] = []
        self.level: dict[bytes, int] = {}
        self.closed: set[bytes] = set()
        self.current: Part | None = None
        self.parts = 0

    def tree(self, start: int) -> Part:
        root = self._part(start, self.end, _DEFAULT_TYPE)
        if root.block.cut:
            self._note("more headers than are read")
        if root.block.damaged:
            self._note("damaged headers")
        self._enter(root)
        if not self.open:
            return root
        self._split(max(root.start - 1, 0))
        if not root.children and (boundary := self._guessed(root)):
            # A gateway changed the header and not the body, or the other way round.
            self._open(boundary, root)
            self._split(max(root.start - 1, 0))
        _settle(root, self.decoder)
        return root

    def _split(self, position: int) -> None:
        """Walk the lines that begin with two dashes, opening and closing parts."""
        if self.raw.startswith(b"--", position):
            # Only where the mail begins with its body is there no line end before it.
            self._delimiter(self.raw[position + 2 : self._line_end(position)], position, position)
        lines = 0
        while match := _DASHES.search(self.raw, position, self.end):
            position = match.end()
            lines += 1
            if self._delimiter(match[1], match.start(), position) and self.current:
                position = max(position, self.current.start - 1)
            if self.parts >= self.limits.parts or lines >= self.limits.dashed_lines:
                self._note(f"more than {self.limits.parts} parts or too many boundaries")
                break
        if any(mark not in self.closed for mark, _ in self.open):
            self._note("a multipart body is not closed")
        self._close(0, self.end)

    def _delimiter(self, line: bytes, at: int, after: int) -> bool:
        """Take a line (without its dashes) as a boundary, if it is one."""
        mark = line.rstrip()
        closes = mark not in self.level
        if closes:
            mark = mark[:-2].rstrip() if mark.endswith(b"--") else b""
            if mark not in self.level:
                return False
        if at > 0 and self.raw.startswith(b"\r", at - 1):  # the CR of the line before
            at -= 1
        level = self.level[mark]
        self._close(level + 1, at)
        parent = self.open[level][1]
        if closes:
            # It stays known: some mailers close a multipart and then go on with its parts.
            self.closed.add(mark)
            return True
        start = min(after + 1, self.end)
        default = "message/rfc822" if parent.type == "multipart/digest" else _DEFAULT_TYPE
        part = self._part(start, self.end, default)
        parent.children.append(part)
        self.parts += 1
        self._enter(part)
        return True

    def _close(self, level: int, at: int) -> None:
        """End the part being read and every open multipart from ``level`` up."""
        if self.current:
            self.current.end = max(self.current.start, min(self.current.end, at))
            self.current = None
        for _, part in self.open[level:]:
            part.end = max(part.start, at)
        if len(self.open) > level:
            del self.open[level:]
            self.level = {mark: index for index, (mark, _) in enumerate(self.open)}

    def _enter(self, part: Part) -> None:
        """Go on inside ``part`` if it is a multipart, else let it be the part being read."""
        self.current = part
        if not part.type.startswith("multipart/"):
            return
        mark = part.parameters.get("boundary") or parameter(
            part.parameters, "boundary", self.decoder
        )
        boundary = mark.rstrip().encode("utf-8", "replace")
        if not boundary:
            self._note("a multipart body without a boundary")
            boundary = self._guessed(part)
            if not boundary:
                part.type = _DEFAULT_TYPE
                return
        if len(self.open) >= self.limits.depth:
            self._note(f"nested deeper than {self.limits.depth} levels")
            part.type = "application/octet-stream"
            return
        self._open(boundary, part)

    def _open(self, boundary: bytes, part: Part) -> None:
        self.level[boundary] = len(self.open)
        self.open.append((boundary, part))
        self.closed.discard(boundary)
        self.current = None

    def _guessed(self, part: Part) -> bytes:
        """Return the boundary that the first lines of a multipart body show, if they do."""
        begin = max(part.start - 1, 0)
        for match in _DASHES.finditer(self.raw, begin, min(self.end, begin + _GUESSED_FROM)):
            mark = match[1].rstrip()
            if len(mark) < _SHORTEST_GUESS or not mark.strip(b"-_=* "):
                continue
            if self.raw.count(b"\n--" + mark, begin, self.end) > 1:
                return mark
        return b""

    def _part(self, start: int, end: int, default: str) -> Part:
        if self.open:
            end = self._next_boundary(start, end)
        block = read_block(self.raw, start, end, self.limits)
        part = Part(block, block.body, self.end, default)
        if values := block.fields.get("content-type"):
            kind, part.parameters = read_value(self._text(values[0]))
            part.type = kind if _TYPE.fullmatch(kind) else _DEFAULT_TYPE
            if len(values) > 1:
                self._note("several Content-Type headers")
        if value := block.first("content-disposition"):
            part.disposition, part.disposition_parameters = read_value(self._text(value))
        if value := block.first("content-transfer-encoding"):
            part.encoding = encoding_of(self._text(value))
        return part

    def _next_boundary(self, start: int, end: int) -> int:
        """Bound a part's header block by the next boundary, which may come before a blank line."""
        near = min(end, start + 4096)
        blank = self.raw.find(b"\n\r\n", start, near), self.raw.find(b"\n\n", start, near)
        stop = min((place for place in blank if place >= 0), default=near)
        for match in _DASHES.finditer(self.raw, max(start - 1, 0), stop):
            mark = match[1].rstrip()
            if mark in self.level or (mark.endswith(b"--") and mark[:-2].rstrip() in self.level):
                return match.start() + 1
        return end

    def _line_end(self, position: int) -> int:
        found = self.raw.find(b"\n", position, self.end)
        return self.end if found < 0 else found

    def _text(self, value: bytes) -> str:
        value = value[:MOST_CHARS]
        if value.isascii() and b"\x1b" not in value:
            return value.decode("ascii")
        return self.decoder.decode(value)

    def _note(self, defect: str) -> None:
        if defect not in self.decoder.defects:
            self.decoder.defects.append(defect)


def _settle(root: Part, decoder: Decoder) -> None:
    """Let a multipart without a single part be the text that it then is."""
    waiting = [root]
    while waiting:
        part = waiting.pop()
        if part.type.startswith("multipart/") and not part.children:
            part.type = _DEFAULT_TYPE
            decoder.defects.append("a multipart body without parts")
        waiting.extend(part.children)
