"""Whatever is wrong with a config: lines with their places, and nothing else."""

from __future__ import annotations

import re
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.policy.toml import toml
from store.text import is_safe
from tests.store.policy.configs import problems

TEXT = (Path(__file__).parents[2] / "desk.toml").read_text(encoding="utf-8")
ROWS = TEXT.splitlines()
SETTINGS = [number for number, row in enumerate(ROWS) if re.match(r"\S+ = ", row)]

_PLAIN = st.one_of(
    st.integers(),
    st.booleans(),
    st.floats(),
    st.dates(),
    st.just(date(1, 1, 1)),
    st.text(max_size=20),
    st.sampled_from(["\x1b]52;c;x\x07", "\u202egnp.exe", "a" * 5000, "$(id)", "08:00-08:00"]),
)
_ANY = st.recursive(
    _PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
_CHANGES = st.lists(st.tuples(st.integers(0, len(TEXT)), st.text("\"'[]{}=#., \nx0\t", max_size=2)))


def _assert_lines(text: str) -> None:
    for line in problems(text):
        assert re.match(r"config\.toml:\d+(:\d+)?: ", line)
        assert is_safe(line)
        assert "\n" not in line
        assert len(line) < 700


@given(st.sampled_from(SETTINGS), _ANY)
def test_any_value_in_the_place_of_another_is_taken_or_explained(number, value):
    """Of whatever type, length and characters."""
    key = ROWS[number].partition(" = ")[0]
    rows = [*ROWS[:number], f"{key} = {toml(value)}", *ROWS[number + 1 :]]
    _assert_lines("\n".join(rows))


@given(_CHANGES)
def test_any_slip_of_the_pen_is_taken_or_explained(changes):
    """Characters that are missing or too many, anywhere."""
    text = TEXT
    for place, put in changes:
        text = text[:place] + put + text[place + 1 :]
    _assert_lines(text)


@given(st.lists(st.integers(0, len(ROWS) - 1), max_size=4), st.integers(0, len(ROWS) - 1))
def test_any_line_missing_or_doubled_is_taken_or_explained(missing, doubled):
    """The most usual mistakes of all."""
    rows = [row for number, row in enumerate(ROWS) if number not in missing]
    _assert_lines("\n".join([*rows, ROWS[doubled]]))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**30, time(8, 0)])
def test_numbers_and_times_out_of_the_ordinary_are_explained(value):
    """TOML can write them."""
    written = value.isoformat() if isinstance(value, time) else toml(value)
    text = TEXT.replace('role = "lead"', f"capacity = {written}")
    assert len(problems(text)) == 1
