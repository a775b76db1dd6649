"""Names of people as programs write them: which are the same."""

from __future__ import annotations

import re

from store.rules.phrases import fold

#: "Hopper, Grace (Mathematics)", as address books of organisations have it.
_ASIDE = re.compile(r"[(\[][^()\[\]]{0,100}[)\]]")


def same_name(one: str, other: str) -> bool:
    """Say whether two names are the same, also with the family's name first and a comma."""
    return bool(one) and in_order(one) == in_order(other)


def in_order(name: str) -> str:
    """Return a name for comparing: folded, the family's name last, without what is in brackets."""
    last, comma, first = fold(_ASIDE.sub(" ", name)).partition(",")
    return " ".join(f"{first} {last}".split()) if comma else " ".join(last.split())
