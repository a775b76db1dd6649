"""Delivery reports for machines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.reading.bounces.report import read_report
from intake.reading.reader import read_strictly as read
from store.mail_records import Bounce
from tests.intake.reading.bounces.reports import RETURNED, RETURNED_HEADERS, report
from tests.intake.reading.builders import mail, multipart, part

FAILED = "Final-Recipient: rfc822; bob@x.example\nAction: failed\nStatus: 5.1.1\n"
DONE = "Final-Recipient: rfc822; ok@x.example\nAction: relayed\nStatus: 2.0.0\n"
LATE = "Final-Recipient: rfc822; late@x.example\nAction: delayed\nStatus: 4.4.1\n"
BOB = Bounce("bob@x.example", "5.1.1", True, "")
FIELDS = {
    "one": (FAILED, BOB),
    "behind the fields of the message": (f"Reporting-MTA: dns; mx.example\n\n{FAILED}", BOB),
    "the first that failed": (f"{DONE}\n{LATE}\n{FAILED}\n{FAILED.replace('bob', 'eve')}", BOB),
    "without blank lines": (f"Reporting-MTA: dns; mx\n{DONE}{FAILED}", BOB),
    "a delay": (f"{DONE}\n{LATE}", Bounce("late@x.example", "4.4.1", False, "")),
    "good news": (DONE, Bounce("ok@x.example", "2.0.0", False, "")),
    "a comment and brackets": (
        "Final-Recipient: RFC822;<bob@x.example>\nAction: FAILED (bad)\nStatus: 5.1.1 (unknown)\n",
        BOB,
    ),
    "no type": ("Final-Recipient: <bob@x.example>\nAction: failed\nStatus: 5.1.1\n", BOB),
    "given up after days": (
        FAILED.replace("5.1.1", "4.4.7"),
        Bounce("bob@x.example", "4.4.7", False, ""),
    ),
    "no status": (
        "Final-Recipient: rfc822;bob@x.example\nAction: failed\n",
        Bounce("bob@x.example", "", True, ""),
    ),
    "a status in the diagnosis": (
        (
            "Final-Recipient: rfc822;bob@x.example\nAction: failed\n"
            "Diagnostic-Code: smtp;\n 550-5.1.1 The account\n does not exist\n"
        ),
        BOB,
    ),
    "a reply code in the diagnosis": (
        "Final-Recipient: rfc822;bob@x.example\nAction: failed\nDiagnostic-Code: smtp; 452 full\n",
        Bounce("bob@x.example", "", False, ""),
    ),
    "an action that RFC 3464 does not know": (FAILED.replace("failed", "error"), BOB),
    "no action": (FAILED.replace("Action: failed\n", ""), BOB),
    "the original recipient only": (
        "Original-Recipient: rfc822;bob+2Bwork@x.example\nAction: failed\nStatus: 5.1.1\n",
        Bounce("bob+work@x.example", "5.1.1", True, ""),
    ),
    "all of it in xtext": (
        "Original-Recipient: rfc822;bob+40x.example\nAction: failed\nStatus: 5.1.1\n",
        BOB,
    ),
    "no address in the final recipient": (
        "Final-Recipient: x400; /c=gb/\nOriginal-" + FAILED.removeprefix("Final-"),
        BOB,
    ),
    "an international address": (
        FAILED.replace("rfc822; bob", "utf-8; b\\x{F6}b"),
        Bounce("böb@x.example", "5.1.1", True, ""),
    ),
    "a character that does not exist": (
        FAILED.replace("rfc822; bob", "utf-8; b\\x{FFFFFF}b"),
        Bounce("b\ufffdb@x.example", "5.1.1", True, ""),
    ),
    "nothing": ("", None),
    "no recipient": ("Reporting-MTA: dns; mx.example\nArrival-Date: today\n", None),
}


@pytest.mark.parametrize("name", FIELDS)
def test_the_recipient_that_was_not_reached(name):
    """The first that failed, else the first that is late, else the first."""
    fields, expected = FIELDS[name]
    assert read_report([fields.encode()]) == expected
    assert read_report([fields.replace("\n", "\r\n").encode()]) == expected


ORIGINALS = {
    "whole": report(FAILED),
    "its headers": report(FAILED, RETURNED_HEADERS, "text/rfc822-headers"),
    "international": report(FAILED, RETURNED, "message/global"),
    "its international headers": report(FAILED, RETURNED_HEADERS, "message/global-headers"),
    "named in the report's own headers": report(
        FAILED, None, In_Reply_To="<orig@deskwatch.northgate.example>"
    ),
    "the last of the thread": report(
        FAILED, None, References="<1@x.example> <orig@deskwatch.northgate.example>"
    ),
}


@pytest.mark.parametrize("name", ORIGINALS)
def test_which_mail_came_back(name):
    """Its Message-ID, wherever the report has it."""
    found = read(ORIGINALS[name]).bounce
    assert found == Bounce("bob@x.example", "5.1.1", True, "orig@deskwatch.northgate.example")


def test_the_mail_that_came_back_is_shown_and_quoted():
    """With its subject, in which our tag stands; the report's own words are the new text."""
    for raw in (report(FAILED), report(FAILED, RETURNED_HEADERS, "text/rfc822-headers")):
        found = read(raw)
        assert found.reply == "It could not be delivered."
        assert "Subject: Re: [#1042] The printer jams" in found.quoted
        assert found.quoted in found.text


def test_a_report_that_is_not_wrapped():
    """Some systems send nothing but the fields for machines."""
    assert read(mail(FAILED, Content_Type="message/delivery-status")).bounce == BOB


def test_what_the_fields_do_not_say_is_taken_from_the_words():
    """A report without recipients still names one in its text."""
    raw = multipart(
        "report; report-type=delivery-status",
        part("<bob@x.example>: 550 5.1.1 unknown"),
        part("Reporting-MTA: dns; mx.example", Content_Type="message/delivery-status"),
        From="MAILER-DAEMON@mx.example",
    )
    assert read(raw).bounce == BOB


def test_what_came_back_may_be_named_in_the_fields_alone():
    """Gmail's report names the mail, and returns nothing of it."""
    fields = f"Reporting-MTA: dns; x\nX-Original-Message-ID: <orig@x.example>\n\n{FAILED}"
    found = read(mail(fields, Content_Type="message/delivery-status")).bounce
    assert found == Bounce("bob@x.example", "5.1.1", True, "orig@x.example")


NO_REPORTS = {
    "a receipt": multipart(
        "report; report-type=disposition-notification",
        part("It was displayed."),
        part(
            "Final-Recipient: rfc822;a@x.example", Content_Type="message/disposition-notification"
        ),
        Subject="Read: The printer",
        Return_Path="<>",
    ),
    "a complaint": multipart(
        "report; report-type=feedback-report",
        part("This is spam."),
        part("Feedback-Type: abuse", Content_Type="message/feedback-report"),
        part(RETURNED, Content_Type="message/rfc822"),
        Return_Path="<>",
    ),
    "a report that somebody attached": multipart(
        "mixed",
        part("What is this?"),
        part(report(FAILED), Content_Type="message/rfc822"),
        boundary="outer",
    ),
    "an ordinary mail": mail(),
}


@pytest.mark.parametrize("name", NO_REPORTS)
def test_what_is_no_delivery_report(name):
    """Nothing came back."""
    assert read(NO_REPORTS[name]).bounce is None


@given(st.lists(st.binary(max_size=200), max_size=3))
def test_any_bytes(statuses):
    """Nothing raises."""
    read_report(statuses)
    read_report(
        [b"Final-Recipient: utf-8;\\x{" + each + b"}@x\nStatus: " + each for each in statuses]
    )
