"""Which mail is about a known outage, and what people are told of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.outages import Asked, KnownOutage, about, concerning, told
from store.rules.telling import telling_words
from store.rules.terms import folded
from store.words import Machine, OutageKind
from tests.conftest import NOW

HOUR = timedelta(hours=1)
MAIL = KnownOutage(1, 1042, OutageKind.OUTAGE, "mail", ("e-mail", "outlook"), "", NOW, None, True)
DISK = replace(MAIL, kind=OutageKind.MAINTENANCE, words=(), ends_at=NOW + 2 * HOUR)
ASKED = Asked("mail", "Outlook hangs", "", NOW + HOUR)


@pytest.mark.parametrize(
    ("subject", "text", "words", "why"),
    [
        ("Outlook hangs", "", ("outlook",), '"outlook" is in it'),
        ("Nothing works", "My OUTLOOK is white.", ("outlook",), '"outlook" is in it'),
        ("Two outlooks", "", ("outlook",), '"outlook" is in it'),
        ("Outlookish", "", ("outlook",), ""),
        ("E-mail is slow", "", ("e-mail",), '"e-mail" is in it'),
        ("e mail", "", ("e-mail",), '"e-mail" is in it'),
        ("mail", "", ("e-mail",), ""),
        ("the shared mailbox is empty", "", ("shared mailbox",), '"shared mailbox" is in it'),
        ("mailbox shared", "", ("shared mailbox",), ""),
        ("Die Büchse klemmt", "", ("buchse",), '"buchse" is in it'),
        ("プリンターが動きません", "", ("プリンター",), '"プリンター" is in it'),
        ("プリン", "", ("プリンター",), ""),
        ("no", "x " * 1000 + "outlook", ("outlook",), ""),
        ("anything", "", (), "it is for the same service"),
        ("", "", ("outlook",), ""),
    ],
)
def test_words_are_found_whole_whatever_their_case_and_accents(subject, text, words, why):
    """Or with an s; phrases in their order; scripts without spaces anywhere."""
    asked = replace(ASKED, subject=subject, text=text)
    found = about([replace(MAIL, words=words)], asked)
    assert (found[1] if found else "") == why


@pytest.mark.parametrize(
    ("outage", "changes", "is_about"),
    [
        (MAIL, {}, True),
        (MAIL, {"service": "wifi"}, False),
        (MAIL, {"service": ""}, False),
        (replace(MAIL, service=""), {"service": "wifi"}, True),
        (replace(MAIL, service="", words=()), {}, False),
        (MAIL, {"from_desk": True}, False),
        (MAIL, {"spoofed": True}, False),
        *((MAIL, {"machine": machine}, False) for machine in Machine),
        (MAIL, {"emergency": True}, True),
        (MAIL, {"emergency": True, "service": "wifi"}, False),
        (replace(MAIL, service=""), {"emergency": True}, False),
        (MAIL, {"arrived_at": NOW}, True),
        (MAIL, {"arrived_at": NOW - timedelta(microseconds=1)}, False),
        (replace(MAIL, ends_at=NOW + HOUR), {"arrived_at": NOW + 9 * HOUR}, True),
        (DISK, {}, True),
        (DISK, {"arrived_at": NOW - HOUR}, False),
        (DISK, {"arrived_at": NOW + 2 * HOUR}, False),
    ],
)
def test_which_mail_is_about_it(outage, changes, is_about):
    """Of its service, of people, from when it began; an outage lasts until somebody ends it."""
    assert (about([outage], replace(ASKED, **changes)) is not None) is is_about


def test_of_several_that_of_the_service_counts_then_the_newest():
    """One for any service is the last resort."""
    anything = replace(MAIL, id=9, service="")
    newer = replace(MAIL, id=2)
    found = about([anything, MAIL, newer], ASKED)
    assert found is not None
    assert found[0] is newer


_TEXT = st.text(max_size=60)


@given(
    words=st.lists(st.sampled_from(["outlook", "e-mail", "shared mailbox", "größe"]), max_size=3),
    service=st.sampled_from(["", "mail", "wifi"]),
    asked=st.builds(
        Asked,
        st.sampled_from(["", "mail", "wifi"]),
        _TEXT,
        _TEXT,
        st.integers(-5, 5).map(lambda hours: NOW + hours * HOUR),
        st.booleans(),
        st.sampled_from([None, *Machine]),
        st.booleans(),
        st.booleans(),
    ),
    kind=st.sampled_from(OutageKind),
)
def test_nothing_is_swallowed_that_must_be_seen(words, service, asked, kind):
    """Mail of programs, forgers and colleagues, and emergencies of other things."""
    outage = replace(MAIL, kind=kind, words=tuple(words), service=service, ends_at=NOW + 2 * HOUR)
    if about([outage], asked) is None:
        return
    assert not asked.from_desk
    assert not asked.spoofed
    assert asked.machine is None
    assert service in ("", asked.service)
    assert not (asked.emergency and service != asked.service)
    assert not (asked.emergency and not service)
    assert asked.arrived_at >= outage.starts_at
    assert words or service


@given(_TEXT)
def test_a_mail_with_the_same_subject_is_about_it(subject):
    """By every word that was proposed."""
    for word in telling_words(subject):
        asked = replace(ASKED, subject=subject)
        assert about([replace(MAIL, words=(word,))], asked) is not None, word


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("E-mail is down again!!", ("e-mail",)),
        ("Outlook doesn't start", ("outlook",)),
        ("URGENT: VPN drops every hour [#1023]", ("vpn",)),
        ("Wi-Fi in B12 broken", ("wi-fi", "b12")),
        ("Der Drucker im Lehrerzimmer ist kaputt", ("drucker", "lehrerzimmer")),
        ("プリンターが動きません", ("プリンターが動きません",)),
        ("Mail from ana@x.example, ana@x.example and Ana", ("mail", "ana")),
        ("Help!!! Nothing works", ()),
        ("", ()),
        ("one two three four five six seven", ("one", "two", "three", "four")),
    ],
)
def test_words_that_tell_what_a_subject_is_about(subject, words):
    """Not those that are in every subject, no addresses and no numbers; a few."""
    assert telling_words(subject) == words


NAMES = {"mail": "E-mail"}
NOON = NOW.replace(hour=12, minute=0)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "E-mail is down since 10:42."),
        ({"ends_at": NOON}, "E-mail is down since 10:42, expected back 12:00."),
        ({"ends_at": NOW}, "E-mail is down since 10:42."),
        ({"text": "A disk is full"}, "E-mail is down since 10:42. A disk is full."),
        ({"text": "Sorry!"}, "E-mail is down since 10:42. Sorry!"),
        ({"service": "", "text": "No lift"}, "There is an outage since 10:42. No lift."),
        (
            {"starts_at": NOW - timedelta(days=1), "ends_at": NOON + timedelta(days=40)},
            "E-mail is down since Sun 22 Nov 10:42, expected back Sat 2 Jan 2027 12:00.",
        ),
        (
            {"kind": OutageKind.MAINTENANCE, "ends_at": NOON},
            "Planned maintenance of E-mail since 10:42, until 12:00.",
        ),
        (
            {"kind": OutageKind.MAINTENANCE, "starts_at": NOON, "ends_at": NOON + HOUR},
            "Planned maintenance of E-mail from 12:00 to 13:00.",
        ),
        ({"kind": OutageKind.MAINTENANCE, "ends_at": NOW + timedelta(minutes=5)}, ""),
    ],
)
def test_what_people_are_told(changes, words):
    """Times as the desk's clock shows them; the day where it is another; nothing that is over."""
    now = NOW + timedelta(minutes=5)
    assert told([replace(MAIL, **changes)], NAMES, now, "Europe/London") == words


def test_who_asks_for_a_service_hears_of_that_one():
    """And of what concerns everybody, in the order in which it became known."""
    anything = replace(MAIL, id=3, service="", text="No lift.")
    wifi = replace(MAIL, id=2, service="wifi")
    those = concerning([anything, wifi, MAIL], "mail")
    assert those == [anything, MAIL]
    assert told(those, NAMES, NOW, "UTC") == (
        "E-mail is down since 10:42. There is an outage since 10:42. No lift."
    )


@given(_TEXT)
def test_proposed_words_can_be_searched_for(subject):
    """There is a letter or a digit in each."""
    assert all(any(folded(word)) for word in telling_words(subject))
