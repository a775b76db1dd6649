"""Claimed urgency: a table, and what its figures mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from store.rules.small_numbers import COUNTED_FROM, SHARE_FROM
from store.words import Role
from tui.board.cells import settled
from tui.board.screens import ink
from tui.board.views.fairness.layout import Columns, Reader, figure, heading, percent, sentences

if TYPE_CHECKING:
    from store.fairness_records import Claims, ClaimsView
    from store.rulebook import Rulebook

_TITLES = ("requests", "called urgent", "really urgent", "share")
_CELLS = (10, 15, 15, 8)


def claims(view: ClaimsView, reader: Reader) -> list[Content]:
    """Return the lines of how often urgency is claimed, and how often it is there."""
    columns = Columns(_TITLES, _CELLS, reader.room)
    lines = [heading("Claimed urgency", reader), Content(""), columns.head()]
    lines += [_line(_name(each, reader.rules), each, columns, "") for each in view.departments]
    if view.departments:
        lines.append(columns.rule())
    lines += [_line("all together", view.team, columns, "bold"), Content("")]
    return lines + sentences(_explained(lead=reader.me.role is Role.LEAD), reader, ink.MUTED)


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


def _line(name: str, claims: Claims, columns: Columns, style: str) -> Content:
    figures = (
        figure(claims.requests),
        figure(claims.claimed),
        figure(claims.really),
        percent(claims.share),
    )
    return columns.line(name, figures, style, claims.share)
