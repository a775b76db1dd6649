"""docs/settings.md, made from the descriptions of the settings.

``python -m store.policy.describe`` writes it anew; a test compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from store.policy.fields import key_of, section_of
from store.policy.oauth import OAuth
from store.policy.policy import Policy
from store.policy.section import Section
from store.policy.toml import toml

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"

_INTRODUCTION = """\
# Settings

Every setting of the config file. It is found by `--config FILE`, by `DESKWATCH_CONFIG`, as
`config.toml` in the folder you are in, or as `~/.config/deskwatch/config.toml`, in this order.

- `deskwatch init` writes a short one by asking; `config.example.toml` is a complete one, with
  comments.
- `deskwatch check` says everything that is wrong, each with its line, and tries the servers.
- Only **bold** settings have to be there, and those only in the parts that you write.
- The form is [TOML](https://toml.io). Settings that are not on this page are refused.

**Lengths of time** are `"30m"`, `"4h"`, `"1h30m"`: open time of the target's calendar. There are
no days, because how much open time a day has depends on the calendar; two days of a desk that is
open for nine hours are `"18h"`. **Hours** are `"08:00-12:00, 13:00-17:00"`, or `"closed"`; a span
whose end is not after its start runs past midnight. **Dates** are `2026-12-25`; **local times** are
`"2026-12-24 17:00"`. **Passwords** never stand in this file.

`deskwatch policy apply` puts everything into the database, where every board finds it, but for
`[database]`, `[[mailboxes]]`, `[outgoing]` and what stands under `notify`, which only this machine
needs.
"""


#: These stand behind ``[desk]``: they come first in setting up.
_SERVERS = ("database", "mailboxes", "outgoing")
_TABLE = ("| setting | left out | what it is | e.g. |", "|---|---|---|---|")


def page() -> str:
    """Return the text of docs/settings.md."""
    desk, *others = _fields(Policy)
    servers = [part for part in others if part[0] in _SERVERS]
    agreed = [part for part in others if part not in servers]
    return "\n".join([_INTRODUCTION, *_parts([desk, *servers, *agreed], "", {})])


def _parts(
    parts: list[tuple[str, FieldInfo]], above: str, told: dict[type[Section], str]
) -> Iterator[str]:
    """Yield what is said of tables with headings of their own; alike ones share theirs.

    ``told`` has the header under which each table's settings were told first.
    """
    for inside, several in groupby(parts, key=lambda part: section_of(part[1].annotation)):
        group = list(several)
        fields = [] if inside is None else _fields(inside)
        header = _header(above, *group[0])
        rows = [(name, field) for name, field in fields if not _is_part(field, header)]
        if rows or not fields:
            yield from (f"## {', '.join(f'`{_header(above, *part)}`' for part in group)}", "")
            yield from _about(group)
        if inside in told:
            yield from (f"The settings are those of `{told[inside]}`.", "")
            continue
        if inside is not None:
            told[inside] = header
        if rows:
            yield from (*_TABLE, *(row for part in rows for row in _rows(*part)), "")
        yield from _parts([part for part in fields if part not in rows], header.strip("[]"), told)


def _fields(model: type[Section]) -> list[tuple[str, FieldInfo]]:
    return [(key_of(name, field), field) for name, field in model.model_fields.items()]


def _is_part(field: FieldInfo, header: str) -> bool:
    """Say whether a field is a table with a heading of its own, not a value in a line."""
    inside = section_of(field.annotation)
    if inside is None:
        return False
    return inside is OAuth or get_origin(field.annotation) is list or header == "[targets]"


def _header(above: str, name: str, field: FieldInfo) -> str:
    whole = f"{above}.{name}" if above else name
    if get_origin(field.annotation) is list:
        return f"[[{whole}]]"
    named = get_origin(field.annotation) is dict and section_of(field.annotation) is not None
    return f"[{whole}.NAME]" if named else f"[{whole}]"


def _about(group: list[tuple[str, FieldInfo]]) -> Iterator[str]:
    if len(group) == 1:
        name, field = group[0]
        yield str(field.description)
        if section_of(field.annotation) is None:
            each = field.examples[0] if field.examples else {}
            lines = (f"{key} = {toml(value)}" for key, value in each.items())
            yield from ("", "```toml", f"[{name}]", *lines, "```")
    for name, field in group if len(group) > 1 else []:
        yield f"- `{name}`: {field.description} Left out: {_default(field)}"
    yield ""


def _rows(name: str, field: FieldInfo) -> Iterator[str]:
    inside = section_of(field.annotation)
    if inside is not None and not any(each.is_required() for _, each in _fields(inside)):
        for inner, each in _fields(inside):
            yield from _rows(f"{name}.{inner}", each)
        return
    title = f"**`{name}`**" if field.is_required() else f"`{name}`"
    example = f"`{toml(field.examples[0])}`" if field.examples else ""
    yield f"| {title} | {_default(field)} | {field.description} | {example} |"


def _default(field: FieldInfo) -> str:
    default: Any = field.default
    if isinstance(default, str) and "\n" in default:
        return "a text in English"
    if field.is_required() or default is PydanticUndefined or default in (None, "", [], {}, ()):
        return ""
    if isinstance(default, Section):
        default = default.model_dump(mode="json", exclude_none=True)
    return f"`{toml(default)}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
