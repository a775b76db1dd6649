"""How a value of the config file is quoted in a message: short, safe, as TOML writes it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from store.text import one_line

_AT_MOST = 60

#: In this order: a bool is an int and a datetime is a date.
_KINDS: tuple[tuple[type, str], ...] = (
    (str, "a text"),
    (bool, "true or false"),
    (int, "a whole number"),
    (float, "a number"),
    (list, "a list"),
    (dict, "a table"),
    (datetime, "a date and time"),
    (date, "a date"),
    (time, "a time of day"),
)


def kind_of(value: Any) -> str:
    """Return what sort of TOML value this is, in words."""
    return next((words for kind, words in _KINDS if isinstance(value, kind)), "nothing")


def shown(value: Any) -> str:
    """Return ``value`` as a message quotes it, at most some 60 characters."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return f"this {kind_of(value).removeprefix('a ')}"
    if isinstance(value, date | time):
        return value.isoformat()
    text = one_line(str(value))
    if len(text) > _AT_MOST:
        text = text[: _AT_MOST - 1] + "…"
    return f'"{text}"' if isinstance(value, str) else text
