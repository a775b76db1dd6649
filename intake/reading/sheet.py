"""Lines of text being written: blocks with space between them, lists, quotes."""

from __future__ import annotations

from intake.reading.marks import mark_of, unmarked


class Sheet:
    """Collects running text into lines; each has the marks of the quotes and lists it is in."""

    def __init__(self) -> None:
        """Start empty."""
        self.lines: list[str] = []
        self.quotes = 0
        """Levels of quoting of what is written."""
        self.indent = ""
        """What stands before each line inside lists."""
        self.mark = ""
        """The mark of every line."""
        self.next_mark = ""
        """The mark of the next line only."""
        self._line: list[str] = []
        self._bullet = ""
        self._space = False
        self._blank = False
        self._gap = self._gap_quotes = 0

    def write(self, text: str) -> None:
        """Write running text: any white space in it is one space."""
        words = text.split()
        if not words:
            self._space = bool(self._line)
            self._blank = self._blank or "\xa0" in text
            return
        joined = " ".join(words)
        if self._line and (self._space or text[0].isspace()):
            joined = " " + joined
        self._line.append(joined)
        self._space = text[-1].isspace()

    def write_kept(self, text: str) -> None:
        """Write text of one line with its white space kept."""
        self._line.append(text.replace("\t", "    "))
        self._space = False

    def write_lines(self, lines: list[str]) -> None:
        """Write finished lines, their white space kept."""
        self.block(0)
        for line in lines:
            self.next_mark = mark_of(line) or self.next_mark
            self._line.append(unmarked(line))
            self._end_line()

    def drop_bullet(self) -> None:
        """Forget a mark that no line came after."""
        self._bullet = ""

    def line_break(self) -> None:
        """End the line; an empty one stays as an empty line."""
        self._end_line()

    def bullet(self, mark: str) -> None:
        """Put a mark before the next line only."""
        self.block(0)
        self._bullet = mark

    def block(self, gap: int) -> None:
        """Begin or end a block: what follows is on a new line, below an empty one if ``gap``."""
        if self._line or self._blank:
            self._end_line()
        self._gap_quotes = min(self._gap_quotes, self.quotes) if self._gap else self.quotes
        self._gap = max(self._gap, gap)

    def finish(self) -> list[str]:
        """Return all lines, without empty ones at the ends and never two in a row."""
        self.block(0)
        out: list[str] = []
        for line in self.lines:
            if line.strip(">") or (out and out[-1].strip(">")):
                out.append(line)
        while out and not out[-1]:
            out.pop()
        return out

    def _end_line(self) -> None:
        text = "".join(self._line).rstrip()
        if text and self._gap and self.lines:
            self.lines.append(">" * min(self._gap_quotes, self.quotes))
        if text:
            self._gap = 0
        self.lines.append(self._prefix(text))
        self._line.clear()
        self._space = self._blank = False

    def _prefix(self, text: str) -> str:
        if text:
            text = self.indent[: -len(self._bullet) or None] + self._bullet + text
            self._bullet = ""
        if self.quotes:
            quoting = ">" * self.quotes
            text = f"{quoting} {text}" if text else quoting
        elif not text:
            return ""
        if self.mark or self.next_mark:
            text = (self.next_mark or self.mark) + text
            self.next_mark = ""
        return text
