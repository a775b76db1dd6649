"""Mails as a person marked them."""

from __future__ import annotations

import re

import pytest

from intake.reading.quoted import split_quoted
from tests.intake.reading.replies import sections

CASES = sections("marked.txt")


def side(rows: list[str], mark: str) -> str:
    """Return the lines with a mark as one text: never more than one empty line in a row."""
    text = "\n".join(row[1:].rstrip() for row in rows if row[:1] == mark)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


@pytest.mark.parametrize("case", CASES)
def test_the_lines_a_person_marked(case):
    """What is new, and the rest, are the lines with that mark, each in its order."""
    rows = CASES[case].split("\n")
    _, subject, *by = case.split("; ")
    sender = by[0].removeprefix("by ") if by else ""
    text = "\n".join(row[1:].rstrip() for row in rows)
    assert split_quoted(text, subject, sender=sender) == (side(rows, "+"), side(rows, "-"))
