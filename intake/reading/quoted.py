"""What is new in a mail, and the quoted rest: one walk over the lines, linear in the text.

New are: what stands above the quoted mail, below it, and between its lines. A forwarded mail
is what the sender has to say, so it stays with the new text. Signatures stay too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from intake.reading.quote_lines import (
    attribution,
    begins_forward,
    ends_mail,
    header_block,
    is_forward_subject,
    is_quote,
    is_reply_subject,
    is_separator,
    quote_follows,
)

_MANY_BLANKS = re.compile(r"\n{3,}")
#: What may begin an attribution, a separator or a field is looked at closely; so often at most.
_MOST_LOOKS = 2_000
#: Characters that lines begin or end with that may belong to what is quoted.
_STARTS = frozenset("-–—_=*#~> ")
_ENDS = frozenset(">：")
_COLONS = (":", ">", "：", "*")
#: Lines that an attribution ending in a colon may have begun before.
_WRAPPED = 3
#: A quoted line that a program wraps is at least so long, and what it wraps at most.
_SHORTEST_WRAPPED, _LONGEST_WRAPPED = 66, 30
#: Characters of a line; programs write no longer ones.
_LONGEST = 1_000


def split_quoted(text: str, subject: str = "") -> tuple[str, str]:
    """Return the new text and the quoted remainder; each line of ``text`` is in one of them."""
    forward = is_forward_subject(subject)
    scan = _Scan(text.split("\n"), forward=forward)
    reply = _joined(scan.new)
    if not reply and (forward or not is_reply_subject(subject)):
        return text.strip("\n"), ""
    return reply, _joined(scan.quoted)


class _Scan:
    """One walk over the lines, each of which goes to ``new`` or to ``quoted``."""

    def __init__(self, rows: list[str], *, forward: bool) -> None:
        self.rows = rows
        self.forward = forward
        self.new: list[str] = []
        self.quoted: list[str] = []
        self.looks = 0
        index = 0
        for remarkable in _remarkable(rows):
            if remarkable >= index:
                self.plain(index, remarkable)
                index = self.take(remarkable)
        self.plain(index, len(rows))

    def plain(self, start: int, end: int) -> None:
        """Take the lines in between, in which nothing can be quoted."""
        if end - start == 1 and self.is_wrapped_quote(start):
            self.quoted.append(self.rows[start])
        else:
            self.new += self.rows[start:end]

    def take(self, index: int) -> int:
        """Take the line at ``index``, maybe with more below it; return the next index."""
        row = self.rows[index]
        if not row.strip():
            self.new.append(row)
            return index + 1
        if ends_mail(row):
            return self.rest(index, self.quoted)
        if is_quote(row):
            return self.take_quoted(index)
        if self.is_wrapped_quote(index):
            self.quoted.append(row)
        elif self.looks >= _MOST_LOOKS or len(row) > _LONGEST:
            self.new.append(row)
        else:
            return self.look(index)
        return index + 1

    def take_quoted(self, index: int) -> int:
        """Take a line with a quote mark."""
        if not self.quoted and begins_forward(self.rows[index].lstrip("> ")):
            # Apple Mail quotes what it forwards.
            return self.rest(index, self.new)
        self.quoted.append(self.rows[index])
        return index + 1

    def is_wrapped_quote(self, index: int) -> bool:
        """Say whether a line is the end of the long quoted one above it, which was wrapped."""
        row = self.rows[index]
        if (
            not 0 < index < len(self.rows) - 1
            or len(row) > _LONGEST_WRAPPED
            or not row[:1].islower()
        ):
            return False
        above, below = self.rows[index - 1], self.rows[index + 1]
        return is_quote(below) and is_quote(above) and len(above) >= _SHORTEST_WRAPPED

    def look(self, index: int) -> int:
        """Take a line that may begin a forwarded or a quoted mail."""
        self.looks += 1
        if begins_forward(self.rows[index]):
            return self.rest(index, self.new)
        if header_block(self.rows, index):
            if self.forward:
                return self.rest(index, self.new)
            self.take_back_rules()
            return self.rest(index, self.quoted)
        size = attribution(self.rows, index)
        if not size:
            self.new.append(self.rows[index])
            return index + 1
        after = index + size
        if not quote_follows(self.rows, after):
            return self.rest(index, self.quoted)
        self.quoted += self.rows[index:after]
        return after

    def rest(self, index: int, side: list[str]) -> int:
        """Put everything from ``index`` on one side."""
        side += self.rows[index:]
        return len(self.rows)

    def take_back_rules(self) -> None:
        """Move the blank lines and drawn rules above a quoted mail to it."""
        count = _rules_above(self.new)
        if count:
            self.quoted += self.new[-count:]
            del self.new[-count:]


def _remarkable(rows: Sequence[str]) -> list[int]:
    """Return the lines that may begin something quoted, in order: few in most mails."""
    found = [
        index
        for index, row in enumerate(rows)
        if row[:1] in _STARTS or ":" in row or row[-1:] in _ENDS or "：" in row
    ]
    before = {
        index - back
        for index in found
        if rows[index].rstrip().endswith(_COLONS) and not rows[index].startswith(">")
        for back in range(1, min(_WRAPPED, index) + 1)
    }
    return sorted(before.union(found)) if before else found


def _rules_above(new: Sequence[str]) -> int:
    """Count the blank lines and drawn rules at the end of the new text: they belong below."""
    count = 0
    while count < len(new) and (not new[-1 - count].strip() or is_separator(new[-1 - count])):
        count += 1
    return count


def _joined(rows: Sequence[str]) -> str:
    text = "\n".join(rows)
    if "\n\n\n" in text:
        text = _MANY_BLANKS.sub("\n\n", text)
    return text.strip("\n").rstrip()
