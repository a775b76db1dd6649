"""Requests that will be late before anybody is in to see it."""

from __future__ import annotations

from datetime import timedelta

from store import commands, queries
from tests.conftest import NOW
from tests.store.people import ANA, a_request, the


def test_only_clocks_that_run_while_the_desk_is_closed_are_told_of(desk, clock):
    """An emergency's, due two hours after its declaration; not those that stand still."""
    clock.advance(timedelta(hours=5, minutes=18))  # 16:00; the desk closes at 16:30
    a_request(desk, "Projector dead")
    early, late = a_request(desk, "Pump stands still"), a_request(desk, "Doors are open")
    commands.emergency(desk, ANA, the(early), "No water")
    commands.reply(desk, ANA, the(early), "On my way")
    assert [row.number for row in queries.breaching(desk)] == [early]
    clock.advance(timedelta(minutes=40))
    commands.emergency(desk, ANA, the(late), "Anybody walks in")
    assert [row.number for row in queries.breaching(desk)] == [late, early]
    clock.advance(timedelta(minutes=17))  # the first answer to it is late already
    assert [row.number for row in queries.breaching(desk)] == [early]


def test_what_becomes_late_while_somebody_is_in_is_no_matter(desk, clock):
    """They see it on the board."""
    number = a_request(desk)
    commands.emergency(desk, ANA, the(number), "No water")
    assert (clock.now(), queries.breaching(desk)) == (NOW, [])
