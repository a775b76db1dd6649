"""The next best request: in which order, for which reason, and whom it never prefers."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.next_best import Candidate, Choice, Skill, choose, in_order, said
from store.words import Group, Priority
from tests.conftest import NOW
from tests.rulebook import a_rulebook

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
DESK = a_rulebook().hours["desk"]


def one(number=1, **more) -> Candidate:
    """Return a P3 that is due in the afternoon and was asked an hour ago."""
    usual = {
        "priority": Priority.P3,
        "group": Group.RUNNING,
        "due": NOW + 4 * HOUR,
        "skill": Skill.ANYBODYS,
        "requester": number,
        "since": NOW - HOUR,
    }
    return Candidate(number, **(usual | more))


def order(*candidates):
    """Return the numbers, the best first."""
    return [each.number for each in in_order(candidates)]


PRESSING = {Group.OVERDUE, Group.AT_RISK}
AT_RISK = {"group": Group.AT_RISK, "due": NOW + 20 * MINUTE}


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"declared": NOW, "priority": Priority.P4}, {"group": Group.OVERDUE, "due": NOW - HOUR}),
        ({"declared": NOW - HOUR}, {"declared": NOW, "priority": Priority.P1}),
        ({"group": Group.OVERDUE, "due": NOW - HOUR}, AT_RISK | {"priority": Priority.P1}),
        (AT_RISK | {"priority": Priority.P4}, {"priority": Priority.P1, "due": NOW + 25 * MINUTE}),
        (AT_RISK, AT_RISK | {"due": NOW + HOUR, "priority": Priority.P1}),
        (AT_RISK | {"priority": Priority.P2}, AT_RISK | {"due": NOW + 19 * MINUTE}),
        ({"priority": Priority.P2, "skill": Skill.OTHERS}, {}),
        ({}, {"skill": Skill.OTHERS, "since": NOW - 9 * HOUR}),
        ({"skill": Skill.MINE}, {"since": NOW - 9 * HOUR}),
        ({"since": NOW - 2 * HOUR}, {}),
        ({"group": Group.OUTSIDE_HOURS, "since": NOW - 2 * HOUR}, {"due": NOW + HOUR}),
    ],
)
def test_what_goes_before_what(better, worse):
    """Emergencies, then the time it is due, priority, skill, and who has waited longest."""
    assert order(one(2, **better), one(1, **worse)) == [2, 1]


def test_who_has_waited_for_something_else_goes_first():
    """It is people who wait; of theirs, what they asked first."""
    hers = [one(5, requester=1), one(6, requester=1, since=NOW - 3 * HOUR)]
    assert order(*hers, one(4, requester=2, since=NOW - 2 * HOUR)) == [6, 5, 4]


def candidates():
    """Return strategies of candidates, many of them equal in most."""
    few_minutes = st.integers(-40, 40).map(lambda minutes: NOW + minutes * MINUTE)
    return st.builds(
        one,
        number=st.integers(1, 12),
        priority=st.sampled_from(Priority),
        group=st.sampled_from([Group.OVERDUE, Group.AT_RISK, Group.RUNNING, Group.OUTSIDE_HOURS]),
        due=st.none() | few_minutes,
        skill=st.sampled_from(Skill),
        requester=st.integers(1, 4),
        since=few_minutes,
        declared=st.none() | few_minutes,
    )


def some():
    """Return strategies of queues."""
    return st.lists(candidates(), max_size=12, unique_by=lambda each: each.number)


@given(some().flatmap(lambda these: st.tuples(st.just(these), st.permutations(these))))
def test_the_order_is_total(both):
    """However the queue was read, the same comes first, and second, and last."""
    these, shuffled = both
    assert in_order(these) == in_order(shuffled)
    assert sorted(order(*these)) == sorted(each.number for each in these)
    assert choose(these) == choose(shuffled)


@given(some(), st.permutations(range(1, 5)))
def test_who_they_are_does_not_matter(these, names):
    """Nor is there anything in a candidate that says what its sender claims."""
    renamed = [replace(each, requester=names[each.requester - 1]) for each in these]
    assert order(*renamed) == order(*these)
    known = {each.name for each in fields(Candidate)}
    assert not {each for each in known if "claim" in each or "name" in each or "address" in each}


@given(some().filter(bool))
def test_the_best_is_the_first(these):
    """Whatever else waits, an emergency is not passed over; nor is what is late, for a P1."""
    best = in_order(these)[0]
    choice = choose(these)
    assert choice is not None
    assert choice.best == best
    if best.declared is None:
        assert all(each.declared is None for each in these)
        if best.group not in PRESSING:
            assert not any(each.group in PRESSING for each in these)
            assert best.priority == min(each.priority for each in these)


@given(some())
def test_whoever_has_waited_longest_is_only_called_so_when_it_is_true(these):
    """Nobody among those that stood equal had waited as long."""
    chosen = choose(these)
    if chosen is not None and chosen.waited_longest:
        mine = {each.since for each in these if each.requester == chosen.best.requester}
        others = [
            each
            for each in these
            if each.requester != chosen.best.requester
            and (each.priority, each.skill) == (chosen.best.priority, chosen.best.skill)
        ]
        assert others
        assert any(min(mine) < each.since for each in others)


@pytest.mark.parametrize(
    ("best", "longest", "service", "words"),
    [
        (AT_RISK, True, "Printing", "P3, due in 20 min, you know Printing; Ito has waited longest"),
        ({}, False, "", "P3, due 14:42"),
        ({"group": Group.OVERDUE, "due": NOW - HOUR}, False, "", "P3, overdue 1 h"),
        ({"declared": NOW, "due": NOW + 15 * MINUTE}, False, "", "an emergency, P3, due in 15 min"),
        (AT_RISK | {"due": NOW}, False, "", "P3, due now"),
        ({"due": None}, True, "", "P3; Ito has waited longest"),
        ({"due": NOW + 24 * HOUR}, False, "Printing", "P3, due Tue 10:42, you know Printing"),
    ],
)  # fmt: skip
def test_it_says_why(best, longest, service, words):
    """Everything that the choice was made by."""
    assert said(Choice(one(**best), longest), "Ito", service, DESK, NOW) == words


def test_an_empty_queue_has_no_best():
    """There is nothing to choose."""
    assert choose([]) is None
