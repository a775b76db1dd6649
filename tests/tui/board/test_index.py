"""The order of the board, whatever arrives, changes, goes, or comes due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.records import BoardEntry
from store.rules.attention import group
from store.words import Group
from tests.rulebook import a_rulebook
from tui.board.index import Index

HOURS = a_rulebook().hours
START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
FAR = datetime(9999, 1, 1, tzinfo=UTC)

instants = st.integers(-90, 90).map(lambda minutes: START + timedelta(minutes=minutes))
entries = st.builds(
    BoardEntry,
    number=st.integers(1001, 1030),
    due=st.none() | instants,
    warn_75=st.none() | instants,
    calendar=st.sampled_from(["", "desk", "always"]),
    paused=st.booleans(),
    snoozed_until=st.none() | instants,
)
steps = st.lists(
    entries | st.integers(1001, 1030) | st.integers(1, 40).map(lambda m: timedelta(minutes=m)),
    max_size=40,
)


def sorted_by_the_rules(known, now):
    """Return the numbers in order, by the rule itself."""

    def key(entry):
        open_now = entry.calendar not in HOURS or HOURS[entry.calendar].is_open(now)
        where = group(
            due=entry.due,
            warn_75=entry.warn_75,
            paused=entry.paused,
            snoozed_until=entry.snoozed_until,
            open_now=open_now,
            now=now,
        )
        return where, entry.due or FAR, entry.number

    return [entry.number for entry in sorted(known.values(), key=key)]


@settings(max_examples=150, deadline=None)
@given(first=st.lists(entries, unique_by=lambda entry: entry.number), then=steps)
def test_the_order_is_always_that_of_the_rules(first, then):
    """After any additions, changes, removals and any time passing while the desk is open."""
    now = START
    index = Index.of(first, HOURS, now)
    known = {entry.number: entry for entry in first}
    for step in then:
        match step:
            case BoardEntry():
                index.put(step)
                known[step.number] = step
            case timedelta():
                now = min(now + step, START + timedelta(minutes=110))
                index.advance(now)
            case number:
                index.drop(number)
                known.pop(number, None)
        expected = sorted_by_the_rules(known, now)
        assert index.numbers(0, len(index)) == expected
    assert [index.number_at(place) for place in range(len(index))] == expected if then else True
    assert [index.place(number) for number in index.numbers(0, 99)] == list(range(len(index)))


@given(some=st.lists(entries, unique_by=lambda entry: entry.number), start=st.integers(0, 9))
def test_any_stretch_is_a_part_of_the_whole(some, start):
    """Whatever the groups in it."""
    index = Index.of(some, HOURS, START)
    whole = index.numbers(0, len(index))
    assert index.numbers(start, start + 5) == whole[start : start + 5]


def entry(number, due=None, **more):
    """Return an entry of the desk's calendar."""
    values = {"warn_75": None, "calendar": "desk", "paused": False, "snoozed_until": None} | more
    return BoardEntry(number=number, due=due, **values)


def group_of(index: Index, number: int) -> Group:
    """Return the group that a request stands in."""
    place, before = index.place(number), 0
    for each, pairs in zip(Group, index._groups, strict=True):
        before += len(pairs)
        if place < before:
            return each
    raise AssertionError(f"#{number} is in no group")


def test_a_request_moves_up_when_its_warning_and_its_due_time_come():
    """From running to at risk to overdue, at those very moments."""
    soon = entry(1002, START + timedelta(minutes=20), warn_75=START + timedelta(minutes=10))
    index = Index.of([entry(1001, START + timedelta(minutes=5)), soon], HOURS, START)
    assert index.advance(START + timedelta(minutes=4)) == []
    assert index.advance(START + timedelta(minutes=10)) == [1001, 1002]
    assert (group_of(index, 1002), index.numbers(0, 9)) == (Group.AT_RISK, [1001, 1002])
    assert index.advance(START + timedelta(minutes=20)) == []
    assert index.advance(START + timedelta(minutes=20, microseconds=1)) == [1002]
    assert group_of(index, 1002) is Group.OVERDUE


def test_it_says_when_a_calendar_closes():
    """Then whole groups move, and a new index is due: the lunch break of the desk."""
    assert Index(HOURS, START).until == START.replace(hour=12)


def test_what_was_found_is_put_into_the_order_of_the_board():
    """Numbers that are not live are left out."""
    index = Index.of(
        [entry(n, START + timedelta(minutes=n - 1000)) for n in (1001, 1003)], HOURS, START
    )
    assert index.only([1003, 1002, 1001]) == [1001, 1003]


def test_what_is_not_there_has_no_place():
    """Dropping it is no error."""
    index = Index.of([], HOURS, START)
    index.drop(1)
    assert (index.place(1), 1 in index, len(index)) == (None, False, 0)
    with pytest.raises(IndexError):
        index.number_at(0)


def test_a_calendar_that_the_policy_does_not_know_counts_as_open():
    """It may have been dropped from the policy a moment ago."""
    index = Index.of([entry(1001, START + timedelta(hours=1), calendar="gone")], HOURS, START)
    assert group_of(index, 1001) is Group.RUNNING
