"""What full-text search keeps of a text, and what it looks for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.terms import LONGEST_TEXT, Sought, index_terms, query_terms


def found(typed: str, *texts: str) -> bool:
    """Say whether ``typed`` finds a message of ``texts``, as both databases do it."""
    terms = index_terms(*texts).split(" ")
    return all(
        any(term.startswith(one.term) if one.prefix else term == one.term for term in terms)
        for one in query_terms(typed)
    )


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Printer jam, printer JAM!", "printer jam printer jam"),
        ("ana@northgate.example", "ana northgate example"),
        ("VPN_Zugang für Straße 4", "vpn zugang fur strasse 4"),
        ("ﾌﾟﾘﾝﾀ", "プリ リン ンタ タ"),
        ("印刷できない。", "印刷 刷で でき きな ない い"),
        ("PCが遅い", "pc が遅 遅い い"),
        ("हिन्दी में", "हिन्दी में"),
        ("שָׁלוֹם", "שלום"),
        ("한국어", "한국어"),
        ('🔥 "AND" (\' ; --', "and"),
        ("", ""),
    ],
)
def test_a_text_becomes_folded_terms(text, terms):
    """Case, accents and width do not count."""
    assert index_terms(text) == terms


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("pri", "The printer is on fire", True),
        ("rinter", "The printer is on fire", False),
        ("fire printer", "The printer is on fire", True),
        ("printer water", "The printer is on fire", False),
        ("apfel", "Äpfel", True),
        ("ÄPF", "apfel", True),
        ("刷でき", "印刷できない", True),
        ("刷", "印刷", True),
        ("印", "印刷", True),
        ("刷印", "印刷", False),
        ("プリンタ", "ﾌﾟﾘﾝﾀｰが壊れた", True),
        ("프린", "프린터가 안 돼요", True),
        ("grace hopper", "Hopper, Grace", True),
    ],
)
def test_words_are_found_as_they_are_typed(typed, text, expected):
    """A beginning finds a word; any stretch finds text written without spaces."""
    assert found(typed, text) is expected


def test_words_of_several_texts_count_together():
    """A person and a word of the subject find the message that has both."""
    assert found("hopper projector", "Projector dead", "Grace Hopper", "Please come.")


def test_long_words_are_found_by_all_of_them_and_by_their_start():
    """A word beyond the limit is kept in pieces; PostgreSQL refuses long lexemes."""
    word = "".join(chr(ord("a") + i % 26) for i in range(100))
    assert max(map(len, index_terms(word).split())) == 40
    assert found(word, word)
    assert found(word[:50], word)


def test_only_the_start_of_a_very_long_text_is_kept():
    """A log file in a mail does not fill the index."""
    assert set(index_terms("x " * LONGEST_TEXT + "end").split()) == {"x"}


def test_a_single_letter_of_an_unspaced_script_is_a_beginning():
    """What is being typed in Japanese finds something from its first character."""
    assert query_terms("刷") == (Sought("刷", prefix=True),)


@given(st.text())
def test_terms_cannot_break_a_query(text):
    """Whatever is typed, terms hold no quote, operator, space or backslash."""
    for one in query_terms(text):
        assert re.search(r"[\x00-\x2f\x3a-\x60\x7b-\x7f]", one.term) is None
        assert one.term != ""


@given(st.text(), st.text())
def test_every_text_finds_itself(text, other):
    """Whatever a text is, typing it finds every message that has it."""
    assert found(text, text, other)


@given(
    st.lists(
        st.sampled_from(["Ä", "ß", "が", "刷", "İ", "ﾟ", "א", "ּ", "क", "्", "e\u0301", "x"])
    ).map("".join)
)
def test_folding_twice_changes_nothing(text):
    """What the index keeps is found by typing it as it was kept."""
    assert found(index_terms(text), text)
