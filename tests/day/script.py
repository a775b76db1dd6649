"""Reads the script of the day: ``weeks.txt`` and ``day.txt`` say how lines are written.

The player and the accountant both read it here, and take different parts of each line: the
player what is done, the accountant what the author says that it means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

#: Handle: name, address.
PEOPLE = {
    "hopper": ("Grace Hopper", "hopper@maths.northgate.example"),
    "noether": ("Emmy Noether", "noether@maths.northgate.example"),
    "park": ("Sun Park", "park@maths.northgate.example"),
    "okoye": ("Ada Okoye", "okoye@science.northgate.example"),
    "curie": ("Marie Curie", "curie@science.northgate.example"),
    "franklin": ("Rosalind Franklin", "franklin@science.northgate.example"),
    "ito": ("Yuki Ito", "ito@office.northgate.example"),
    "voss": ("Cassandra Voss", "voss@office.northgate.example"),
    "reyes": ("Paul Reyes", "reyes@office.northgate.example"),
    "rao": ("Mira Rao", "rao@library.northgate.example"),
    "borges": ("Luis Borges", "borges@library.northgate.example"),
    "lind": ("Jon Lind", "lind@sport.northgate.example"),
    "owens": ("Jesse Owens", "owens@sport.northgate.example"),
    "silva": ("Ines Silva", "silva@partner.example"),
}


@dataclass(frozen=True, slots=True)
class Was:
    """A request of the weeks before: asked, answered and resolved at its own times."""

    at: datetime
    label: str
    to: str
    """Who was asked instead of the desk; "" if nobody was."""
    channel: str
    who: str
    service: str
    priority: str
    subject: str
    by: str
    """Who has it; "" for nobody."""
    answered: datetime | None
    resolved: datetime | None
    how: str


@dataclass(frozen=True, slots=True)
class Log:
    """An end-run of the weeks before that somebody logged."""

    at: datetime
    label: str
    by: str
    channel: str
    who: str
    service: str
    priority: str
    subject: str
    minutes: int
    how: str


@dataclass(frozen=True, slots=True)
class Did:
    """Something that was done to a request in the weeks before."""

    at: datetime
    who: str
    effect: str


@dataclass(frozen=True, slots=True)
class Here:
    """Whose boards are open from now on."""

    at: datetime
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail, and what becomes of it."""

    at: datetime
    label: str
    sender: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: str
    text: str
    effect: str
    folder: str = "INBOX"
    answers: str = ""
    """The label of the mail that it answers."""
    header: str = ""


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys on somebody's board, and what they do."""

    at: datetime
    who: str
    view: str
    on: str
    """The label of the request that the cursor is put on; "" for none."""
    keys: str
    effect: str


@dataclass(frozen=True, slots=True)
class Check:
    """The views are looked at, on the boards of these people."""

    at: datetime
    who: tuple[str, ...]


Line = Was | Log | Did | Here | Mail | Keys | Check

_DAY = re.compile(r"\w{3} (\d{4}-\d\d-\d\d)")
_TIMED = re.compile(r"(\d\d:\d\d) (.+)", re.DOTALL)
_WAS = re.compile(
    r"was (\w+) (?:by|to (\w+)) (\w+) (\w+) (\w+) (P\d) (.+) \| (\S+) (\S+) (\S+) (\S+)"
)
_LOG = re.compile(r"log (\w+) by (\w+) (\w+) (\w+) (\w+) (P\d) (.+) \| (\d+) (\w+)")
_MAIL = re.compile(
    r"mail (?P<label>\w+)(?: in (?P<folder>[\w-]+))?(?: re (?P<answers>\w+))?"
    r"(?: with (?P<header>.+?))?: (?P<sender>\w+) > (?P<to>[\w+]+(?: and [\w+]+)*)"
    r"(?:, cc (?P<cc>\w+))? \| (?P<subject>[^|]+) \| (?P<text>.*?) ?=> (?P<effect>[^\n]+)"
    r"(?P<more>.*)",
    re.DOTALL,
)
_KEYS = re.compile(r"(\w+)(?: in (\d))?(?: on (\w+))?: (.+?)(?: => (.+))?")


def read(*names: str) -> list[Line]:
    """Return the lines of scripts beside this file, one after the other."""
    lines: list[Line] = []
    for name in names:
        lines += _read(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return lines


def _read(text: str) -> Iterator[Line]:
    day = ""
    for said in _whole(text):
        if found := _DAY.fullmatch(said):
            day = found[1]
            continue
        timed = _TIMED.fullmatch(said)
        assert timed and day, said
        yield _line(datetime.fromisoformat(f"{day} {timed[1]}"), timed[2])


def _whole(text: str) -> Iterator[str]:
    """Yield the lines without remarks, those that go on with a mail joined to it."""
    joined: list[str] = []
    for line in text.splitlines():
        said = line.strip()
        if said.startswith("|"):
            joined[-1] += "\n" + said[1:].removeprefix(" ")
        elif said and not said.startswith("#"):
            joined.append(said)
    return iter(joined)


def _line(at: datetime, said: str) -> Line:
    verb = said.partition(" ")[0]
    if verb == "check":
        return Check(at, tuple(said.split()[1:]))
    if verb == "here":
        return Here(at, tuple(said.split()[1:]))
    if verb == "did":
        who, _, effect = said.removeprefix("did ").partition(" ")
        return Did(at, who, effect)
    if verb == "was":
        return _was(at, said)
    if verb == "log":
        found = _LOG.fullmatch(said)
        assert found, said
        *words, minutes, how = found.groups()
        return Log(at, *words, int(minutes), how)
    if verb == "mail":
        return _mail(at, said)
    found = _KEYS.fullmatch(said)
    assert found, said
    who, view, on, keys, effect = found.groups()
    return Keys(at, who, view or "1", on or "", keys, effect or "nothing")


def _was(at: datetime, said: str) -> Was:
    found = _WAS.fullmatch(said)
    assert found, said
    label, to, channel, who, service, priority, subject, by, answered, resolved, how = (
        found.groups()
    )

    def moment(said: str) -> datetime | None:
        if said == "-":
            return None
        return datetime.combine(at.date(), datetime.strptime(said, "%H:%M").time())  # noqa: DTZ007

    return Was(
        at,
        label,
        to or "",
        channel,
        who,
        service,
        priority,
        subject,
        by.strip("-"),
        moment(answered),
        moment(resolved),
        how,
    )


def _mail(at: datetime, said: str) -> Mail:
    found = _MAIL.fullmatch(said)
    assert found, said
    return Mail(
        at,
        found["label"],
        found["sender"],
        tuple(found["to"].split(" and ")),
        (found["cc"],) if found["cc"] else (),
        found["subject"],
        found["text"] + found["more"].removeprefix("\n"),
        found["effect"],
        found["folder"] or "INBOX",
        found["answers"] or "",
        found["header"] or "",
    )
