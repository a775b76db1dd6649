"""Plain text is read by shorter ways than other text, and comes out the same."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from intake.reading.charset import Decoder
from intake.reading.headers import clean, raw_text, text_of
from intake.reading.phrases.matching import Spread, words_of
from intake.reading.words import decode_words
from store.text import lines

ASCII = st.text(st.characters(max_codepoint=127))
#: Words with what may stand in them, before them and behind them.
MARKED = st.text("aB3_-'/ .\n")


@given(ASCII | MARKED)
def test_words_of_phrases_are_those_of_the_pattern(text):
    """Words may hold apostrophes, hyphens and slashes, and not begin with them."""
    expected = re.findall(r"\w[\w'/-]*", text.casefold())
    assert words_of(text) == expected
    assert Spread(text).text.split() == expected


@given(ASCII | st.text("=?\r\n\t aQ_"))
def test_a_header_value_is_unfolded_and_decoded(text):
    """Also where a fold stands between the signs of an encoded word."""
    value = text.encode()
    slowly = clean(decode_words(raw_text(value, Decoder()), Decoder()))
    assert text_of(value, Decoder()) == slowly


@given(ASCII)
def test_plain_lines_are_as_safe_as_any(text):
    """Text of other scripts goes the longer way."""
    assert lines(f"{text}ä") == f"{lines(text)}ä"
