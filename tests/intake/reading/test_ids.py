"""Message-IDs and lists of them."""

from __future__ import annotations

import pytest

from intake.reading.ids import message_id, message_ids


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("<a@b>", "a@b"),
        (" <a@b> ", "a@b"),
        ("<[x@y]>", "[x@y]"),
        ("a@b", "a@b"),
        ("<a b@c d>", "ab@cd"),
        ("<a@b", "a@b"),
        ("<a@b> (added by relay)", "a@b"),
        ("junk <a@b>", "a@b"),
        ("<>", ""),
        ("", ""),
        ("<a@b><c@d>", "a@b"),
        ("no-at-sign", "no-at-sign"),
    ],
)
def test_message_id(value, expected):
    """The identifier comes without brackets, folds and remarks."""
    assert message_id(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("<a@b> <c@d>", ("a@b", "c@d")),
        ("<a@b><c@d>", ("a@b", "c@d")),
        ("<a@b>, <c@d>", ("a@b", "c@d")),
        ("<a@b> <a@b>", ("a@b",)),
        ("a@b c@d", ("a@b", "c@d")),
        ("Your message of Monday <a@b>", ("a@b",)),
        ("Your message of Monday", ()),
        ("<>", ()),
        ("", ()),
    ],
)
def test_message_ids(value, expected):
    """Every identifier once, in order; words are none."""
    assert message_ids(value, 100) == expected


def test_of_a_long_thread_the_first_and_the_latest_are_kept():
    """Both ends of a thread identify it."""
    value = " ".join(f"<{number}@x>" for number in range(500))
    kept = message_ids(value, 10)
    assert (kept[0], kept[1], kept[-1], len(kept)) == ("0@x", "491@x", "499@x", 10)
