"""How unevenly things fall on people, and what chance alone would make of it."""

from __future__ import annotations

import math
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.concentration import Chance, by_chance, concentration

COUNTS = st.lists(st.integers(1, 60), min_size=1, max_size=60)


def partitions(total, parts, most=None):
    """Yield every way to write ``total`` as so many numbers from 1 on, the largest first."""
    most = total if most is None else most
    if parts == 0:
        if total == 0:
            yield ()
        return
    for first in range(min(most, total - parts + 1), math.ceil(total / parts) - 1, -1):
        for rest in partitions(total - first, parts - 1, first):
            yield (first, *rest)


def reckoned(things, people, few):
    """Return (share, spread, Gini) over all ways in which things can fall, nobody left out."""
    ways, shares, squares, ginis = 0, 0.0, 0.0, 0.0
    for counts in partitions(things, people):
        arrangements = math.factorial(people)
        for times in Counter(counts).values():
            arrangements //= math.factorial(times)
        falls = math.factorial(things)
        for count in counts:
            falls //= math.factorial(count)
        weight = arrangements * falls
        share = sum(counts[:few]) / things
        differences = sum(abs(one - other) for one, other in combinations(counts, 2))
        ways += weight
        shares += weight * share
        squares += weight * share * share
        ginis += weight * differences / (people * things)
    mean = shares / ways
    return mean, math.sqrt(max(squares / ways - mean * mean, 0.0)), ginis / ways


@given(COUNTS)
def test_the_share_of_the_few_and_the_gini_are_those_of_the_sorted_list(counts):
    """A fifth of the people, rounded up; half the mean difference against the mean."""
    found = concentration(Counter(counts))
    few = math.ceil(len(counts) / 5)
    pairs = [abs(one - other) for one in counts for other in counts]
    assert (found.things, found.people, found.few) == (sum(counts), len(counts), few)
    assert found.share == pytest.approx(sum(sorted(counts)[::-1][:few]) / sum(counts))
    assert found.gini == pytest.approx(sum(pairs) / (2 * len(counts) * sum(counts)))


@pytest.mark.parametrize(
    ("things", "people"),
    [(21, 20), (25, 20), (34, 20), (45, 20), (40, 30), (24, 6), (60, 6), (50, 8), (70, 3)],
)
def test_chance_is_what_all_ways_together_make(things, people):
    """Within one thing of the exact value, which looks at each way in which they can fall."""
    few = math.ceil(people / 5)
    share, spread, gini = reckoned(things, people, few)
    found = by_chance(things, people, few)
    assert found.share == pytest.approx(share, abs=1 / things)
    assert found.spread == pytest.approx(spread, abs=0.5 / things)
    assert found.gini == pytest.approx(gini, abs=0.006)


def test_one_thing_each_leaves_nothing_to_chance():
    """A fifth of the people have a fifth."""
    assert by_chance(40, 40, 8) == Chance(0.2, 0.0, 0.0)


@given(st.integers(1, 400), st.integers(0, 20_000))
def test_chance_gives_the_few_no_less_than_their_part(people, more):
    """Nor ever more than all there is."""
    few = math.ceil(people / 5)
    found = by_chance(people + more, people, few)
    assert few / people - 1e-9 <= found.share <= 1 + 1e-9
    assert 0 <= found.gini < 1
    assert 0 <= found.spread < 1


def test_many_things_fall_nearly_evenly():
    """A million on twenty people: the few have little more than a fifth."""
    found = by_chance(1_000_000, 20, 4)
    assert 0.2 < found.share < 0.202
    assert found.gini < 0.003


@pytest.mark.parametrize(
    ("people_by_count", "beyond"),
    [
        ({1: 80, 30: 20}, 1),  # twenty people ask for everything
        ({3: 100}, -1),  # three each: chance would never spread them so evenly
        ({1: 40}, 0),
        ({1: 19, 2: 1}, 0),  # one more is no pattern
        ({1: 31, 2: 31, 3: 21, 4: 10, 5: 5, 6: 2}, 0),  # as chance would have it
    ],
)
def test_more_than_chance_is_said_only_of_what_chance_hardly_does(people_by_count, beyond):
    """Two standard deviations, and one thing."""
    assert concentration(people_by_count).beyond_chance == beyond
