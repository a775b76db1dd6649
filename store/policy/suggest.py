"""Did you mean: the nearest known name to a mistyped one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

#: Longer lists of known names help nobody in a line of text.
_LIST_AT_MOST = 12


def nearest(wrong: str, known: Iterable[str]) -> str | None:
    """Return the name in ``known`` that ``wrong`` was probably meant to be, or None."""
    by_folded = {name.casefold(): name for name in known}
    folded = wrong.casefold()
    if folded in by_folded:
        return by_folded[folded]
    close = get_close_matches(folded, by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def meant(wrong: str, known: Iterable[str]) -> str:
    """Return how a message goes on after naming ``wrong``: a guess, or what there is."""
    names = sorted(set(known))
    guess = nearest(wrong, names)
    if guess:
        return f'did you mean "{guess}"?'
    if not names:
        return "there are none yet"
    if len(names) > _LIST_AT_MOST:
        names = [*names[:_LIST_AT_MOST], "…"]
    return f"there is {', '.join(names)}" if len(names) == 1 else f"there are {', '.join(names)}"
