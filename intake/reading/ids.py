"""Message-IDs (RFC 5322 section 3.6.4) as mailers write them."""

from __future__ import annotations

import re

_BRACKETED = re.compile(r"<([^<>]*)>?")
_BETWEEN = re.compile(r"[\s<>,;()\"]+")
#: RFC 5322 section 2.1.1: no line is longer, so no identifier is.
_MOST_CHARS = 998


def message_id(value: str) -> str:
    """Return the identifier without its brackets, folds and spaces; "" if there is none."""
    bracketed = _BRACKETED.search(value)
    text = bracketed[1] if bracketed else value.strip().partition(" ")[0]
    return "".join(text.split())[:_MOST_CHARS]


def message_ids(value: str, most: int) -> tuple[str, ...]:
    """Return every identifier of a References or In-Reply-To value, each once, in order.

    Without brackets only words with an ``@`` count, so that "Your message of Monday" is none.
    Of more than ``most`` the first one and the latest are kept.
    """
    ids = ["".join(match[1].split()) for match in _BRACKETED.finditer(value)]
    if not ids:
        ids = [word for word in _BETWEEN.split(value) if "@" in word[1:-1]]
    kept = list(dict.fromkeys(one[:_MOST_CHARS] for one in ids if one))
    if len(kept) > most:
        kept = kept[:1] + kept[len(kept) - most + 1 :]
    return tuple(kept)
