"""Changes of cover made on the board: added one after the other, taken back by one more.

They come after those of the policy. Leads change anybody's cover; technicians what they come
to or go from themselves. What has been is history: burdens are counted by it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, insert

from store.commands.change import may_write
from store.commands.races import ago
from store.cover_records import CoverDone
from store.desk import Desk
from store.errors import LostRace, NotAllowed, NotPossible
from store.facts.cover import change_of, cover_change, standing_changes
from store.facts.engine import Writing
from store.records import Actor
from store.rules.cover_effects import why_nothing
from store.rules.cover_words import change_words
from store.rules.roster import Change, ChangeKind, Roster
from store.rules.walltime import zone
from store.text import one_line
from store.words import Role

#: What has been may be corrected for so long, by leads.
CORRECTED_FOR = timedelta(days=14)
#: A year beyond is a slip of the finger.
_AHEAD = timedelta(days=2 * 366)


def change_cover(desk: Desk, actor: Actor, change: Change, seen: int | None = None) -> CoverDone:
    """Change who has the watch; say what was agreed.

    Of a technician's change that has begun already, only what is still to come counts.

    Args:
        desk: The desk.
        actor: Who enters it.
        change: What is different, on the wall clock of the roster's zone.
        seen: The newest change of cover the actor knew of (``CoverView.newest``); None:
            whatever it is now.

    Raises:
        NotAllowed: the actor may only look, or this is not about them.
        LostRace: somebody else has changed cover of that time since ``seen``.
        NotPossible: it cannot be, or it would change nothing; says why.
        StoreError: the database failed; nothing was changed.
    """
    may_write(actor)
    with desk.writing() as writing:
        roster = roster_of(desk)
        wanted = _checked(desk, actor, roster, change, writing.now)
        if seen is not None:
            _must_be_unchanged(desk, writing, actor, wanted, seen)
        if reason := why_nothing(roster, wanted, desk.short_name):
            raise NotPossible(one_line(reason))
        new = writing.ids("cover")
        _add(writing, actor, new, wanted)
        return CoverDone(new, said(desk, wanted, writing.now))


def take_back_cover(desk: Desk, actor: Actor) -> CoverDone:
    """Take back the actor's last change of cover that stands.

    Of a technician's change that has begun, what has been stays as it was.

    Raises:
        NotAllowed: the actor may only look.
        NotPossible: there is none, it is over, or somebody else has changed that time since.
        StoreError: the database failed; nothing was changed.
    """
    may_write(actor)
    with desk.writing() as writing:
        roster = roster_of(desk)
        local = _local_minute(roster, writing.now)
        row = _last_of(desk, writing, actor, local)
        change = change_of(row)
        text = said(desk, change, writing.now)
        _must_be_the_last(desk, writing, actor, row)
        new = writing.ids("cover")
        _add(writing, actor, new, cancels=row.id)
        if actor.role is not Role.LEAD and change.start < local:
            _add(writing, actor, writing.ids("cover"), replace(change, end=local))
            text = f"{text}, from now on"
        return CoverDone(new, f"Taken back: {text}")


def roster_of(desk: Desk) -> Roster:
    """Return the roster; raise ``NotPossible`` if the policy has none."""
    if desk.rules.roster is None:
        raise NotPossible(
            "The policy has no roster; write [roster] in the config file and apply it"
        )
    return desk.rules.roster


def said(desk: Desk, change: Change, now: datetime) -> str:
    """Return a change in words."""
    today = now.astimezone(zone(roster_of(desk).tz)).date()
    return one_line(change_words(change, desk.short_name, today))


def _checked(desk: Desk, actor: Actor, roster: Roster, change: Change, now: datetime) -> Change:
    """Return the change as it will be written, or raise what is wrong with it."""
    for login in filter(None, (change.who, change.instead_of)):
        if login not in desk.rules.people:
            raise NotPossible(f"Nobody on the desk has the log-in name “{one_line(login)}”")
    if not change.who:
        raise NotPossible("Say who")
    if change.kind in {ChangeKind.ADD, ChangeKind.ABSENT}:
        change = replace(change, instead_of="")
    if change.who == change.instead_of:
        name = one_line(desk.short_name(change.who))
        raise NotPossible(f"{name} cannot stand in for {name}")
    _must_be_theirs(actor, change)
    return _in_time(actor, roster, change, now)


def _must_be_theirs(actor: Actor, change: Change) -> None:
    if actor.role is not Role.LEAD and actor.login not in {change.who, change.instead_of}:
        raise NotAllowed("Only a lead changes the watch of others; ask one, or enter your own")


def _in_time(actor: Actor, roster: Roster, change: Change, now: datetime) -> Change:
    """Return the change, for a technician from now on; raise if its times cannot be."""
    start, end, local = change.start, change.end, _local_minute(roster, now)
    if any(each.tzinfo or each.second or each.microsecond for each in (start, end)):
        raise NotPossible("The watch changes at whole minutes of the roster's own time")
    if start >= end:
        raise NotPossible("It ends before it begins; give a later end")
    if end > local + _AHEAD:
        raise NotPossible("That is more than two years ahead")
    if actor.role is Role.LEAD:
        if start < local - CORRECTED_FOR:
            raise NotPossible(
                "Only the last 14 days can be corrected; what has been before stays as it was"
            )
        return change
    if end <= local:
        raise NotPossible("That time is over; a lead can correct the last 14 days")
    return replace(change, start=max(start, local))


def _local_minute(roster: Roster, now: datetime) -> datetime:
    """Return the minute that runs on the roster's wall clock."""
    return now.astimezone(zone(roster.tz)).replace(second=0, microsecond=0, tzinfo=None)


def _must_be_unchanged(
    desk: Desk, writing: Writing, actor: Actor, change: Change, seen: int
) -> None:
    newer = (
        standing_changes()
        .where(cover_change.c.id > seen, cover_change.c.actor != actor.login)
        .where(_touches(_minute(change.start), _minute(change.end)))
    )
    row = _newest(writing.connection, newer)
    if row is not None:
        raise LostRace(_told(desk, row, writing.now))


def _last_of(desk: Desk, writing: Writing, actor: Actor, local: datetime) -> Row[Any]:
    """Return the actor's last change whose time has not passed, or that may still be corrected."""
    mine = standing_changes().where(cover_change.c.actor == actor.login)
    since = local - CORRECTED_FOR if actor.role is Role.LEAD else local
    row = _newest(writing.connection, mine.where(cover_change.c.ends > _minute(since)))
    if row is not None:
        return row
    over = _newest(writing.connection, mine)
    if over is None:
        raise NotPossible("There is no change of cover of yours to take back")
    text = said(desk, change_of(over), writing.now)
    raise NotPossible(f"“{text}” is over; what has been stays as it was")


def _must_be_the_last(desk: Desk, writing: Writing, actor: Actor, mine: Row[Any]) -> None:
    newer = (
        standing_changes()
        .where(cover_change.c.id > mine.id, cover_change.c.actor != actor.login)
        .where(_touches(mine.starts, mine.ends))
    )
    row = _newest(writing.connection, newer)
    if row is not None:
        text = said(desk, change_of(mine), writing.now)
        raise NotPossible(f"“{text}” cannot be taken back: {_told(desk, row, writing.now)}")


def _newest(connection: Connection, query: Any) -> Row[Any] | None:
    return connection.execute(query.order_by(cover_change.c.id.desc()).limit(1)).one_or_none()


def _told(desk: Desk, row: Row[Any], now: datetime) -> str:
    who = one_line(desk.short_name(row.actor))
    text = said(desk, change_of(row), now)
    return f"{who} changed cover of that time {ago(max(now - row.at, timedelta()))}: {text}"


def _touches(starts: str, ends: str) -> ColumnElement[bool]:
    return and_(cover_change.c.starts < ends, cover_change.c.ends > starts)


def _add(
    writing: Writing,
    actor: Actor,
    new: int,
    change: Change | None = None,
    cancels: int | None = None,
) -> None:
    columns = {"kind": "", "starts": "", "ends": "", "who": "", "instead_of": ""}
    if change is not None:
        columns = {
            "kind": change.kind.value,
            "starts": _minute(change.start),
            "ends": _minute(change.end),
            "who": change.who,
            "instead_of": change.instead_of,
        }
    writing.connection.execute(
        insert(cover_change).values(
            id=new, at=writing.now, actor=actor.login, cancels=cancels, **columns
        )
    )


def _minute(local: datetime) -> str:
    return local.isoformat(timespec="minutes")
