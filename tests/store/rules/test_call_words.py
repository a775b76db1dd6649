"""What a call says of whoever is called next."""

from __future__ import annotations

from datetime import datetime

import pytest

from store.rules.call_words import next_words


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (["Chi"], "If you cannot, do not answer: Chi is called at 02:40."),
        (["Ana", "Dee"], "If you cannot, do not answer: Ana and Dee are called at 02:40."),
    ],
)
def test_one_is_called_and_several_are(who, words):
    """The leads of a desk are called at once."""
    assert next_words(who, datetime(2026, 10, 25, 2, 40)) == words  # noqa: DTZ001 -- local
