"""A policy written as a config file, so that it can be read, compared and used again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from store.policy.policy import Agreed, Applied, Policy, applied
from store.policy.toml import key, toml

#: Parts whose entries have a header each: ``[services.printing]``.
_NAMED = {"departments", "calendars", "services", "targets"}


def toml_file(policy: Agreed) -> str:
    """Return what people agreed on in ``policy`` as the text of a config file."""
    shared = policy.model_dump(mode="json", include=set(Agreed.model_fields), exclude_none=True)
    return "\n".join(_table((), _said(shared))).strip() + "\n"


def _said(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``table`` without what says nothing: empty texts, lists and tables."""
    every = {
        name: _said(value) if isinstance(value, dict) else value for name, value in table.items()
    }
    return {name: value for name, value in every.items() if value not in ("", [], {})}


def changed_parts(old: Applied, new: Policy) -> list[str]:
    """Return the names of the parts of the config file in which two policies differ."""
    now = applied(new)
    parts = [name for name in Agreed.model_fields if getattr(old, name) != getattr(now, name)]
    parts += ["drop folders"] if old.drop_folders != new.drop_folders else []
    parts += ["Sent folders"] if old.sent_folders != now.sent_folders else []
    return [*parts, "outgoing"] if old.sender != new.sender else parts


def _table(path: tuple[str, ...], table: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a table: its values first, then the tables in it."""
    for name, value in table.items():
        if not _has_header(path, value):
            yield f"{key(name)} = {toml(value)}"
    for name, value in table.items():
        if _has_header(path, value):
            header = ".".join(key(part) for part in (*path, name))
            several = value if isinstance(value, list) else [value]
            for each in several:
                yield from ("", f"[[{header}]]" if isinstance(value, list) else f"[{header}]")
                yield from _table((*path, name), each)


def _has_header(path: tuple[str, ...], value: Any) -> bool:
    """Say whether a value is written under a header of its own, and not in one line."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(each, dict) for each in value)
    return isinstance(value, dict) and (not path or (len(path) == 1 and path[0] in _NAMED))
