"""Plain tables: columns in line, no boxes, so that a screen reader and grep can read them."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from typing import TextIO

from tui.board.cells import fit, settled, width

_GAP = "  "
#: A last column is not made narrower than this; on a narrower terminal its lines wrap.
_LEAST = 16


def screen_width(stream: TextIO | None = None) -> int | None:
    """Return the columns of the terminal that ``stream`` is; None where nothing must fit."""
    out = sys.stdout if stream is None else stream
    if not out.isatty():
        return None
    return shutil.get_terminal_size().columns


def table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    columns: int | None = None,
    *,
    right: frozenset[int] = frozenset(),
    most: Sequence[int | None] = (),
) -> list[str]:
    """Return the lines of a table, its heads first.

    Args:
        heads: Of the columns.
        rows: Cells; whatever is in them is made safe.
        columns: Cells that a line may take; the last column is cut to fit. None: any number.
        right: Columns that are set to the right, counted from 0.
        most: The greatest width of each column, None for any; the last one is never limited.
    """
    cells = [[settled(cell) for cell in row] for row in rows]
    last = len(heads) - 1
    widths = [
        max([width(head), *(width(row[place]) for row in cells)])
        for place, head in enumerate(heads)
    ]
    for place, limit in enumerate(most[:last]):
        if limit is not None:
            widths[place] = max(width(heads[place]), min(widths[place], limit))
    if columns is not None:
        room = columns - sum(widths[:last]) - len(_GAP) * last
        widths[last] = min(widths[last], max(room, _LEAST))
    return [
        _GAP.join(
            fit(cell, widths[place], right=place in right) for place, cell in enumerate(row)
        ).rstrip()
        for row in [list(heads), *cells]
    ]
