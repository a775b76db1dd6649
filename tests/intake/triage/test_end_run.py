"""Which door a mail came through, and whether that was a person instead of the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from intake.triage import triage
from store.mail_records import ReadMail, Triage
from store.records import Address
from store.rules.hours import CalendarSpec, compile_hours
from store.rules.roster import Roster, Rotation
from store.words import Channel, Machine
from tests.intake.triage.letters import ANA, DESK, VOSS, letter
from tests.rulebook import a_rulebook

BEN = Address("Ben", "ben@northgate.example")
HOPPER = Address("Grace Hopper", "hopper@maths.northgate.example")
RULES = replace(a_rulebook(), drop_folders={"ana-direct": "ana"})
AT = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
FORWARDED = (
    "Please take this.\n\nFrom: Ingrid Voss <voss@northgate.example>\n"
    "Sent: Monday, November 23, 2026 9:12 AM\nTo: Ana\nSubject: Projector\n\nThe projector is dead."
)
FORWARD = letter(FORWARDED, sender=ANA, subject="FW: Projector", date=AT)


def _run(found: Triage) -> tuple[str, str, str]:
    return found.end_run_person, found.end_run_rule, found.end_run_certainty


def test_the_front_door():
    """Mail to the desk is no end-run."""
    found = triage(letter("printer"), RULES, "help")
    assert (found.channel, found.requester, _run(found)) == (Channel.DESK_MAIL, VOSS, ("", "", ""))


def test_r1_a_forward_by_a_technician():
    """The one who asked is the requester, asked when the forward says."""
    found = triage(FORWARD, RULES, "help")
    assert (found.channel, found.requester) == (Channel.FORWARDED, VOSS)
    assert _run(found) == ("ana", "R1", "certain")
    assert found.asked_at == datetime(2026, 11, 23, 9, 12, tzinfo=UTC)
    assert found.service == "projector"
    assert "R1: Ana Lovelace forwards a mail of voss@northgate.example" in found.why


def test_r1_a_mail_that_is_attached_to_one():
    """As the reader shows it: below a mark, whatever the subject says."""
    text = (
        "Please take this.\n\n---------- Forwarded message ----------\n"
        "From: Ingrid Voss <voss@northgate.example>\nTo: Ana <ana@northgate.example>\n"
        "Date: Mon, 23 Nov 2026 09:12:00 +0100\nSubject: Projector\n\nThe projector is dead."
    )
    found = triage(letter(text, sender=ANA, subject="Projector", date=AT), RULES, "help")
    assert (found.requester, *_run(found)) == (VOSS, "ana", "R1", "certain")
    assert found.asked_at == datetime(2026, 11, 23, 8, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        (VOSS, FORWARDED),
        (ANA, FORWARDED.replace("voss@northgate.example", "ben@northgate.example")),
        (ANA, FORWARDED.replace("voss@northgate.example", "help@northgate.example")),
        (ANA, FORWARDED.replace("voss@northgate.example", "no-reply@shop.example")),
        (ANA, FORWARDED.replace("voss@northgate.example", "nagios@mon.example")),
        (ANA, FORWARDED.replace("voss@northgate.example", "MAILER-DAEMON@mx.example")),
        (ANA, "Please take this."),
    ],
)
def test_other_forwards_are_no_end_runs(sender, text):
    """Neither those of requesters, nor of the desk's own mail, nor of machines."""
    found = triage(letter(text, sender=sender, subject="FW: Projector"), RULES, "help")
    assert (found.channel, found.requester, found.end_run_rule) == (Channel.DESK_MAIL, sender, "")


def test_a_forward_of_what_the_desk_got_too_is_no_end_run():
    """It went to the front door; who asked is still the requester."""
    text = FORWARDED.replace("To: Ana", "To: Ana <ana@northgate.example>; help@northgate.example")
    found = triage(replace(FORWARD, reply=text), RULES, "help")
    assert (found.channel, found.requester, found.end_run_rule) == (Channel.FORWARDED, VOSS, "")


TO_ANA_CC_DESK: dict[str, Any] = {"to": (ANA,), "cc": (DESK,)}
TO_BOTH: dict[str, Any] = {"to": (ANA, DESK)}
TO_ANA: dict[str, Any] = {"to": (ANA,)}
SIDE_DOORS = {
    "R2, the desk only copied": ("help", TO_ANA_CC_DESK, "R2", "probable"),
    "R2, one of several": ("help", {"to": (HOPPER, ANA), "cc": (BEN, DESK)}, "R2", "probable"),
    "R2 in a drop folder": ("ana-direct", TO_ANA_CC_DESK, "R2", "probable"),
    "R2, with a plus and capitals": (
        "help",
        {"to": (Address("", "Ana+Rush@Northgate.example"),), "cc": (DESK,)},
        "R2",
        "probable",
    ),
    "R3, both in To": ("help", TO_BOTH, "R3", "suspect"),
    "R3, with the desk in Cc too": ("help", TO_BOTH | {"cc": (DESK,)}, "R3", "suspect"),
    "R4 in a drop folder": ("ana-direct", TO_ANA, "R4", "certain"),
    "R4 with a plus": (
        "ana-direct",
        {"to": (BEN, Address("", "ana+x@northgate.example"))},
        "R4",
        "certain",
    ),
    "R4 as a copy": ("ana-direct", {"to": (HOPPER,), "cc": (ANA,)}, "R4", "certain"),
    "R4, an answer": ("ana-direct", TO_ANA | {"in_reply_to": ("x@y",)}, "R4", "certain"),
    "R4, re-sent": (
        "help",
        TO_ANA | {"headers": {"resent-from": "Ana <ana@northgate.example>"}},
        "R4",
        "certain",
    ),
    "R4, through a mailbox": (
        "help",
        TO_ANA | {"headers": {"delivered-to": "ana@northgate.example"}},
        "R4",
        "certain",
    ),
    "R4, Gmail's forwarding": (
        "help",
        TO_ANA | {"headers": {"x-forwarded-for": "ana@northgate.example help@northgate.example"}},
        "R4",
        "certain",
    ),
    "R4, Exchange's rule": (
        "help",
        TO_ANA | {"headers": {"x-ms-exchange-inbox-rules-loop": "ana@northgate.example"}},
        "R4",
        "certain",
    ),
}
FRONT_DOORS = {
    "a technician copied": ("help", {"cc": (ANA,)}),
    "an answer to both": ("help", TO_BOTH | {"in_reply_to": ("x@y",)}),
    "an answer with a copy to the desk": ("help", TO_ANA_CC_DESK | {"references": ("x@y",)}),
    "an answer by its subject": ("help", TO_ANA_CC_DESK | {"subject": "AW: Drucker"}),
    "the desk's mail in a drop folder": ("ana-direct", {}),
    "Bcc to the desk": ("help", TO_ANA),
    "Bcc to a technician": ("ana-direct", {"to": (HOPPER,)}),
    "undisclosed recipients": ("ana-direct", {"to": ()}),
    "re-sent by somebody else": ("help", TO_ANA | {"headers": {"resent-from": "x@y.example"}}),
    "Bcc to the desk on a server that tells": (
        "help",
        TO_ANA | {"headers": {"envelope-to": "ana@northgate.example, help@northgate.example"}},
    ),
    "re-sent, and the desk is named": (
        "help",
        {"headers": {"resent-from": "ana@northgate.example"}},
    ),
    "a list": ("ana-direct", TO_ANA | {"headers": {"list-id": "<x.example>"}}),
    "an automatic reply": ("ana-direct", TO_ANA | {"headers": {"auto-submitted": "auto-replied"}}),
    "a technician to another": ("ana-direct", TO_ANA | {"sender": BEN}),
    "a technician, the desk copied": ("help", TO_ANA_CC_DESK | {"sender": BEN}),
    "the desk with a plus": ("help", {"to": (Address("", "help+x@northgate.example"),)}),
}


@pytest.mark.parametrize("name", SIDE_DOORS)
def test_r2_to_r4_by_whom_a_mail_is_addressed_to(name):
    """With the certainty of the rule, and the reason in words."""
    mailbox, changes, rule, certainty = SIDE_DOORS[name]
    found = triage(letter("printer", **changes), RULES, mailbox)
    assert _run(found) == ("ana", rule, certainty)
    assert found.requester == VOSS
    assert any(line.startswith(f"{rule}: it was sent to Ana Lovelace") for line in found.why)


@pytest.mark.parametrize("name", FRONT_DOORS)
def test_what_never_counts(name):
    """Lists, Bcc, machines, the desk's own people, and who wrote to the desk."""
    mailbox, changes = FRONT_DOORS[name]
    assert _run(triage(letter("printer", **changes), RULES, mailbox)) == ("", "", "")


def test_a_drop_folder_holds_what_went_to_a_colleague_too():
    """The end-run is to whom it was addressed."""
    found = triage(letter("printer", to=(BEN,)), RULES, "ana-direct")
    assert _run(found) == ("ben", "R4", "certain")
    assert found.channel == Channel.DIRECT_MAIL


@pytest.mark.parametrize(
    ("plus", "channel"),
    [("walkup", Channel.WALK_UP), ("phone", Channel.PHONE), ("chat", Channel.CHAT)],
)
def test_r6_what_a_technician_took_down(plus, channel):
    """A note to the desk's own address with a plus."""
    to = (Address("", f"Help+{plus}@northgate.example"),)
    found = triage(letter("voss@northgate.example: printer", sender=ANA, to=to), RULES, "help")
    assert (found.channel, *_run(found)) == (channel, "ana", "R6", "certain")
    assert found.requester == Address("", "voss@northgate.example")
    assert triage(letter(to=to), RULES, "help").channel == Channel.DESK_MAIL


@pytest.mark.parametrize(
    ("text", "requester"),
    [
        ("for: Grace Hopper <hopper@maths.northgate.example>\nprinter", HOPPER),
        ("Für: hopper@maths.northgate.example\nDrucker", Address("", HOPPER.address)),
        ("Von: Grace Hopper\nDrucker", Address("Grace Hopper", "")),
        ("pour : Grace Hopper (hopper@maths.northgate.example)", HOPPER),
        ("printer\nRequester: hopper@maths.northgate.example.", Address("", HOPPER.address)),
        ("Grace hopper@maths.northgate.example, printer", Address("", HOPPER.address)),
        ("依頼者：Grace Hopper", Address("Grace Hopper", "")),
        ("the printer jams", Address("", "")),
        ("answer to help@northgate.example", Address("", "")),
        ("ana@northgate.example", Address("", "")),
        ("1\n2\n3\n4\n5\nhopper@maths.northgate.example", Address("", "")),
        ("", Address("", "")),
    ],
)
def test_r6_the_note_names_who_asked_or_nobody(text, requester):
    """In its first lines; otherwise a technician types it, and the history says so."""
    to = (Address("", "help+walkup@northgate.example"),)
    found = triage(letter(text, sender=ANA, to=to), RULES, "help")
    assert (found.requester, found.end_run_rule) == (requester, "R6")
    unnamed = any(line.endswith("and no address") for line in found.why)
    assert unnamed is not bool(requester.address)


def test_r6_for_a_colleague_is_no_end_run():
    """Technicians ask each other."""
    to = (Address("", "help+walkup@northgate.example"),)
    found = triage(letter("for: ben@northgate.example", sender=ANA, to=to), RULES, "help")
    assert (found.requester.address, found.end_run_rule) == (BEN.address, "")


NIGHT = compile_hours(CalendarSpec("UTC", {"mon": (("08:00", "17:00"),)}, {}, frozenset(), ()))
ON_CALL = replace(
    RULES,
    roster=Roster("UTC", NIGHT, (Rotation("main", date(2026, 1, 5), "00:00", ("ana",)),)),
)


def _at(hour: int) -> datetime:
    return datetime.combine(AT.date(), time(hour), UTC)


@pytest.mark.parametrize(("hour", "rule"), [(10, "R4"), (7, ""), (16, "R4"), (17, ""), (22, "")])
def test_who_is_on_call_at_that_moment_is_rightly_written_to(hour, rule):
    """While the desk is open nobody is; outside its hours it is who the roster says."""
    found = triage(letter("printer", to=(ANA,), date=_at(hour)), ON_CALL, "ana-direct")
    assert (found.end_run_rule, found.channel) == (rule, Channel.DIRECT_MAIL)
    other = triage(letter("printer", to=(BEN,), date=_at(hour)), ON_CALL, "ana-direct")
    assert other.end_run_rule == "R4"


def test_the_moment_of_a_forward_is_when_the_technician_was_asked():
    """Forwarded at ten, asked at seven: rightly."""
    early = replace(FORWARD, reply=FORWARDED.replace("9:12 AM", "7:12 AM"))
    found = triage(early, ON_CALL, "help")
    assert (found.end_run_rule, found.requester) == ("", VOSS)
    assert "no end-run: Ana Lovelace was on call" in found.why
    assert triage(FORWARD, ON_CALL, "help").end_run_rule == "R1"


@pytest.mark.parametrize(
    "at", [None, datetime(1980, 1, 1, tzinfo=UTC), datetime(2099, 12, 31, tzinfo=UTC)]
)
def test_mail_without_a_sensible_date_is_counted(at):
    """Nobody is known to have been on call."""
    mail = letter("printer", to=(BEN,), date=at)
    assert triage(mail, ON_CALL, "ana-direct").end_run_rule == "R4"


FORMS: dict[str, ReadMail] = {
    "nobody": letter(sender=Address("Forms", "noreply@forms.example"), reply_to=VOSS),
    "the desk itself": letter(sender=DESK, reply_to=VOSS),
    "a program": letter(
        sender=Address("Forms", "forms@northgate.example"),
        reply_to=VOSS,
        headers={"auto-submitted": "auto-generated"},
    ),
    "a group": letter(
        sender=Address("'Ingrid Voss' via Help", "help@northgate.example"),
        headers={
            "list-id": "<help.northgate.example>",
            "x-original-from": "Ingrid Voss <voss@northgate.example>",
        },
    ),
    "a list that hides the writer": letter(
        sender=Address("Ingrid Voss via Staff", "staff@lists.example"),
        reply_to=VOSS,
        headers={"list-id": "<staff.lists.example>"},
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_who_asks_where_a_program_speaks_for_a_person(name):
    """Web forms name them in Reply-To, groups and lists in headers of theirs."""
    found = triage(FORMS[name], RULES, "help")
    assert (found.requester, found.ignore) == (VOSS, "")
    assert found.machine in {None, Machine.LIST}


@pytest.mark.parametrize("address", ["voss@home.example", "voss@northgate.example.evil.example"])
def test_a_persons_reply_to_does_not_change_who_asked(address):
    """Answers go to who wrote; that it asks for others is said."""
    found = triage(letter(reply_to=Address("Ingrid Voss", address)), RULES, "help")
    assert found.requester == VOSS
    note = f"it asks for answers to {address}, which is not where it comes from"
    assert note in found.why
    assert note not in triage(letter(reply_to=VOSS), RULES, "help").why
