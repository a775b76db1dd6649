"""Notes from one shift to the next: shown to whoever takes over, until they are read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from store import commands, queries
from store.desk import Desk
from store.errors import NotAllowed, NotPossible
from store.facts.cover import hand_over
from tests.conftest import NOW
from tests.store.looking import rows, verified
from tests.store.people import ANA, BEN, CHI, VISITOR
from tests.store.watch import ALONE, DEE, at, change, watched

#: What the database has no part in.
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def desk(store) -> Desk:
    """A desk with a roster, on SQLite and on PostgreSQL in turn."""
    return watched(store)


def shown(desk: Desk, *actors) -> dict[str, list[str]]:
    """Return which notes each is shown, with a board open."""
    for actor in actors:
        commands.presence(desk, actor, None)
    return {
        actor.login: [each.text for each in queries.hand_overs(desk, actor)] for actor in actors
    }


def test_a_note_waits_for_who_takes_over_and_is_read_once(desk, clock):
    """Ben takes over at 17:00 from the desk, and the desk from him in the morning."""
    assert commands.hand_over(desk, ANA, " The UPS beeps.\n") == (
        "Note left for Ben, who takes over 17:00"
    )
    assert shown(desk, ANA, BEN, CHI) == {"ana": [], "ben": [], "chi": []}
    clock.advance(at("2026-11-23 17:00") - NOW)
    assert shown(desk, ANA, BEN, CHI) == {"ana": [], "ben": ["The UPS beeps."], "chi": []}
    (note,) = queries.hand_overs(desk, BEN)
    assert (note.by, note.at) == ("Ana", NOW)
    commands.read_hand_overs(desk, BEN, [note.id])
    assert shown(desk, BEN) == {"ben": []}
    clock.advance(timedelta(hours=16))
    commands.read_hand_overs(desk, CHI, [note.id])
    assert shown(desk, ANA, BEN, CHI) == {"ana": [], "ben": [], "chi": []}
    kept = rows(desk, hand_over, "id", "read_by", "read_at")
    assert kept == [(note.id, "ben", at("2026-11-23 17:00"))]


def test_in_the_morning_a_note_is_for_everybody_who_is_in(desk, clock):
    """Not for who wrote it, nor for who has no board open; one reads it for all."""
    clock.advance(at("2026-11-24 02:40") - NOW)
    assert (
        commands.hand_over(desk, BEN, "The pump runs again") == "Note left for whoever takes over"
    )
    clock.advance(timedelta(hours=6))
    assert queries.hand_overs(desk, ANA) == []
    told = {"ana": ["The pump runs again"], "ben": [], "chi": ["The pump runs again"]}
    assert shown(desk, ANA, BEN, CHI) == told
    commands.read_hand_overs(desk, CHI, [1])
    assert shown(desk, ANA) == {"ana": []}


@on_sqlite
def test_a_note_follows_a_change_of_cover(desk, clock):
    """Whoever has the watch gets it, also if that was agreed after it was written."""
    commands.hand_over(desk, ANA, "The UPS beeps")
    wanted = change("cover", "2026-11-23 17:00", "2026-11-24 08:00", "dee", "ben")
    commands.change_cover(desk, DEE, wanted)
    clock.advance(at("2026-11-23 17:00") - NOW)
    desk.refresh()
    assert shown(desk, BEN, DEE) == {"ben": [], "dee": ["The UPS beeps"]}


@on_sqlite
def test_who_has_the_watch_is_told_at_once_what_others_write(desk, clock):
    """A lead who thinks of something at home."""
    clock.advance(at("2026-11-23 20:00") - NOW)
    assert commands.hand_over(desk, ANA, "Key is in B12") == "Note left for Ben, who has the watch"
    assert shown(desk, BEN) == {"ben": ["Key is in B12"]}


@on_sqlite
def test_without_a_roster_a_note_is_for_the_next_day(store, clock):
    """Shown to whoever is in then."""
    desk = watched(store, ALONE)
    assert commands.hand_over(desk, ANA, "Toner is out") == "Note left for whoever takes over"
    assert shown(desk, BEN) == {"ben": []}
    clock.advance(timedelta(days=1))
    assert shown(desk, BEN) == {"ben": ["Toner is out"]}


@on_sqlite
def test_a_board_that_only_looks_on_neither_shows_nor_writes_notes(desk, clock):
    """Whoever walks by the wall is not who takes over."""
    commands.hand_over(desk, ANA, "The UPS beeps")
    clock.advance(at("2026-11-23 17:00") - NOW)
    assert queries.hand_overs(desk, replace(BEN, read_only=True)) == []
    with pytest.raises(NotAllowed):
        commands.hand_over(desk, VISITOR, "Hello")
    with pytest.raises(NotAllowed):
        commands.read_hand_overs(desk, VISITOR, [1])


@on_sqlite
def test_a_note_says_something_and_is_no_novel(desk):
    """What is refused is not written, and what is written is safe to show."""
    for text, why in (("  \n", "A note needs some words"), ("x" * 4001, "at most 4,000")):
        with pytest.raises(NotPossible, match=why):
            commands.hand_over(desk, ANA, text)
    commands.hand_over(desk, ANA, "a\x1b]52;c;x\x07b\u202e")
    assert rows(desk, hand_over, "id", "text") == [(1, "a]52;c;xb")]
    assert (queries.newest_hand_over(desk), verified(desk)) == (1, [])
