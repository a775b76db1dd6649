"""Impact, urgency, priority, and what the sender claims."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.triage import triage
from store.words import Level
from tests.intake.triage.letters import PASSWORDS, PRINTING, letter, with_services

RULES = with_services(PRINTING, PASSWORDS)


@pytest.mark.parametrize(
    ("text", "impact", "urgency"),
    [
        ("printer jams", Level.LOW, Level.MEDIUM),
        ("printer jams, the whole school waits", Level.HIGH, Level.MEDIUM),
        ("printer jams in class", Level.MEDIUM, Level.MEDIUM),
        ("printer jams in class for everybody", Level.HIGH, Level.MEDIUM),
        ("printer jams in the exam", Level.LOW, Level.HIGH),
        ("printer jams, no hurry", Level.LOW, Level.LOW),
        ("my password, everybody in the exam", Level.LOW, Level.MEDIUM),
        ("everybody in the exam", Level.LOW, Level.MEDIUM),
    ],
)
def test_impact_and_urgency_come_from_the_services_words(text, impact, urgency):
    """The highest level named counts; words of other services do not."""
    found = triage(letter(text), RULES, "help")
    assert (found.impact, found.urgency) == (impact, urgency)
    assert found.priority == RULES.matrix[impact, urgency]


CLAIMS = [
    ("URGENT!!! printer", "", {}, '"urgent" in the subject'),
    ("printer", "This is URGENT", {}, '"urgent" in the text'),
    ("DRINGEND: Drucker", "", {}, '"dringend" in the subject'),
    ("Imprimante en panne, c'est urgent", "", {}, '"urgent" in the subject'),
    ("【至急】プリンタ", "", {}, '"至急" in the subject'),
    ("紧急", "", {}, '"紧急" in the subject'),
    ("דחוף", "", {}, '"דחוף" in the subject'),
    ("printer", "It does not work. Urgent!", {}, '"urgent" in the text'),
    ("printer", "No, this is urgent", {}, '"urgent" in the text'),
    ("printer", "Not urgent yesterday. Today it is urgent.", {}, '"urgent" in the text'),
    ("URGENT: emergency exit", "", {}, '"urgent" in the subject'),
    ("Impresora", "Es urgente", {}, '"urgente" in the text'),
    ("Stampante", "È urgente", {}, '"urgente" in the text'),
    ("Printer", "Dit is dringend", {}, '"dringend" in the text'),
    ("Impressora", "É urgente", {}, '"urgente" in the text'),
    ("Drukarka", "To pilne!", {}, '"pilne" in the text'),
    ("Skrivare", "Det är brådskande", {}, '"brådskande" in the text'),
    ("Принтер", "Срочно", {}, '"срочно" in the text'),
    ("printer", "", {"importance": "High"}, "Importance: High"),
    ("printer", "", {"x-priority": "1 (Highest)"}, "X-Priority: 1 (Highest)"),
    ("printer", "", {"priority": "urgent"}, "Priority: urgent"),
    ("printer", "", {"x-msmail-priority": "High"}, "X-Msmail-Priority: High"),
]
NO_CLAIMS = [
    ("printer", "not urgent", {}),
    ("printer", "Es ist nicht dringend.", {}),
    ("printer", "no es urgente", {}),
    ("printer", "不紧急", {}),
    ("printer", "resurgent", {}),
    ("printer", "It is not at all urgent.", {}),
    ("printer", "This isn't an emergency", {}),
    ("printer", "There is no urgency", {}),
    ("Drucker", "nicht besonders dringend", {}),
    ("Notfallplan drucken", "", {}),
    ("imprimante", "ce n'est pas très urgent, aucune urgence", {}),
    ("impresora", "no es muy urgente, sin urgencia", {}),
    ("stampante", "non è affatto urgente", {}),
    ("printer", "niet zo dringend, geen haast", {}),
    ("impressora", "não é muito urgente, sem urgência", {}),
    ("drukarka", "to nie jest pilne", {}),
    ("skrivare", "det är inte så brådskande", {}),
    ("プリンタ", "急ぎではありません", {}),
    ("מדפסת", "לא ממש דחוף", {}),
    ("the emergency exit light is broken", "emergency contacts need an update", {}),
    ("a laptop for the urgent care clinic", "", {}),
    ("printer", "", {"importance": "normal"}),
    ("printer", "", {"x-priority": "3"}),
    ("printer", "", {"priority": "non-urgent"}),
]


@pytest.mark.parametrize(("subject", "text", "headers", "sign"), CLAIMS)
def test_claimed_urgency_is_recorded_and_moves_nothing(subject, text, headers, sign):
    """Who shouts is heard and not served first."""
    found = triage(letter(text, subject=subject, headers=headers), RULES, "help")
    quiet = triage(letter(subject="printer"), RULES, "help")
    assert (found.claimed_urgent, quiet.claimed_urgent) == (True, False)
    assert f"the sender claims urgency: {sign}" in found.why
    assert (found.impact, found.urgency) == (quiet.impact, quiet.urgency)


@pytest.mark.parametrize(("subject", "text", "headers"), NO_CLAIMS)
def test_who_says_it_is_not_urgent_claims_nothing(subject, text, headers):
    """Neither do those whose program says so."""
    assert not triage(letter(text, subject=subject, headers=headers), RULES, "help").claimed_urgent


@pytest.mark.parametrize(
    ("subject", "tags"),
    [
        ("Re: [#1042] printer", (1042,)),
        ("[#1042][#7] Re: [#1042]", (1042, 7)),
        ("[ #1042 ]", (1042,)),
        ("#1042", ()),
        ("[1042]", ()),
        ("[#12345678901]", ()),
        ("", ()),
    ],
)
def test_our_own_tags_in_subjects(subject, tags):
    """Each number once, in order."""
    assert triage(letter(subject=subject), RULES, "help").tags == tags


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("printer jams for everybody", True),
        ("printer jams in class", False),
        ("URGENT!!! printer", False),
        ("my password, everybody waits", False),
    ],
)
def test_what_the_catalogue_calls_an_emergency_is_said(text, said):
    """By the service and its impact; what the sender claims is no reason."""
    rules = with_services(replace(PRINTING, emergency_impact=Level.HIGH), PASSWORDS)
    found = triage(letter(text), rules, "help")
    assert ("emergency: Printing, impact high, by the catalogue" in found.why) is said
