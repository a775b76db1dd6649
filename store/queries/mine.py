"""Everything that is one's own, in one moment of the store.

Each part is read along an index, and only as much as somebody looks through.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Row, Select, literal_column, select
from sqlalchemy import func as sql

from store.commands.clock_cache import histories
from store.desk import Desk
from store.facts.history import MOVES, event
from store.facts.requests import request
from store.mine_records import EndRun, EndRuns, MineView, Moved, Owed, Promise
from store.queries.board import ENTRY, entries
from store.queries.board_rows import batches, rows_of
from store.queries.changes import is_undone
from store.queries.counts import beginnings
from store.queries.end_runs import is_counted
from store.queries.order import order_key
from store.queries.wording import who, why
from store.records import Actor, BoardRow
from store.rules.end_runs import PROBABLE
from store.rules.owed import owed_since
from store.rules.timeline import clock_events
from store.text import one_line
from store.words import LIVE_STATES, Channel, Happened

#: Requests of one's own that are shown, and lines of everything else.
MOST, MOST_LINES = 500, 50
#: Nobody looks further back for what came and went; who was never here is told of a week.
_LONGEST, _WEEK = timedelta(days=30), timedelta(days=7)
#: Hand-overs looked at, the newest first.
_MOST_MOVES = 2_000


def mine(desk: Desk, actor: Actor) -> MineView:
    """Return what ``actor`` has, owes and has promised, what came and went, and their end-runs."""
    now = desk.clock.now()
    today, monday = beginnings(now, ZoneInfo(desk.rules.timezone))
    me = actor.login
    if not me:
        return MineView(0, (), (), (), (), (), today, EndRuns(monday))
    with desk.store.reading() as connection:
        had = connection.execute(had_query(me)).all()
        ordered = sorted(
            entries([row[: len(ENTRY)] for row in had]),
            key=lambda one: order_key(one, desk.rules.hours, now),
        )
        yours = tuple(one.number for one in ordered[:MOST])
        since = _last_day(connection, me, today, ZoneInfo(desk.rules.timezone))
        offered = tuple(connection.scalars(offered_query(me)))
        moves = _moves(desk, connection, me, since)
        runs = _end_runs(connection, me, monday)
        promised = _promised(connection, had)
        wanted = {*yours, *offered, *(each.number for each in moves)}
        wanted |= {*(each.number for each in runs.listed), *(each.number for each in promised)}
        rows = rows_of(connection, desk.rules, sorted(wanted), now)
        owed = _owed(connection, yours)
    return MineView(
        live=len(had),
        yours=yours,
        owed=owed,
        promised=promised,
        offered=offered,
        moved=tuple(each for each in moves if _still(each, rows, me))[:MOST_LINES],
        since=since,
        end_runs=runs,
        rows=rows,
    )


def had_query(login: str) -> Select[*tuple[Any, ...]]:
    """Return the statement for what somebody has: the columns ``ENTRY``, and what is promised."""
    mine_ = (request.c.live, request.c.assignee == login)
    return select(*ENTRY, request.c.promised_at).where(*mine_)


def offered_query(login: str) -> Select[int]:
    """Return the statement for what colleagues of ``login`` need a hand with."""
    others = (request.c.offered, request.c.assignee != login)
    return select(request.c.number).where(*others).order_by(request.c.number).limit(MOST_LINES)


def last_day_query(login: str, before: datetime) -> Select[datetime]:
    """Return the statement for when somebody last did something before a moment."""
    did = select(event.c.at).where(event.c.actor == login, event.c.at < before)
    return did.order_by(event.c.id.desc()).limit(1)


def moves_query(since: datetime) -> Select[*tuple[Any, ...]]:
    """Return the statement for the requests that changed hands, the newest first."""
    # Spelled out: by marks for values no database knows that its index of these rows serves.
    kinds: list[ColumnElement[str]] = [literal_column(f"'{kind}'") for kind in MOVES]
    return (
        select(event)
        .where(event.c.what.in_(kinds), event.c.at >= since, ~is_undone())
        .order_by(event.c.at.desc(), event.c.id.desc())
        .limit(_MOST_MOVES)
    )


def end_runs_query(login: str, since: datetime) -> Select[*tuple[Any, ...]]:
    """Return the statement for the end-runs that went to somebody."""
    return (
        select(
            request.c.number,
            request.c.received_at,
            request.c.channel,
            request.c.minutes,
            request.c.end_run_certainty,
        )
        .where(is_counted(), request.c.end_run_person == login, request.c.received_at >= since)
        .order_by(request.c.received_at.desc(), request.c.number.desc())
    )


def _last_day(connection: Connection, me: str, today: datetime, tz: ZoneInfo) -> datetime:
    """Return the beginning of the day before today on which somebody last did something."""
    did = connection.scalar(last_day_query(me, today))
    if did is None:
        return today - _WEEK
    return max(beginnings(did, tz)[0], today - _LONGEST)


def _moves(desk: Desk, connection: Connection, me: str, since: datetime) -> list[Moved]:
    """Return what others gave to ``me`` or took from them: of each request the newest."""
    found: dict[int, Moved | None] = {}
    for row in connection.execute(moves_query(since)):
        came, went = row.new.get("assignee") == me, row.old.get("assignee") == me
        if not (came or went) or row.number in found:
            continue
        # What one did oneself is no news, and what was before it is over.
        found[row.number] = None if row.actor == me else _moved(desk, row, came=came)
    return [each for each in found.values() if each is not None]


def _moved(desk: Desk, row: Row[*tuple[Any, ...]], *, came: bool) -> Moved:
    return Moved(
        number=row.number,
        came=came,
        who=who(desk, row.actor, row.detail),
        text=_did(desk, row, came=came),
        at=row.at,
        why=why(row.detail),
    )


def _did(desk: Desk, row: Row[*tuple[Any, ...]], *, came: bool) -> str:
    """Return what was done, told to whom it was done."""
    if came:
        return "gave it to you"
    if row.what == Happened.ASSIGNED:
        return f"gave it to {one_line(desk.short_name(row.new['assignee']))}"
    if row.what == Happened.RELEASED:
        return "gave it back to the queue"
    return "took it off your hands" if row.old.get("offered") else "took it over"


def _still(moved: Moved, rows: dict[int, BoardRow], me: str) -> bool:
    """Say whether a request is still where it was moved to, as far as that is news."""
    row = rows.get(moved.number)
    if row is None:
        return False
    if moved.came:
        return row.assignee == me and row.state in LIVE_STATES
    return row.assignee != me


def _promised(connection: Connection, had: Sequence[Row[*tuple[Any, ...]]]) -> tuple[Promise, ...]:
    by = {row.number: row.promised_at for row in had if row.promised_at is not None}
    first = sorted(by, key=lambda number: (by[number], number))[:MOST_LINES]
    said: dict[int, str] = {}
    query = (
        select(event.c.number, event.c.detail)
        .where(event.c.number.in_(first), event.c.what == Happened.PROMISED.value, ~is_undone())
        .order_by(event.c.number, event.c.version)
    )
    for row in connection.execute(query) if first else ():
        said[row.number] = one_line(row.detail.get("text", ""))
    return tuple(Promise(number, by[number], said.get(number, "")) for number in first)


def _owed(connection: Connection, numbers: Iterable[int]) -> tuple[Owed, ...]:
    """Return which of these requests somebody has written to since they were answered."""
    owed = []
    for some in batches(numbers):
        wrote = select(event.c.number).where(event.c.number.in_(some)).distinct()
        wrote = wrote.where(event.c.what == Happened.FOLLOWED_UP.value)
        written_to = list(connection.scalars(wrote))
        for number, history in histories(connection, written_to).items():
            since = owed_since(clock_events(history))
            if since is not None:
                owed.append(Owed(number, since))
    return tuple(sorted(owed, key=lambda each: (each.since, each.number)))


def _end_runs(connection: Connection, me: str, since: datetime) -> EndRuns:
    query = end_runs_query(me, since)
    counted = query.order_by(None).subquery()
    count, minutes, timed = connection.execute(
        select(sql.count(), sql.sum(counted.c.minutes), sql.count(counted.c.minutes))
    ).one()
    listed = tuple(
        EndRun(
            number=row.number,
            at=row.received_at,
            channel=Channel(row.channel),
            minutes=row.minutes,
            probable=row.end_run_certainty == PROBABLE,
        )
        for row in connection.execute(query.limit(MOST_LINES))
    )
    return EndRuns(since, count, minutes or 0, timed, listed)
