"""What notes say about mail from programs."""

from __future__ import annotations

import pytest

from store.mail_records import Bounce
from store.records import Address
from store.rules.notices import bounce_note, reply_note, returned_tags, undelivered


@pytest.mark.parametrize(
    ("bounce", "line"),
    [
        (
            Bounce("x@y.example", "5.1.1", True, "a@b"),
            "Could not be delivered to x@y.example: 5.1.1, there is no such mailbox (permanent)",
        ),
        (
            Bounce("x@y.example", "4.2.2", False, ""),
            "Not delivered to x@y.example so far: 4.2.2, the mailbox is full (it may still be)",
        ),
        (
            Bounce("x@y.example", "5.9.9", True, ""),
            "Could not be delivered to x@y.example: 5.9.9 (permanent)",
        ),
        (
            Bounce("", "", True, ""),
            "Could not be delivered to one of the recipients: Robot does not say why (permanent)",
        ),
        (
            Bounce("x\x1b[31m@y", "5.1.1\n\x07", True, ""),
            "Could not be delivered to x[31m@y: 5.1.1, there is no such mailbox (permanent)",
        ),
    ],
)
def test_a_delivery_report_in_one_line(bounce, line):
    """Which address, why, and whether trying again helps; nothing drives a terminal."""
    assert undelivered(bounce, "Robot") == line


def test_a_note_has_the_start_of_what_the_program_said():
    """The original has the rest."""
    assert bounce_note("Line", "  said\x1b this\r\n") == "Line\n\nsaid this"
    assert bounce_note("Line", " \n") == "Line"
    assert len(bounce_note("Line", "x" * 9_999)) < 700
    assert reply_note(Address("Eva", "e@x"), "Away\n") == "Automatic reply from Eva <e@x>: Away"
    assert reply_note(Address("", ""), "Away") == "Automatic reply from somebody: Away"
    assert len(reply_note(Address("", "e@x"), "x" * 99_999)) < 4_100


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Subject: Re: x [#1001]", (1001,)),
        ("said\n> subject : AW: [ #12 ]\n>Subject: [#13] [#14]", (12, 13)),
        ("Dear all, the subject: was [#1001]", ()),
        ("[#1001]", ()),
        ("Subject: [#99999999999999999999]", ()),
        ("Subject: " + "[#" * 50_000, ()),
        ("\n>" * 100_000 + "Subject", ()),
    ],
)
def test_the_tag_of_a_mail_that_came_back(text, tags):
    """It stands in the subject that the report gives back, and nowhere else."""
    assert returned_tags(text) == tags
