"""Words in Rich Text Format."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.reading.charset import Decoder
from intake.reading.rtf import inflate, words_of
from tests.intake.reading.tnef_builders import RTF

#: The two examples of MS-OXRTFCP sections 3.1.1 and 3.1.2.
PACKED = {
    RTF: b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n",
    bytes.fromhex(
        "1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0"
    ): b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}",
    b"\x0f\0\0\0\x03\0\0\0MELA\0\0\0\0abcdef": b"abc",
    b"junk": b"",
    RTF[:20]: b"{\\rtf1\\",
}


@pytest.mark.parametrize("packed", PACKED)
def test_compression_is_undone(packed):
    """As far as it goes."""
    assert inflate(packed).startswith(PACKED[packed][:7])
    if len(packed) != 20:
        assert inflate(packed) == PACKED[packed]


TEXTS = {
    rb"{\rtf1 a\par b\line c\tab d}": ("a\nb\nc\td", False),
    rb"{\rtf1\ansicpg1251 \'cf\'f0}": ("Пр", False),
    rb"{\rtf1 \u8364?5 \u-3913 ?x}": ("€5 \uf0b7x", False),
    rb"{\rtf1 \{a\}\\\~b\_c}": ("{a}\\ b-c", False),
    rb"{\rtf1{\fonttbl{\f0 Arial;}}{\*\generator X;}{\pict 0a}words}": ("words", False),
    rb"{\rtf1\fromhtml1{\*\htmltag64 <p>}\htmlrtf \par\htmlrtf0 a{\*\htmltag72 </p>}}": (
        "<p>a</p>",
        True,
    ),
    b"no rtf": ("", False),
}


@pytest.mark.parametrize("rtf", TEXTS)
def test_words_come_out(rtf):
    """Without the orders for the printer; wrapped HTML as HTML."""
    assert words_of(rtf, Decoder()) == TEXTS[rtf]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes(junk):
    """Nothing raises."""
    words_of(b"{\\rtf1" + junk, Decoder())
    inflate(RTF[:16] + junk)
