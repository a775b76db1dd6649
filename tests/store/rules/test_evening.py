"""Evening out and handing over: what is proposed, and what never is."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from store.rules.evening import Bearer, Held, even_out, hand_over
from tests.conftest import NOW

DAY = timedelta(days=1)
LOGINS = "abcdefgh"
SKILLS = {"net": "abd", "print": "bcef"}


def knows(login, service):
    """Say who knows what; what is of no service everybody does."""
    return login in SKILLS.get(service, LOGINS)


def held(number, login, weight=2.0, days=0, **more):
    """Return a request that somebody has."""
    return Held(number, 1, login, more.pop("service", ""), weight, NOW - days * DAY, **more)


def bearers(present="abc", away="", capacity=10.0):
    """Return people who are there, and some who are not."""
    return [Bearer(one, one in present, capacity) for one in sorted(present + away)]


def moved(proposal):
    """Return what goes from whom to whom."""
    return [(each.number, each.source, each.target) for each in proposal.moves]


def test_the_oldest_goes_from_the_most_to_the_least_loaded():
    """Until the largest load can no more be lowered."""
    some = [held(n, "a", days=n) for n in (1, 2, 3, 4)] + [held(9, "b")]
    proposal = even_out(bearers(), some, knows)
    assert moved(proposal) == [(4, "a", "c"), (3, "a", "b")]
    assert (proposal.before, proposal.after()) == (
        {"a": 8.0, "b": 2.0, "c": 0.0},
        {"a": 4.0, "b": 4.0, "c": 2.0},
    )


def test_who_does_not_know_the_service_gets_nothing_of_it():
    """Nor who is not there."""
    some = [held(n, "a", days=n, service="print") for n in range(1, 5)]
    assert moved(even_out(bearers("abd"), some, knows)) == [(4, "a", "b"), (3, "a", "b")]
    assert moved(even_out(bearers("ad", away="bc"), some, knows)) == []


def test_who_would_have_too_much_comes_last():
    """Half a post is full sooner, though its load is less."""
    some = [held(n, "a", 3.0, n) for n in range(1, 7)] + [held(9, "c", 5.0)]
    people = [Bearer("a", True, 10), Bearer("b", True, 2), Bearer("c", True, 10)]
    first = even_out(people, some, knows).moves[0]
    assert (first.target, first.load) == ("c", 5.0)


def test_what_is_never_proposed():
    """Emergencies, what is being answered, what was begun, what weighs nothing."""
    some = [
        held(1, "a", 8.0, emergency=True),
        held(2, "a", 3.0, busy="Chi has it open"),
        held(3, "a", 3.0, untouched=False),
        held(4, "a", 0.0),
    ]
    assert even_out(bearers(), some, knows).moves == ()


def test_what_would_not_lower_the_largest_load_is_left_out():
    """One of two with as much cannot be helped: nothing is proposed for the other."""
    some = [held(1, "a", 8.0, emergency=True), held(2, "b", 4.0, 1), held(3, "b", 4.0, 2)]
    assert even_out(bearers(), some, knows).moves == ()


def test_who_has_left_the_desk_is_relieved_too():
    """Their requests wait for somebody."""
    proposal = even_out(bearers(), [held(n, "z", days=n) for n in (1, 2, 3)], knows)
    assert moved(proposal) == [(3, "z", "a"), (2, "z", "b")]


def test_a_desk_without_anybody_or_anything():
    """Proposes nothing."""
    assert even_out([], [], knows).moves == ()
    assert even_out([], [held(1, "a")], knows).moves == ()
    assert even_out(bearers(), [], knows).moves == ()


def test_everything_is_handed_over_that_can_be():
    """The oldest first, to who has least by then; what stays says why."""
    some = [
        held(1, "a", days=9),
        held(2, "a", days=8, untouched=False),
        held(3, "a", 0.0, days=7),
        held(4, "a", emergency=True),
        held(5, "a", busy="Chi has it open"),
        held(6, "a", service="net"),
        held(7, "b", 1.0),
    ]
    proposal = hand_over("a", bearers(), some, lambda who, what: who == "c" or not what)
    assert moved(proposal) == [(1, "a", "c"), (2, "a", "b"), (3, "a", "c"), (6, "a", "c")]
    assert {each.number: each.why for each in proposal.stays} == {
        4: "an emergency, which nothing but a person moves",
        5: "Chi has it open",
    }
    nobody = hand_over("a", bearers("a", away="bc"), some[:1], knows)
    assert [each.why for each in nobody.stays] == ["nobody who is in knows how to do it"]


@st.composite
def desks(draw):
    """Return some desk with some requests."""
    people = [
        Bearer(login, draw(st.booleans()), draw(st.sampled_from([2.5, 10.0])))
        for login in LOGINS[: draw(st.integers(1, 8))]
    ]
    owners = st.sampled_from([*(each.login for each in people), "z"])
    some = [
        Held(
            number,
            1,
            draw(owners),
            draw(st.sampled_from(["", "net", "print"])),
            draw(st.sampled_from([0.0, 0.1, 1.0, 1.5, 2.0, 3.0, 8.0, 1 / 3])),
            NOW - draw(st.integers(0, 3)) * DAY,
            untouched=draw(st.booleans()) or draw(st.booleans()),
            emergency=draw(st.integers(0, 9)) == 0,
            busy="open" if draw(st.integers(0, 9)) == 0 else "",
        )
        for number in range(draw(st.integers(0, 24)))
    ]
    return people, some, draw(st.permutations(some))


def loads(some):
    """Return the load of everybody, counted on its own."""
    found = Counter()
    for each in some:
        found[each.login] += each.weight
    return found


@settings(max_examples=40)
@given(desks())
def test_a_proposal_lowers_the_largest_load_and_touches_nothing_it_must_not(desk):
    """Whatever the desk looks like; the order in which requests are read changes nothing."""
    people, some, shuffled = desk
    proposal = even_out(people, some, knows)
    assert proposal == even_out(people[::-1], shuffled, knows)
    by_number = {each.number: each for each in some}
    there = {each.login for each in people if each.present}
    goes = {}
    for move in proposal.moves:
        one = by_number[move.number]
        assert (one.login, one.emergency, one.busy, one.untouched) == (move.source, False, "", True)
        assert move.target in there
        assert knows(move.target, one.service)
        goes[move.number] = move.target
    assert len(goes) == len(proposal.moves)
    after = loads(
        [Held(n, 1, goes.get(n, each.login), "", each.weight, NOW) for n, each in by_number.items()]
    )
    before = loads(some)
    if proposal.moves:
        assert max(after.values()) < max(before.values())
    told = proposal.after()
    assert all(abs(told[login] - load) < 1e-6 for login, load in after.items())


@settings(max_examples=20)
@given(desks())
def test_handing_over_accounts_for_everything(desk):
    """Each of somebody's requests goes to who may have it, or stays with a reason."""
    people, some, shuffled = desk
    proposal = hand_over("a", people, some, knows)
    assert proposal == hand_over("a", people, shuffled, knows)
    numbers = [each.number for each in (*proposal.moves, *proposal.stays)]
    assert sorted(numbers) == [each.number for each in some if each.login == "a"]
    there = {each.login for each in people if each.present} - {"a"}
    by_number = {each.number: each for each in some}
    for move in proposal.moves:
        one = by_number[move.number]
        assert (one.emergency, one.busy) == (False, "")
        assert move.target in there
        assert knows(move.target, one.service)
    assert all(each.why for each in proposal.stays)
