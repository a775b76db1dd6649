"""One request in full: its conversation, its history, its clocks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy import func as sql

from store.desk import Desk
from store.errors import NotFound
from store.facts.history import event, happening
from store.facts.mail import outbox
from store.facts.messages import attachment, message
from store.facts.requests import request as requests_table
from store.queries.board_rows import COLUMNS, batches, board_row, emergencies
from store.queries.changes import event_view
from store.queries.notices import calls_of
from store.queries.outages import marks, outage_view
from store.queries.outgoing import delivery_words
from store.records import (
    Address,
    AttachmentInfo,
    ClockView,
    MessageView,
    RequestView,
)
from store.rulebook import Rulebook
from store.rules.clocks import ClockState, evaluate
from store.rules.threads import id_key
from store.rules.timeline import Happening, clock_events, taken_back
from store.text import lines, one_line
from store.words import Delivery, Direction, Ending, Happened, Level

#: Requests of one person for one service within this time are repeat contacts.
_REPEAT = timedelta(days=7)


def request(desk: Desk, number: int) -> RequestView:
    """Return everything there is to see of a request.

    Raises:
        NotFound: there is none with this number.
    """
    now = desk.clock.now()
    with desk.store.reading() as connection:
        query = select(
            *COLUMNS,
            requests_table.c.impact,
            requests_table.c.urgency,
            requests_table.c.ending,
            requests_table.c.resolved_at,
            requests_table.c.linked_to,
            requests_table.c.merged_into,
            requests_table.c.requester_id,
        ).where(requests_table.c.number == number)
        row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFound(f"There is no request #{number}")
        history = connection.execute(
            select(event).where(event.c.number == number).order_by(event.c.version)
        ).all()
        conversation = _conversation(desk, connection, history, number, now)
        repeats = _repeat_contacts(connection, row, now)
        others = select(requests_table.c.number).where(requests_table.c.merged_into == number)
        called = calls_of(connection, emergencies([row]))
        merged = connection.scalars(others.order_by(requests_table.c.number)).all()
        mark = marks(connection, [row], now).get(number)
        known = outage_view(connection, mark, now)
    undone = taken_back(happening(one) for one in history)
    return RequestView(
        row=board_row(row, desk.rules, now, calls=called.get(number, ()), mark=mark),
        impact=Level(row.impact),
        urgency=Level(row.urgency),
        ending=Ending(row.ending) if row.ending else None,
        resolved_at=row.resolved_at,
        emergency_at=row.emergency_at,
        linked_to=row.linked_to,
        repeat_contacts=repeats,
        messages=conversation,
        history=tuple(event_view(desk, one, undone=one.id in undone) for one in history),
        clocks=_clock_views(desk.rules, (happening(one) for one in history), now),
        merged_into=row.merged_into,
        merged=tuple(merged),
        asked_at=_asked_at(history),
        outage=known,
        promise=_promise(row.promised_at, history, undone),
    )


def clocks(desk: Desk, numbers: Sequence[int]) -> dict[int, tuple[ClockView, ...]]:
    """Return every clock of some requests, by number, as they stand now."""
    now = desk.clock.now()
    histories: dict[int, list[Happening]] = defaultdict(list)
    with desk.store.reading() as connection:
        for some in batches(numbers):
            query = select(event).where(event.c.number.in_(some))
            for row in connection.execute(query.order_by(event.c.number, event.c.version)):
                histories[row.number].append(happening(row))
    return {number: _clock_views(desk.rules, history, now) for number, history in histories.items()}


def request_of_message(desk: Desk, message_id: str) -> int | None:
    """Return the number of the request that the mail with this Message-ID is part of."""
    query = select(message.c.number).where(
        message.c.message_id == id_key(message_id), message.c.message_id != ""
    )
    with desk.store.reading() as connection:
        return connection.scalar(query.order_by(message.c.id).limit(1))


def _conversation(
    desk: Desk,
    connection: Connection,
    history: Sequence[Row[*tuple[Any, ...]]],
    number: int,
    now: datetime,
) -> tuple[MessageView, ...]:
    """Return the messages of a request, oldest first; what was taken back is left out."""
    came_with = {one.detail["message"]: one for one in history if "message" in one.detail}
    here = (message.c.number == number) & ~message.c.withdrawn
    described = (
        select(attachment)
        .join(message, message.c.id == attachment.c.message_id)
        .where(here)
        .order_by(attachment.c.message_id, attachment.c.position)
    )
    attached: dict[int, list[AttachmentInfo]] = defaultdict(list)
    for row in connection.execute(described):
        info = AttachmentInfo(one_line(row.name), one_line(row.type), row.size)
        attached[row.message_id].append(info)
    query = select(
        message.c.id,
        message.c.direction,
        message.c.sender_name,
        message.c.sender_address,
        message.c.at,
        message.c.text,
        message.c.quoted,
        message.c.defects,
        outbox.c.state,
        outbox.c.sent_at,
        outbox.c.error,
    ).outerjoin(outbox, outbox.c.message_id == message.c.id)
    return tuple(
        MessageView(
            id=row.id,
            direction=Direction(row.direction),
            sender=Address(one_line(row.sender_name), one_line(row.sender_address)),
            at=row.at,
            text=lines(row.text),
            quoted=lines(row.quoted),
            attachments=tuple(attached[row.id]),
            defects=tuple(one_line(str(each)) for each in row.defects),
            delivery=(
                delivery_words(desk, row.state, row.sent_at, row.error, now) if row.state else ""
            ),
            delivered=Delivery(row.state) if row.state else None,
            what=Happened(came_with[row.id].what) if row.id in came_with else None,
            spoofed=_spoofed(came_with.get(row.id)),
        )
        for row in connection.execute(query.where(here).order_by(message.c.at, message.c.id))
    )


def _promise(
    by: datetime | None, history: Sequence[Row[*tuple[Any, ...]]], undone: Collection[int]
) -> str:
    """Return what is promised in a sentence, as the event says that promised it."""
    if by is None:
        return ""
    said = (one for one in reversed(history) if one.what == Happened.PROMISED)
    stands = next((one for one in said if one.id not in undone), None)
    return one_line(stands.detail.get("text", "")) if stands is not None else ""


def _asked_at(history: Sequence[Row[*tuple[Any, ...]]]) -> datetime | None:
    """Return when a person was asked who has sent it on, as the first event says."""
    said = history[0].detail.get("asked_at") if history else None
    return datetime.fromisoformat(said) if said else None


def _spoofed(came_with: Row[*tuple[Any, ...]] | None) -> str:
    """Return what the event that a message came with says against its sender."""
    return one_line(str(came_with.detail.get("spoofed", ""))) if came_with is not None else ""


def _repeat_contacts(connection: Connection, row: Row[*tuple[Any, ...]], now: datetime) -> int:
    """Count the requests of this person for this service in the last days, this one included."""
    recent = select(sql.count()).where(
        requests_table.c.requester_id == row.requester_id,
        requests_table.c.service == row.service,
        requests_table.c.received_at > now - _REPEAT,
        requests_table.c.number != row.number,
    )
    return 1 + (connection.scalar(recent) or 0)


def _clock_views(
    rules: Rulebook, history: Iterable[Happening], now: datetime
) -> tuple[ClockView, ...]:
    states = evaluate(clock_events(history), rules.targets, rules.hours, now)
    return tuple(_clock_view(state) for state in states.values())


def _clock_view(state: ClockState) -> ClockView:
    return ClockView(
        metric=state.metric,
        status=state.status,
        calendar=state.calendar,
        target=state.target,
        used=state.used,
        remaining=state.remaining,
        due=state.due,
        warn_75=state.warn_75,
        warn_90=state.warn_90,
        breached_at=tuple(state.breached_at),
        stopped_at=state.stopped_at,
    )
