"""The ``[keys]`` of a config file against the board's own: each problem with its line."""

from __future__ import annotations

from pathlib import Path

from store.errors import ConfigError
from store.policy.compile import key_settings
from store.policy.load import read
from store.policy.locate import Places, locate
from store.policy.policy import Policy
from tui.board.keymap import keymap


def refuse_clashes(policy: Policy, path: Path) -> None:
    """Say nothing if the board can use the keys in the config file ``path``.

    Raises:
        ConfigError: An action or a key is unknown, or a key would do two things.
    """
    try:
        keymap(key_settings(policy), where=path.name)
    except ConfigError as error:
        places = locate(read(path))
        raise ConfigError([_placed(line, path.name, places) for line in error.problems]) from None


def _placed(line: str, file: str, places: Places) -> str:
    """Return a line of the board's, ``config.toml [keys] claim: …``, with its number."""
    said = line.removeprefix(f"{file} ")
    action = said.removeprefix("[keys] ").partition(": ")[0]
    return f"{file}:{places.of(('keys', action)).line}: {said}"
