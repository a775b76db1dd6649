"""Templates with fields, and times as one tells them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.expecting import expected
from store.rules.message_ids import is_ours, message_id
from store.rules.templates import fields_of, fill
from tests.conftest import NOW

_FIELDS = {"number": "#1042", "name": "Grace", "expected": "", "text": "{number}"}


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ("{number}: hello {name}", "#1042: hello Grace"),
        ("Hello\n\nby {expected}\n\nBye", "Hello\n\nBye"),
        ("{expected}", ""),
        ("{unknown} { number } {} {{x}} {Number}", "{unknown} { number } {} {{x}} {Number}"),
        ("{text}", "{number}"),
        ("", ""),
    ],
)
def test_a_template_is_filled_in(template, filled):
    """Lines with nothing to say are left out; what a field holds is never a field itself."""
    assert fill(template, _FIELDS) == filled


@given(st.text(), st.text(min_size=1))
def test_text_without_fields_stays(before, name):
    """Filling in never fails, whatever braces there are."""
    fill(before, {"name": name})
    assert fields_of("{name} " + name.replace("{", "")) == ("name",)


def test_what_was_meant_as_a_field_is_found_to_be_checked():
    """Else requesters would read the braces; those around anything else stand for themselves."""
    template = "{Number} { name } {number!r} {x.y} {0} {} {a b} {{desk}} { } {name"
    assert fields_of(template) == ("Number", " name ", "number!r", "x.y", "desk")


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-11-23T15:30Z", "today at 15:30"),
        ("2026-11-24T10:30Z", "tomorrow, Tuesday, at 10:30"),
        ("2026-11-26T10:30Z", "Thursday at 10:30"),
        ("2026-11-29T10:30Z", "Sunday at 10:30"),
        ("2026-11-30T10:30Z", "Monday 30 November at 10:30"),
        ("2027-01-04T08:00Z", "Monday 4 January 2027 at 08:00"),
        ("2026-11-24T00:00Z", "tomorrow, Tuesday, at 00:00"),
    ],
)
def test_a_time_is_told_as_one_says_it(at, words):
    """Seen from Monday 23 November, 10:42 in London."""
    assert expected(datetime.fromisoformat(at), NOW, "Europe/London") == words


def test_a_time_is_told_in_the_zone_of_the_desk():
    """Half past eleven at night in London is tomorrow in Auckland."""
    at = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert expected(at, NOW, "Pacific/Auckland") == "tomorrow, Tuesday, at 12:30"


@pytest.mark.parametrize(
    ("found", "ours"),
    [
        (f"deskwatch.1042.{'0a' * 10}@northgate.example", True),
        (f"deskwatch.1042.{'0A' * 10}@NORTHGATE.example", True),
        (f"deskwatch.1042.{'0a' * 10}@elsewhere.example", False),
        (f"deskwatch.1042.{'0a' * 9}@northgate.example", False),
        ("1042@northgate.example", False),
        ("", False),
    ],
)
def test_our_message_ids_are_known_without_a_store(found, ours):
    """By their form and the desk's domain."""
    assert is_ours(found, ["help@northgate.example"]) is ours


def test_a_message_id_of_ours_is_one():
    """Also of a desk whose domain has other letters."""
    for address in ("help@northgate.example", "hilfe@müller.example"):
        made = message_id(7, bytes(10), address)
        assert made.isascii()
        assert is_ours(made, ["x@y.example", address])
