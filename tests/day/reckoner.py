"""What the desk's rules lead to, found by trying everything: who takes what, and what is next.

DESIGN 8 says which moves are proposed, docs/own-work.md which request is the next best. Nobody has
an answer begun when moves are proposed on the day, so nothing stays because of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from tests.day.accountant import begun, weight, workload
from tests.day.basics import CAPACITY, midnight
from tests.day.books import Books, Entry
from tests.day.clockwork import DESK

_QUARTER = timedelta(minutes=15)
#: Sums of weights are as good as equal from here on.
_EQUAL = 0.001
_SKILLS = {each["login"]: each["skills"] for each in DESK["people"]}


class Hands:
    """Who has what, while requests change hands."""

    def __init__(self, books: Books) -> None:
        """Begin as the books say."""
        having = workload(books)
        self.present = [one.login for one in having if one.here and one.away is None]
        self.of = {entry.label: one.login for one in having for entry, _ in one.rows}
        rows = [row for one in having for row in one.rows]
        self.entries = sorted((entry for entry, _ in rows), key=lambda e: (e.received, e.number))
        self.weights = {e.label: 0.0 if stands.waits else weight(e, stands) for e, stands in rows}
        self.fresh = {e.label for e in self.entries if not begun(e, self.of[e.label])}

    def load(self, login: str) -> float:
        """Add up what somebody has."""
        return sum(self.weights[label] for label, owner in self.of.items() if owner == login)

    def takers(self, entry: Entry) -> list[str]:
        """Return who could take a request, whoever should first.

        Who stays within what they can carry, then who has the smallest load, then the fewest
        requests, then by login.
        """

        def rank(login: str) -> tuple[bool, float, int, str]:
            load = self.load(login)
            full = load + self.weights[entry.label] > CAPACITY[login] + _EQUAL
            return full, load, [*self.of.values()].count(login), login

        skill = DESK["services"][entry.service]["skill"]
        able = [one for one in self.present if skill in _SKILLS[one]]
        return sorted((one for one in able if one != self.of[entry.label]), key=rank)


def evened_out(books: Books) -> list[str]:
    """Return the moves that even out the desk, as the script says them."""
    hands = Hands(books)
    stood = [dict(hands.of)]
    peaks = [_peak(hands)]
    moved: list[str] = []
    while found := next(_lowering(hands), None):
        label, login = found
        hands.of[label] = login
        moved.append(label)
        stood.append(dict(hands.of))
        peaks.append(_peak(hands))
    # As few as lead to the smallest of all peaks.
    size = next(n for n, peak in enumerate(peaks) if peak < min(peaks) + _EQUAL)
    last = {label: place for place, label in enumerate(moved[:size])}
    return [
        f"moves {label} {stood[size][label]} (evenly)"
        for label in sorted(last, key=lambda one: last[one])
        if stood[size][label] != stood[0][label]
    ]


def _peak(hands: Hands) -> float:
    return max(hands.load(login) for login in CAPACITY)


def _lowering(hands: Hands) -> Iterator[tuple[str, str]]:
    """Yield every move that takes from who has most and leaves both with less, best first."""
    peak = _peak(hands)
    source = min(one for one in CAPACITY if hands.load(one) > peak - _EQUAL)
    for entry in hands.entries:
        size = hands.weights[entry.label]
        if hands.of[entry.label] != source or entry.label not in hands.fresh or not size:
            continue
        for login in hands.takers(entry):
            if hands.load(login) + size < peak - _EQUAL:
                yield entry.label, login


def handed_over(books: Books, source: str) -> list[str]:
    """Return to whom everything goes that somebody has who leaves, as the script says it."""
    hands = Hands(books)
    hands.present = [login for login in hands.present if login != source]
    said = []
    for entry in hands.entries:
        takers = hands.takers(entry) if hands.of[entry.label] == source else []
        if takers:
            hands.of[entry.label] = takers[0]
            said.append(f"moves {entry.label} {takers[0]} (handed over)")
    return said


def next_best(books: Books, me: str) -> str:
    """Return the label of what somebody should take next."""
    free = [
        (entry, stands)
        for entry, stands in books.standings
        if stands.live and not stands.assignee and not stands.waits
    ]
    waited = {
        entry.who: min(one.received for one, _ in free if one.who == entry.who) for entry, _ in free
    }

    def rank(one: int) -> tuple[bool, timedelta, str, bool, datetime, datetime, int]:
        entry, stands = free[one]
        clock = stands.clock
        pressing = clock is not None and (clock.late or clock.at_risk)
        quarter = timedelta()
        if pressing and clock is not None and clock.due is not None:
            quarter = (clock.due - midnight(books.now)) // _QUARTER * _QUARTER
        known = DESK["services"][entry.service]["skill"] in _SKILLS[me]
        rest = waited[entry.who], entry.received, entry.number
        return not pressing, quarter, entry.priority, not known, *rest

    return free[min(range(len(free)), key=rank)][0].label
