"""``[matrix]``: impact on the organisation and urgency make the priority."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from store.policy.section import Section
from store.words import Level, Priority

PriorityName = Annotated[Priority, Field(strict=False)]


class MatrixRow(Section):
    """The priorities of one impact, by urgency."""

    high: PriorityName = Field(description="At high urgency.", examples=["P1"])
    medium: PriorityName = Field(description="At medium urgency.", examples=["P2"])
    low: PriorityName = Field(description="At low urgency.", examples=["P3"])


def _row(high: Priority, medium: Priority, low: Priority) -> MatrixRow:
    return MatrixRow(high=high, medium=medium, low=low)


class Matrix(Section):
    """Impact by urgency, for all nine cases."""

    high: MatrixRow = Field(
        default=_row(Priority.P1, Priority.P2, Priority.P3),
        description="High impact: the whole organisation or a whole class, by urgency.",
        examples=[{"high": "P1", "medium": "P2", "low": "P3"}],
    )
    medium: MatrixRow = Field(
        default=_row(Priority.P2, Priority.P3, Priority.P4),
        description="Medium impact: several people, a department, by urgency.",
        examples=[{"high": "P2", "medium": "P3", "low": "P4"}],
    )
    low: MatrixRow = Field(
        default=_row(Priority.P3, Priority.P4, Priority.P4),
        description="Low impact: one person, by urgency.",
        examples=[{"high": "P3", "medium": "P4", "low": "P4"}],
    )

    def priority(self, impact: Level, urgency: Level) -> Priority:
        """Return the priority of ``impact`` and ``urgency``."""
        row: MatrixRow = getattr(self, impact.value)
        priority: Priority = getattr(row, urgency.value)
        return priority
