"""Everybody who asks the desk for something, to find them by a part of their name."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func as sql
from sqlalchemy import select

from store.desk import Desk
from store.facts.people import mail_address, person
from store.facts.requests import request
from store.rules.directory import Requester
from store.text import one_line

#: Who has asked within this time is more likely meant.
_LATELY = timedelta(days=90)
#: More people than any organisation that one desk serves writes to.
_MOST = 200_000


def directory(desk: Desk) -> list[Requester]:
    """Return everybody who ever asked, and the people of the desk."""
    lately = (
        select(request.c.requester_id, sql.count().label("asked"))
        .where(request.c.received_at > desk.clock.now() - _LATELY)
        .group_by(request.c.requester_id)
        .subquery()
    )
    query = (
        select(
            person.c.name,
            person.c.login,
            person.c.department,
            sql.coalesce(sql.min(mail_address.c.address), "").label("address"),
            sql.coalesce(sql.max(lately.c.asked), 0).label("asked"),
        )
        .outerjoin(mail_address, mail_address.c.person_id == person.c.id)
        .outerjoin(lately, lately.c.requester_id == person.c.id)
        .group_by(person.c.id, person.c.name, person.c.login, person.c.department)
        .limit(_MOST)
    )
    with desk.store.reading() as connection:
        return [
            Requester(
                name=one_line(row.name),
                address=one_line(row.address),
                department=one_line(row.department),
                login=one_line(row.login),
                asked=row.asked,
            )
            for row in connection.execute(query)
            if row.name or row.address
        ]
