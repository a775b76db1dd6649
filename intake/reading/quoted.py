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
_DRAWN = frozenset("-–—_=*#~>")
_DIGIT = re.compile(r"\d")
#: Characters in which the date of an attribution begins.
_NEAR = 100
#: A quoted line that a program wraps is at least so long, and what it wraps at most.
_SHORTEST_WRAPPED, _LONGEST_WRAPPED = 66, 30
#: Most quoted lines begin so; the others need a closer look.
_MARKED = ("> ", ">> ")
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
        while index < len(rows):
            index = self.take(index)

    def take(self, index: int) -> int:
        """Take the line at ``index``, maybe with more below it; return the next index."""
        row = self.rows[index]
        if row.startswith(_MARKED):
            return self.take_quoted(index)
        if not row.strip():
            (self.quoted if self.quoted and not self.new else self.new).append(row)
        elif self.is_wrapped_quote(index):
            self.quoted.append(row)
        elif not _is_remarkable(row):
            self.new.append(row)
        elif ends_mail(row):
            return self.rest(index, self.quoted)
        elif is_quote(row):
            return self.take_quoted(index)
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
            or not row[0].islower()
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


def _is_remarkable(row: str) -> bool:
    """Say quickly whether a line may begin something quoted: most lines cannot."""
    if ":" in row or "@" in row or row.lstrip()[0] in _DRAWN or "：" in row:
        return True
    return bool(_DIGIT.search(row, 0, _NEAR))


def _rules_above(new: Sequence[str]) -> int:
    """Count the blank lines and drawn rules at the end of the new text: they belong below."""
    count = 0
    while count < len(new) and (not new[-1 - count].strip() or is_separator(new[-1 - count])):
        count += 1
    return count


def _joined(rows: Sequence[str]) -> str:
    return _MANY_BLANKS.sub("\n\n", "\n".join(rows)).strip("\n").rstrip()
