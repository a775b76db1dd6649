"""Our own tags in subjects: ``[#1042]``."""

from __future__ import annotations

import re

_TAG = re.compile(r"\[\s?#\s?(\d{1,9})\s?\]")


def tags_in(subject: str) -> tuple[int, ...]:
    """Return the request numbers tagged in a subject, each once, in order."""
    return tuple(dict.fromkeys(int(number) for number in _TAG.findall(subject)))
