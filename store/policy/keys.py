"""``[keys]``: keys that replace the built-in ones, and whether two actions want the same."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import PlainValidator

from store.policy.shown import shown


def _keys(value: Any) -> list[str]:
    keys = [value] if isinstance(value, str) else value
    if isinstance(keys, list) and keys and all(isinstance(key, str) for key in keys):
        for key in keys:
            if not key or (len(key) > 1 and (" " in key or not key.isprintable())):
                raise ValueError(f'{shown(key)} is not a key; write e.g. "c", "ctrl+k" or "f5"')
        return keys
    raise ValueError(f'{shown(value)} is not a key; write e.g. "c" or ["c", "ctrl+k"]')


#: One key or several, as Textual names them.
KeyList = Annotated[list[str], PlainValidator(_keys)]
