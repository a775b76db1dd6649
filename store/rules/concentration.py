"""How unevenly things fall on people, beside what chance alone would make of it.

By chance: as if each thing had fallen on one of the same people at random, so that how many one
of them gets is a Poisson count. Only people are looked at on whom something fell, so the count
of each is at least one: a zero-truncated Poisson count with the mean that was seen. All
expected values are sums over its probabilities; nothing is drawn.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate

#: The few are a fifth of the people, rounded up: "the top 20 %".
_FIFTH = 5
#: What is further from the expected than so many standard deviations is not looked at.
_FAR = 9.0
#: What is within so many of the expected may be chance.
_FROM = 2.0


@dataclass(frozen=True, slots=True)
class Chance:
    """What chance alone would make of it."""

    share: float
    """Expected share of the few."""
    spread: float
    """Standard deviation of that share."""
    gini: float
    """Expected Gini coefficient."""


@dataclass(frozen=True, slots=True)
class Concentration:
    """How unevenly things fall on people."""

    things: int
    people: int
    few: int
    """A fifth of the people, rounded up."""
    share: float
    """Of all things, those of the few that have most."""
    gini: float
    """0 if all have the same, near 1 if one has everything."""
    chance: Chance

    @property
    def beyond_chance(self) -> int:
        """1 if the few have more than chance would give them, -1 if less, 0 if about that.

        About that: within two standard deviations, and one thing.
        """
        away = self.share - self.chance.share
        if abs(away) <= _FROM * self.chance.spread + 1 / self.things:
            return 0
        return 1 if away > 0 else -1


def concentration(people_by_count: Mapping[int, int]) -> Concentration:
    """Return how unevenly things fall on people, given how many people have how many things.

    Args:
        people_by_count: People by the number of things each of them has, from 1 on; not empty.
    """
    counts = sorted(people_by_count.items(), reverse=True)
    people = sum(number for _, number in counts)
    things = sum(count * number for count, number in counts)
    few = -(-people // _FIFTH)
    return Concentration(
        things=things,
        people=people,
        few=few,
        share=_of_the_first(counts, few) / things,
        gini=_gini(counts, people, things),
        chance=by_chance(things, people, few),
    )


def _of_the_first(counts: Iterable[tuple[int, int]], few: int) -> int:
    """Return how many things the first ``few`` people have together."""
    had = 0
    for count, number in counts:
        taken = min(number, few)
        had += count * taken
        few -= taken
    return had


def _gini(counts: Iterable[tuple[int, int]], people: int, things: int) -> float:
    """Return half the mean difference between two people, against the mean; most first."""
    differences, before, had = 0, 0, 0
    for count, number in counts:
        differences += number * (had - count * before)
        before += number
        had += count * number
    return differences / (people * things)


def by_chance(things: int, people: int, few: int) -> Chance:
    """Return what is to be expected if ``things`` fall on ``people`` at random, one at least."""
    if things <= people:
        return Chance(share=few / people, spread=0.0, gini=0.0)
    chances = _counts(things / people)
    first = min(chances)
    # Of those who have at least so many: each such person is one more thing. All have the first.
    at_least = [min(reach, 1.0) for reach in accumulate(reversed(chances.values()))][::-1]
    expected = few * (first - 1) + sum(_at_most(few, people, reach) for reach in at_least)
    pairs = sum(reach * (1.0 - reach) for reach in at_least)
    reached = first - 1 + sum(reach >= few / people for reach in at_least)
    return Chance(
        share=expected / things,
        spread=_spread(chances, reached) * math.sqrt(people) / things,
        gini=(people - 1) / things * pairs,
    )


def _counts(mean: float) -> dict[int, float]:
    """Return the probability of each zero-truncated Poisson count of this mean, the least first.

    Without those that are too far from it to matter.
    """
    rate = _rate(mean)
    norm = rate + math.log1p(-math.exp(-rate))
    far = math.ceil(_FAR * math.sqrt(rate)) + 30
    counts = range(max(math.floor(rate) - far, 1), math.ceil(rate) + far)
    return {
        count: math.exp(count * math.log(rate) - math.lgamma(count + 1) - norm) for count in counts
    }


def _rate(mean: float) -> float:
    """Return the rate whose zero-truncated Poisson count has this mean, which is above 1."""
    low, high = 0.0, mean
    while True:
        rate = (low + high) / 2
        if rate in (low, high):
            return rate
        if rate / -math.expm1(-rate) < mean:
            low = rate
        else:
            high = rate


def _at_most(most: int, tries: int, chance: float) -> float:
    """Return the expected number of successes, where more than ``most`` count as ``most``."""
    mean = tries * chance
    far = _FAR * math.sqrt(mean * (1.0 - chance)) + _FAR
    if mean > most + far:
        return float(most)
    if mean < most - far:
        return mean
    few = range(max(math.floor(mean - far), 0), most)
    return most - sum((most - count) * _binomial(count, tries, chance) for count in few)


def _binomial(count: int, tries: int, chance: float) -> float:
    if chance >= 1.0:
        return float(count == tries)
    ways = math.lgamma(tries + 1) - math.lgamma(count + 1) - math.lgamma(tries - count + 1)
    return math.exp(ways + count * math.log(chance) + (tries - count) * math.log1p(-chance))


def _spread(chances: Mapping[int, float], reached: int) -> float:
    """Return what each person adds to the standard deviation of what the few have.

    They have what is above ``reached``, the count that as many people reach as there are few;
    from that is taken what the fixed number of all things explains.
    """

    def expected(of: Callable[[int], float]) -> float:
        return sum(chance * of(count) for count, chance in chances.items())

    mean = expected(float)
    above = expected(lambda count: max(count - reached, 0))
    varies = expected(lambda count: (count - mean) ** 2)
    both = expected(lambda count: (count - mean) * (max(count - reached, 0) - above))
    alone = expected(lambda count: (max(count - reached, 0) - above) ** 2)
    return math.sqrt(max(alone - both * both / varies, 0.0))
