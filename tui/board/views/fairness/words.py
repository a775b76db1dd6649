"""Everything the view of fairness says, one section under the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tui.board.views.fairness.claims import claims
from tui.board.views.fairness.endings import endings, teaching
from tui.board.views.fairness.layout import MARGIN, Reader
from tui.board.views.fairness.shoulders import requesters, shoulders

if TYPE_CHECKING:
    from tui.board.views.fairness.asking import Figures


def page(figures: Figures, reader: Reader) -> Content:
    """Return all of it, as ``reader`` may know it."""
    sections = [claims(figures.claims, reader), endings(figures.endings, reader)]
    if figures.endings.all_together.resolved:
        more = (requesters, shoulders, teaching)
        sections += [section(figures.endings, reader) for section in more]
    margin = Content(" " * MARGIN)
    between = Content("\n\n\n")
    return between.join(
        Content("\n").join(margin + line for line in section) for section in sections
    )
