"""Who was called to an emergency, in the board's words.

"called Ben 02:31 · Dee 02:41 · nobody yet" while nobody is on it, then "Dee is on it".
"""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.records import BoardRow
    from tui.board.telling import Names

#: Calls told of, the newest ones; there may be many in a night.
_SHOWN = 3


def last_call(row: BoardRow, names: Names, tz: tzinfo) -> str:
    """Return who was called last to an emergency: "called Dee 02:41"; "" for nobody."""
    if not row.calls:
        return ""
    last = row.calls[-1]
    return f"called {names.person(last.login)} {last.at.astimezone(tz):%H:%M}"


def call_words(row: BoardRow, names: Names, tz: tzinfo, shown: int = _SHOWN) -> str:
    """Return how the call to an emergency stands; "" for what is none.

    Args:
        row: The request.
        names: What people are called.
        tz: The desk's zone.
        shown: Calls to tell of at most, the newest.
    """
    if not row.emergency:
        return ""
    if row.acknowledged_by:
        return f"{names.person(row.acknowledged_by)} is on it"
    if not row.calls:
        return "nobody is on it yet"
    said = [
        f"{names.person(each.login)} {'× ' if each.failed else ''}{each.at.astimezone(tz):%H:%M}"
        for each in row.calls
    ]
    left = "… · " if len(said) > shown else ""
    return f"called {left}{' · '.join(said[-shown:])} · nobody yet"


def call_forms(row: BoardRow, names: Names, tz: tzinfo) -> tuple[str, ...]:
    """Return the same in ever fewer words, for a row: that nobody is on it is in all of them."""
    if not row.emergency:
        return ()
    forms = [call_words(row, names, tz, shown) for shown in range(_SHOWN, 0, -1)]
    if not row.acknowledged_by:
        forms.append("nobody yet")
    return tuple(dict.fromkeys(forms))
