"""What somebody types to find requests, taken apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from store.rulebook import PersonRule
from store.rules.terms import query_terms
from store.rules.typed import Typed, typed
from store.words import Role


def test_what_is_typed_is_taken_apart(rules):
    """Filters are told from words, wherever they stand."""
    assert typed("wifi @me dept:off #12 slow", rules, "ana") == Typed(
        words=query_terms("wifi slow"),
        number=12,
        assignees=frozenset({"ana"}),
        departments=frozenset({"office"}),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1042", Typed(words=query_terms("1042"), perhaps=1042)),
        ("#1042", Typed(number=1042)),
        ("room 1042", Typed(words=query_terms("room 1042"))),
        ("#x", Typed(words=query_terms("x"))),
        ("#" + "9" * 30, Typed(words=query_terms("9" * 30))),
        ("@nobody", Typed(assignees=frozenset([""]))),
        ("@me", Typed(assignees=frozenset())),
        ("@a", Typed(assignees=frozenset(["ana"]))),
        ("@OKA", Typed(assignees=frozenset(["ben"]))),
        ("@zoe", Typed(assignees=frozenset())),
        ("@ana @ben", Typed(assignees=frozenset())),
        ("@", Typed()),
        ("@Offered", Typed(offered=True)),
        ("@offered @ana", Typed(offered=True, assignees=frozenset(["ana"]))),
        ("dept:maths", Typed(departments=frozenset(["maths"]))),
        ("department:mathem", Typed(departments=frozenset(["maths"]))),
        ("dept:", Typed(words=query_terms("dept"))),
        ("http://x", Typed(words=query_terms("http x"))),
        ("", Typed()),
    ],
)
def test_each_filter_means_what_it_says(rules, text, expected):
    """Numbers, people and departments; what is none of these is a word."""
    assert typed(text, rules) == expected


def test_a_whole_login_is_nobody_elses_beginning(rules):
    """@ana is Ana, also where there is an Anabel."""
    anabel = PersonRule("anabel", "Anabel Roe", (), Role.TECHNICIAN)
    both = replace(rules, people={**rules.people, "anabel": anabel})
    assert typed("@ana", both).assignees == {"ana"}
    assert typed("@an", both).assignees == {"ana", "anabel"}
