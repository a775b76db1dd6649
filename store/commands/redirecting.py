"""The friendly way back to the front door, for somebody who went to a person instead."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, exists, select

from store.commands.answering import (
    answer,
    must_be_answerable,
    redirect_fields,
    sender,
)
from store.commands.change import Change, change
from store.commands.checks import must_be_live
from store.commands.messages import Said
from store.desk import Desk
from store.errors import NotPossible
from store.facts.engine import Writing
from store.facts.mail import outbox
from store.facts.messages import message
from store.facts.requests import Request, request
from store.mail_records import Redirection
from store.records import Actor, Done, Target
from store.rules.end_runs import SUSPECT
from store.rules.languages import language_of
from store.rules.redirects import redirect_template
from store.rules.templates import fill
from store.text import lines, one_line
from store.words import Delivery, Direction, Happened, Sends

#: Nobody is pointed to the front door again within this time.
_ENOUGH = timedelta(days=7)
#: Messages of a request in which its language is looked for.
_MOST_READ = 3


def redirect(desk: Desk, actor: Actor, target: Target, text: str = "") -> Done:
    """Tell somebody who went to a person that it has arrived, and where the front door is.

    It is no answer to what they asked: the clocks go on. Who asks for the first time is made
    welcome instead.

    Args:
        desk: The desk.
        actor: Who does it.
        target: The request.
        text: What they want to add.

    Raises:
        NotPossible: it is no end-run, or an emergency; nobody can be written to; or the same
            person was told less than a week before.
    """
    added = lines(text).strip()

    def decide(standing: Request, writing: Writing) -> Change:
        says = redirection(desk, writing.connection, standing, actor.name, added)
        mail = answer(desk, writing, standing, Sends.REDIRECT)
        done = "welcomed and shown" if says.welcome else "redirected to"
        return Change(
            Happened.REDIRECTED,
            f"#{standing.number} {done} the front door",
            detail={"welcome": True} if says.welcome else {},
            said=Said(sender(desk.rules, actor), says.text, mail),
        )

    return change(desk, actor, target, decide)


def redirection(
    desk: Desk,
    connection: Connection,
    standing: Request,
    technician: str,
    added: str = "",
) -> Redirection:
    """Return what a redirect of a request says, and whether it is a welcome.

    Raises:
        NotPossible: as of ``redirect``.
    """
    _must_be_an_end_run(standing)
    must_be_answerable(desk, standing)
    _must_not_be_told_again(desk, connection, standing)
    welcome = _asks_for_the_first_time(connection, standing)
    template = redirect_template(
        desk.rules, standing.department, _language(connection, standing), first_time=welcome
    )
    fields = redirect_fields(desk.rules, standing.model_dump(), technician, added)
    said = fill(template, fields)
    if not said:
        raise NotPossible(
            f"The redirect of #{standing.number} comes out empty: every line of its template"
            " names something there is nothing to say of; see [templates] in the config"
        )
    return Redirection(said, welcome)


def _must_be_an_end_run(standing: Request) -> None:
    number = standing.number
    if not standing.end_run_person:
        raise NotPossible(f"#{number} came to the desk itself: there is nobody to redirect")
    if standing.end_run_certainty == SUSPECT:
        raise NotPossible(f"#{number} went to the desk too: that is no reason to redirect anybody")
    if standing.emergency_at is not None:
        raise NotPossible(f"#{number} is an emergency: help first, nobody is redirected")
    must_be_live(standing)


def _must_not_be_told_again(desk: Desk, connection: Connection, standing: Request) -> None:
    last = last_told(connection, standing.requester_id, desk.clock.now() - _ENOUGH)
    if last is None:
        return
    at = last.created_at.astimezone(ZoneInfo(desk.rules.timezone))
    who = one_line(standing.requester_name or standing.requester_address)
    raise NotPossible(
        f"{who} was pointed to the front door {at:%a} {at.day} {at:%b %H:%M} (#{last.number}):"
        " once a week is enough"
    )


def last_told(
    connection: Connection, requester_id: int, since: datetime
) -> Row[*tuple[Any, ...]] | None:
    """Return of which request, and when, somebody was redirected last; None: not since."""
    never = [Delivery.GIVEN_UP.value, Delivery.FAILED.value]
    # Also of what turned out to be no end-run since.
    theirs = select(request.c.number).where(
        request.c.requester_id == requester_id, request.c.changed_at > since
    )
    query = (
        select(message.c.number, outbox.c.created_at)
        .join(outbox, outbox.c.message_id == message.c.id)
        .where(message.c.number.in_(theirs), outbox.c.kind == Sends.REDIRECT.value)
        .where(outbox.c.created_at > since, outbox.c.state.not_in(never))
        .order_by(message.c.id.desc())
        .limit(1)
    )
    return connection.execute(query).one_or_none()


def _asks_for_the_first_time(connection: Connection, standing: Request) -> bool:
    earlier = (
        exists()
        .where(request.c.requester_id == standing.requester_id)
        .where(request.c.number < standing.number)
    )
    return not connection.scalar(select(earlier))


def _language(connection: Connection, standing: Request) -> str:
    """Return the language in which the requester writes; "" if that is not clear."""
    query = (
        select(message.c.subject, message.c.text)
        .where(message.c.number == standing.number, message.c.direction == Direction.IN.value)
        .where(~message.c.withdrawn)
        .order_by(message.c.id)
        .limit(_MOST_READ)
    )
    return language_of("\n".join(f"{row.subject}\n{row.text}" for row in connection.execute(query)))
