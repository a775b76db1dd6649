"""Where settings stand in a TOML file."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.policy.locate import Place, locate

TEXT = '''\
# a comment = "with [brackets]"
top = 1
dotted.key.deep = "x"
"quoted key" = 'y'
\'single.quoted\' = 2

[plain]  # comment
text = "a # is no comment \\" nor a quote"
many = """
first = 1
[not.a.table]
"""
after_many = 1
raw = \'\'\'
key = "no"
\'\'\'
[a . "b.c" . d]
x = [
  1, # one
  [2, 3], "]",

  { y = 1, z.w = [4] },
]
[[array]]
name = "first"
[[array]]
name = "second"
[array.sub]
deep = true
[[array.inner]]
v = 1
[[array.inner]]
v = 2
[[array]]
inner = [{ v = 1 },
  { v = 2 }]
ends = """quote at the end: """""
last = "x" # end'''

PLACES = [
    (("top",), 2, "", "top"),
    (("dotted",), 3, "", "dotted"),
    (("dotted", "key", "deep"), 3, "", "dotted.key.deep"),
    (("quoted key",), 4, "", '"quoted key"'),
    (("single.quoted",), 5, "", "'single.quoted'"),
    (("plain",), 7, "[plain]", ""),
    (("plain", "text"), 8, "[plain]", "text"),
    (("plain", "many"), 9, "[plain]", "many"),
    (("plain", "after_many"), 13, "[plain]", "after_many"),
    (("plain", "raw"), 14, "[plain]", "raw"),
    (("a", "b.c", "d"), 17, '[a . "b.c" . d]', ""),
    (("a", "b.c", "d", "x", 0), 19, '[a . "b.c" . d]', "x"),
    (("a", "b.c", "d", "x", 1, 1), 20, '[a . "b.c" . d]', "x"),
    (("a", "b.c", "d", "x", 2), 20, '[a . "b.c" . d]', "x"),
    (("a", "b.c", "d", "x", 3, "y"), 22, '[a . "b.c" . d]', "x.y"),
    (("a", "b.c", "d", "x", 3, "z", "w", 0), 22, '[a . "b.c" . d]', "x.z.w"),
    (("array",), 24, "[[array]]", ""),
    (("array", 0, "name"), 25, "[[array]]", "name"),
    (("array", 1), 26, "[[array]]", ""),
    (("array", 1, "name"), 27, "[[array]]", "name"),
    (("array", 1, "sub", "deep"), 29, "[array.sub]", "deep"),
    (("array", 1, "inner", 0, "v"), 31, "[[array.inner]]", "v"),
    (("array", 1, "inner", 1, "v"), 33, "[[array.inner]]", "v"),
    (("array", 2, "inner", 1, "v"), 36, "[[array]]", "inner.v"),
    (("array", 2, "ends"), 37, "[[array]]", "ends"),
    (("array", 2, "last"), 38, "[[array]]", "last"),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("path", "line", "table", "key"), PLACES)
def test_every_form_of_toml_keeps_its_line(path, line, table, key, newline):
    """Tables, arrays of them, dotted and quoted keys, inline tables, long strings, comments."""
    text = TEXT.replace("\n", newline)
    tomllib.loads(text)
    assert locate(text).of(path) == Place(line, table, key)


def test_what_is_not_there_is_where_it_would_be():
    """A missing setting is said at the header of its table."""
    places = locate("[desk]\nname = 'x'\n[[people]]\n[[people]]\nlogin = 'ana'\n")
    assert places.of(("desk", "timezone")) == Place(1, "[desk]", "")
    assert places.of(("people", 1, "name")) == Place(4, "[[people]]", "")
    assert places.of(("nothing",)) == Place(1, "", "")
    assert ("desk", "timezone") not in places


def test_the_example_is_located_whole():
    """Every table and value that ``tomllib`` finds has a place, on a line that names it."""
    text = (Path(__file__).parents[3] / "config.example.toml").read_text(encoding="utf-8")
    places, rows = locate(text), text.splitlines()
    for path in _paths(tomllib.loads(text)):
        assert path in places
        names = [part for part in path if isinstance(part, str)]
        if isinstance(path[-1], str):
            assert names[-1] in rows[places.of(path).line - 1]


def _paths(value, path=()):
    if path:
        yield path
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _paths(each, (*path, key))
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield from _paths(each, (*path, index))


_KEYS = st.text("ab.# \"'é=[", min_size=1, max_size=4)
_TEXTS = st.text("ab#\"'\n[]{}=,\\é", max_size=6)
_VALUES = st.recursive(
    st.one_of(st.integers(), st.booleans(), _TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_KEYS, inner, max_size=3)),
    max_leaves=8,
)


@given(st.dictionaries(_KEYS, _VALUES, max_size=5), st.randoms(use_true_random=False))
def test_any_document_is_located_whole(document, random):
    """However it is laid out: every path has its place, on the line of its key."""
    writer = _Writer(random)
    for key, value in document.items():
        writer.add(random.choice(["", "  ", "# comment [x]\n", "\n \n"]))
        writer.pair((key,), value)
        writer.add(random.choice(["\n", " # comment = 1\n", "\r\n"]))
    assert tomllib.loads(writer.text) == document
    places = locate(writer.text)
    assert {path: places.of(path).line for path in writer.lines} == writer.lines


class _Writer:
    """Writes TOML in any of its forms, and remembers the line of everything."""

    def __init__(self, random):
        self.text = ""
        self.lines = {}
        self._random = random

    def add(self, text):
        self.text += text

    def pair(self, path, value):
        """Write ``key = value``."""
        self._note(path)
        self.add(self._quoted(path[-1], several_lines=False))
        self.add(self._random.choice(["=", " = "]))
        self._value(path, value)

    def _note(self, path):
        self.lines[path] = self.text.count("\n") + 1

    def _value(self, path, value):
        if isinstance(value, dict):
            self.add("{ ")
            for index, (name, each) in enumerate(value.items()):
                self.add(", " if index else "")
                self.pair((*path, name), each)
            self.add(" }")
        elif isinstance(value, list):
            self.add("[")
            for index, each in enumerate(value):
                self.add(self._random.choice(["", "\n", " # ]\n"]))
                self._note((*path, index))
                self._value((*path, index), each)
                self.add(self._random.choice([",", "\n,"]))
            self.add("]")
        elif isinstance(value, str):
            self.add(self._quoted(value, several_lines=True))
        else:
            self.add(str(value).lower())

    def _quoted(self, text, *, several_lines):
        if not set(text) & set("'\n") and self._random.random() < 0.5:
            return f"'{text}'"
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        if several_lines and self._random.random() < 0.5:
            return f'"""\n{escaped}"""'
        return '"' + escaped.replace("\n", "\\n") + '"'
