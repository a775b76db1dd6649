"""The many and the few: who asks, and on whose shoulders it rests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from store.rules.endings import evenly
from store.rules.small_numbers import COUNTED_FROM, SHARE_FROM
from store.words import Role
from tui.board.screens import ink
from tui.board.views.fairness.layout import (
    Columns,
    Reader,
    counted,
    figure,
    heading,
    percent,
    sentences,
)

if TYPE_CHECKING:
    from store.endings_records import EndingsView, Rests, Shoulders
    from store.rules.concentration import Concentration

_CHANCE = ("here", "by chance")
_CHANCE_CELLS = (10, 12)
_PEOPLE = ("resolved", "share")
_PEOPLE_CELLS = (10, 8)
_RESTS = ("resolved", "people", "half of it by")
_RESTS_CELLS = (10, 8, 15)
_BEYOND = {
    1: "That is more than chance: a few people need much of the desk.",
    0: "That is about what chance would make of it.",
    -1: "That is more even than chance would make it.",
}

_EXPLAINED = (
    "By chance: if as many requests had fallen on the same people at random.",
    "Gini: 0 if all ask for the same, near 1 if one asks for everything.",
)


def requesters(view: EndingsView, reader: Reader) -> list[Content]:
    """Return the lines of how unevenly people ask."""
    lines = [heading("The many and the few", reader), Content("")]
    asked = counted(view.requests, "request", "requests")
    said = f"{asked} of {counted(view.requesters, 'person', 'people')} were resolved."
    if view.many is None:
        said += f" How unevenly people ask is told from {SHARE_FROM} people on."
        return lines + sentences([said], reader, ink.MUTED)
    lines += [*sentences([said], reader), Content("")]
    lines += _against_chance(view.many, "who asked most", reader)
    lines += [Content(""), *sentences([_BEYOND[view.many.beyond_chance]], reader)]
    return lines + sentences(_EXPLAINED, reader, ink.MUTED)


def _against_chance(found: Concentration, which: str, reader: Reader) -> list[Content]:
    columns = Columns(_CHANCE, _CHANCE_CELLS, reader.room)
    few = f"the {found.few:,} {which}" if found.few > 1 else f"the one {which}"
    shares = (percent(found.share), percent(found.chance.share))
    ginis = (f"{found.gini:.2f}", f"{found.chance.gini:.2f}")
    return [
        columns.head(),
        columns.line(few, shares, bar=found.share),
        columns.line("Gini", ginis),
    ]


def shoulders(view: EndingsView, reader: Reader) -> list[Content]:
    """Return the lines of on how few of the desk it rests, and which services on one alone."""
    lines = [heading("On whose shoulders", reader), Content("")]
    team = view.shoulders
    if not team.resolved:
        said = "On how many of the desk it rests that requests are resolved will be told here."
        return lines + sentences([said], reader, ink.MUTED)
    lines += sentences(_rests_on(team), reader)
    if team.found is not None:
        lines += [Content(""), *_against_chance(team.found, "who resolved most", reader)]
    if team.each:
        columns = Columns(_PEOPLE, _PEOPLE_CELLS, reader.room)
        lines += [Content(""), columns.head()]
        lines += [
            columns.line(
                reader.person(each.login),
                (figure(each.resolved), percent(each.share)),
                "bold" if each.login == reader.me.login else "",
                each.share,
            )
            for each in team.each
        ]
    lines += _services(view.rests, reader)
    explained = ["A request counts for whoever had it when it was resolved."]
    if reader.me.role is not Role.LEAD:
        explained.append("Who else resolved how many is shown to leads.")
    return [*lines, Content(""), *sentences(explained, reader, ink.MUTED)]


def _rests_on(team: Shoulders) -> Iterator[str]:
    people = counted(team.people, "person", "people")
    said = f"{people} resolved {counted(team.resolved, 'request', 'requests')}"
    if team.half is None or team.people == 1:
        yield f"{said}."
        return
    even = evenly(team.people)
    yield f"{said}, {team.half:,} of them more than half; spread evenly it would take {even:,}."


def _services(rests: Sequence[Rests], reader: Reader) -> list[Content]:
    if not rests:
        said = f"On how few a service rests is told from {COUNTED_FROM} requests on."
        return [Content(""), *sentences([said], reader, ink.MUTED)]
    columns = Columns(_RESTS, _RESTS_CELLS, reader.room)
    lines = [Content(""), columns.head()]
    for each in rests:
        figures = (each.resolved, each.people, each.half)
        lines.append(columns.line(reader.service(each.service), [figure(one) for one in figures]))
    alone = [_alone(each, reader) for each in rests if each.is_alone]
    if alone:
        lines += [Content(""), *sentences(alone, reader, ink.RISK)]
    return lines


def _alone(one: Rests, reader: Reader) -> str:
    """Return "▲ Only Ben resolves Printing: 14 of 15; Chi has the skill too"."""
    service = reader.service(one.service)
    if not one.alone:
        return f"▲ {service} rests on one person alone: {one.resolved:,} requests."
    is_me = one.alone == reader.me.login
    who = f"Only {reader.person(one.alone)} resolve{'' if is_me else 's'}"
    said = f"▲ {who} {service}: {one.by_alone:,} of {one.resolved:,}"
    others = [reader.person(each) for each in one.others]
    if others:
        has = "have" if len(others) > 1 or others == ["you"] else "has"
        said += f"; {', '.join(others)} {has} the skill too"
    return f"{said}."
