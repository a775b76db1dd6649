"""The accountant's books: every request of the script, with what the author says was done to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from tests.day.clockwork import DESK, Pauses, Shown, matters_most
from tests.day.script import PEOPLE, Check, Did, Here, Keys, Line, Log, Mail, Was

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


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was done to a request."""

    at: datetime
    who: str
    what: str
    arg: str = ""
    why: str = ""
    """What else the author says of it, in brackets."""
    place: int = 0
    """Of what is done by the same keys, in its order."""


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


@dataclass
class Standing:
    """How a request stands, worked out from everything that was done to it."""

    state: str = "new"
    assignee: str = ""
    offered: bool = False
    promised: datetime | None = None
    promise: str = ""
    owed: datetime | None = None
    clock: Shown | None = None

    @property
    def live(self) -> bool:
        """It is not over."""
        return self.state not in {"resolved", "closed"}

    @property
    def waits(self) -> bool:
        """It waits for somebody who is not on the desk."""
        return self.state.startswith("waiting")


def standing(entry: Entry, now: datetime) -> Standing:
    """Go through everything that was done to a request."""
    found = Standing()
    running = {"first_response": entry.received, "resolution": entry.received}
    pauses: list[tuple[datetime, datetime | None]] = []
    answered_once = False

    def go_on(at: datetime) -> None:
        if pauses and pauses[-1][1] is None:
            pauses[-1] = (pauses[-1][0], at)

    for act in entry.acts:
        match act.what:
            case "claims" | "takes" | "gives" | "moves":
                found.assignee = act.arg if act.what in {"gives", "moves"} else act.who
                found.offered = False
                found.state = "open" if found.state == "new" else found.state
            case "releases":
                found.assignee, found.offered = "", False
            case "offers":
                found.offered = True
            case "answers":
                for metric in ("first_response", "next_response", "update"):
                    running.pop(metric, None)
                running["update"] = act.at
                found.owed, answered_once, found.promised = None, True, None
                found.state = "open" if found.state == "new" else found.state
            case "follows":
                if found.state == "waiting_requester":
                    go_on(act.at)
                    found.state = "open"
                if found.state == "resolved":
                    go_on(act.at)
                    running["resolution"] = entry.received
                    found.state = "open"
                if "first_response" not in running and "next_response" not in running:
                    running["next_response"] = act.at
                if answered_once and found.owed is None:
                    found.owed = act.at
            case "waits" | "waits_supplier":
                found.state = "waiting_requester" if act.what == "waits" else "waiting_supplier"
                pauses.append((act.at, None))
            case "resumes":
                go_on(act.at)
                found.state = "open"
            case "promises":
                clock, _, found.promise = act.arg.partition(" ")
                hour, minute = map(int, clock.split(":"))
                found.promised = act.at.replace(hour=hour, minute=minute)
            case "resolves":
                running.clear()
                found.state, found.offered, found.promised, found.owed = (
                    "resolved",
                    False,
                    None,
                    None,
                )
                answered_once, found.assignee = True, found.assignee or act.who
                if not pauses or pauses[-1][1] is not None:
                    pauses.append((act.at, None))
            case "closes":
                found.state = "closed"
            case _:
                pass
    if found.live:
        assert not entry.emergency, "no emergency goes on at a time that is looked at"
        halts: Pauses = tuple(pauses)
        found.clock = matters_most(running.items(), entry.priority, halts, now)
    return found


def _called(who: str) -> tuple[str, str]:
    if who in PEOPLE:
        return PEOPLE[who]
    person = next(each for each in DESK["people"] if each["login"] == who)
    return person["name"], person["addresses"][0]


def unrolled(lines: Iterable[Line]) -> list[Line]:
    """Return the lines in the order of time, with each step of the weeks before a line of its own."""
    found: list[Line] = []
    for line in lines:
        found.append(line)
        if not isinstance(line, Was) or not line.by:
            continue
        found.append(Did(line.answered or line.at, line.by, f"claims {line.label}"))
        if line.answered:
            found.append(Did(line.answered, line.by, f"answers {line.label}"))
        if line.resolved:
            found.append(Did(line.resolved, line.by, f"resolves {line.label} {line.how}"))
    return sorted(found, key=lambda line: line.at)


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
