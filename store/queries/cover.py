"""Cover as a view shows it: who has the watch in the days ahead, and who has changed it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, or_, select

from store.cover_records import CoverChangeView, CoverView
from store.desk import Desk
from store.facts.cover import change_of, cover_change
from store.policy.holidays import Region, country_of, public_holidays
from store.records import DESK, Actor
from store.rules.burden import YEAR, burdens
from store.rules.cover import coverage
from store.rules.cover_words import change_words
from store.rules.roster import Change
from store.rules.walltime import DAY, day_us, from_us, zone
from store.text import one_line

#: Changes entered in so many days are told, whatever time they are about.
_RECENT = timedelta(days=14)
_MOST = 200

_later = cover_change.alias("later")
_Row = Row[*tuple[Any, ...]]


def cover_view(desk: Desk, days: int = 14, actor: Actor = DESK) -> CoverView | None:
    """Return cover from the midnight before now on; None if the policy has no roster.

    Args:
        desk: The desk.
        days: How many.
        actor: Who asks: their own changes are marked.
    """
    roster, now = desk.rules.roster, desk.clock.now()
    if roster is None:
        return None
    tz = zone(roster.tz)
    first = now.astimezone(tz).date()
    since, until = (from_us(day_us(day, 0, tz)) for day in (first, first + days * DAY))
    dates = [first + n * DAY for n in range(days)]
    return CoverView(
        since=since,
        until=until,
        tz=roster.tz,
        newest=desk.rules.cover,
        coverage=coverage(roster, since, until),
        open_hours=tuple(roster.staffed.intervals(since, until)),
        holidays=tuple((day, _name(roster.tz, day)) for day in dates if day in roster.holidays),
        short_days=frozenset(day for day in dates if roster.staffed.is_short(day)),
        burdens=burdens(roster, now - YEAR, now),
        changes=tuple(_changes(desk, actor, since, until)),
    )


def told_of_cover(desk: Desk, seen: int, actor: Actor) -> list[str]:
    """Return what others have changed in the watch of ``actor`` since change ``seen``, in words.

    "Ana changed cover: Dee covers Sat 28 Nov 14:00–22:00 instead of Ben", the oldest first.
    """
    if not actor.login or desk.rules.roster is None:
        return []
    newer = select(cover_change).where(
        cover_change.c.id > seen, cover_change.c.actor != actor.login
    )
    with desk.store.reading() as connection:
        found = _meant(connection, newer.order_by(cover_change.c.id).limit(_MOST))
    return [
        one_line(f"{desk.short_name(row.actor)} changed cover: {_words(desk, row, change)}")
        for row, change in found
        if actor.login in {change.who, change.instead_of}
    ]


def _changes(
    desk: Desk, actor: Actor, since: datetime, until: datetime
) -> Iterator[CoverChangeView]:
    tz = zone(_zone(desk))
    first, last = (f"{at.astimezone(tz):%Y-%m-%dT%H:%M}" for at in (since, until))
    touches = (cover_change.c.starts < last) & (cover_change.c.ends > first)
    query = (
        select(cover_change, _later.c.id.is_not(None).label("undone"))
        .outerjoin(_later, _later.c.cancels == cover_change.c.id)
        .where(or_(cover_change.c.at > desk.clock.now() - _RECENT, touches))
        .order_by(cover_change.c.id.desc())
        .limit(_MOST)
    )
    with desk.store.reading() as connection:
        found = _meant(connection, query)
    for row, change in found:
        yield CoverChangeView(
            id=row.id,
            at=row.at,
            by=one_line(desk.short_name(row.actor)),
            text=one_line(_words(desk, row, change)),
            mine=bool(actor.login) and row.actor == actor.login,
            undone=row.undone,
        )


def _zone(desk: Desk) -> str:
    roster = desk.rules.roster
    return desk.rules.timezone if roster is None else roster.tz


def _meant(connection: Connection, query: Select[*tuple[Any, ...]]) -> list[tuple[_Row, Change]]:
    """Return rows with the change that each makes or takes back."""
    rows = connection.execute(query).all()
    earlier = [row.cancels for row in rows if row.cancels is not None]
    taken_back = {
        row.id: row
        for row in connection.execute(select(cover_change).where(cover_change.c.id.in_(earlier)))
    }
    return [
        (row, change_of(row if row.cancels is None else taken_back[row.cancels])) for row in rows
    ]


def _words(desk: Desk, row: _Row, change: Change) -> str:
    today = desk.clock.now().astimezone(zone(_zone(desk))).date()
    words = change_words(change, desk.short_name, today)
    return words if row.cancels is None else f"took back: {words}"


@cache
def _names(country: str, year: int) -> dict[date, str]:
    return dict(public_holidays(Region(country), (year,)))


def _name(tz: str, day: date) -> str:
    """Return what the country calls a holiday; one of the desk's own is only that."""
    country = country_of(tz)
    try:
        return _names(country, day.year).get(day, "holiday")
    except (NotImplementedError, ImportError):
        return "holiday"
