"""Tables of HTML mails: small tables of data keep their columns, all others are page layout."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

_MOST_COLUMNS = 10
_WIDEST_CELL = 50
_WIDEST_ROW = 110


@dataclass(slots=True)
class Table:
    """A table being read: rows of cells, a cell being its lines."""

    layout: bool
    """Whether it says itself that it is for layout only."""
    rows: list[list[list[str]]] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Return the table as text; what it takes is in proportion to what it holds."""
        widths = [] if self.layout else _columns(self.rows)
        if widths:
            return [line for line in (_aligned(row, widths) for row in self.rows) if line]
        out: list[str] = []
        for row in self.rows:
            if all(len(cell) <= 1 for cell in row):
                out.append("  ".join(cell[0] for cell in row if cell and cell[0]))
                continue
            for cell in row:
                out.extend(cell)
                if len(cell) > 1:
                    out.append("")
        return out


def _columns(rows: list[list[list[str]]]) -> list[int]:
    """Return the widths of the columns of a table of data; none for anything else."""
    count = max((len(row) for row in rows), default=0)
    if not 1 < count <= _MOST_COLUMNS or len(rows) == 1:
        return []
    widths = [0] * count
    for row in rows:
        for index, cell in enumerate(row):
            if len(cell) > 1 or (cell and len(cell[0]) > _WIDEST_CELL):
                return []
            widths[index] = max(widths[index], width_of(cell[0]) if cell else 0)
    return widths if sum(widths) + 2 * count <= _WIDEST_ROW else []


def _aligned(row: list[list[str]], widths: list[int]) -> str:
    texts = [cell[0] if cell else "" for cell in row]
    padded = [
        text + " " * (width - width_of(text)) for text, width in zip(texts, widths, strict=False)
    ]
    return "  ".join(padded).rstrip()


def width_of(text: str) -> int:
    """Return the columns a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text)
