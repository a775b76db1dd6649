"""A desk at night with an emergency, and everything that people are called by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from intake.notifying.notifier import Notifier
from store import commands
from store.clock import SetClock
from store.desk import Desk
from store.policy.outgoing import Outgoing
from store.policy.people import Person
from store.rules.cover import Roster, Rotation
from tests.conftest import NOW
from tests.servers.pushes import Pushes
from tests.servers.smtp import SmtpServer
from tests.store.people import ANA, a_request, the

#: Monday evening: the desk is closed.
EVENING = NOW.replace(hour=22, minute=30)


@pytest.fixture
def clock() -> SetClock:
    """The desk is closed."""
    return SetClock(EVENING)


@pytest.fixture
def desk(store, rules) -> Desk:
    """Ben has the watch, Chi is the backup, Ana is the lead."""
    main = Rotation("main", date(2026, 11, 23), "08:00", ("ben", "chi"))
    roster = Roster(tz=rules.timezone, staffed=rules.hours["desk"], rotations=[main])
    return Desk(store, replace(rules, roster=roster))


@pytest.fixture
def pushes() -> Iterator[Pushes]:
    """Takes what Apprise sends."""
    with Pushes() as server:
        yield server


@pytest.fixture
def smtp() -> Iterator[SmtpServer]:
    """Takes mail."""
    with SmtpServer() as server:
        yield server


@pytest.fixture
def emergency(desk) -> int:
    """An emergency."""
    number = a_request(desk, "Wi-Fi down")
    commands.emergency(desk, ANA, the(number), "nobody can work")
    return number


@pytest.fixture
def notifying(desk, pushes) -> Iterator[Callable[..., Notifier]]:
    """Makes notifiers: ``notifying(smtp, ben=["json://…"])``; all end in time."""
    made: list[Notifier] = []

    def make(mail: SmtpServer | None = None, **notify: list[str]) -> Notifier:
        people = [
            Person(
                name=desk.rules.people[login].name,
                login=login,
                addresses=[f"{login}@northgate.example"],
                notify=notify.get(login, [pushes.url(login)]),
            )
            for login in ("ana", "ben", "chi")
        ]
        outgoing = mail and Outgoing(host="127.0.0.1", port=mail.port, security="none")
        made.append(Notifier(desk, people, outgoing))
        return made[-1]

    yield make
    for each in made:
        each.end()
