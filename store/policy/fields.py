"""Which setting a path of the config file means: for messages and for the settings page."""

from __future__ import annotations

from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from store.policy.locate import Path
from store.policy.section import Section


def key_of(name: str, field: FieldInfo) -> str:
    """Return the key of ``field`` in the file: ``from`` where Python needs another word."""
    return field.alias or name


def section_of(annotation: Any) -> type[Section] | None:
    """Return the model in ``annotation``: itself, an entry of a list or of a table of them."""
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return annotation
    if get_origin(annotation) in {list, dict, Annotated, Union, UnionType}:
        found = (section_of(part) for part in get_args(annotation))
        return next((model for model in found if model), None)
    return None


def field_at(model: type[Section], path: Path) -> FieldInfo | None:
    """Return the field that ``path`` leads to, seen from ``model``; None if there is none."""
    field: FieldInfo | None = None
    inside: type[Section] | None = model
    opened = False
    for part in path:
        if opened or isinstance(part, int):
            # An entry of a list or of a table by name: the model stays that of the entries.
            opened = False
            continue
        if inside is None:
            return None
        by_key = {key_of(name, each): each for name, each in inside.model_fields.items()}
        field = by_key.get(part)
        if field is None:
            return None
        opened = get_origin(field.annotation) is dict
        inside = section_of(field.annotation)
    return field


def model_at(model: type[Section], path: Path) -> type[Section] | None:
    """Return the model whose keys stand directly under ``path``; None for plain values."""
    if not path:
        return model
    field = field_at(model, path)
    if field is None:
        return None
    whole = field_at(model, path[:-1]) if len(path) > 1 else None
    if get_origin(field.annotation) is dict and whole is not field:
        return None
    return section_of(field.annotation)
