"""Invitations, their answers and their cancellations, each in a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.reading.invitation import invitation
from intake.reading.reader import read_strictly as read
from tests.intake.reading.builders import mail, multipart, part

OUTLOOK = """\
BEGIN:VCALENDAR
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
ORGANIZER;CN="Lovelace, Ana":mailto:ana@school.example
ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:help@north
 gate.example
SUMMARY;LANGUAGE=de-DE:Projektor\\, Schulung
DTSTART;TZID=W. Europe Standard Time:20261124T100000
DTEND;TZID=W. Europe Standard Time:20261124T113000
LOCATION;LANGUAGE=de-DE:Raum 5\\nErdgeschoss
RRULE:FREQ=WEEKLY;COUNT=3
BEGIN:VALARM
SUMMARY:Alarm
END:VALARM
END:VEVENT
END:VCALENDAR
"""


def event(method: str, *lines: str) -> str:
    """Return a calendar with one event."""
    return "\r\n".join(
        ["BEGIN:VCALENDAR", f"METHOD:{method}", "BEGIN:VEVENT", *lines, "END:VEVENT"]
    )


LINES = {
    OUTLOOK: (
        "Invitation: Projektor, Schulung, Tue 24 Nov 2026 10:00–11:30 (W. Europe Standard Time), "
        "repeats weekly, Raum 5 Erdgeschoss, from Lovelace, Ana <ana@school.example>"
    ),
    event("CANCEL", "SUMMARY:Talk", "DTSTART;VALUE=DATE:20261124", "DTEND;VALUE=DATE:20261125"): (
        "Cancelled: Talk, Tue 24 Nov 2026"
    ),
    event("REQUEST", "STATUS:CANCELLED", "SUMMARY:Talk"): "Cancelled: Talk",
    event("PUBLISH", "SUMMARY:Fair", "DTSTART;VALUE=DATE:20261124", "DTEND;VALUE=DATE:20261127"): (
        "Event: Fair, Tue 24 Nov 2026 – Thu 26 Nov 2026"
    ),
    event(
        "REPLY",
        "ATTENDEE;PARTSTAT=TENTATIVE;CN=Ben:MAILTO:ben@school.example",
        "SUMMARY:Talk",
        "DTSTART:20261124T220000Z",
        "DURATION:PT3H",
    ): (
        "Tentatively accepted: Talk, Tue 24 Nov 2026 22:00 – Wed 25 Nov 2026 01:00 (UTC), "
        "by Ben <ben@school.example>"
    ),
    event("REPLY", "ATTENDEE;PARTSTAT=DECLINED:mailto:b@x.example"): (
        "Declined: (no title), by b@x.example"
    ),
    event("COUNTER", "SUMMARY:Talk", "DTSTART:20261124T100000"): (
        "Another time proposed: Talk, Tue 24 Nov 2026 10:00"
    ),
    event("REQUEST", "SUMMARY:Talk", "DTSTART:99999999T999999", "DURATION:P9999W"): (
        "Invitation: Talk, 99999999T999999"
    ),
    event("REQUEST", "SUMMARY:a\x1b[31m\u202eb", "DTSTART:99991231T235900Z", "DURATION:P9W"): (
        "Invitation: a[31mb, Fri 31 Dec 9999 23:59 (UTC)"
    ),
    "junk": "",
    "": "",
    "BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR": "",
}


@pytest.mark.parametrize("calendar", LINES)
def test_a_calendar_is_one_line(calendar):
    """What, when with its zone, where, and who asks or answers."""
    assert invitation(calendar) == LINES[calendar]


def test_it_is_part_of_what_the_mail_says():
    """Once, however often the mail carries it, and with the new text."""
    alternative = part(OUTLOOK, Content_Type="text/calendar; method=REQUEST")
    attached = part(OUTLOOK, Content_Type="application/ics; name=invite.ics")
    said = part("Please come.\n\nOn 23 Nov 2026, Ben <b@x.example> wrote:\n> old")
    found = read(multipart("alternative", said, alternative, attached, Subject="Re: Talk"))
    assert found.text.endswith(f"wrote:\n> old\n\n{LINES[OUTLOOK]}")
    assert found.reply == f"Please come.\n\n{LINES[OUTLOOK]}"
    assert found.quoted.endswith("wrote:\n> old")


def test_a_mail_that_is_a_calendar():
    """Answers of phones have nothing else."""
    raw = mail(event("REPLY", "SUMMARY:Talk"), Content_Type="text/calendar; method=REPLY")
    assert read(raw).text == "Answer to an invitation: Talk"


@given(st.text(max_size=300))
def test_any_text(text):
    """Nothing raises."""
    invitation(text)
    invitation(f"BEGIN:VEVENT\nDTSTART:{text}\nDURATION:{text}\nORGANIZER;{text}:x\n")
