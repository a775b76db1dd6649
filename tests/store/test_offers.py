"""Needs a hand: asked for, seen, taken off somebody's hands, ended."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from store import commands, queries
from store.desk import Desk
from store.errors import CommandRefused, NotAllowed, NotPossible
from store.facts.engine import open_store
from store.records import Actor
from store.words import Ending, Happened
from tests.rulebook import a_rulebook
from tests.store.looking import history, how, verified
from tests.store.people import ANA, BEN, CHI, VISITOR, a_request, the


@pytest.fixture
def number(desk) -> int:
    """A request that Ben has."""
    return a_request(desk, assignee="ben")


def said(desk, number):
    """Return the history of a request in words, newest first: who and what."""
    told = queries.request(desk, number).history
    newest = sorted(told, key=lambda each: -each.id)
    return [f"{each.who} · {each.text}" for each in newest]


def test_whoever_has_it_asks_for_a_hand(desk, number):
    """The row, the list of what is offered and the history say so."""
    done = commands.offer(desk, BEN, the(number))
    assert done.text == f"#{number} needs a hand; everybody who is in is told"
    assert queries.rows(desk, [number])[number].offered
    assert queries.offered(desk) == {"ben": (number,)}
    assert said(desk, number)[0] == "Ben · needs a hand with it"
    assert history(desk, number)[-1].what == Happened.OFFERED
    assert verified(desk) == []


def test_an_offer_is_taken_back(desk, number):
    """By the same key, or by undo."""
    commands.offer(desk, BEN, the(number))
    done = commands.take_back_offer(desk, BEN, the(number))
    assert (done.text, queries.offered(desk)) == (f"#{number} needs no hand any more", {})
    assert said(desk, number)[0] == "Ben · needs no hand with it any more"
    commands.undo(desk, BEN)
    assert how(desk, number)["offered"]
    (undone,) = commands.undo(desk, BEN)
    assert (undone.text, how(desk, number)["offered"]) == (
        f"#{number}: change of the offer taken back",
        False,
    )
    assert said(desk, number)[0] == "Ben · took back the change of the offer"


def test_a_lead_asks_for_others_and_nobody_else_does(desk, number):
    """The history says for whom."""
    with pytest.raises(NotAllowed, match=f"Ben has #{number}: only Ben or a lead can ask"):
        commands.offer(desk, CHI, the(number))
    commands.offer(desk, ANA, the(number))
    assert said(desk, number)[0] == "Ana · says that Ben needs a hand with it"
    with pytest.raises(NotAllowed, match="only Ben or a lead"):
        commands.take_back_offer(desk, CHI, the(number))
    with pytest.raises(NotAllowed, match="You are only looking"):
        commands.offer(desk, VISITOR, the(number))


def test_what_cannot_be_offered(desk, number):
    """What nobody has, what has ended, what is offered already; and the other way round."""
    nobodys = a_request(desk)
    with pytest.raises(NotPossible, match=f"Nobody has #{nobodys}; anybody may claim it"):
        commands.offer(desk, ANA, the(nobodys))
    with pytest.raises(NotPossible, match=f"Nobody has asked for a hand with #{number}"):
        commands.take_back_offer(desk, BEN, the(number))
    commands.offer(desk, BEN, the(number))
    with pytest.raises(NotPossible, match=f"#{number} needs a hand already"):
        commands.offer(desk, BEN, the(number))
    commands.resolve(desk, BEN, the(number), Ending.FIXED)
    with pytest.raises(NotPossible, match="is resolved"):
        commands.offer(desk, BEN, the(number))


def test_it_is_taken_off_their_hands(desk, number):
    """In kinder words than a take-over has; undo gives it back as it was."""
    commands.offer(desk, BEN, the(number))
    done = commands.take_over(desk, CHI, the(number))
    assert done.text == f"#{number} is off Ben's hands, and yours now"
    assert said(desk, number)[0] == "Chi · took it off Ben's hands"
    assert (how(desk, number)["assignee"], how(desk, number)["offered"]) == ("chi", False)
    commands.undo(desk, CHI)
    assert (how(desk, number)["assignee"], how(desk, number)["offered"]) == ("ben", True)
    assert verified(desk) == []


@pytest.mark.parametrize(
    "command",
    [
        lambda desk, at: commands.release(desk, BEN, at),
        lambda desk, at: commands.assign(desk, BEN, at, "chi"),
        lambda desk, at: commands.resolve(desk, BEN, at, Ending.FIXED),
        lambda desk, at: commands.merge(desk, BEN, at, into=a_request(desk)),
    ],
    ids=["release", "assign", "resolve", "merge"],
)
def test_an_offer_ends_with_what_it_was_about(desk, number, command):
    """And is there again when that is taken back."""
    commands.offer(desk, BEN, the(number))
    command(desk, the(number))
    assert (how(desk, number)["offered"], queries.offered(desk)) == (False, {})
    commands.undo(desk, BEN)
    assert queries.offered(desk) == {"ben": (number,)}
    assert verified(desk) == []


def test_several_are_offered_at_once_and_found_by_a_word(desk, number):
    """With the other filters, and in any case."""
    other = a_request(desk, "Printer", assignee="ben")
    a_request(desk, "Not offered", assignee="ben")
    commands.many(desk, commands.offer, BEN, [the(number), the(other)])
    found = [queries.search(desk, typed, 9) for typed in ("@offered", "@Offered print", "@chi")]
    assert (sorted(found[0]), found[1:]) == ([number, other], [[other], []])
    assert queries.search(desk, "@offered @chi", 9) == []
    commands.undo(desk, BEN)
    assert queries.search(desk, "@offered", 9) == []


def test_of_those_who_take_the_same_offer_one_has_it(desk, database_url, number):
    """The others are told who was faster, and take nothing from them."""
    done = commands.offer(desk, BEN, the(number))
    ready = threading.Barrier(3)

    def take(login):
        mine = Desk(open_store(database_url, desk.clock), a_rulebook())
        ready.wait(20)
        try:
            return commands.take_over(mine, Actor(login, login), the(number, done.version)).text
        except CommandRefused as refused:
            return str(refused)
        finally:
            mine.close()

    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(take, ["ana", "chi", "dee"]))
    won = how(desk, number)["assignee"]
    name = {"ana": "Ana", "chi": "Chi", "dee": "Dee"}[won]
    lost = [answer for answer in answers if "off Ben's hands" not in answer]
    assert lost == [f"{name} took #{number} over just now"] * 2
    assert len(history(desk, number)) == 3
