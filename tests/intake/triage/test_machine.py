"""Mail that no person wrote: what it is by RFCs and products, and what is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from intake.triage import triage
from store.mail_records import ReadMail
from store.records import Address
from store.rulebook import ReportRule
from store.words import Machine
from tests.intake.triage.letters import ANA, DESK, letter
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
