"""How requests are put into words by a policy: names of people, and clocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from store.clock import Clock
from store.records import BoardRow
from store.rulebook import Rulebook
from store.rules.attention import clock_words, group, moment
from store.words import LIVE_STATES, Group
from tui.board.call_words import call_forms
from tui.board.cells import settled
from tui.board.promise_words import promised


@dataclass(frozen=True, slots=True)
class Names:
    """What the keys in a row are called on the screen."""

    people: Mapping[str, str]
    departments: Mapping[str, str]

    def person(self, login: str) -> str:
        """Return what the team calls ``login``."""
        return self.people.get(login) or settled(login)

    def department(self, key: str) -> str:
        """Return the name of a department."""
        return self.departments.get(key) or settled(key)


@dataclass(frozen=True, slots=True)
class ClockText:
    """The clock of a request in words, as it stands now."""

    glyph: str
    words: str
    group: Group


class Telling:
    """Puts rows into words; another one when the policy has changed."""

    def __init__(self, rules: Rulebook, clock: Clock) -> None:
        """Speak by ``rules``, at the time that ``clock`` shows."""
        self.names = names(rules)
        self._hours = rules.hours
        self._zone = ZoneInfo(rules.timezone)
        self._clock = clock

    def call(self, row: BoardRow) -> tuple[str, ...]:
        """Return how the call to an emergency stands, the longest form first."""
        return call_forms(row, self.names, self._zone)

    def promise(self, row: BoardRow) -> tuple[str, bool]:
        """Return by when something is promised, and whether that is late; "" if nothing is."""
        return promised(row.promised_at, self._clock.now(), self._zone)

    def clock(self, row: BoardRow, *, wide: bool) -> ClockText:
        """Return the clock of ``row`` in the words of a wide list or a narrow one."""
        if row.state not in LIVE_STATES:
            return ClockText(" ", row.state, Group.SNOOZED)
        now = self._clock.now()
        face, until = row.clock, row.snoozed_until
        if until is not None and until > now:
            due = face.due if face else None
            where = group(
                due=due, warn_75=None, paused=False, snoozed_until=until, open_now=True, now=now
            )
            if where is Group.SNOOZED:
                return ClockText("z", f"till {moment(until, now, self._zone)}", where)
        if face is None:
            return ClockText(" ", "", Group.RUNNING)
        hours = self._hours.get(face.calendar) or self._hours["always"]
        words = clock_words(face, hours, self._zone, now, "wide" if wide else "narrow")
        return ClockText(*words)


def names(rules: Rulebook) -> Names:
    """Return what people and departments are called; first names, unless two share one."""
    shared = Counter(person.name.partition(" ")[0] for person in rules.people.values())
    people = {}
    for person in rules.people.values():
        first, _, rest = person.name.partition(" ")
        called = first if shared[first] == 1 else f"{first} {rest[:1]}"
        people[person.login] = settled(called) or settled(person.login)
    return Names(people, {key: settled(each.name) for key, each in rules.departments.items()})
