"""Two requests about one thing become one: merge, and taking that back.

The messages move to the request that stays: whoever reads it, answers it or looks for it finds
one conversation. Mail to the other's thread follows them, and its tag leads to the one that
stays (``store.rules.threads``).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, false, select, update
from sqlalchemy import func as sql

from store.commands.change import (
    Change,
    as_json,
    from_json,
    may_write,
    must_be_unchanged,
    must_not_be_late,
    standing_request,
    write,
)
from store.commands.checks import must_be_live
from store.commands.known_outages import parent_of
from store.commands.ownership import NOT_OFFERED
from store.desk import Desk
from store.errors import NotPossible
from store.facts.engine import Writing
from store.facts.history import event
from store.facts.messages import message
from store.facts.requests import Request
from store.records import Actor, Done, Target
from store.rules.promised import NOTHING_PROMISED, earlier
from store.words import Happened, State


def merge(desk: Desk, actor: Actor, target: Target, into: int) -> Done:
    """Make a request part of ``into``, which keeps the earlier receipt of the two.

    What nobody has becomes whose the other was. ``undo`` takes it back.

    Raises:
        NotAllowed: the actor may only look.
        NotFound: there is no such request.
        LostRace: somebody else changed it since ``target.version``.
        NotPossible: one of them asks for no more work, or an emergency would end unseen.
        StoreError: the database failed; nothing was changed.
    """
    may_write(actor)
    must_not_be_late(desk, actor, target)
    with desk.writing() as writing:
        goes = standing_request(writing.connection, target.number)
        must_be_unchanged(desk, writing.connection, actor, goes, target.version)
        stays = standing_request(writing.connection, into)
        _must_fit(goes, stays)
        if parent_of(writing.connection, goes) is not None:
            raise NotPossible(
                f"#{goes.number} is the parent of a known outage;"
                f" merge #{stays.number} into #{goes.number} instead"
            )
        ids, shown = _move(writing, goes.number, stays.number)
        came = write(desk, writing, actor, stays, _merged_in(goes, stays, shown))
        text = f"#{goes.number} merged into #{stays.number}"
        away = Change(
            Happened.MERGED_AWAY,
            text,
            {
                "state": State.MERGED.value,
                "merged_into": stays.number,
                "wait_until": None,
                "snoozed_until": None,
                **NOT_OFFERED,
                **NOTHING_PROMISED,
            },
            {"other": stays.number, "messages": ids, "partner": came.event_id},
            moved=-shown,
        )
        return write(desk, writing, actor, goes, away)


def _must_fit(goes: Request, stays: Request) -> None:
    if goes.number == stays.number:
        raise NotPossible(f"#{goes.number} cannot be merged into itself; choose another request")
    must_be_live(goes)
    must_be_live(stays)
    if goes.emergency_at is not None and stays.emergency_at is None:
        raise NotPossible(
            f"#{goes.number} is an emergency and #{stays.number} is none;"
            f" merge #{stays.number} into #{goes.number} instead"
        )


def _merged_in(goes: Request, stays: Request, shown: int) -> Change:
    new: dict[str, Any] = {
        "received_at": min(goes.received_at, stays.received_at),
        "promised_at": earlier(goes.promised_at, stays.promised_at),
    }
    if goes.assignee and not stays.assignee:
        new["assignee"] = goes.assignee
        if stays.state == State.NEW:
            new["state"] = State.OPEN.value
    if goes.acknowledged_by and stays.emergency_at is not None and not stays.acknowledged_by:
        new["acknowledged_by"] = goes.acknowledged_by
    return Change(
        Happened.MERGED_IN,
        f"#{goes.number} merged into #{stays.number}",
        new,
        {"other": goes.number, "received_at": as_json(goes.received_at)},
        moved=shown,
    )


def _move(
    writing: Writing, here: int, there: int, only: list[int] | None = None
) -> tuple[list[int], int]:
    """Move messages of request ``here`` to ``there``, all or ``only`` these.

    Returns their ids, and how many of them are shown.
    """
    which = message.c.number == here
    if only is not None:
        which &= message.c.id.in_(only) if only else false()
    found = writing.connection.execute(
        select(message.c.id, message.c.withdrawn).where(which).order_by(message.c.id)
    ).all()
    writing.connection.execute(update(message).where(which).values(number=there))
    return [row.id for row in found], sum(not row.withdrawn for row in found)


def take_back_merge(
    desk: Desk, writing: Writing, actor: Actor, happened: Row[*tuple[Any, ...]]
) -> Done:
    """Part two requests again; ``happened`` is what the one that was merged away has of it.

    What was done since with the one that stayed stays done, and so does mail that came to it.
    """
    goes = standing_request(writing.connection, happened.number)
    stays = standing_request(writing.connection, happened.detail["other"])
    ids = happened.detail["messages"]
    name = f"The merging of #{goes.number} cannot be taken back"
    if stays.state == State.MERGED:
        raise NotPossible(f"{name}: #{stays.number} was merged into #{stays.merged_into} since")
    still_there = select(sql.count()).where(message.c.number == stays.number, message.c.id.in_(ids))
    if (writing.connection.scalar(still_there) or 0) < len(ids):
        raise NotPossible(f"{name}: a message of it was split off since")
    came = writing.connection.execute(
        select(event).where(event.c.id == happened.detail["partner"])
    ).one()
    _, shown = _move(writing, stays.number, goes.number, ids)
    # A column that was set anew since is somebody's decision.
    as_set = {name: from_json(name, value) for name, value in came.new.items()}
    still = [name for name, value in as_set.items() if getattr(stays, name) == value]
    write(
        desk,
        writing,
        actor,
        stays,
        Change(
            Happened.UNDONE,
            f"#{stays.number}: the merging of #{goes.number} taken back",
            {name: from_json(name, came.old[name]) for name in still},
            {"what": came.what, "other": goes.number},
            undoes=came.id,
            moved=-shown,
        ),
    )
    return write(
        desk,
        writing,
        actor,
        goes,
        Change(
            Happened.UNDONE,
            f"#{goes.number} parted from #{stays.number} again",
            {name: from_json(name, value) for name, value in happened.old.items()},
            {"what": happened.what, "other": stays.number},
            undoes=happened.id,
            moved=shown,
        ),
    )
