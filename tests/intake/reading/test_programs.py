"""What many more programs write above what they quote, and below what was written."""

from __future__ import annotations

import pytest

from intake.reading import read
from tests.intake.reading.replies import sections

PROGRAMS = {name: text.split("\n") for name, text in sections("programs.txt").items()}
NEW = "The lamp is still dark.\n\nThe fan turns, though."
OLD = "Please try another lamp.\n\nIs the fan on?\nBen"
QUOTED = "\n".join(f"> {row}".rstrip() for row in OLD.split("\n"))


def reply(text: str) -> str:
    """Return what is new in an answer that says this."""
    head = (
        "From: Grace Hopper <hopper@maths.example>\nSubject: Re: Projector dead [#1042]\n"
        "Message-ID: <1@maths.example>\nIn-Reply-To: <2@northgate.example>\nMIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    )
    return read((head + text).encode()).reply


@pytest.mark.parametrize("line", PROGRAMS["above"])
def test_a_line_above_a_quotation_goes_with_it(line):
    """In any language, with or without an empty line below it."""
    assert reply(f"{NEW}\n\n{line}\n\n{QUOTED}\n") == NEW
    assert reply(f"{NEW}\n\n{line}\n{QUOTED}\n") == NEW


@pytest.mark.parametrize("block", PROGRAMS["blocks"])
def test_fields_above_the_old_mail_go_with_it(block):
    """What is below them is old without any mark."""
    fields = block.replace("|", "\n").replace("\\t", "\t")
    assert reply(f"{NEW}\n\n{fields}\n\n{OLD}\n") == NEW


@pytest.mark.parametrize("line", PROGRAMS["below"])
def test_what_a_telephone_adds_is_not_new(line):
    """Before a quotation, and at the end of a mail."""
    above = PROGRAMS["above"][0]
    assert reply(f"{NEW}\n\n{line}\n\n{above}\n\n{QUOTED}\n") == NEW
    assert reply(f"{NEW}\n\n{line}\n") == NEW
