"""Where in a TOML file a setting stands: ``tomllib`` keeps no lines, so they are found here.

The text is known to be valid TOML (``tomllib`` has read it), so this only follows its
structure: table headers, arrays of tables, dotted and quoted keys, inline tables, arrays and
strings over several lines, comments. TOML 1.0: https://toml.io/en/v1.0.0.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

#: Keys of tables and places in arrays, from the top of the file: ("people", 2, "login").
Path = tuple[str | int, ...]

_SPACE = " \t"
_GAP = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a setting is written, and how."""

    line: int
    """Counted from 1."""
    table: str
    """The header it stands under, with its brackets; "" above the first."""
    key: str
    """Its key as written there, dotted if it is; "" for the header itself."""


class Places:
    """The places of every setting of one file."""

    def __init__(self, found: dict[Path, Place]) -> None:
        """Keep what a scan found."""
        self._found = found

    def of(self, path: Path) -> Place:
        """Return where ``path`` is written, or the nearest part around it that is."""
        for length in range(len(path), 0, -1):
            place = self._found.get(path[:length])
            if place:
                return place
        return Place(1, "", "")

    def __contains__(self, path: Path) -> bool:
        """Say whether ``path`` itself is written in the file."""
        return path in self._found


def locate(text: str) -> Places:
    """Return where the settings of ``text``, valid TOML, stand."""
    return Places(_Scan(text).run())


class _Scan:
    """One walk over the text, noting each key as it is passed."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1
        self._counted = 0
        self._places: dict[Path, Place] = {}
        self._lengths: dict[Path, int] = {}
        """How many tables each array of tables has so far."""
        self._table: Path = ()
        self._header = ""

    def run(self) -> dict[Path, Place]:
        while True:
            self._skip(_GAP)
            if self._at >= len(self._text):
                return self._places
            if self._text[self._at] == "[":
                self._read_header()
            else:
                self._read_pair(self._table, "")

    def _here(self) -> int:
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _skip(self, blank: str) -> None:
        """Go past blanks; past comments too where line breaks are blanks."""
        while self._at < len(self._text):
            char = self._text[self._at]
            if char == "#" and "\n" in blank:
                end = self._text.find("\n", self._at)
                self._at = len(self._text) if end < 0 else end
            elif char in blank:
                self._at += 1
            else:
                return

    def _read_header(self) -> None:
        line = self._here()
        several = self._text.startswith("[[", self._at)
        start = self._at
        self._at += 2 if several else 1
        keys = [name for name, _ in self._read_key()]
        self._skip(_SPACE)
        self._at += 2 if several else 1
        self._header = self._text[start : self._at]
        path = self._resolve(keys[:-1])
        if several:
            array = (*path, keys[-1])
            index = self._lengths.get(array, 0)
            self._lengths[array] = index + 1
            self._places.setdefault(array, Place(line, self._header, ""))
            path = (*array, index)
        else:
            path = self._resolve(keys)
        self._table = path
        for length in range(1, len(path)):
            self._places.setdefault(path[:length], Place(line, self._header, ""))
        self._places[path] = Place(line, self._header, "")

    def _resolve(self, keys: list[str]) -> Path:
        """Return the path of a header's keys: an array of tables means its last table."""
        path: Path = ()
        for key in keys:
            path = (*path, key)
            if path in self._lengths:
                path = (*path, self._lengths[path] - 1)
        return path

    def _read_key(self) -> list[tuple[str, str]]:
        """Return each part of a dotted key: what it means and as it is written."""
        keys = []
        while True:
            self._skip(_SPACE)
            start = self._at
            if self._text[self._at] in "\"'":
                self._read_string()
                written = self._text[start : self._at]
                keys.append((_unquoted(written), written))
            else:
                while self._text[self._at].isalnum() or self._text[self._at] in "_-":
                    self._at += 1
                keys.append((self._text[start : self._at],) * 2)
            self._skip(_SPACE)
            if self._text[self._at] != ".":
                return keys
            self._at += 1

    def _read_pair(self, table: Path, above: str) -> None:
        """Read ``key = value``; ``above`` is the key of the inline table it stands in."""
        line = self._here()
        path, key = table, above
        for name, written in self._read_key():
            path = (*path, name)
            key = f"{key}.{written}" if key else written
            self._places.setdefault(path, Place(line, self._header, key))
        self._at += 1  # the equals sign
        self._skip(_SPACE)
        self._read_value(path, key)

    def _read_value(self, path: Path, key: str) -> None:
        char = self._text[self._at]
        if char in "\"'":
            self._read_string()
        elif char == "[":
            self._read_array(path, key)
        elif char == "{":
            self._read_inline_table(path, key)
        else:
            while self._at < len(self._text) and self._text[self._at] not in ",]}#\n":
                self._at += 1

    def _read_array(self, path: Path, key: str) -> None:
        self._at += 1
        index = 0
        while True:
            self._skip(_GAP + ",")
            if self._text[self._at] == "]":
                self._at += 1
                return
            element = (*path, index)
            self._places[element] = Place(self._here(), self._header, key)
            self._read_value(element, key)
            index += 1

    def _read_inline_table(self, path: Path, key: str) -> None:
        self._at += 1
        while True:
            self._skip(_GAP + ",")
            if self._text[self._at] == "}":
                self._at += 1
                return
            self._read_pair(path, key)

    def _read_string(self) -> None:
        quote = self._text[self._at]
        if self._text.startswith(quote * 3, self._at):
            self._at += 3
            while not self._text.startswith(quote * 3, self._at):
                self._at += 2 if quote == '"' and self._text[self._at] == "\\" else 1
            self._at += 3
            # Up to two more quotes before the closing three belong to the string.
            while self._text.startswith(quote, self._at):
                self._at += 1
            return
        self._at += 1
        while self._text[self._at] != quote:
            self._at += 2 if quote == '"' and self._text[self._at] == "\\" else 1
        self._at += 1


def _unquoted(key: str) -> str:
    """Return the name that a quoted key stands for."""
    return next(iter(tomllib.loads(f"{key} = 0")))
