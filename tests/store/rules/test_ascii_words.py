"""Splitting plain text by a table gives what patterns find."""

from __future__ import annotations

import re
import string

from hypothesis import given
from hypothesis import strategies as st

from store.rules.ascii_words import AsciiWords
from store.rules.terms import index_terms

ASCII = st.text(st.characters(max_codepoint=127))


@given(ASCII)
def test_words_are_those_of_the_pattern(text):
    """Whatever stands between them: blanks, marks, control characters."""
    assert AsciiWords("_").of(text) == re.findall(r"\w+", text.lower())


@given(ASCII)
def test_a_text_of_many_scripts_has_the_terms_of_its_plain_part(text):
    """Plain text goes a shorter way to the same terms."""
    words = set(index_terms(text).split())
    assert set(index_terms(text, "ä").split()) == words | {"a"}
    assert all(set(word) <= {*string.ascii_lowercase, *string.digits} for word in words)


@given(ASCII)
def test_words_in_a_line_are_the_same_words(text):
    """Whatever stood between them, one space does."""
    assert AsciiWords().in_line(text) == " ".join(AsciiWords().of(text))


@given(ASCII | st.text("ab_ ", min_size=30), st.integers(1, 8))
def test_a_long_word_is_seen_without_looking_at_each(text, most):
    """As the longest of all says."""
    longest = max(map(len, AsciiWords().of(text)), default=0)
    assert AsciiWords().has_longer(text, most) == (longest > most)
