"""What is said of those who give tokens: one line, its end what helps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.login.words import _MICROSOFT, _WORDS, refused
from store.errors import MailRefused, MailUnreachable
from store.text import is_safe
from tests.intake.login.conftest import HERE
from tui.cli.probes import failure

NUMBERS = [(number, *said) for numbers, *said in _MICROSOFT for number in numbers]


def _helps(helps: str) -> str:
    return helps.replace("{sign_in}", "run: deskwatch login help")


@pytest.mark.parametrize(("number", "what", "helps"), NUMBERS)
def test_every_number_is_told_in_words_with_what_helps_at_the_end(number, what, helps):
    """Where ``deskwatch check`` looks for it."""
    error = refused(HERE, "login.x", "invalid_grant", f"AADSTS{number}: It; is not. Trace ID: 1")
    assert isinstance(error, MailRefused)
    found = failure("mailbox", str(error))
    assert what in found.text
    assert found.fix == _helps(helps)


def test_no_number_is_told_twice():
    """The first meaning would never be seen."""
    numbers = [number for number, *_ in NUMBERS]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize(("pattern", "meaning"), _WORDS)
def test_so_is_every_name_of_an_error(pattern, meaning):
    """What Google and OAuth itself call them."""
    name = pattern.partition("|")[0].lstrip("^(").rstrip(")")
    error = "invalid_grant" if " " in name else name
    found = failure("mailbox", str(refused(HERE, "oauth2.x", error, name)))
    assert meaning[0] in found.text
    assert found.fix == _helps(meaning[1])


@pytest.mark.parametrize("error", ["temporarily_unavailable", "server_error"])
def test_trouble_of_the_providers_own_is_tried_again(error):
    """Nobody has to do anything."""
    assert isinstance(refused(HERE, "login.x", error, "later"), MailUnreachable)


@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_is_answered_is_one_safe_line(error, description):
    """It comes from outside."""
    said = str(refused(HERE, "login.x", error, description))
    assert is_safe(said)
    assert "\n" not in said
    assert len(said) < 600
