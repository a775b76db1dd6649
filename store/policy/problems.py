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
from store.text import one_line

_SECRETS = {
    *("password", "passwd", "pass", "pwd", "secret", "token"),
    *("client_secret", "access_token", "refresh_token"),
}

_NOT_HERE = (
    "a password does not belong in this file, where backups and colleagues see it; put it into "
    'an environment variable and write password_env = "NAME_OF_IT", or use password_command or '
    "keyring = true"
)
_APP_NOT_HERE = (
    "a secret does not belong in this file, where backups and colleagues see it; put it into an "
    'environment variable and write secret_env = "NAME_OF_IT", or use secret_command or '
    "secret_keyring = true"
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


#: Headers that may be there several times.
_HEADERS = {
    "people": "[[people]]",
    "mailboxes": "[[mailboxes]]",
    "reports": "[[reports]]",
    "redirects": "[[redirects]]",
    "canned": "[[canned]]",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, as a path of keys, and what, in words."""

    path: Path
    text: str


def line_of(problem: Problem, file: str, places: Places) -> str:
    """Return the line a user reads: ``config.toml:41: [calendars.office] weekly.fri: …``.

    Whatever the file holds, the line is safe in a terminal.
    """
    return one_line(_line(problem, file, places))


def _line(problem: Problem, file: str, places: Places) -> str:
    place = places.of(problem.path)
    key = place.key
    if problem.path not in places and problem.path and isinstance(problem.path[-1], str):
        # Something that is not there: its own name, where it would stand.
        name = problem.path[-1]
        if len(problem.path) == 1:
            return f"{file}:{place.line}: {_HEADERS.get(name, f'[{name}]')}: {problem.text}"
        key = f"{key}.{name}" if key else name
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
        return Problem(path, f"this is missing; {_begin(model, path) or example}")
    if kind == "extra_forbidden":
        return Problem(path, _unknown(model, path))
    if kind == "value_error":
        return Problem(path, str(context["error"]))
    if isinstance(value, list | dict) and kind in _EXPECTED:
        return Problem(
            path, f"this is {kind_of(value)}, not {_EXPECTED[kind]}{_brackets(kind, path)}"
        )
    if kind in _EXPECTED:
        text = f"{shown(value)} is {kind_of(value)}, not {_EXPECTED[kind]}"
    elif kind in {"literal_error", "enum"}:
        text = f"{shown(value)} is not one of {_quoted(context['expected'])}"
    elif kind == "too_short":
        text = "there has to be at least one"
    else:
        text = f"{shown(value)}: {_limits(error['msg'], context)}"
    return Problem(path, f"{text}; {example}" if example else text)


def _brackets(kind: str, path: Path) -> str:
    """Return how the header of a table is to be written, where that is the mistake."""
    if len(path) != 1:
        return ""
    if kind == "list_type":
        return f"; write the header with two brackets, once for each: [[{path[0]}]]"
    if kind == "dict_type":
        return f"; write a header with a short name for each: [{path[0]}.NAME]"
    return f"; write the header with one bracket: [{path[0]}]"


def _quoted(names: str) -> str:
    return names.replace("'", '"')


def _limits(message: str, context: Mapping[str, Any]) -> str:
    bounds = (("ge", "at least"), ("gt", "more than"), ("le", "at most"), ("lt", "less than"))
    said = [f"has to be {words} {context[name]:g}" for name, words in bounds if name in context]
    return " and ".join(said) or message[:1].lower() + message[1:]


def _example(model: type[Section], path: Path) -> str:
    field = field_at(model, path)
    example = field.examples[0] if field is not None and field.examples else None
    if not path or example in (None, {}, [{}]):
        return ""
    if isinstance(path[-1], int):
        example = example[0] if isinstance(example, list) else example
        return f"write e.g. {toml(example)}"
    return f"write e.g. {path[-1]} = {toml(example)}"


def _begin(model: type[Section], path: Path) -> str:
    """Return how a part of the file that is not there at all begins."""
    part = model_at(model, path)
    if part is None or len(path) > 1:
        return ""
    needed = [key_of(name, each) for name, each in part.model_fields.items() if each.is_required()]
    return f"it holds {', '.join(needed)}"


def _unknown(model: type[Section], path: Path) -> str:
    name = str(path[-1])
    inside = model_at(model, path[:-1])
    fields = {} if inside is None else inside.model_fields
    if name.casefold() in _SECRETS and "password_env" in fields:
        return _NOT_HERE
    if name.casefold() in _SECRETS and "secret_env" in fields:
        return _APP_NOT_HERE
    known = [key_of(each, field) for each, field in fields.items()]
    guess = nearest(name, known)
    if guess:
        return f'there is no such setting; did you mean "{guess}"?'
    return f"there is no such setting; there are {', '.join(sorted(known))}"
