"""One walk over the lines of a mail that finds what is quoted, linear in the text."""

from __future__ import annotations

from intake.reading.folding import closing_lines
from intake.reading.marks import ANSWERED, QUOTED, SIGNED, mark_of, unmarked
from intake.reading.quote_lines import (
    attribution,
    begins_forward,
    ends_mail,
    header_block,
    is_pasted,
    is_quote,
    is_separator,
    quote_follows,
)

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
_PROMPT = ">>> "


class Scan:
    """One walk over the lines, which finds those that are ``old``; all others are new."""

    def __init__(self, text: str, *, forward: bool, answers: bool) -> None:
        self.rows = text.split("\n")
        self.marks: dict[int, str] = {}
        if not text.isascii():
            self.take_marks()
        self.forward = forward
        self.answers = answers
        self.old = bytearray(len(self.rows))
        self.forwarded = len(self.rows)
        """Where a forwarded mail begins."""
        self.attributed = False
        """Whether a program has said that it quotes."""
        self.unsure: list[range] = []
        """Lines with quote marks that nothing announced."""
        self.looks = 0
        index = 0
        for remarkable in self.remarkable():
            if remarkable >= index:
                if remarkable - index == 1 and self.is_wrapped_quote(index):
                    self.old[index] = True
                index = self.take(remarkable)
        self.decide()

    def take_marks(self) -> None:
        """Take the marks of HTML off the lines."""
        for index, row in enumerate(self.rows):
            if mark := mark_of(row):
                self.marks[index] = mark
                self.rows[index] = unmarked(row)

    def remarkable(self) -> list[int]:
        """Return the lines that may begin something quoted, in order: few in most mails."""
        rows = self.rows
        found = [
            index
            for index, row in enumerate(rows)
            if row
            and (
                row[0] in _STARTS
                or ":" in row
                or row[-1] in _ENDS
                or (not row.isascii() and "：" in row)
            )
        ]
        before = {
            index - back
            for index in found
            if rows[index].rstrip().endswith(_COLONS) and not rows[index].startswith(">")
            for back in range(1, min(_WRAPPED, index) + 1)
        }
        before.update(self.marks)
        return sorted(before.union(found)) if before else found

    def take(self, index: int) -> int:
        """Take the line at ``index``, maybe with more below it; return the next index."""
        row = self.rows[index]
        if not row.strip():
            return index + 1
        if mark := self.marks.get(index):
            return self.take_marked(index, mark)
        if ends_mail(row):
            return self.keep(index) if self.forward else self.answered(index)
        if is_quote(row):
            return self.take_quoted(index)
        if self.is_wrapped_quote(index):
            self.old[index] = True
        elif self.looks < _MOST_LOOKS and len(row) <= _LONGEST:
            return self.look(index)
        return index + 1

    def take_marked(self, index: int, mark: str) -> int:
        """Take a line of which HTML says what it is."""
        row = self.rows[index]
        if mark == ANSWERED and not self.has_fields(index):
            return index + 1  # People draw such borders, too.
        self.looks += 1
        looked = self.looks < _MOST_LOOKS and (":" in row or "：" in row)
        begins = mark == ANSWERED or (looked and header_block(self.rows, index))
        if begins_forward(row.lstrip("> ")) or (begins and self.forward):
            return self.keep(index)
        if mark == ANSWERED or ends_mail(row) or (begins and mark == SIGNED):
            return self.answered(index)
        if mark == QUOTED:
            self.attributed = True
            self.set_old(index, index + 1)
            return index + 1
        return self.take_quoted(index) if is_quote(row) else self.take_signature(index)

    def has_fields(self, index: int) -> bool:
        """Say whether a field stands in one of the next lines."""
        following = [row for row in self.rows[index : index + 2 * _WRAPPED] if row.strip()]
        return any(":" in row or "：" in row for row in following[:_WRAPPED])

    def take_signature(self, index: int) -> int:
        """Take the lines that HTML calls a signature, without closing words and name."""
        end = index
        while self.marks.get(end) == SIGNED or (
            end < len(self.rows) and not self.rows[end].strip()
        ):
            if end > index and self.marks.get(end) and is_quote(self.rows[end]):
                break
            end += 1
        kept = closing_lines(self.rows, index, end)
        self.set_old(index + kept, end)
        return end

    def take_quoted(self, index: int) -> int:
        """Take the lines with quote marks from ``index`` on."""
        end = index + 1
        while end < len(self.rows) and is_quote(self.rows[end]) and end not in self.marks:
            end += 1
        inside = [row.lstrip("> ") for row in self.rows[index : min(end, index + _WRAPPED)]]
        if not any(self.old) and any(map(begins_forward, inside)):
            # Apple Mail quotes what it forwards.
            return self.keep(index)
        self.set_old(index, end)
        if not self.attributed:
            if any(attribution(inside, at) for at in range(len(inside))):
                self.attributed = True
            else:
                self.unsure.append(range(index, end))
        return end

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
            return self.keep(index)
        if header_block(self.rows, index) and not is_pasted(self.rows, index):
            if self.forward:
                return self.keep(index)
            if self.answers or self.below_rule(index):
                return self.answered(index)
        size = attribution(self.rows, index)
        return self.take_attributed(index, index + size) if size else index + 1

    def take_attributed(self, index: int, after: int) -> int:
        """Take the attribution in the lines from ``index`` to ``after``, and what it is of."""
        if self.forward and not any(self.old):
            # Outlook on a Mac writes one above what it forwards, too.
            return self.keep(index)
        bars = self.bars(after)
        if not bars and not quote_follows(self.rows, after):
            return self.answered(index)
        self.attributed = True
        self.set_old(index, after)
        self.set_old(bars.start, bars.stop)
        return max(after, bars.stop)

    def bars(self, after: int) -> range:
        """Return the lines that are quoted with bars below an attribution; a table is none."""
        start = after
        while start < len(self.rows) - 1 and not self.rows[start].strip() and start < after + 2:
            start += 1
        end = start
        while end < len(self.rows) and self.rows[end].lstrip().startswith("|"):
            if len(self.rows[end].strip()) > 1 and self.rows[end].rstrip().endswith("|"):
                return range(0)
            end += 1
        return range(start, end) if end > start else range(0)

    def below_rule(self, index: int) -> bool:
        """Say whether a drawn rule stands right above a line."""
        above = index - 1
        while above > 0 and not self.rows[above].strip() and above > index - _WRAPPED:
            above -= 1
        return above >= 0 and is_separator(self.rows[above])

    def keep(self, index: int) -> int:
        """Keep everything from ``index`` as new: it is forwarded."""
        self.forwarded = index
        return len(self.rows)

    def answered(self, index: int) -> int:
        """Take everything from ``index``, and the rules drawn above it, as the mail answered."""
        self.attributed = True
        start = index
        while start and not self.old[start - 1] and _is_rule(self.rows[start - 1]):
            start -= 1
        self.set_old(start, len(self.rows))
        return len(self.rows)

    def set_old(self, start: int, end: int) -> None:
        """Take lines as old."""
        self.old[start:end] = b"\1" * max(0, end - start)

    def decide(self) -> None:
        """Decide on lines with quote marks that nothing announced: people show logs so, too."""
        if not self.unsure:
            return
        said: set[str] | None = None
        for lines in self.unsure:
            rows = self.rows[lines.start : lines.stop]
            shown = not self.answers or all(row.startswith(_PROMPT) for row in rows)
            if not shown and self.attributed:
                if said is None:
                    said = {" ".join(row.lstrip("> ").split()) for row in self.old_rows()}
                shown = not any(
                    " ".join(row.lstrip("> ").split()) in said for row in rows if row.strip("> ")
                )
            if shown:
                self.old[lines.start : lines.stop] = bytes(len(lines))

    def old_rows(self) -> list[str]:
        """Return the old lines without those that nothing announced."""
        unsure = {index for lines in self.unsure for index in lines}
        return [
            row
            for index, row in enumerate(self.rows)
            if self.old[index] and index not in unsure and row.strip("> ")
        ]


def _is_rule(row: str) -> bool:
    return not row.strip() or is_separator(row)
