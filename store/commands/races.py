"""Losing a race, told so that the loser knows who did what: "Ben claimed #1042 4 s ago"."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select

from store.desk import Desk
from store.facts.history import event
from store.facts.requests import Request
from store.records import Actor
from store.words import QUIET, Happened

_DID = {
    Happened.RECEIVED: "opened {request}",
    Happened.FOLLOWED_UP: "wrote on {request}",
    Happened.THANKED: "said thanks on {request}",
    Happened.AUTO_REPLIED: "answered automatically on {request}",
    Happened.BOUNCED: "sent a mail of {request} back",
    Happened.ACKNOWLEDGED: "acknowledged {request}",
    Happened.REPLIED: "answered {request}",
    Happened.REDIRECTED: "redirected who asked {request}",
    Happened.DELIVERY: "noted what became of a mail of {request}",
    Happened.NOTED: "wrote a note on {request}",
    Happened.CLAIMED: "claimed {request}",
    Happened.RELEASED: "released {request}",
    Happened.ASSIGNED: "gave {request} to {assignee}",
    Happened.TAKEN_OVER: "took {request} over",
    Happened.OFFERED: "said whether {request} needs a hand",
    Happened.WAIT_STARTED: "set {request} waiting",
    Happened.RESUMED: "resumed {request}",
    Happened.SNOOZED: "snoozed {request}",
    Happened.RATED: "rated {request} anew",
    Happened.EMERGENCY: "declared {request} an emergency",
    Happened.STOOD_DOWN: "stood {request} down",
    Happened.RESOLVED: "resolved {request}",
    Happened.REOPENED: "re-opened {request}",
    Happened.CLOSED: "closed {request}",
    Happened.MERGED_IN: "merged another request into {request}",
    Happened.MERGED_AWAY: "merged {request} into another",
    Happened.CALLED: "called somebody to {request}",
    Happened.ON_IT: "answered the call to {request}",
    Happened.OUTAGE: "changed what is known of the outage of {request}",
    Happened.PROMISED: "noted what is promised for {request}",
    Happened.JUDGED: "said whether {request} was an end-run",
    Happened.SPLIT_OFF: "split a message off {request}",
    Happened.UNDONE: "took back a change of {request}",
}


def told(desk: Desk, happened: Row[*tuple[Any, ...]], now: datetime) -> str:
    """Return an event row as a line: who did what to which request, and how long ago."""
    assignee = desk.short_name(happened.new.get("assignee", ""))
    did = _DID[Happened(happened.what)].format(request=f"#{happened.number}", assignee=assignee)
    who = happened.detail.get("from") or desk.short_name(happened.actor)
    return f"{who} {did} {ago(now - happened.at)}"


def others_since(
    desk: Desk, connection: Connection, actor: Actor, request: Request, version: int
) -> str | None:
    """Return what somebody else last did to ``request`` since its ``version``, as a line.

    None if nobody did: the actor's own changes are known to the actor and no race.
    """
    newest_first = (
        select(event)
        .where(event.c.number == request.number, event.c.version > version)
        .where(event.c.actor != actor.login, event.c.what.not_in(sorted(QUIET)))
        .order_by(event.c.version.desc())
        .limit(1)
    )
    happened = connection.execute(newest_first).one_or_none()
    return None if happened is None else told(desk, happened, desk.clock.now())


def ago(past: timedelta) -> str:
    """Return "just now", "4 s ago", "3 min ago", "2 h ago" or "5 days ago"."""
    seconds = int(past.total_seconds())
    if seconds < 1:
        return "just now"
    for size, unit in ((60, "s"), (60, "min"), (24, "h")):
        if seconds < size:
            return f"{seconds} {unit} ago"
        seconds //= size
    return f"{seconds} day{'s' if seconds > 1 else ''} ago"
