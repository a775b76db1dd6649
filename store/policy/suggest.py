"""Did you mean: the nearest known name to a mistyped one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

#: Longer lists of known names help nobody in a line of text.
_LIST_AT_MOST = 12
#: Nor do names longer than this.
_NAME_AT_MOST = 60
#: Letters that two names have to begin with for one to be taken for the other cut short.
_BEGINNING = 3


def nearest(wrong: str, known: Iterable[str]) -> str | None:
    """Return the name in ``known`` that ``wrong`` was probably meant to be, or None."""
    by_folded = {name.casefold(): name for name in known}
    folded = wrong.casefold()
    if folded in by_folded:
        return by_folded[folded]
    close = get_close_matches(folded, by_folded, n=1, cutoff=0.6)
    longer = (name for name in by_folded if _cut_short(folded, name))
    found = next(iter(close), None) or next(longer, None)
    return by_folded[found] if found else None


def _cut_short(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= _BEGINNING and long.startswith(short)


def meant(wrong: str, known: Iterable[str]) -> str:
    """Return how a message goes on after naming ``wrong``: a guess, or what there is."""
    names = sorted({name for name in known if len(name) <= _NAME_AT_MOST})
    guess = nearest(wrong, names)
    if guess:
        return f'did you mean "{guess}"?'
    if not names:
        return "there are none yet"
    if len(names) > _LIST_AT_MOST:
        names = [*names[:_LIST_AT_MOST], "…"]
    return f"there is {', '.join(names)}" if len(names) == 1 else f"there are {', '.join(names)}"
