"""Medians of few values, and between which of them the true one lies."""

from __future__ import annotations

import statistics
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.medians import interval, median


@given(st.lists(st.integers(0, 10**9).map(lambda half: 2 * half), min_size=1, max_size=60))
def test_it_is_the_median(values):
    """As everybody else computes it."""
    assert median(sorted(values)) == statistics.median(values)


@pytest.mark.parametrize(
    ("n", "ranks"), [(6, (1, 6)), (8, (1, 8)), (9, (2, 8)), (20, (6, 15)), (29, (9, 21))]
)
def test_the_interval_is_the_one_of_the_tables(n, ranks):
    """Those of order statistics that every handbook has for 95 %."""
    assert interval(range(1, n + 1)) == ranks


@pytest.mark.parametrize("n", [6, 7, 30, 99, 399, 400, 401, 402, 1_000, 2_345])
def test_the_interval_leaves_out_no_more_than_one_of_twenty(n):
    """And is no wider than that needs, but for two values where it is not counted out."""
    low, _ = interval(range(n))

    def outside(below: int) -> float:
        return 2 * sum(comb(n, each) for each in range(below + 1)) / 2**n

    assert outside(low) <= 0.05 < outside(low + (3 if n > 400 else 1))
