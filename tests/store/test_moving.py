"""Moves of an accepted proposal: done together, taken back together, checked again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store import commands, queries
from store.errors import CommandRefused
from store.records import Done
from store.rules.evening_words import EVENLY
from store.words import Attendance, Level
from tests.store.people import ANA, BEN, CHI, VISITOR, a_request, the

MINUTE = timedelta(minutes=1)


@pytest.fixture
def crowd(desk):
    """Ana, Ben and Chi are there; Ben has six requests, the older the lower its number."""
    for who in (ANA, BEN, CHI):
        commands.presence(desk, who, None, f"{who.login}'s")
    now = desk.clock.now()
    return [
        a_request(desk, assignee="ben", asked_at=now - (60 - n) * MINUTE, urgency=Level.MEDIUM)
        for n in range(6)
    ]


def proposed(desk, me=ANA):
    """Return the moves that are proposed."""
    return queries.evening(desk, me).proposal.moves


def owners(desk, numbers):
    """Return who has what."""
    rows = queries.rows(desk, numbers)
    return [rows[number].assignee for number in numbers]


def test_a_proposal_is_carried_out_and_taken_back_as_one(desk, crowd):
    """The history says why; one undo brings all of it back."""
    moves = proposed(desk)
    assert [each.number for each in moves] == crowd[:4]
    results = commands.move_all(desk, ANA, moves, EVENLY)
    assert [each.text for each in results] == [
        f"#{each.number} given to {desk.short_name(each.target)}" for each in moves
    ]
    assert owners(desk, crowd) == ["ana", "chi", "ana", "chi", "ben", "ben"]
    view = queries.request(desk, crowd[0])
    last = view.history[-1]
    assert (last.who, last.text) == ("Ana", "gave it to Ana")
    assert last.why == (EVENLY, "Ben had not begun it; Ana had 0.0 of 10")
    assert len(commands.undo(desk, ANA)) == 4
    assert owners(desk, crowd) == ["ben"] * 6


def test_every_move_is_checked_again(desk, crowd):
    """What has changed since stays where it is and says why; the others move."""
    moves = proposed(desk)
    commands.note(desk, BEN, the(crowd[0]), "I am on my way")
    commands.presence(desk, CHI, crowd[1], "chi's", writing=True)
    commands.emergency(desk, ANA, the(crowd[2]), "All is dark")
    done = commands.move_all(desk, ANA, moves, EVENLY)
    said = [str(each) for each in done if not isinstance(each, Done)]
    assert said == [
        f"Ben wrote a note on #{crowd[0]} just now",
        f"Chi writes on it: #{crowd[1]} stays",
        f"#{crowd[2]} is an emergency now; only a person moves it",
    ]
    assert owners(desk, crowd) == ["ben", "ben", "ben", "chi", "ben", "ben"]


def test_nothing_goes_to_who_has_gone_meanwhile(desk, crowd):
    """Neither to who went away, nor to who closed the board."""
    moves = proposed(desk)
    commands.be(desk, CHI, Attendance.AWAY, desk.clock.now() + MINUTE)
    commands.absence(desk, ANA, "ana's")
    results = commands.move_all(desk, ANA, moves, EVENLY)
    assert {str(each).partition(":")[0] for each in results} == {
        "Ana is not in any more",
        "Chi is not in any more",
    }


def test_my_own_change_is_no_race_but_is_seen(desk, crowd):
    """Who accepts has given it to somebody else before."""
    moves = proposed(desk)
    commands.assign(desk, ANA, the(crowd[0]), "dee")
    first = commands.move_all(desk, ANA, moves[:1], EVENLY)[0]
    assert str(first) == f"#{crowd[0]} is not Ben's any more: Dee has it"


def test_only_leads_move_what_others_have(desk, crowd):
    """And nobody who only looks."""
    moves = proposed(desk)
    for who, why in ((CHI, "only a lead moves"), (VISITOR, "You are only looking")):
        result = commands.move_all(desk, who, moves[:1], EVENLY)[0]
        assert isinstance(result, CommandRefused)
        assert why in str(result)
    assert isinstance(commands.move_all(desk, BEN, moves[:1], EVENLY)[0], Done)


def test_each_is_given_to_whom_it_is_for(desk, crowd):
    """One command for several people, taken back as one."""
    to = {crowd[0]: "ana", crowd[1]: "chi", crowd[2]: "ben"}
    results = commands.give_each(desk, ANA, [the(number) for number in to], to)
    assert [str(getattr(each, "text", each)) for each in results] == [
        f"#{crowd[0]} given to Ana",
        f"#{crowd[1]} given to Chi",
        f"Ben has #{crowd[2]} already",
    ]
    commands.undo(desk, ANA)
    assert owners(desk, crowd) == ["ben"] * 6


def test_what_is_never_proposed(desk, crowd):
    """What was begun, is being read or answered, has a draft, or belongs to an emergency."""
    commands.note(desk, BEN, the(crowd[0]), "Asked for the model")
    commands.presence(desk, BEN, crowd[1], "ben's")
    commands.emergency(desk, ANA, the(crowd[2]), "All is dark")
    proposal = queries.evening(desk, ANA, drafts=[crowd[3]]).proposal
    assert {each.number for each in proposal.moves} <= set(crowd[4:])
    commands.presence(desk, BEN, None, "ben's")
    assert crowd[1] in {each.number for each in proposed(desk)}
    # What only I have on the screen, I know of.
    commands.presence(desk, ANA, crowd[1], "ana's")
    assert crowd[1] in {each.number for each in proposed(desk)}


def test_everything_of_somebody_is_handed_over(desk, crowd):
    """Also what they have begun; what cannot go says why."""
    commands.note(desk, BEN, the(crowd[0]), "Asked for the model")
    commands.emergency(desk, ANA, the(crowd[1]), "All is dark")
    commands.presence(desk, CHI, crowd[2], "chi's")
    commands.be(desk, BEN, Attendance.OFF)
    known = queries.handing_over(desk, BEN, "ben")
    assert [each.number for each in known.proposal.moves] == [crowd[0], *crowd[3:]]
    assert [(each.number, each.why) for each in known.proposal.stays] == [
        (crowd[1], "an emergency, which nothing but a person moves"),
        (crowd[2], "Chi has it open"),
    ]
    assert known.reasons[crowd[0]] == "Ana had 0.0 of 10"
    assert known.rows[crowd[1]].emergency
    assert all(
        isinstance(each, Done)
        for each in commands.move_all(desk, BEN, known.proposal.moves, "because Ben is off")
    )
    assert owners(desk, crowd)[:3] == ["ana", "ben", "ben"]
