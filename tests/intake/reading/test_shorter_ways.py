"""Plain text is read by shorter ways than other text, and comes out the same."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from intake.reading.charset import Decoder
from intake.reading.fields import read_block
from intake.reading.headers import clean, raw_text, text_of
from intake.reading.limits import LIMITS
from intake.reading.phrases import footers
from intake.reading.phrases.matching import Spread, words_of
from intake.reading.plain_lines import with_line_feeds, without_blanks_at_ends
from intake.reading.quote_lines import attribution
from intake.reading.sign_offs import is_closing, is_thanks, may_end
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


@given(st.text("Sx-: \t\r\nA", max_size=60))
def test_a_usual_header_block_has_the_fields_of_any_other(text):
    """A line of an mbox above it has the same block read by the longer way."""
    shortly = read_block(b"X: y\n" + text.encode(), 0, len(text) + 5, LIMITS)
    above = b"From x\n"
    raw = above + b"X: y\n" + text.encode()
    slowly = read_block(raw, 0, len(raw), LIMITS)
    assert shortly.fields == slowly.fields
    assert shortly.body == slowly.body - len(above)
    assert shortly.damaged == slowly.damaged


@given(st.text("ab \t\xa0\n\r\x0c"))
def test_line_ends_and_the_blanks_before_them(text):
    """However many, and of whatever kind."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert with_line_feeds(text) == plain
    if plain[-1:] in {" ", "\t", "\xa0"} or re.search("[ \t\xa0]\n", plain):
        assert without_blanks_at_ends(plain) == re.sub("[^\\S\n]+(?=\n|\\Z)", "", plain)
    else:
        assert without_blanks_at_ends(plain) == plain


@given(st.sampled_from(["Best regards", "thanks", "Many thanks", "Greetings"]), MARKED)
def test_what_cannot_end_a_letter_is_neither_closing_words_nor_thanks(words, beside):
    """A cheap look at the first word leaves out no line that is either."""
    for row in (f"{words}{beside}", f"{beside} {words}", f"* {words}, {beside}"):
        assert may_end(row) or not (is_closing(row) or is_thanks(row))


def test_all_that_a_legal_footer_may_say_has_a_root():
    """So a paragraph without any of the roots need not be searched for the stems."""
    plain = [stem for stem in footers.LEGAL_AROUND if stem.isascii()]
    assert [s for s in plain if not any(root in s for root in footers.LEGAL_ROOTS)] == []


def test_an_attribution_may_end_in_any_of_the_words_for_it():
    """With a colon, with an address, or with the verb alone."""
    for verb in ("wrote", "schrieb", "a écrit", "escribió", "ha scritto", "escreveu"):
        text = f"On 23.11.2026 at 09:12, Ana <ana@school.example> {verb.upper()}"
        assert attribution([text, "> Which room?"], 0) == 1


@given(ASCII)
def test_plain_lines_are_as_safe_as_any(text):
    """Text of other scripts goes the longer way."""
    assert lines(f"{text}ä") == f"{lines(text)}ä"
