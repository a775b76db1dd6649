"""Who was called to which emergency so far, as the notices say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from store.facts.notices import notice
from store.rules.escalation import Call
from store.words import Delivery, Notice

#: What was refused so often is not going to arrive in time, though it is tried again.
_TRIES = 2


def calls(connection: Connection, declared: Mapping[int, datetime]) -> dict[int, tuple[Call, ...]]:
    """Return the calls to some emergencies, oldest first, by request.

    Args:
        connection: An open transaction.
        declared: By number, when each was declared: what was before was another emergency.
    """
    found: dict[int, dict[tuple[int, str], list[Call]]] = defaultdict(lambda: defaultdict(list))
    query = (
        select(
            notice.c.number,
            notice.c.step,
            notice.c.login,
            notice.c.created_at,
            notice.c.state,
            notice.c.attempts,
        )
        .where(notice.c.kind == Notice.EMERGENCY.value, notice.c.number.in_(list(declared)))
        .order_by(notice.c.id)
    )
    for row in connection.execute(query) if declared else ():
        if row.created_at >= declared[row.number]:
            failed = row.state == Delivery.FAILED or (
                row.state == Delivery.PENDING and row.attempts >= _TRIES
            )
            call = Call(row.step, row.login, row.created_at, failed)
            found[row.number][row.step, row.login].append(call)
    return {number: tuple(_one(each) for each in by.values()) for number, by in found.items()}


def _one(places: Sequence[Call]) -> Call:
    """Return the call that several places of one person were sent."""
    first = places[0]
    return Call(first.step, first.login, first.at, all(each.failed for each in places))
