"""On whose shoulders it rests, what small numbers may tell, how far is looked back."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.endings import alone, bus_factor, evenly, leaning, worth_teaching
from store.rules.periods import Period
from store.rules.small_numbers import ordered


@given(st.lists(st.integers(1, 30), min_size=1, max_size=8))
def test_the_bus_factor_is_the_smallest_group_with_more_than_half(resolved):
    """No smaller group has it, whoever is in it."""
    sizes = [
        size
        for size in range(1, len(resolved) + 1)
        for group in combinations(resolved, size)
        if sum(group) > sum(resolved) / 2
    ]
    assert bus_factor(resolved) == min(sizes)


@given(st.integers(1, 30), st.integers(1, 9))
def test_spread_evenly_the_bus_factor_follows_from_the_people_alone(people, each):
    """Half of them, and one more."""
    assert evenly(people) == bus_factor([each] * people)


@pytest.mark.parametrize(
    ("requests", "done", "worth"), [(6, 3, True), (7, 3, False), (3, None, False), (8, 8, True)]
)
def test_half_or_more_done_is_worth_teaching(requests, done, worth):
    """Too few to tell are not."""
    assert worth_teaching(requests, done) is worth


def test_exactly_half_is_not_more_than_half():
    """Two who have the same are two; nothing rests on nobody."""
    assert (bus_factor([10, 10]), bus_factor([10, 9]), bus_factor([])) == (2, 1, 0)


@pytest.mark.parametrize(
    ("guided", "done", "leans"),
    [(50, 50, 0), (60, 40, 0), (61, 39, 1), (39, 61, -1), (11_761, 11_570, 0), (0, 0, 0)],
)
def test_a_difference_that_a_coin_could_make_leans_to_neither_side(guided, done, leans):
    """Two standard deviations of a fair coin: twenty of a hundred."""
    assert leaning(guided, done) == leans


@pytest.mark.parametrize(
    ("resolved", "who"),
    [
        ({"ben": 14, "ana": 1}, "ben"),
        ({"ben": 9, "ana": 1}, "ben"),
        ({"ben": 89, "ana": 11}, ""),
        ({"ben": 6}, "ben"),
        ({"ben": 5}, ""),  # too few to say
        ({}, ""),
    ],
)
def test_alone_is_who_resolves_nine_in_ten(resolved, who):
    """Of six at least."""
    assert alone(resolved) == who


def test_small_ones_are_not_put_in_order_by_how_many_they_are():
    """From thirty on the most come first; then the others, by name."""
    counts = {"a": 3, "b": 29, "c": 30, "d": 99, "e": 7}
    assert ordered(counts, counts.__getitem__, str) == ("d", "c", "a", "b", "e")


def test_periods_follow_each_other_round():
    """Four weeks, twelve, a year, and again four."""
    each = [Period.TWELVE_WEEKS]
    for _ in range(3):
        each.append(each[-1].following)
    assert [one.value.days for one in each] == [84, 365, 28, 84]
