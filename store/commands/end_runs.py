"""End-runs as the people who were asked log them (R7)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from store.commands.change import Change, change, may_write
from store.commands.checks import must_say_something
from store.commands.ending import HOW, ended
from store.commands.opening import open_request
from store.commands.rating import emergency
from store.desk import Desk
from store.errors import NotFound
from store.facts.engine import Writing
from store.facts.requests import Request, request
from store.new_requests import EndRunEntry, NewRequest
from store.records import Actor, Done, Target
from store.rules.cover import on_call
from store.words import Ending, Happened


def log_end_run(desk: Desk, actor: Actor, entry: EndRunEntry) -> Done:
    """Open the request that somebody was asked for directly; what is done already is resolved.

    It is no end-run where a person of the desk asks, or whoever was asked was the published
    contact at that moment; the line says so. An entry that is there already is not logged again.
    Nobody is sent a mail about what was done before their eyes.

    Raises:
        NotAllowed: the actor may only look.
        NotPossible: it does not say what was asked for.
        NotFound: there is no such service, or nobody with the login of who was asked.
        StoreError: the database failed; nothing was logged.
    """
    may_write(actor)
    must_say_something(entry.what, "What was asked for")
    if entry.whom not in desk.rules.people:
        raise NotFound(f"Nobody on the desk has the login {entry.whom!r}")
    with desk.writing() as writing:
        known = _known(writing, entry.entry)
        if known is not None:
            return known
        writing.bulk = writing.next_id("event")
        inside = desk.within(writing)
        at = min(entry.asked_at, writing.now)
        why_not = _why_not(desk, entry, at)
        opened = open_request(
            inside,
            actor,
            NewRequest(
                requester=entry.requester,
                subject=entry.what,
                channel=entry.channel,
                service=entry.service,
                assignee=entry.whom if entry.ending else "",
                end_run_person="" if why_not else entry.whom,
                asked_at=at,
                minutes=entry.minutes,
                entry=entry.entry,
            ),
        )
        number = opened.number
        said = f"#{number} logged, {entry.minutes} min"
        if entry.emergency:
            emergency(inside, actor, Target(number), entry.what)
            said += ": an emergency"
        elif entry.ending:
            _resolve(inside, actor, number, entry.ending)
            said += f": {HOW[entry.ending]}"
        else:
            said += ": in the queue"
        return Done(number, 1, opened.event_id, f"{said}; {why_not}" if why_not else said)


def _known(writing: Writing, entry: str) -> Done | None:
    query = select(request.c.number, request.c.version).where(request.c.entry == entry)
    row = writing.connection.execute(query.where(request.c.entry != "")).one_or_none()
    if row is None:
        return None
    return Done(row.number, row.version, 0, f"#{row.number} is logged already")


def _why_not(desk: Desk, entry: EndRunEntry, at: datetime) -> str:
    """Return why this is no end-run, in words; "" if it is one."""
    if desk.rules.person_by_address(entry.requester.address) is not None:
        return "no end-run, a colleague asked"
    if on_call(desk.rules.roster, at) == entry.whom:
        return f"no end-run, {desk.short_name(entry.whom)} had the watch"
    return ""


def _resolve(desk: Desk, actor: Actor, number: int, ending: Ending) -> None:
    def decide(standing: Request, writing: Writing) -> Change:
        return Change(
            Happened.RESOLVED,
            f"#{number} resolved: {HOW[ending]}",
            ended(standing, ending, actor.login, max(writing.now, standing.changed_at)),
        )

    change(desk, actor, Target(number), decide)
