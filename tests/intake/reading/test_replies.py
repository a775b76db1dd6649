"""The new text of answers from every program in every language."""

from __future__ import annotations

import pytest

from intake.reading import read
from store.text import lines
from tests.intake.reading.replies import CLIENTS, LANGUAGES, new_text, written


def mail(client: str, language: str) -> bytes:
    """Return the mail that a program sends: one text, or with an HTML alternative."""
    kind = "html" if "HTML" in client else "plain"
    prefix = LANGUAGES[language]["prefix"]
    head = (
        f"From: Bob <bob@north.example>\nTo: help@school.example\nSubject: {prefix}: Printer\n"
        "Message-ID: <2@north.example>\nDate: Thu, 26 Nov 2026 11:12:13 +0100\n"
        f"MIME-Version: 1.0\nContent-Type: text/{kind}; charset=utf-8\n"
        "Content-Transfer-Encoding: 8bit\n\n"
    )
    return (head + written(client, language)).encode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("client", CLIENTS)
def test_what_is_new_in_an_answer(client, language):
    """It is the answer with its closing words and name; all else is kept in the remainder."""
    found = read(mail(client, language))
    assert found.reply == new_text(language)
    assert sorted((found.reply + " " + found.quoted).split()) == sorted(found.text.split())
    assert lines(LANGUAGES[language]["asked"]).split("\n")[-1] in found.quoted
