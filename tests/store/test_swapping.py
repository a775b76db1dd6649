"""Swapping cover: both parts or neither, and back as one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store import commands, queries
from store.desk import Desk
from store.errors import NotAllowed, NotPossible
from store.facts.cover import cover_change
from store.rules.cover import on_call
from tests.store.looking import rows
from tests.store.people import ANA, BEN, CHI, VISITOR
from tests.store.watch import DEE, at, change, watched

#: Ben's Tuesday for Dee's of the week after.
BENS = change("swap", "2026-11-24 17:00", "2026-11-25 08:00", "dee", "ben")
DEES = change("swap", "2026-12-01 17:00", "2026-12-02 08:00", "ben", "dee")
NIGHTS = ("2026-11-24 22:00", "2026-12-01 22:00")


@pytest.fixture
def desk(store) -> Desk:
    """A desk with a roster, on SQLite and on PostgreSQL in turn."""
    return watched(store)


def nights(desk: Desk) -> tuple[str, ...]:
    """Return who has the watch in both nights."""
    desk.refresh()
    return tuple(on_call(desk.rules.roster, at(night)) for night in NIGHTS)


@pytest.mark.parametrize("actor", [ANA, BEN, DEE])
def test_two_swap_and_take_it_back_as_one(desk, actor):
    """Either of them, or a lead."""
    before = nights(desk)
    done = commands.swap_cover(desk, actor, BENS, DEES)
    swapped = nights(desk)
    back = commands.undo_cover(desk, actor)
    assert (before, swapped, nights(desk)) == (("ben", "dee"), ("dee", "ben"), ("ben", "dee"))
    assert done.text == (
        "Dee has Tue 24 Nov 17:00 – Wed 25 Nov 08:00 in a swap with Ben; "
        "Ben has Tue 1 Dec 17:00 – Wed 2 Dec 08:00 in a swap with Dee"
    )
    assert back.text.count("Taken back: ") == 2
    assert [each.undone for each in queries.cover_view(desk, actor=actor).changes] == [
        False,
        False,
        True,
        True,
    ]


def test_if_one_part_cannot_be_there_is_neither(desk):
    """Ben does not have the watch that Dee would take."""
    with pytest.raises(NotPossible, match="Chi does not have the watch then"):
        commands.swap_cover(
            desk, ANA, BENS, change("swap", "2026-12-01 17:00", "2026-12-02 08:00", "ben", "chi")
        )
    assert (nights(desk), rows(desk, cover_change)) == (("ben", "dee"), [])


@pytest.mark.parametrize("actor", [CHI, VISITOR])
def test_nobody_else_swaps_what_two_have(desk, actor):
    """A technician swaps what is theirs."""
    with pytest.raises(NotAllowed):
        commands.swap_cover(desk, actor, BENS, DEES)
    assert rows(desk, cover_change) == []


def test_two_changes_that_are_no_swap_are_taken_back_one_by_one(desk, clock):
    """The last one first."""
    commands.change_cover(desk, ANA, BENS)
    clock.advance(timedelta(seconds=1))
    commands.change_cover(desk, ANA, DEES)
    commands.undo_cover(desk, ANA)
    assert nights(desk) == ("dee", "dee")
    commands.undo_cover(desk, ANA)
    assert nights(desk) == ("ben", "dee")
    with pytest.raises(NotPossible, match="no change of cover of yours"):
        commands.undo_cover(desk, ANA)


def test_a_swap_of_which_one_part_was_changed_since_stays_whole(desk):
    """Neither part is taken back alone."""
    commands.swap_cover(desk, BEN, BENS, DEES)
    commands.change_cover(
        desk, ANA, change("cover", "2026-11-24 17:00", "2026-11-25 08:00", "chi", "dee")
    )
    with pytest.raises(NotPossible, match="cannot be taken back"):
        commands.undo_cover(desk, BEN)
    assert nights(desk) == ("chi", "ben")
