"""Known outages and planned maintenance: which mail is about them, and what people are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from store.rules.terms import folded
from store.words import Machine, OutageKind

if TYPE_CHECKING:
    from store.outage_records import OutageFacts

_MOST_WORDS = 20

#: Characters of a mail's new text that say what it is about; the rest is detail.
_READ_CHARS = 2_000
_SHORTEST_WITH_PLURAL = 4
_ENDS_A_SENTENCE = (".", "!", "?", "…")


#: Words that are in many subjects and tell nothing of what is broken.
@dataclass(frozen=True, slots=True)
class KnownOutage:
    """Something that is known not to work, or that will be looked after at a known time."""

    id: int
    number: int
    """The parent: the request that mail about it joins."""
    kind: OutageKind
    service: str
    """Key of the service; "" for any."""
    words: tuple[str, ...]
    """One of them is in a mail about it; none: every mail for the service is."""
    text: str
    """What requesters are told."""
    starts_at: datetime
    ends_at: datetime | None
    """When it is expected to be over; None: not known."""
    always: bool
    """Mail about it joins the parent without asking."""

    def is_on(self, at: datetime) -> bool:
        """Say whether it holds at a time; maintenance is over when it was planned to be."""
        return self.starts_at <= at and not self.is_over(at)

    def is_over(self, at: datetime) -> bool:
        """Say whether there is nothing to tell of it any more."""
        planned = self.kind is OutageKind.MAINTENANCE
        return planned and self.ends_at is not None and at >= self.ends_at


@dataclass(frozen=True, slots=True)
class Asked:
    """What the decision needs of a mail that would open a request."""

    service: str
    """Key of the service that it is for; "" if that is not known."""
    subject: str
    text: str
    """What is new in it."""
    arrived_at: datetime
    from_desk: bool = False
    """One of the people on the desk has sent it."""
    machine: Machine | None = None
    spoofed: bool = False
    """Its sender may be somebody else."""
    emergency: bool = False
    """The catalogue calls it one."""


def about(outages: Iterable[KnownOutage], asked: Asked) -> tuple[KnownOutage, str] | None:
    """Return which outage a mail is about, and why; None: none of them.

    Of several the one of its service counts before one of any service, then the newest.
    """
    if asked.from_desk or asked.machine is not None or asked.spoofed:
        return None
    said = _Said(f"{asked.subject}\n{asked.text[:_READ_CHARS]}")
    for outage in sorted(outages, key=lambda one: (one.service == "", -one.id)):
        why = _why(outage, asked, said)
        if why:
            return outage, why
    return None


def _why(outage: KnownOutage, asked: Asked, said: _Said) -> str:
    if not outage.is_on(asked.arrived_at) or outage.service not in ("", asked.service):
        return ""
    # An emergency of something else than what is known to be down must be seen by somebody.
    if asked.emergency and not outage.service:
        return ""
    if not outage.words:
        return "it is for the same service" if outage.service else ""
    word = next((word for word in outage.words if said.has(word)), "")
    return f'"{word}" is in it' if word else ""


class _Said:
    """A text in which words and phrases are looked for, whatever their case and accents."""

    def __init__(self, text: str) -> None:
        self._words, self._stretches = folded(text)

    def has(self, phrase: str) -> bool:
        """Say whether all of ``phrase`` stands there in its order, its end maybe with an "s"."""
        words, stretches = folded(phrase)
        if not words and not stretches:
            return False
        if not all(any(each in one for one in self._stretches) for each in stretches):
            return False
        return not words or self._stands(words)

    def _stands(self, words: Sequence[str]) -> bool:
        *before, last = words
        ends = {last, f"{last}s"} if len(last) >= _SHORTEST_WITH_PLURAL else {last}
        size = len(words)
        return any(
            self._words[start + size - 1] in ends
            and self._words[start : start + size - 1] == before
            for start in range(len(self._words) - size + 1)
        )


def is_telling(word: str) -> bool:
    """Say whether there is anything in a word or phrase that a mail could be searched for."""
    return any(folded(word))


def why_not(facts: OutageFacts, starts_at: datetime) -> str:
    """Return why what is entered of an outage makes no sense; "" if it does."""
    silly = next((word for word in facts.words if not is_telling(word)), None)
    reason = ""
    if not facts.service and not facts.words:
        reason = "Name a service or some words, by which mail about it is known"
    elif not facts.service and not facts.text:
        reason = "Without a service, say what requesters are told"
    elif len(facts.words) > _MOST_WORDS:
        reason = f"So many words mean nothing any more; {_MOST_WORDS} are enough"
    elif silly is not None:
        reason = f"There is no letter or digit in {silly!r}"
    elif facts.kind is OutageKind.MAINTENANCE and facts.ends_at is None:
        reason = "Planned maintenance has an end; say until when"
    elif facts.ends_at is not None and facts.ends_at <= starts_at:
        reason = "It would end before it begins"
    return reason


def told(
    outages: Iterable[KnownOutage],
    services: Mapping[str, str],
    now: datetime,
    timezone: str,
) -> str:
    """Return what requesters are told of outages and of maintenance to come, "" if nothing.

    "E-mail is down since 09:10, expected back 11:00. We are changing a disk."

    Args:
        outages: Those that they should know of.
        services: Names of services by key.
        now: The time.
        timezone: The desk's.
    """
    zone = ZoneInfo(timezone)
    of_now = (each for each in outages if not each.is_over(now))
    return " ".join(
        _sentences(each, services, now, zone) for each in sorted(of_now, key=lambda one: one.id)
    )


def concerning(outages: Iterable[KnownOutage], service: str) -> list[KnownOutage]:
    """Return the outages that who asks for ``service`` should know of."""
    return [each for each in outages if each.service in ("", service)]


def _sentences(
    outage: KnownOutage, services: Mapping[str, str], now: datetime, zone: ZoneInfo
) -> str:
    name = services.get(outage.service, "")
    since = clock_time(outage.starts_at, now, zone)
    ends = outage.ends_at
    until = "" if ends is None or ends <= now else clock_time(ends, now, zone)
    if outage.kind is OutageKind.OUTAGE:
        first = f"{name} is down since {since}" if name else f"There is an outage since {since}"
        first += f", expected back {until}" if until else ""
    else:
        first = f"Planned maintenance of {name}" if name else "Planned maintenance"
        begun = outage.starts_at <= now
        first += f" since {since}" if begun else f" from {since}"
        first += f"{', until' if begun else ' to'} {until}" if until else ""
    text = outage.text
    if text and not text.endswith(_ENDS_A_SENTENCE):
        text += "."
    return f"{first}. {text}".strip()


def clock_time(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Return a time as a clock and, on another day, a calendar show it: "Sat 28 Nov 18:00"."""
    local, here = at.astimezone(zone), now.astimezone(zone)
    if local.date() == here.date():
        return f"{local:%H:%M}"
    year = "" if local.year == here.year else f" {local.year}"
    return f"{local:%a} {local.day} {local:%b}{year} {local:%H:%M}"
