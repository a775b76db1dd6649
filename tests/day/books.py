"""The accountant's books: every request of the script, with what the author says was done to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from tests.day.clockwork import DESK
from tests.day.script import PEOPLE, Check, Did, Here, Keys, Line, Log, Mail, Was, unrolled
from tests.day.standing import Act, Standing

#: The first request of a desk has this number.
FIRST = 1001
_NEW = re.compile(
    r"new (?P<service>\w+) (?P<priority>P\d)(?:, from (?P<who>\w+)(?: at (?P<asked>\d\d:\d\d))?)?"
    r"(?:,? by (?P<channel>\w+))?(?:, (?P<rule>R\d) (?P<person>\w+))?(?P<emergency>, emergency)?"
)
_LOGS = re.compile(
    r"logs (?P<label>\w+) from (?P<who>\w+) (?P<service>\w+) (?P<priority>P\d) by (?P<channel>\w+)"
    r" (?P<minutes>\d+) (?P<how>\w+) to (?P<person>\w+)(?P<emergency> emergency)?"
)
_CERTAINTY = {"R2": "probable", "R5": "probable", "R3": "suspect"}


@dataclass
class Entry:
    """A request."""

    number: int
    label: str
    subject: str
    who: str
    """Handle of the requester, or login of a colleague."""
    service: str
    priority: str
    channel: str
    received: datetime
    person: str = ""
    """Who was asked instead of the desk, as far as the signs go."""
    rule: str = ""
    minutes: int | None = None
    emergency: bool = False
    asked: datetime | None = None
    """When whoever forwards it was asked; the desk's clocks run from when it came."""
    acts: list[Act] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What the requester is called."""
        return _called(self.who)[0]

    @property
    def department(self) -> str:
        """The key of the requester's department; "" for none."""
        domain = "@" + _called(self.who)[1].partition("@")[2]
        for key, each in DESK["departments"].items():
            if domain in each["addresses"]:
                return str(key)
        return ""

    def certainty(self) -> str:
        """Return how sure it is that this is an end-run; "" if it is none."""
        said = "" if not self.person else _CERTAINTY.get(self.rule, "certain")
        for act in self.acts:
            if act.what in {"confirms", "denies"}:
                said = "certain" if act.what == "confirms" else ""
        return said

    @property
    def counts(self) -> bool:
        """It is an end-run that counts."""
        return self.certainty() in {"certain", "probable"}

    @property
    def answered(self) -> datetime | None:
        """When it was first answered by a person, or resolved."""
        return next((a.at for a in self.acts if a.what in {"answers", "resolves"}), None)


def standing(entry: Entry, now: datetime) -> Standing:
    """Return how a request stands."""
    found = Standing(entry.received, entry.acts)
    if found.live:
        assert not entry.emergency, "no emergency goes on at a time that is looked at"
        found.read_clock(entry.priority, now)
    return found


def _called(who: str) -> tuple[str, str]:
    if who in PEOPLE:
        return PEOPLE[who]
    person = next(each for each in DESK["people"] if each["login"] == who)
    return person["name"], person["addresses"][0]


class Books:
    """Everything that the script tells until a moment."""

    def __init__(self, lines: Iterable[Line], until: datetime) -> None:
        """Write down what happens up to and with ``until``."""
        self.lines = [*lines]
        self.now = until
        self.entries: dict[str, Entry] = {}
        self.here: set[str] = set()
        self.away: dict[str, tuple[str, datetime]] = {}
        """By login: what they are instead of in, and until when."""
        self.did: dict[str, list[datetime]] = {}
        """By login: whenever they did something."""
        self._groups: dict[str, list[list[tuple[Entry, Act]]]] = {}
        for line in unrolled(self.lines):
            if line.at <= until:
                self._take(line)

    @cached_property
    def standings(self) -> list[tuple[Entry, Standing]]:
        """Every request with how it stands."""
        return [(entry, standing(entry, self.now)) for entry in self.entries.values()]

    def _take(self, line: Line) -> None:
        match line:
            case Was():
                self._open(line.label, line.subject, line.who, line.service, line.priority, line.at)
                entry = self.entries[line.label]
                entry.channel = line.channel
                entry.person, entry.rule = line.to, "R7" if line.to else ""
            case Log():
                self._open(line.label, line.subject, line.who, line.service, line.priority, line.at)
                entry = self.entries[line.label]
                entry.channel, entry.person, entry.rule = line.channel, line.by, "R7"
                entry.minutes = line.minutes
                self._note(line.by, line.at, f"gives {line.label} {line.by}")
                self._note(line.by, line.at, f"resolves {line.label} {line.how}")
            case Did():
                self._note(line.who, line.at, line.effect)
            case Here():
                self.here |= set(line.who)
            case Mail():
                self._mail(line)
            case Keys():
                self._keys(line)
            case Check():
                pass

    def _open(
        self, label: str, subject: str, who: str, service: str, priority: str, at: datetime
    ) -> None:
        number = FIRST + len(self.entries)
        entry = Entry(number, label, subject, who, service, priority, "desk_mail", at)
        self.entries[label] = entry

    def _mail(self, line: Mail) -> None:
        if line.effect == "nothing":
            return
        if not line.effect.startswith("new "):
            self._note(line.sender, line.at, line.effect)
            return
        found = _NEW.fullmatch(line.effect)
        assert found, line.effect
        who = found["who"] or line.sender
        self._open(line.label, line.subject, who, found["service"], found["priority"], line.at)
        entry = self.entries[line.label]
        entry.asked = _at(line.at, found["asked"]) if found["asked"] else None
        entry.channel = found["channel"] or "desk_mail"
        entry.person, entry.rule = found["person"] or "", found["rule"] or ""
        entry.emergency = bool(found["emergency"])

    def _keys(self, line: Keys) -> None:
        group: list[tuple[Entry, Act]] = []
        for effect in line.effect.split("; "):
            if effect == "nothing":
                continue
            if effect == "undoes":
                for entry, act in self._groups[line.who].pop():
                    entry.acts.remove(act)
                self.did.setdefault(line.who, []).append(line.at)
            elif effect.startswith("logs "):
                self._logs(line, effect)
            elif effect.split()[0] in {"breather", "away", "off"}:
                state, until = effect.split()
                end = datetime.fromisoformat(until) if len(until) > 5 else _at(line.at, until)
                self.away[line.who] = (state, end)
            elif effect == "leaves":
                self.here.discard(line.who)
            else:
                group.append(self._note(line.who, line.at, effect, len(group)))
        if group:
            self._groups.setdefault(line.who, []).append(group)

    def _logs(self, line: Keys, effect: str) -> None:
        found = _LOGS.fullmatch(effect)
        assert found, effect
        typed = re.search(r'"(.+?)"', line.keys)
        assert typed
        subject = typed[1].partition(": ")[2].partition(",")[0]
        label = found["label"]
        self._open(label, subject, found["who"], found["service"], found["priority"], line.at)
        entry = self.entries[label]
        entry.channel, entry.person, entry.rule = found["channel"], found["person"], "R7"
        entry.minutes, entry.emergency = int(found["minutes"]), bool(found["emergency"])
        if found["how"] != "queued":
            self._note(line.who, line.at, f"gives {label} {entry.person}")
            self._note(line.who, line.at, f"resolves {label} {found['how']}")
        self.did.setdefault(line.who, []).append(line.at)

    def _note(self, who: str, at: datetime, effect: str, place: int = 0) -> tuple[Entry, Act]:
        what, _, rest = effect.partition(" ")
        rest, _, why = rest.removesuffix(")").partition(" (")
        label, _, arg = rest.partition(" ")
        if what == "answers" and arg:
            who = arg  # from a mailbox of their own
        entry, act = self.entries[label], Act(at, who, what, arg, why, place)
        entry.acts.append(act)
        if what == "rates":
            entry.priority = arg
        self.did.setdefault(who, []).append(at)
        return entry, act


def _at(day: datetime, clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return day.replace(hour=hour, minute=minute)
