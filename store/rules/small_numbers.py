"""What may be said of how many: small numbers tell of persons, not of how things are."""

from __future__ import annotations

#: From so many on more than their count is told, and from so many on a share of them.
COUNTED_FROM, SHARE_FROM = 6, 20


def part(of: int, part: int) -> tuple[int | None, float | None]:
    """Return ``part`` and its share of ``of`` things, each None where there are too few."""
    return (
        part if of >= COUNTED_FROM else None,
        part / of if of >= SHARE_FROM else None,
    )
