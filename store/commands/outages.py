"""Known outages: a request becomes the parent of one, and what is about it is put to it.

Everything is an event of the request that it happens to; the row of the outage is how it
stands, and the event says how it stood before, so that undo can put it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from store.commands.change import (
    Change,
    as_json,
    change,
    may_write,
    must_be_unchanged,
    must_not_be_late,
    standing_request,
    write,
)
from store.commands.checks import must_be_live
from store.commands.known_outages import outage_of, parent_of
from store.commands.merging import merge
from store.desk import Desk
from store.errors import CommandRefused, NotPossible
from store.facts.columns import Instant
from store.facts.engine import Writing
from store.facts.outages import outage
from store.facts.requests import Request, request
from store.outage_records import OutageFacts
from store.records import Actor, Done, Target
from store.rules.outages import KnownOutage, why_not
from store.text import one_line
from store.words import Happened, OutageKind, State

#: What an event keeps of the row, to put it back.
_KEPT = ("kind", "service", "words", "text", "starts_at", "ends_at", "always", "ended_at")
_CALLED = {OutageKind.OUTAGE: "a known outage", OutageKind.MAINTENANCE: "planned maintenance"}


def declare_outage(desk: Desk, actor: Actor, target: Target, facts: OutageFacts) -> Done:
    """Make a request the parent of an outage, or of planned maintenance.

    Later mail that matches is put to it: asked once, then by itself.
    """

    def decide(standing: Request, writing: Writing) -> Change:
        must_be_live(standing)
        if parent_of(writing.connection, standing) is not None:
            raise NotPossible(f"#{standing.number} is the parent of an outage already; change that")
        starts = standing.received_at if facts.kind is OutageKind.OUTAGE else writing.now
        row = {
            **_checked(desk, facts, facts.starts_at or starts, writing.now),
            "id": writing.ids("outage"),
            "number": standing.number,
            "always": False,
            "created_at": writing.now,
            "created_by": actor.login,
            "ended_at": None,
        }
        writing.connection.execute(insert(outage).values(row))
        return Change(
            Happened.OUTAGE,
            f"#{standing.number} is the parent of {_CALLED[facts.kind]}",
            {"outage": row["id"]},
            _detail("declared", row, None),
        )

    return change(desk, actor, target, decide)


def change_outage(desk: Desk, actor: Actor, target: Target, facts: OutageFacts) -> Done:
    """Change what is known of the outage that a request is the parent of."""

    def decide(standing: Request, writing: Writing) -> Change:
        row = _row_of_parent(writing, standing)
        starts = facts.starts_at or row.starts_at
        new = _checked(desk, facts, starts, writing.now, was=row)
        return _set(writing, row, new, "changed", f"#{standing.number}: outage changed")

    return change(desk, actor, target, decide)


def end_outage(desk: Desk, actor: Actor, target: Target) -> Done:
    """Say that an outage is over, while its parent stays open."""

    def decide(standing: Request, writing: Writing) -> Change:
        row = _row_of_parent(writing, standing)
        text = f"#{standing.number}: {row.kind} is over"
        return _set(writing, row, {"ended_at": writing.now}, "ended", text)

    return change(desk, actor, target, decide)


def not_outage(desk: Desk, actor: Actor, target: Target) -> Done:
    """Say that a request is not about the outage that it may be about."""

    def decide(standing: Request, writing: Writing) -> Change:
        known = _that_it_may_be_about(writing, standing)
        return Change(
            Happened.OUTAGE,
            f"#{standing.number} is not about #{known.number}",
            {"outage": None},
            {"did": "cleared", "other": known.number},
        )

    return change(desk, actor, target, decide)


def join_outage(desk: Desk, actor: Actor, target: Target, *, others: bool = True) -> Done:
    """Say that a request is about the outage: it is merged into the parent.

    From then on mail about it joins the parent by itself. With ``others`` those requests that
    may be about it too, and that nobody has taken up yet, are merged along. ``undo`` takes all
    of it back.

    Raises:
        NotAllowed: the actor may only look.
        NotFound: there is no such request.
        LostRace: somebody else changed it since ``target.version``.
        NotPossible: it may be about no outage, or cannot be merged.
        StoreError: the database failed; nothing was changed.
    """
    may_write(actor)
    must_not_be_late(desk, actor, target)
    with desk.writing() as writing:
        standing = standing_request(writing.connection, target.number)
        must_be_unchanged(desk, writing.connection, actor, standing, target.version)
        known = _that_it_may_be_about(writing, standing)
        if writing.bulk is None:
            writing.bulk = writing.next_id("event")
        inside = desk.within(writing)
        done = merge(inside, actor, target, known.number)
        along = _merge_along(inside, writing, actor, known) if others else 0
        if not known.always:
            parent = standing_request(writing.connection, known.number)
            row = _row_of_parent(writing, parent)
            what = _set(writing, row, {"always": True}, "always", "")
            write(desk, writing, actor, parent, what)
        more = f", and {along} more with it" if along else ""
        text = f"{done.text}{more}; further mail about the outage joins it by itself"
        return Done(done.number, done.version, done.event_id, text)


def put_back(writing: Writing, happened: Row[*tuple[Any, ...]]) -> None:
    """Make the row of an outage what it was before the event ``happened``."""
    detail = happened.detail
    if "outage" not in detail:
        return
    was = detail["was"]
    back: dict[str, Any] = {"ended_at": writing.now} if was is None else _from_json(was)
    writing.connection.execute(update(outage).where(outage.c.id == detail["outage"]).values(back))


def _merge_along(inside: Desk, writing: Writing, actor: Actor, known: KnownOutage) -> int:
    """Merge what may be about the outage too, as far as it can be; return how many."""
    marked = select(request.c.number).where(
        request.c.outage == known.id,
        request.c.number != known.number,
        request.c.state == State.NEW.value,
        request.c.assignee == "",
    )
    merged = 0
    for number in writing.connection.scalars(marked.order_by(request.c.number)).all():
        try:
            merge(inside, actor, Target(number), known.number)
        except CommandRefused:  # an emergency, say: it stays for people to see
            continue
        merged += 1
    return merged


def _that_it_may_be_about(writing: Writing, standing: Request) -> KnownOutage:
    must_be_live(standing)
    known = outage_of(writing.connection, standing)
    if known is None or known.number == standing.number:
        raise NotPossible(f"Nothing says that #{standing.number} is about a known outage")
    return known


def _row_of_parent(writing: Writing, standing: Request) -> Row[*tuple[Any, ...]]:
    must_be_live(standing)
    if parent_of(writing.connection, standing) is None:
        raise NotPossible(f"#{standing.number} is the parent of no outage")
    query = select(outage).where(outage.c.id == standing.outage)
    return writing.connection.execute(query).one()


def _set(
    writing: Writing, row: Row[*tuple[Any, ...]], new: Mapping[str, Any], did: str, text: str
) -> Change:
    """Change the row of an outage; return the event of it."""
    was = row._asdict()
    changed = {name: value for name, value in new.items() if was[name] != value}
    if not changed:
        raise NotPossible("That is what is known already")
    writing.connection.execute(update(outage).where(outage.c.id == row.id).values(changed))
    now = {**was, **changed}
    return Change(Happened.OUTAGE, text, {}, _detail(did, now, was))


def _detail(did: str, now: Mapping[str, Any], was: Mapping[str, Any] | None) -> dict[str, Any]:
    return {
        "did": did,
        "outage": now["id"],
        "is": _as_json(now),
        "was": None if was is None else _as_json(was),
    }


def _as_json(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: as_json(row[name]) for name in _KEPT}


def _from_json(kept: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: datetime.fromisoformat(value)
        if value is not None and isinstance(outage.c[name].type, Instant)
        else value
        for name, value in kept.items()
    }


def _checked(
    desk: Desk,
    facts: OutageFacts,
    starts_at: datetime,
    now: datetime,
    was: Row[*tuple[Any, ...]] | None = None,
) -> dict[str, Any]:
    """Return the columns that ``facts`` set; raise ``NotPossible`` if they make no sense."""
    words = tuple(dict.fromkeys(one_line(word) for word in facts.words if one_line(word)))
    text = one_line(facts.text)
    if facts.service and facts.service not in desk.rules.services:
        raise NotPossible(f"There is no service {facts.service!r} in the catalogue")
    if reason := why_not(replace(facts, words=words, text=text), starts_at):
        raise NotPossible(reason)
    ends = facts.ends_at
    if ends is not None and ends <= now and (was is None or ends != was.ends_at):
        raise NotPossible("That end has passed already; choose a later one")
    return {
        "kind": facts.kind.value,
        "service": facts.service,
        "words": list(words),
        "text": text,
        "starts_at": starts_at,
        "ends_at": ends,
    }
