"""Reads the script of the day: ``weeks.txt`` and ``day.txt`` say how lines are written.

The player and the accountant both read it here, and take different parts of each line: the
player what is done, the accountant what the author says that it means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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


def unrolled(lines: Iterable[Line]) -> list[Line]:
    """Return the lines in the order of time, each step of the weeks before one of its own."""
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


def _read(text: str) -> Iterator[Line]:
    day = ""
    for said in _whole(text):
        if found := _DAY.fullmatch(said):
            day = found[1]
            continue
        timed = _TIMED.fullmatch(said)
        assert timed, said
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
    verb, _, rest = said.partition(" ")
    match verb:
        case "check":
            line: Line = Check(at, tuple(rest.split()))
        case "here":
            line = Here(at, tuple(rest.split()))
        case "did":
            line = Did(at, *rest.split(" ", 1))
        case "was":
            line = _was(at, said)
        case "log":
            *words, minutes, how = _parts(_LOG, said)
            line = Log(at, *words, int(minutes), how)
        case "mail":
            line = _mail(at, said)
        case _:
            who, view, on, keys, effect = _parts(_KEYS, said)
            line = Keys(at, who, view or "1", on, keys, effect or "nothing")
    return line


def _parts(form: re.Pattern[str], said: str) -> list[str]:
    found = form.fullmatch(said)
    assert found, said
    return [part or "" for part in found.groups()]


def _was(at: datetime, said: str) -> Was:
    label, to, *asked, by, answered, resolved, how = _parts(_WAS, said)

    def moment(said: str) -> datetime | None:
        if said == "-":
            return None
        return datetime.combine(at.date(), datetime.strptime(said, "%H:%M").time())  # noqa: DTZ007

    times = moment(answered), moment(resolved)
    return Was(at, label, to, *asked, by.strip("-"), *times, how)


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
