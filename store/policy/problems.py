"""What is wrong with the config file, in the words of the line a user reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import ErrorDetails

from store.policy.fields import field_at, key_of, model_at
from store.policy.locate import Path, Places
from store.policy.section import Section
from store.policy.shown import kind_of, shown
from store.policy.suggest import nearest
from store.policy.toml import toml

_SECRETS = {"password", "passwd", "pass", "pwd", "secret", "token"}

_PASSWORD = (
    "a password does not belong in this file, where backups and colleagues see it; put it into "
    'an environment variable and write password_env = "NAME_OF_IT", or use password_command or '
    "keyring = true"
)

#: What pydantic's error types say was expected.
_EXPECTED = {
    "string_type": "a text",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "list_type": "a list",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, as a path of keys, and what, in words."""

    path: Path
    text: str


def line_of(problem: Problem, file: str, places: Places) -> str:
    """Return the line a user reads: ``config.toml:41: [calendars.office] weekly.fri: …``."""
    place = places.of(problem.path)
    key = place.key
    if problem.path not in places and problem.path and isinstance(problem.path[-1], str):
        # Something that is not there: its own name, where it would stand.
        name = problem.path[-1] if len(problem.path) > 1 else f"[{problem.path[-1]}]"
        key = f"{key}.{name}" if key else name
        if len(problem.path) == 1:
            return f"{file}:{place.line}: {key}: {problem.text}"
    where = " ".join(part for part in (place.table, key) if part)
    return f"{file}:{place.line}: {where}: {problem.text}"


def lines(problems: Iterable[Problem], file: str, places: Places) -> list[str]:
    """Return a line for each problem, in the order of the file."""
    ordered = sorted(problems, key=lambda problem: places.of(problem.path).line)
    return list(dict.fromkeys(line_of(problem, file, places) for problem in ordered))


def from_pydantic(model: type[Section], error: ErrorDetails) -> Problem:
    """Return what pydantic found wrong, in our words."""
    path: Path = tuple(part for part in error["loc"] if part != "[key]")
    value, context = error["input"], error.get("ctx", {})
    kind = error["type"]
    example = _example(model, path)
    if kind == "missing":
        return Problem(path, f"this is missing; {example}" if example else "this is missing")
    if kind == "extra_forbidden":
        return Problem(path, _unknown(model, path))
    if kind == "value_error":
        return Problem(path, str(context["error"]))
    if kind in _EXPECTED:
        text = f"{shown(value)} is {kind_of(value)}, not {_EXPECTED[kind]}"
    elif kind in {"literal_error", "enum"}:
        text = f"{shown(value)} is not one of {context['expected']}"
    elif kind == "too_short":
        text = "there has to be at least one"
    else:
        text = f"{shown(value)}: {_limits(error['msg'], context)}"
    return Problem(path, f"{text}; {example}" if example else text)


def _limits(message: str, context: Mapping[str, Any]) -> str:
    bounds = (("ge", "at least"), ("gt", "more than"), ("le", "at most"), ("lt", "less than"))
    said = [f"has to be {words} {context[name]}" for name, words in bounds if name in context]
    return " and ".join(said) or message[:1].lower() + message[1:]


def _example(model: type[Section], path: Path) -> str:
    field = field_at(model, path)
    if field is None or not field.examples or not path:
        return ""
    example = field.examples[0]
    if isinstance(path[-1], int):
        example = example[0] if isinstance(example, list) else example
        return f"write e.g. {toml(example)}"
    return f"write e.g. {path[-1]} = {toml(example)}"


def _unknown(model: type[Section], path: Path) -> str:
    name = str(path[-1])
    inside = model_at(model, path[:-1])
    fields = {} if inside is None else inside.model_fields
    if name.casefold() in _SECRETS and "password_env" in fields:
        return _PASSWORD
    known = [key_of(each, field) for each, field in fields.items()]
    guess = nearest(name, known)
    if guess:
        return f'there is no such setting; did you mean "{guess}"?'
    return f"there is no such setting; there are {', '.join(sorted(known))}"
