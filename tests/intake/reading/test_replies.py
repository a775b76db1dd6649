"""The new text of answers from every program in every language."""

from __future__ import annotations

import pytest

from intake.reading import read
from store.text import lines
from tests.intake.reading.replies import CLIENTS, LANGUAGES, new_text, written


def part(client: str, language: str) -> str:
    """Return the text that a program sends, with the fields that say what it is."""
    kind = "html" if "HTML" in client else "plain"
    return (
        f"Content-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        f"{written(client, language)}"
    )


def mail(language: str, body: str) -> bytes:
    """Return an answer in a language."""
    prefix = LANGUAGES[language]["prefix"]
    return (
        f"From: Bob <bob@north.example>\nTo: help@school.example\nSubject: {prefix}: Printer\n"
        "Message-ID: <2@north.example>\nDate: Thu, 26 Nov 2026 11:12:13 +0100\n"
        f"MIME-Version: 1.0\n{body}"
    ).encode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("client", CLIENTS)
def test_what_is_new_in_an_answer(client, language):
    """It is the answer with its closing words and name; all else is kept in the remainder."""
    found = read(mail(language, part(client, language)))
    assert found.reply == new_text(language)
    assert sorted((found.reply + " " + found.quoted).split()) == sorted(found.text.split())
    assert lines(LANGUAGES[language]["asked"]).split("\n")[-1] in found.quoted


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("client", ["Gmail", "Outlook", "Apple Mail", "Thunderbird", "iPhone"])
def test_an_answer_in_two_forms(client, language):
    """A plain text with an HTML alternative is split like either of them."""
    forms = [part(f"{client}, {form}", language) for form in ("plain", "HTML")]
    body = "".join(f"--b\n{form}\n" for form in forms)
    found = read(
        mail(language, f'Content-Type: multipart/alternative; boundary="b"\n\n{body}--b--\n')
    )
    assert found.reply == new_text(language)
