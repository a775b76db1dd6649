"""The lines of the view: sections with their headings, and what each line says of its request.

A request may stand in several sections, so every line has a key of its own, made of both. Keys
of headings are below zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from enum import IntEnum
from typing import TYPE_CHECKING

from store.rules.promised import late
from tui.board.cells import settled
from tui.board.screens.facts import CHANNELS
from tui.board.screens.stamps import stamp

if TYPE_CHECKING:
    from store.mine_records import EndRun, MineView, Moved


class Section(IntEnum):
    """The parts of the view, from the top."""

    OWED = 0
    PROMISED = 1
    YOURS = 2
    OFFERED = 3
    MOVED = 4
    END_RUNS = 5


_SECTIONS = 8
"""More than there are, so that the keys of lines stay what they are."""


def key(section: Section, number: int) -> int:
    """Return the key of the line of a request in a section."""
    return number * _SECTIONS + section


def number_of(line: int) -> int:
    """Return the request of a line; of a heading one that there is not."""
    return line // _SECTIONS


def is_heading(line: int) -> bool:
    """Say whether a key is that of a heading."""
    return line < 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the view shows."""

    order: tuple[int, ...] = ()
    """Keys, headings included."""
    notes: Mapping[int, str] = field(default_factory=dict)
    """What a line says beside its request, by key."""
    headings: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """By key: what the section is, and what there is to say of it."""


def sheet(view: MineView, now: datetime, tz: tzinfo) -> Sheet:
    """Return the lines for everything that ``view`` knows; empty sections are left out."""
    order: list[int] = []
    notes: dict[int, str] = {}
    headings: dict[int, tuple[str, str]] = {}
    for section, title, told, lines in _sections(view, now, tz):
        if not lines:
            continue
        heading = -1 - section
        headings[heading] = (title, told)
        order.append(heading)
        for number, note in lines:
            line = key(section, number)
            order.append(line)
            if note:
                notes[line] = note
    return Sheet(tuple(order), notes, headings)


Lines = list[tuple[int, str]]


def _sections(
    view: MineView, now: datetime, tz: tzinfo
) -> Iterator[tuple[Section, str, str, Lines]]:
    owed = {each.number: f"wrote {stamp(each.since, now, tz)}" for each in view.owed}
    yield Section.OWED, "you owe an answer", f"{len(owed):,}", list(owed.items())

    promised = [(each.number, _quoted(each.text)) for each in view.promised]
    over = sum(late(each.by, now) for each in view.promised)
    told = f"{len(promised):,}" + (f" · {over:,} late" if over else "")
    yield Section.PROMISED, "promised", told, promised

    told = f"{view.live:,}"
    if view.live > len(view.yours):
        told += f" · the first {len(view.yours):,}"
    yours = [(number, "answer owed" if number in owed else "") for number in view.yours]
    yield Section.YOURS, "yours, by clock", told, yours

    told = f"{len(view.offered):,}"
    yield Section.OFFERED, "colleagues need a hand", told, [(one, "") for one in view.offered]

    moved = [(each.number, _moved(each, now, tz)) for each in view.moved]
    since = view.since.astimezone(tz)
    title = f"came and went since {since:%a} {since.day} {since:%b}"
    yield Section.MOVED, title, f"{len(moved):,}", moved

    runs = view.end_runs
    told = f"≥ {runs.count:,}"
    if runs.timed:
        told += f" · {runs.minutes:,} min"
        told += f" in {runs.timed:,} of them" if runs.timed < runs.count else ""
    told += " · a lower bound"
    listed = [(each.number, _end_run(each, now, tz)) for each in runs.listed]
    yield Section.END_RUNS, "end-runs to you this week", told, listed


def _quoted(text: str) -> str:
    return f"“{settled(text)}”" if text else ""


def _moved(each: Moved, now: datetime, tz: tzinfo) -> str:
    """Return "Ana gave it to you 09:12, Ben is off sick", "Chi took it over 10:20"."""
    why = f", {settled('; '.join(each.why))}" if each.why else ""
    return f"{settled(each.who)} {settled(each.text)} {stamp(each.at, now, tz)}{why}"


def _end_run(each: EndRun, now: datetime, tz: tzinfo) -> str:
    parts = ["probable"] if each.probable else []
    parts += [f"{each.minutes:,} min"] if each.minutes is not None else []
    return " · ".join([*parts, CHANNELS[each.channel], stamp(each.at, now, tz)])
