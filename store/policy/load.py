"""Reading the config file: everything that is wrong with it is said at once."""

from __future__ import annotations

import re
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from store.errors import ConfigError
from store.policy.fields import field_at
from store.policy.locate import Path as KeyPath
from store.policy.locate import locate
from store.policy.policy import Policy
from store.policy.problems import Problem, from_pydantic, lines
from store.policy.references import Declared, dangling
from store.policy.sense import doubtful
from store.policy.settle import settle
from store.policy.syntax import syntax_problem


def load(path: Path) -> Policy:
    """Return the policy in the config file ``path``.

    The paths in it (the SQLite file, certificates) come back absolute: they are meant from
    the file's folder.

    Raises:
        ConfigError: The file cannot be read or is wrong; ``problems`` has a line for each
            thing found, ``config.toml:41: [calendars.office] weekly.fri: …``.
    """
    policy = parse(read(path), path.name)
    return settle(policy, path.absolute().parent)


def read(path: Path) -> str:
    """Return the text of the config file ``path``; raise ``ConfigError`` with one line."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        advice = "'deskwatch init' writes one by asking, --config FILE names another"
        raise ConfigError([f"{path}: there is no such file; {advice}"]) from None
    except IsADirectoryError:
        raise ConfigError([f"{path}: this is a folder; name the config file in it"]) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        text = "this is not UTF-8 text; save the file again with the encoding UTF-8"
        raise ConfigError([f"{path.name}:{line}: {text}"]) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ConfigError([f"{path}: the file cannot be read: {reason}"]) from None


def parse(text: str, file: str) -> Policy:
    """Return the policy that ``text`` writes; ``file`` is its name in messages.

    Raises:
        ConfigError: Something is wrong; every problem has its line.
    """
    if not re.search(r"^\s*[^\s#]", text, re.MULTILINE):
        raise ConfigError([f"{file}:1: the file is empty; 'deskwatch init' writes one by asking"])
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([syntax_problem(text, file, str(error))]) from None
    policy, problems, invented = _validate(document)
    found = [*dangling(policy, Declared.by(document)), *doubtful(policy, invented)]
    problems += [each for each in found if not _follows(each, problems)]
    if problems:
        raise ConfigError(lines(problems, file, locate(text)))
    return policy


def _validate(document: dict[str, Any]) -> tuple[Policy, list[Problem], frozenset[KeyPath]]:
    """Return what can be made of ``document``, what is wrong with it, and what was made up.

    Wrong settings are taken out and missing ones made up from their examples until the rest is
    valid, so that its names and its sense can be checked too.
    """
    problems: list[Problem] = []
    invented: set[KeyPath] = set()
    rest = deepcopy(document)
    while True:
        try:
            return Policy.model_validate(rest), problems, frozenset(invented)
        except ValidationError as error:
            # A default that could not be worked out follows from what is wrong beside it.
            details = [
                each
                for each in error.errors(include_url=False)
                if each["type"] != "default_factory_not_called"
            ]
        found = [from_pydantic(Policy, each) for each in details]
        if not problems:
            problems = found
        missing = {
            each.path
            for each, said in zip(found, details, strict=True)
            if said["type"] == "missing"
        }
        for path in sorted({each.path for each in found} - missing, key=_deepest_last_first):
            _take_out(rest, path)
        for path in missing:
            _make_up(rest, path)
        invented |= missing


def _deepest_last_first(path: KeyPath) -> tuple[int, list[int]]:
    """Order paths so that taking one out does not move those still to come."""
    return -len(path), [-part if isinstance(part, int) else 0 for part in path]


def _inside(rest: dict[str, Any], path: KeyPath) -> Any:
    inside: Any = rest
    for part in path[:-1]:
        try:
            inside = inside[part]
        except (KeyError, IndexError):
            return None
    return inside


def _take_out(rest: dict[str, Any], path: KeyPath) -> None:
    inside = _inside(rest, path)
    if isinstance(inside, dict):
        inside.pop(path[-1], None)
    elif isinstance(inside, list) and isinstance(path[-1], int):
        del inside[path[-1] : path[-1] + 1]


def _make_up(rest: dict[str, Any], path: KeyPath) -> None:
    inside, field = _inside(rest, path), field_at(Policy, path)
    if isinstance(inside, dict) and field is not None and field.examples:
        inside[path[-1]] = deepcopy(field.examples[0])


def _follows(problem: Problem, before: list[Problem]) -> bool:
    """Say whether ``problem`` only follows from one that is already known."""
    broken = {known.path[0] for known in before}
    # What is compared with others cannot be judged where one of them was taken out.
    compared = {"matrix": "matrix", "targets": "targets", "services": "people"}
    if compared.get(str(problem.path[0])) in broken:
        return True
    return any(
        _within(problem.path, known.path) or _within(known.path, problem.path) for known in before
    )


def _within(path: KeyPath, outer: KeyPath) -> bool:
    return path[: len(outer)] == outer
