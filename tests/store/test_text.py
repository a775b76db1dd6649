"""The one door for text from outside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.text import is_safe, lines, one_line

HOSTILE = {
    "a clipboard write (OSC 52)": ("\x1b]52;c;cm0gLXJm\x07ok", "]52;c;cm0gLXJmok"),
    "a cursor move (CSI)": ("\x1b[2J\x1b[Hok", "[2J[Hok"),
    "a C1 control sequence": ("\x9b31mok\x9c", "31mok"),
    "a bell and a delete": ("o\x07k\x7f", "ok"),
    "a right-to-left override": ("invoice\u202efdp.exe", "invoicefdp.exe"),
    "isolates and marks": ("\u2066a\u2069\u200eb\u061c", "ab"),
    "a zero-width space and a soft hyphen": ("pass\u200bw\u00adord", "password"),
    "a lone surrogate": ("a\ud800b", "a\ufffdb"),
    "invisible tag characters": ("a\U000e0041b", "ab"),
}


@pytest.mark.parametrize(("hostile", "harmless"), HOSTILE.values(), ids=HOSTILE)
def test_what_could_drive_a_terminal_is_taken_out(hostile, harmless):
    """Both forms leave the letters and nothing else."""
    assert (one_line(hostile), lines(hostile)) == (harmless, harmless)


@pytest.mark.parametrize(
    "breaker", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"]
)
def test_a_line_break_of_any_kind_is_a_space_in_one_line_and_a_line_feed_in_many(breaker):
    """No header can be injected, and no line is lost."""
    assert (one_line(f"a{breaker}b"), lines(f"a{breaker}b")) == ("a b", "a\nb")


def test_letters_of_every_script_stay():
    """Joiners too: Persian and emoji families need them."""
    text = "Grüße 教室 שלום می\u200cخواهم 👩\u200d🏫"
    assert (one_line(text), lines(text)) == (text, text)


@given(st.text(st.characters()))
def test_any_text_becomes_safe_and_stays_as_it_is_after(text):
    """Cleaning is complete, and cleaning twice is cleaning once."""
    for clean in (one_line, lines):
        once = clean(text)
        assert is_safe(once)
        assert clean(once) == once
    assert "\n" not in one_line(text)


@pytest.mark.parametrize("text", ["a\x1bb", "a\u202eb", "a\x9bb", "a\tb"])
def test_what_is_not_safe_is_told(text):
    """Tests of screens rely on it."""
    assert not is_safe(text)
