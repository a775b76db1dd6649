"""The view of fairness in words: a table of claimed urgency, and what its figures mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from store.rules.small_numbers import COUNTED_FROM, SHARE_FROM
from tui.board.cells import fit, settled
from tui.board.screens import ink

if TYPE_CHECKING:
    from store.fairness_records import Claims, ClaimsView
    from store.rulebook import Rulebook

_TITLES = ("requests", "called urgent", "really urgent", "share")
#: Cells of each column of figures, and of the names at least and at most.
_CELLS = (10, 15, 15, 8)
_NAMES, _MOST_NAMES = 20, 40
_MARGIN = 2
_DASH = "–"


def page(view: ClaimsView, rules: Rulebook, cells: int, *, lead: bool) -> Content:
    """Return everything the view says, for a screen of so many cells."""
    names = min(max(cells - sum(_CELLS) - 2 * _MARGIN, _NAMES), _MOST_NAMES)
    lines = [
        Content.styled("CLAIMED URGENCY, LAST 90 DAYS", f"{ink.MUTED} bold"),
        Content(""),
        _line("", _TITLES, names, ink.MUTED),
    ]
    lines += [_figures(_name(each, rules), each, names, "") for each in view.departments]
    if view.departments:
        lines.append(Content.styled("─" * (names + sum(_CELLS)), ink.RULE))
    lines += [_figures("all together", view.team, names, "bold"), Content("")]
    lines += [Content.styled(each, ink.MUTED) for each in _explained(lead=lead)]
    return Content("\n").join(Content(" " * _MARGIN) + each for each in lines)


def _explained(*, lead: bool) -> Sequence[str]:
    told = [
        "Called urgent: by the sender's words, or by a mail marked as important.",
        "Really urgent: of these, what the desk has rated P1 or P2, and emergencies.",
        f"Fewer than {COUNTED_FROM} claims are only counted; a share is told from {SHARE_FROM} on.",
        "What is claimed never moves a priority.",
    ]
    return told if lead else [*told, "Departments are shown to leads."]


def _name(claims: Claims, rules: Rulebook) -> str:
    known = rules.departments.get(claims.department)
    return settled(known.name if known else claims.department) or "no department"


def _figures(name: str, claims: Claims, names: int, style: str) -> Content:
    figures = (
        f"{claims.requests:,}",
        f"{claims.claimed:,}",
        _DASH if claims.really is None else f"{claims.really:,}",
        _DASH if claims.share is None else f"{claims.share:.0%}".replace("%", " %"),
    )
    return _line(name, figures, names, style)


def _line(name: str, figures: Sequence[str], names: int, style: str) -> Content:
    cells = [fit(name, names)]
    cells += [figure.rjust(width) for figure, width in zip(figures, _CELLS, strict=True)]
    return Content.styled("".join(cells), style)
