"""Waiting before the next try."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intake.backoff import Backoff


def test_the_limit_doubles_up_to_the_most_and_begins_anew():
    """Drawn from zero up to the limit."""
    limits: list[float] = []

    def longest(low: float, high: float) -> float:
        assert low == 0
        limits.append(high)
        return high

    backoff = Backoff(1, 10, longest)
    assert [backoff.next() for _ in range(6)] == [1, 2, 4, 8, 10, 10]
    backoff.reset()
    assert backoff.next() == 1


def test_a_refusal_waits_at_least_its_time():
    """Servers lock accounts that try too often."""
    assert Backoff(1, 10, lambda low, high: 0.0).next(15) == 15


@given(st.integers(0, 2000))
def test_waiting_is_never_negative_or_longer_than_the_most(failures):
    """However long the outage."""
    backoff = Backoff(1, 120)
    for _ in range(failures):
        backoff.next()
    assert 0 <= backoff.next() <= 120
