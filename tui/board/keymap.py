"""The keys of the board: the built-in ones, changed as the policy's ``[keys]`` says.

Two actions that can be done in the same place must not want the same key: one of them would
silently never be done. Such a policy is refused.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from store.errors import ConfigError
from tui.board.action import Action, meet
from tui.board.actions import ACTIONS, BY_ID

#: Where Textual's names of characters differ from Unicode's.
_NAMES = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
_SHOWN = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "escape": "esc",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "delete": "del",
}
_MODIFIERS = {"ctrl", "shift", "alt", "super", "hyper", "meta"}
_ALREADY = '{where} [keys] {action}: "{key}" is already {other}'


@dataclass(frozen=True, slots=True)
class Keymap:
    """Which keys do what."""

    keys: Mapping[str, tuple[str, ...]]
    """Action id to its keys, as Textual names them."""
    changed: Mapping[str, str]
    """What differs from the built-in keys, as ``App.set_keymap`` takes it."""

    def shown(self, action: Action) -> tuple[str, ...]:
        """Return the keys of ``action`` as people read them: ``?``, ``pgdn``, ``ctrl+p``."""
        return tuple(shown(key) for key in self.keys[action.id])

    def first(self, action: str) -> str:
        """Return the key to tell people for the action with this id."""
        return shown(self.keys[action][0])


def keymap(settings: Mapping[str, str], where: str = "config.toml") -> Keymap:
    """Return the keys under ``settings``: action id to keys with commas between them.

    Raises:
        ConfigError: an action or key is unknown, or a key would do two things; ``where`` is
            named as the place of the settings.
    """
    problems: list[str] = []
    changed: dict[str, tuple[str, ...]] = {}
    for action, keys in settings.items():
        if action not in BY_ID:
            problems.append(f"{where} [keys] {action}: {_no_such_action(action)}")
            continue
        names = tuple(named(key) for key in _split(keys))
        problems += [f"{where} [keys] {action}: {wrong}" for key in names if (wrong := _wrong(key))]
        changed[action] = names
    every = {each.id: tuple(named(key) for key in each.keys) for each in ACTIONS} | changed
    problems += _clashes(every, changed, where)
    if problems:
        raise ConfigError(problems)
    return Keymap(every, {action: ",".join(keys) for action, keys in changed.items()})


def named(key: str) -> str:
    """Return a key as Textual names it: ``?`` is ``question_mark``."""
    *modifiers, last = key.rsplit("+", 1) if len(key) > 1 else (key,)
    if len(last) == 1 and not last.isalnum():
        last = unicodedata.name(last, last).lower().replace("-", "_").replace(" ", "_")
    return "+".join([*modifiers, _NAMES.get(last, last)])


def shown(key: str) -> str:
    """Return a key, as Textual names it, the way people read it."""
    *modifiers, last = key.split("+")
    names = {name: unicode for unicode, name in _NAMES.items()}
    if len(last) > 1 and last not in _SHOWN:
        words = names.get(last, last).replace("_", " ").upper()
        with suppress(KeyError):  # a key that is no character keeps its name
            last = unicodedata.lookup(words.replace("HYPHEN MINUS", "HYPHEN-MINUS"))
    return "+".join([*modifiers, _SHOWN.get(last, last)]).replace(" ", "space")


def _split(keys: str) -> list[str]:
    return [key.strip() for key in keys.split(",") if key.strip()]


def _clashes(
    every: Mapping[str, tuple[str, ...]], changed: Mapping[str, tuple[str, ...]], where: str
) -> list[str]:
    """Return a line for each changed key that another action in the same place has."""
    lines = []
    order = list(every)
    for action, keys in changed.items():
        for other in order:
            if other == action or not meet(BY_ID[action].scope, BY_ID[other].scope):
                continue
            if other in changed and order.index(other) > order.index(action):
                continue  # said once, at the later of the two
            lines += [
                _ALREADY.format(where=where, action=action, key=shown(key), other=other)
                for key in keys
                if key in every[other]
            ]
    return lines


def _no_such_action(action: str) -> str:
    near = get_close_matches(action, BY_ID, 1)
    return f'there is no action "{action}"; ' + (
        f'did you mean "{near[0]}"?' if near else "`?` on the board lists them all"
    )


def _wrong(key: str) -> str:
    """Return what is wrong with a key; "" if a terminal can send it."""
    *modifiers, last = key.split("+")
    if modifiers == ["shift"] and len(last) == 1:
        return f'"{key}" never comes from a terminal; write "{last.upper()}"'
    if set(modifiers) <= _MODIFIERS and (len(last) == 1 or last in _known()):
        return ""
    near = get_close_matches(last, _known(), 1)
    example = "+".join([*modifiers, near[0]]) if near and set(modifiers) <= _MODIFIERS else "ctrl+k"
    return f'"{key}" is not a key; write e.g. "{example}"'


@cache
def _known() -> frozenset[str]:
    from textual.keys import Keys

    characters = (chr(code) for code in range(0x21, 0x7F))
    return frozenset(each.value for each in Keys) | frozenset(map(named, characters))
