"""Taking back what one did last."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, exists, select

from store.commands.change import Change, from_json, may_write, standing_request, write
from store.commands.merging import take_back_merge
from store.commands.messages import must_not_be_out
from store.commands.outages import put_back
from store.commands.races import told
from store.commands.splitting import take_back_split
from store.desk import Desk
from store.errors import CommandRefused, NotPossible
from store.facts.engine import Writing
from store.facts.history import event
from store.records import Actor, Done
from store.words import QUIET, Happened

#: What each command is called when it is taken back. Mail only as long as it has not gone out.
UNDOABLE = {
    Happened.REPLIED: "answer",
    Happened.REDIRECTED: "redirect",
    Happened.CLAIMED: "claim",
    Happened.RELEASED: "release",
    Happened.ASSIGNED: "assignment",
    Happened.TAKEN_OVER: "take-over",
    Happened.OFFERED: "change of the offer",
    Happened.WAIT_STARTED: "wait",
    Happened.RESUMED: "resumption",
    Happened.SNOOZED: "snooze",
    Happened.RATED: "rating",
    Happened.EMERGENCY: "emergency",
    Happened.ON_IT: "answer to the call",
    Happened.STOOD_DOWN: "standing down",
    Happened.NOTED: "note",
    Happened.RESOLVED: "resolution",
    Happened.REOPENED: "re-opening",
    Happened.CLOSED: "closing",
    Happened.MERGED_AWAY: "merging",
    Happened.SPLIT_OFF: "split",
    Happened.OUTAGE: "change of the outage",
    Happened.PROMISED: "promise",
    Happened.JUDGED: "judgement",
}
_MAIL = {Happened.REPLIED, Happened.REDIRECTED}
#: Those that two requests had a part in.
_OF_TWO = {Happened.MERGED_AWAY: take_back_merge, Happened.SPLIT_OFF: take_back_split}


def undo(desk: Desk, actor: Actor) -> list[Done | CommandRefused]:
    """Take back the actor's last command, a bulk command as a whole.

    If that was mail which has gone out, it is said, and nothing older is taken back instead.
    A request of a bulk command that something else has happened to since stays as it is,
    and its place in the list says why.

    Raises:
        NotPossible: there is nothing to take back, or nothing of it can be any more.
        NotAllowed: the actor may only look.
        StoreError: the database failed; nothing was changed.
    """
    may_write(actor)
    with desk.writing() as writing:
        results: list[Done | CommandRefused] = []
        # The last first: several may have been merged into one.
        for happened in _last(writing.connection, actor):
            try:
                results.append(_take_back(desk, writing, actor, happened))
            except CommandRefused as refused:
                results.append(refused)
        if not results:
            raise NotPossible("There is nothing of yours to take back")
        if len(results) == 1 and isinstance(results[0], CommandRefused):
            raise results[0]
        return results[::-1]


def _last(connection: Connection, actor: Actor) -> list[Row[*tuple[Any, ...]]]:
    """Return the events of the actor's last command that was not taken back yet."""
    taking_back = event.alias("taking_back")
    standing = (
        select(event)
        .where(event.c.actor == actor.login)
        .where(event.c.what.in_(list(UNDOABLE)))
        .where(~exists().where(taking_back.c.undoes == event.c.id))
    )
    newest = connection.execute(standing.order_by(event.c.id.desc()).limit(1)).one_or_none()
    if newest is None:
        return []
    if newest.bulk is None:
        return [newest]
    group = standing.where(event.c.bulk == newest.bulk, event.c.id >= newest.bulk)
    return list(connection.execute(group.order_by(event.c.id.desc())))


def _take_back(desk: Desk, writing: Writing, actor: Actor, happened: Row[*tuple[Any, ...]]) -> Done:
    since = writing.connection.execute(
        select(event)
        .where(event.c.number == happened.number, event.c.version > happened.version)
        .order_by(event.c.version.desc())
    ).all()
    undone = {row.undoes for row in since if row.undoes is not None}
    loud = (row for row in since if row.undoes is None and row.what not in QUIET)
    if happened.what == Happened.OUTAGE and happened.detail["did"] != "declared":
        # What is known of an outage stands beside the request: only its next change counts.
        loud = (row for row in loud if row.what == Happened.OUTAGE)
    if happened.what == Happened.JUDGED:  # whether it was an end-run has to do with nothing else
        loud = (row for row in loud if row.what == Happened.JUDGED)
    other = next((row for row in loud if row.id not in undone), None)
    what = UNDOABLE[Happened(happened.what)]
    if happened.what in _MAIL:
        must_not_be_out(writing, happened.detail["message"], f"The {what} to #{happened.number}")
    if other is not None:
        raise NotPossible(
            f"The {what} {'to' if happened.what in _MAIL else 'of'} #{happened.number} cannot be"
            f" taken back: {told(desk, other, writing.now)}"
        )
    of_two = _OF_TWO.get(Happened(happened.what))
    if of_two is not None:
        return of_two(desk, writing, actor, happened)
    if happened.what == Happened.OUTAGE:
        put_back(writing, happened)
    request = standing_request(writing.connection, happened.number)
    return write(
        desk,
        writing,
        actor,
        request,
        Change(
            Happened.UNDONE,
            f"#{happened.number}: {what} taken back",
            {name: from_json(name, value) for name, value in happened.old.items()},
            {"what": happened.what},
            undoes=happened.id,
            withdraws=happened.detail.get("message"),
        ),
    )
