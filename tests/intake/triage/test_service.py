"""Which service a mail is about."""

from __future__ import annotations

import pytest

from intake.triage import triage
from store.rulebook import ServiceRule
from tests.intake.triage.letters import PASSWORDS, PRINTING, VAULT, letter, with_services

RULES = with_services(PRINTING, PASSWORDS, VAULT)


@pytest.mark.parametrize(
    ("subject", "text", "service"),
    [
        ("The printer jams", "", "printing"),
        ("Hello", "the printer jams", "printing"),
        ("Password", "I typed it at the printer, by the toner, in a paper jam", "passwords"),
        ("Hello", "password of the printer, by the toner", "printing"),
        ("My password manager", "", "vault"),
        ("Hello", "the printers", "printing"),
        ("Der DRÜCKER", "", "printing"),
        ("プリンタ", "", "printing"),
        ("Hello", "it does not work", ""),
        ("", "", ""),
    ],
)
def test_the_catalogues_words_point_to_a_service(subject, text, service):
    """Words in the subject weigh more, longer words weigh more, whole words count."""
    assert triage(letter(text, subject=subject), RULES, "help").service == service


def test_of_equals_the_first_in_the_catalogue_wins():
    """The order people wrote the catalogue in decides."""
    rules = with_services(ServiceRule("b", "B", ("screen",)), ServiceRule("a", "A", ("screen",)))
    assert triage(letter(subject="screen"), rules, "help").service == "b"


def test_quoted_text_does_not_count():
    """What the desk itself wrote before says nothing about the new message."""
    mail = letter("It is room 12", quoted="> the printer?")
    assert triage(mail, RULES, "help").service == ""


def test_the_kind_is_the_services():
    """A password is a service request."""
    assert triage(letter(subject="password"), RULES, "help").kind == "service"


def test_the_reason_names_the_words():
    """Somebody can see why."""
    found = triage(letter("by the toner", subject="printer"), RULES, "help")
    assert found.why[0] == 'service Printing: "printer" in the subject, "toner" in the text'
    assert triage(letter(), RULES, "help").why[0] == "no word of the catalogue occurs"


def test_another_rulebook_brings_its_own_words():
    """Nothing of the last one is remembered."""
    assert triage(letter(subject="printer"), RULES, "help").service == "printing"
    assert triage(letter(subject="printer"), with_services(PASSWORDS), "help").service == ""
