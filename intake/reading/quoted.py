"""What is new in a mail, and the quoted rest."""

from __future__ import annotations

import re

_WROTE = re.compile(
    r"(?:On|Am|Le|El|Il|Op) .{5,200}(?:wrote|schrieb.*|a écrit|escribió|scritto|schreef.*) ?:$"
)
_ORIGINAL = re.compile(r"-{2,}\s*(?:Original Message|Ursprüngliche Nachricht)\s*-{2,}$")


def split_quoted(text: str) -> tuple[str, str]:
    """Return the new text and the quoted remainder."""
    rows = text.split("\n")
    for index, row in enumerate(rows):
        if _WROTE.match(row) or _ORIGINAL.match(row):
            if index:
                return "\n".join(rows[:index]).strip(), "\n".join(rows[index:]).strip()
            break
    return text.strip(), ""
