"""Values written as TOML, for examples in messages and for the file that ``init`` writes."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any


def toml(value: Any) -> str:
    """Return ``value`` (texts, numbers, dates, lists and tables of them) as one line of TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return f"[{', '.join(toml(each) for each in value)}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key(name)} = {toml(each)}' for name, each in value.items())} }}"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _text(value: str) -> str:
    # A JSON text is a basic TOML string but for DEL, which TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def key(name: str) -> str:
    """Return a key, in quotes where TOML wants them."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _text(name)
