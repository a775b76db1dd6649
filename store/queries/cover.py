"""Cover as a view shows it: who has the watch in the days ahead, and who has changed it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from store.cover_records import CoverChangeView, CoverView
from store.desk import Desk
from store.facts.cover import change_of, cover_change
from store.policy.holidays import Region, country_of, public_holidays
from store.records import DESK, Actor
from store.rules.burden import YEAR, burdens
from store.rules.cover import coverage
from store.rules.cover_words import change_words
from store.rules.roster import Roster
from store.rules.walltime import DAY, day_us, from_us, zone
from store.text import one_line

#: Changes entered in so many days are told, whatever time they are about.
_RECENT = timedelta(days=14)
_MOST = 200

_later = cover_change.alias("later")


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
        changes=tuple(_changes(desk, roster, actor, since, until)),
    )


def _changes(
    desk: Desk, roster: Roster, actor: Actor, since: datetime, until: datetime
) -> Iterator[CoverChangeView]:
    now, tz = desk.clock.now(), zone(roster.tz)
    first, last = (f"{at.astimezone(tz):%Y-%m-%dT%H:%M}" for at in (since, until))
    touches = (cover_change.c.starts < last) & (cover_change.c.ends > first)
    query = (
        select(cover_change, _later.c.id.is_not(None).label("undone"))
        .outerjoin(_later, _later.c.cancels == cover_change.c.id)
        .where(or_(cover_change.c.at > now - _RECENT, touches))
        .order_by(cover_change.c.id.desc())
        .limit(_MOST)
    )
    with desk.store.reading() as connection:
        rows = connection.execute(query).all()
        meant = _by_id(connection, [row.cancels for row in rows if row.cancels is not None])
    for row in rows:
        change = change_of(row if row.cancels is None else meant[row.cancels])
        text = change_words(change, desk.short_name, now.astimezone(tz).date())
        yield CoverChangeView(
            id=row.id,
            at=row.at,
            by=one_line(desk.short_name(row.actor)),
            text=one_line(text if row.cancels is None else f"took back: {text}"),
            mine=bool(actor.login) and row.actor == actor.login,
            undone=row.undone,
        )


def _by_id(connection: Connection, ids: list[int]) -> dict[int, Row[*tuple[Any, ...]]]:
    query = select(cover_change).where(cover_change.c.id.in_(ids))
    return {row.id: row for row in connection.execute(query)}


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
