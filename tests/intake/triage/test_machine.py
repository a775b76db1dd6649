"""Mail that no person wrote: what it is by RFCs and products, and what is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from intake.reading.reader import read_strictly as read
from intake.triage import triage
from store.mail_records import ReadMail
from store.records import Address
from store.rulebook import ReportRule
from store.words import Machine
from tests.intake.reading.builders import multipart, part
from tests.intake.triage.headerless import ANSWERS
from tests.intake.triage.letters import ANA, DESK, letter
from tests.intake.triage.like_answers import REQUESTS
from tests.intake.triage.machine_mails import (
    AWAY,
    BOUNCES,
    KEPT,
    LISTS,
    OTHERS,
    OWN,
    PREFIXES,
    RECEIPTS,
    REPLIES,
    REPORTS,
)
from tests.rulebook import a_rulebook

RULES = replace(a_rulebook(), drop_folders={"ana-direct": "ana"})


def _cases(kind: Machine, mails: dict[str, ReadMail]) -> list[Any]:
    return [pytest.param(kind, mail, id=f"{kind}: {name}") for name, mail in mails.items()]


@pytest.mark.parametrize(
    ("kind", "mail"),
    [
        *_cases(Machine.AUTO_REPLY, REPLIES),
        *_cases(Machine.RECEIPT, RECEIPTS),
        *_cases(Machine.BOUNCE, BOUNCES),
        *_cases(Machine.OWN, OWN),
        *_cases(Machine.REPORT, REPORTS),
    ],
)
def test_machine_mail_is_known_and_ignored_with_its_reason(kind, mail):
    """The ledger says what it was and by which sign."""
    found = triage(mail, RULES, "help")
    assert (found.machine, bool(found.ignore)) == (kind, True)
    assert any(line.partition(":")[0] in found.ignore for line in found.why)


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("colon", [": ", "： "])
def test_servers_say_automatic_reply_in_their_own_language(prefix, colon):
    """The subject alone is enough."""
    found = triage(letter(subject=f"{prefix}{colon}printer"), RULES, "help")
    assert found.machine is Machine.AUTO_REPLY


@pytest.mark.parametrize("language", AWAY)
def test_vacation_replies_without_headers_are_known_by_what_they_say(language):
    """As answers; the same words in a mail of one's own are a request."""
    text = AWAY[language]
    assert triage(letter(text, subject="Re: x"), RULES, "help").machine is Machine.AUTO_REPLY
    assert triage(letter(text, subject="My phone"), RULES, "help").machine is None


@pytest.mark.parametrize(("subject", "text"), ANSWERS)
def test_answers_of_programs_are_known_without_headers(subject, text):
    """In the words of the programs, in many languages."""
    found = triage(letter(text, subject=subject), RULES, "help")
    assert (found.machine, bool(found.ignore)) == (Machine.AUTO_REPLY, True)


@pytest.mark.parametrize(("subject", "text"), REQUESTS)
def test_what_people_write_in_such_words_is_a_request(subject, text):
    """About automatic replies, about being away, and from people who are."""
    found = triage(letter(text, subject=subject), RULES, "help")
    assert (found.machine, found.ignore) == (None, "")


def test_an_answer_that_names_its_sender_is_known():
    """As the one who is away; what names somebody else is a request."""
    by_voss = triage(letter(subject="Automatic reply from Ingrid Voss"), RULES, "help")
    about_voss = triage(
        letter(subject="Automatic reply from Ingrid Voss", sender=ANA), RULES, "help"
    )
    assert (by_voss.machine, about_voss.machine) == (Machine.AUTO_REPLY, None)


def _calendar(method: str, text: str = "", subject: str = "Accepted: staff meeting") -> ReadMail:
    event = (
        f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nSUMMARY:Staff meeting\r\n"
        "DTSTART:20261124T100000Z\r\n"
        "ATTENDEE;PARTSTAT=ACCEPTED;CN=Ingrid Voss:mailto:voss@northgate.example\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    answer = part(event, Content_Type=f"text/calendar; method={method}; charset=utf-8")
    return read(multipart("alternative", part(text), answer, Subject=subject))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ingrid Voss has accepted this invitation.\n\nhttps://calendar.example/r?eid=1 \n",
        "When: Tuesday\nWhere: Hall",
    ],
)
def test_an_answer_to_an_invitation_opens_no_request(text):
    """It is kept in the ledger with its reason, as a receipt is."""
    found = triage(_calendar("REPLY", text), RULES, "help")
    assert found.machine is Machine.RECEIPT
    assert found.ignore.startswith("an answer to an invitation (Accepted: Staff meeting, ")


@pytest.mark.parametrize(
    "mail",
    [
        _calendar("REQUEST", subject="Staff meeting"),
        _calendar("REPLY", "Gladly. Is there a projector in the hall?"),
        _calendar("REPLY", "What is this?", subject="FW: Accepted: staff meeting"),
        _calendar("REPLY", "Make it stop.", subject="FW: Accepted: staff meeting"),
    ],
)
def test_what_is_asked_with_a_calendar_is_a_request(mail):
    """Invitations, questions in answers, answers that somebody forwards."""
    assert triage(mail, RULES, "help").ignore == ""


@pytest.mark.parametrize("name", KEPT)
def test_mail_of_people_is_not(name):
    """Whatever their programs put into the headers, and whatever they write about."""
    found = triage(KEPT[name], RULES, "help")
    assert (found.machine, found.ignore) == (None, "")


@pytest.mark.parametrize("name", LISTS)
def test_list_mail_opens_a_request_where_it_is_addressed_to_the_desk(name):
    """It only never gets an automatic answer; what is for others is ignored."""
    found = triage(LISTS[name], RULES, "help")
    assert (found.machine, found.ignore) == (Machine.LIST, "")
    elsewhere = triage(replace(LISTS[name], to=(OTHERS,)), RULES, "help")
    assert elsewhere.machine is Machine.LIST
    assert elsewhere.ignore.startswith("mail of a list that is not addressed to the desk (")


@pytest.mark.parametrize(
    "changes",
    [
        {"cc": (DESK,)},
        {"to": (Address("", "help+forms@northgate.example"),)},
        {"headers": {"list-id": "Help <help.northgate.example>"}},
        {"headers": {"precedence": "list", "resent-to": "Help <help@northgate.example>"}},
    ],
)
def test_a_list_may_be_the_desks_own_address(changes):
    """A group address that people write to is a front door."""
    mail = letter(**({"to": (OTHERS,), "headers": {"precedence": "list"}} | changes))
    assert triage(mail, RULES, "help").ignore == ""


def test_list_mail_that_somebody_dropped_was_meant():
    """Nobody puts a newsletter into their drop folder for nothing; it is no end-run."""
    found = triage(replace(LISTS["RFC 2919"], to=(ANA,)), RULES, "ana-direct")
    assert (found.machine, found.ignore, found.end_run_rule) == (Machine.LIST, "", "")


def test_a_policy_that_names_the_sender_makes_reports_welcome():
    """But not what answers automatically from there, nor bounces."""
    backup = ReportRule("Backup", ("backup@northgate.example", "@mon.example"), service="printing")
    rules = replace(RULES, reports=(backup,))
    for mail in (REPORTS["a backup by its subject"], REPORTS["Nagios"]):
        found = triage(mail, rules, "help")
        assert (found.machine, found.ignore) == (Machine.REPORT, "")
        assert (found.service, found.alert[:8]) == ("printing", "Backup: ")
    away = replace(REPLIES["RFC 3834"], sender=Address("", "backup@northgate.example"))
    assert triage(away, rules, "help").machine is Machine.AUTO_REPLY
    assert triage(REPORTS["cron"], rules, "help").ignore.startswith("an automatic report (")
