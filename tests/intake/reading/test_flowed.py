"""format=flowed."""

from __future__ import annotations

import pytest

from intake.reading.flowed import unflow


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("one \ntwo\nthree", "one two\nthree"),
        ("> one \n> two\nnew", "> one two\nnew"),
        (">> a \n> b", ">> a \n> b"),
        ("text \n-- \nsignature", "text \n-- \nsignature"),
        (" From here\n >not quoted", "From here\n>not quoted"),
        ("ends flowing ", "ends flowing "),
        ("", ""),
        ("a\n\nb", "a\n\nb"),
    ],
)
def test_soft_breaks_are_joined(sent, expected):
    """Paragraphs become whole; quote levels, signatures and stuffing are respected."""
    assert unflow(sent, delete_space=False) == expected


def test_delsp_deletes_the_space():
    """RFC 3676 section 4.1: for scripts without spaces."""
    assert unflow("日本 \n語", delete_space=True) == "日本語"
