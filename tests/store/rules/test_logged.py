"""What somebody types to log an end-run, taken apart and understood."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import NotFound, NotPossible
from store.records import Address
from store.rules.directory import Directory, Requester
from store.rules.entries import Jotted, completed, understood
from store.rules.logged import Logged, logged
from store.words import Channel, Ending
from tests.conftest import NOW

GRACE = Requester("Grace Hopper", "hopper@maths.northgate.example", "maths", asked=9)
HOPE = Requester("Hope Grace", "hope@office.northgate.example", asked=2)
MULLER = Requester("Jürgen Müller", "", asked=1)
BEN = Requester("Ben Hopkins", "ben@northgate.example", login="ben", asked=50)
PEOPLE = Directory([BEN, HOPE, MULLER, GRACE])


def jotted(text: str, at: datetime = NOW, requester: Address | None = None) -> Jotted:
    """Return what was typed at a time."""
    return Jotted("e1", text, at, requester)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "hopper: projector in B12, walk-up, 10m",
            Logged("hopper", "projector in B12", minutes=10),
        ),
        ("hop:proj,10,d", Logged("hop", "proj", minutes=10)),
        ("ito: printer, p, q", Logged("ito", "printer", channel=Channel.PHONE, ending=None)),
        ("ito: a, b, and c, chat", Logged("ito", "a, b, and c", channel=Channel.CHAT)),
        ("ito: exam, 1h30", Logged("ito", "exam", minutes=90)),
        ("ito: exam, 2 hours", Logged("ito", "exam", minutes=120)),
        ("ito: exam, 20 min, guided", Logged("ito", "exam", minutes=20, ending=Ending.GUIDED)),
        ("ito: it is down, !", Logged("ito", "it is down", ending=None, emergency=True)),
        ("ito: it is down, done, !", Logged("ito", "it is down", ending=None, emergency=True)),
        ("ito: exam, to Ben C, at 9:40", Logged("ito", "exam", whom="Ben C", asked=time(9, 40))),
        ("ito: exam, at 29:40", Logged("ito", "exam, at 29:40")),
        ("ito: 5m", Logged("ito", "5m")),
        ("ito: done, 5m, 6m", Logged("ito", "done, 5m", minutes=6)),
        ("projector", Logged("", "projector")),
        ("10:30 meeting room", Logged("", "10:30 meeting room")),
        ("room 3, floor 2: dark", Logged("", "room 3, floor 2: dark")),
        ("", Logged("", "")),
        (":", Logged("", "")),
    ],
)
def test_what_is_typed_is_taken_apart(text, expected):
    """Only what stands at the end, after commas, is about how; all else is what was asked for."""
    assert logged(text) == expected


@given(st.text(max_size=60))
def test_anything_can_be_typed(text):
    """Whatever it is, it is understood or refused in words, and completing it adds only letters."""
    said = logged(text)
    assert 0 <= said.minutes <= 24 * 60
    assert said.ending is None or not said.emergency


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("hop", [GRACE, HOPE, BEN]),
        ("grace", [GRACE, HOPE]),
        ("grace h", [GRACE, HOPE]),
        ("opper", [GRACE]),
        ("muller", [MULLER]),
        ("hope@office.northgate.example", [HOPE]),
        ("zzz", []),
        ("", []),
    ],
)
def test_people_are_found_by_any_part_of_their_name(part, expected):
    """Who asks often comes first, people of the desk last; accents do not matter."""
    assert PEOPLE.find(part) == expected


def test_an_entry_is_understood(rules):
    """The likeliest person, the service by its words, and me unless somebody else was asked."""
    entry = understood(jotted("hopper: projector in B12, 10m"), rules, PEOPLE, "ana")
    assert entry.requester == Address("Grace Hopper", "hopper@maths.northgate.example")
    assert (entry.what, entry.service) == ("projector in B12", "projector")
    assert (entry.whom, entry.asked_at, entry.minutes) == ("ana", NOW, 10)
    assert entry.ending is Ending.DONE


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("new person", Address("new person", "")),
        ("x@y.example", Address("", "x@y.example")),
    ],
)
def test_somebody_new_can_ask(rules, who, expected):
    """A name or an address that nobody has is taken as it is."""
    assert understood(jotted(f"{who}: screen"), rules, PEOPLE, "ana").requester == expected


def test_who_was_picked_counts(rules):
    """Not the likeliest."""
    picked = Address("Hope Grace", "hope@office.northgate.example")
    entry = understood(jotted("grace: screen", requester=picked), rules, PEOPLE, "ana")
    assert entry.requester == picked


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("at 9:40", datetime(2026, 11, 23, 9, 40, tzinfo=UTC)), ("23:00", "yesterday")],
)
def test_a_time_that_is_still_to_come_was_yesterday(rules, asked, expected):
    """In the desk's own time zone."""
    entry = understood(jotted(f"hopper: screen, {asked}"), rules, PEOPLE, "ana")
    if expected == "yesterday":
        expected = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
    assert entry.asked_at == expected


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("projector", NotPossible, "does not say who asked"),
        ("hopper: ", NotPossible, "does not say what was asked for"),
        ("hopper: x, to zoe", NotFound, "Nobody on the desk is called “zoe”"),
    ],
)
def test_what_is_missing_is_said(rules, text, error, words):
    """With an example."""
    with pytest.raises(error, match=words):
        understood(jotted(text), rules, PEOPLE, "ana")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hop", "Grace Hopper: "),
        ("hop: proj", "hop: projector"),
        ("hop: my Pri", "hop: my printer"),
        ("hop: p", "hop: p"),
        ("hop: xyz", "hop: xyz"),
        ("zzz", "zzz"),
    ],
)
def test_tab_makes_the_last_word_whole(rules, text, expected):
    """A name before the colon, a word of the catalogue after it."""
    assert completed(text, rules, PEOPLE) == expected
