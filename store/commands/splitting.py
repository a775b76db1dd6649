"""A message that is about something else gets a request of its own: split, and taking it back.

The request it goes out of is as it would be had the message never come; the one it opens is as
if the message had opened it, with clocks from when it arrived.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select, update

from store.commands.change import (
    Change,
    from_json,
    may_write,
    must_be_unchanged,
    must_not_be_late,
    standing_request,
    write,
)
from store.commands.clock_cache import histories
from store.commands.mailboxes import recount
from store.commands.opening import begin, department_of, person_of
from store.commands.races import told
from store.desk import Desk
from store.errors import NotPossible
from store.facts.engine import Writing
from store.facts.history import event
from store.facts.mail import ledger
from store.facts.messages import message
from store.facts.requests import Request
from store.records import Actor, Address, Done, Target
from store.rules.timeline import Happening, taken_back
from store.words import QUIET, Direction, Happened, Outcome, State

_JOINED = (Happened.FOLLOWED_UP, Happened.THANKED)
#: Of the request it goes out of, where it is not known what the message itself asks.
_USUAL = ("kind", "impact", "urgency", "priority", "service", "channel")
_PART = (Outcome.OPENED.value, Outcome.FOLLOWED_UP.value)


def split(desk: Desk, actor: Actor, target: Target, message_id: int | None = None) -> Done:
    """Make a message that came to a request by mail open one of its own, linked to it.

    Args:
        desk: The desk.
        actor: Who does it.
        target: The request the message goes out of.
        message_id: The message; None: the newest that came by mail. Not the one that opened
            the request.

    Returns:
        What happened to the request it went out of; the text names the new one. ``undo``
        takes it back while nothing has happened to either.

    Raises:
        NotAllowed: the actor may only look.
        NotFound: there is no such request.
        LostRace: somebody else changed it since ``target.version``.
        NotPossible: there is no such message.
        StoreError: the database failed; nothing was changed.
    """
    may_write(actor)
    must_not_be_late(desk, actor, target)
    with desk.writing() as writing:
        standing = standing_request(writing.connection, target.number)
        must_be_unchanged(desk, writing.connection, actor, standing, target.version)
        if standing.state == State.MERGED:
            number, into = standing.number, standing.merged_into
            raise NotPossible(f"#{number} is merged into #{into}; its messages are there")
        history = histories(writing.connection, [standing.number])[standing.number]
        going = _going(writing, standing, history[0].detail.get("message"), message_id)
        joining = _joining(history, going.id)
        number = writing.next_id("request")
        facts, detail = _opens(standing, going, joining)
        asks = Address(facts["requester_name"], facts["requester_address"])
        facts["requester_id"] = person_of(desk, writing, asks)
        facts["department"] = department_of(desk, asks.address)
        detail["why"] = [f"{actor.name} split it off from #{standing.number}"]
        begin(desk, writing, facts, detail)
        moved = update(message).where(message.c.id == going.id)
        writing.connection.execute(moved.values(number=number, split_from=standing.number))
        reason = f"split off from #{standing.number} by {actor.name}"
        was = _account(writing, going.original_id, Outcome.OPENED, number, reason)
        restored = _restored(history, joining)
        went: dict[str, Any] = {"other": number, "message": going.id, "ledger": was}
        if joining is not None and restored is None:
            went["stays"] = True
        return write(
            desk,
            writing,
            actor,
            standing,
            Change(
                Happened.SPLIT_OFF,
                f"#{number} split off from #{standing.number}",
                restored or {},
                went,
                undoes=joining.id if joining else None,
                moved=-1,
            ),
        )


def _going(
    writing: Writing, standing: Request, first: int | None, wanted: int | None
) -> Row[*tuple[Any, ...]]:
    """Return the message to split off; ``first`` opened the request."""
    came = (
        select(message)
        .where(message.c.number == standing.number, message.c.direction == Direction.IN.value)
        .where(message.c.original_id.is_not(None), message.c.id != (first or 0))
        .order_by(message.c.at.desc(), message.c.id.desc())
        .limit(1)
    )
    if wanted is not None:
        came = came.where(message.c.id == wanted)
    found = writing.connection.execute(came).one_or_none()
    if found is not None:
        return found
    if wanted is None:
        raise NotPossible(f"No further mail has come to #{standing.number}: nothing to split off")
    if wanted == first:
        raise NotPossible(f"That message opened #{standing.number}; only later ones are split off")
    raise NotPossible(f"Only a mail that came to #{standing.number} can be split off, not that")


def _joining(history: Sequence[Happening], message_id: int) -> Happening | None:
    """Return the event by which a message joined; None if it came with a merger."""
    gone = taken_back(history)
    return next(
        (
            each
            for each in reversed(history)
            if each.what in _JOINED
            and each.id not in gone
            and each.detail.get("message") == message_id
        ),
        None,
    )


def _restored(history: Sequence[Happening], joining: Happening | None) -> dict[str, Any] | None:
    """Return the columns as they were before a message joined.

    None: more was done since on the strength of it, so they stay as they are.
    """
    if joining is None:
        return {}
    gone = taken_back(history)
    later = [
        each
        for each in history
        if each.id > joining.id and each.id not in gone and each.undoes is None
    ]
    if any(not each.new.keys().isdisjoint(joining.new) for each in later):
        return None
    return {name: from_json(name, value) for name, value in joining.old.items()}


def _opens(
    standing: Request, going: Row[*tuple[Any, ...]], joining: Happening | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return facts and details of the request that a message would have opened.

    What is not known of it any more is as in the request that it goes out of.
    """
    asks: dict[str, Any] = dict(joining.detail.get("asks", {})) if joining else {}
    name, address = asks.pop("requester", [going.sender_name, going.sender_address])
    detail: dict[str, Any] = {
        "from": going.sender_name or going.sender_address or "Somebody",
        "message": going.id,
    }
    if "asked_at" in asks:
        detail["asked_at"] = asks.pop("asked_at")
    facts = {
        **{column: getattr(standing, column) for column in _USUAL},
        **asks,
        "state": State.NEW.value,
        "subject": going.subject or standing.subject,
        "requester_name": name,
        "requester_address": address,
        "received_at": going.at,
        "linked_to": standing.number,
    }
    return facts, detail


def _account(
    writing: Writing, original_id: int, outcome: Outcome, number: int, reason: str
) -> list[Any]:
    """Write down in the ledger what has become of a mail; return what it said before."""
    this = (ledger.c.original_id == original_id) & ledger.c.outcome.in_(_PART)
    found = writing.connection.execute(select(ledger).where(this).limit(1)).one_or_none()
    if found is None:
        return []
    writing.connection.execute(
        update(ledger)
        .where(ledger.c.mailbox == found.mailbox)
        .where(ledger.c.uidvalidity == found.uidvalidity, ledger.c.uid == found.uid)
        .values(outcome=outcome.value, number=number, reason=reason)
    )
    recount(writing, found.mailbox, found.uidvalidity, Outcome(found.outcome), outcome)
    return [found.outcome, found.number, found.reason]


def take_back_split(
    desk: Desk, writing: Writing, actor: Actor, happened: Row[*tuple[Any, ...]]
) -> Done:
    """Put a message back that was split off; the request that it had opened is merged away."""
    standing = standing_request(writing.connection, happened.number)
    opened = standing_request(writing.connection, happened.detail["other"])
    since = writing.connection.execute(
        select(event)
        .where(event.c.number == opened.number, event.c.version > 1)
        .where(event.c.what.not_in([each.value for each in QUIET]))
        # What the catalogue had declared with the receipt is nobody's doing.
        .where((event.c.what != Happened.EMERGENCY.value) | (event.c.actor != ""))
        .order_by(event.c.version.desc())
        .limit(1)
    ).one_or_none()
    if since is not None:
        raise NotPossible(
            f"#{opened.number} cannot be put back: {told(desk, since, writing.now)};"
            f" merge it into #{standing.number} instead"
        )
    back = update(message).where(message.c.number == opened.number)
    writing.connection.execute(back.values(number=standing.number, split_from=None))
    original_id = writing.connection.scalar(
        select(message.c.original_id).where(message.c.id == happened.detail["message"])
    )
    if happened.detail["ledger"] and original_id is not None:
        outcome, number, reason = happened.detail["ledger"]
        _account(writing, original_id, Outcome(outcome), number, reason)
    away = {"state": State.MERGED.value, "merged_into": standing.number}
    what = {"what": happened.what, "other": standing.number}
    text = f"#{opened.number} put back into #{standing.number}"
    gone = Change(Happened.UNDONE, text, away, what, moved=-opened.messages)
    write(desk, writing, actor, opened, gone)
    return write(
        desk,
        writing,
        actor,
        standing,
        Change(
            Happened.UNDONE,
            text,
            {name: from_json(name, value) for name, value in happened.old.items()},
            {"what": happened.what, "other": opened.number},
            undoes=happened.id,
            moved=opened.messages,
        ),
    )
