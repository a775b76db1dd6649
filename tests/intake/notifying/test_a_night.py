"""An emergency in the night when the clocks change, from the mail that tells of it to the answer.

Everything is real: the mailbox, the mail server, the service that pushes go through, two
notifiers, and a board on the wall on which nobody presses a key.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest

from store import commands, queries
from store.clock import SetClock
from store.desk import Desk
from store.facts.engine import open_store
from store.records import Actor
from store.rules.cover import Roster, Rotation
from store.rules.hours import always, compile_hours
from store.words import Direction
from tests.rulebook import OFFICE
from tests.servers.smtp import SmtpServer
from tests.store.looking import verified
from tests.store.people import ANA, the
from tests.tui.board.school import lines, opened, until
from tui.board.app import BoardApp

#: Half past two on the wall, when it is half past two for the first time since the change.
NIGHTS = {
    "Europe/London": datetime(2026, 10, 25, 2, 30, tzinfo=UTC),
    "America/New_York": datetime(2026, 11, 1, 7, 30, tzinfo=UTC),
}
WALL = Actor("wall", "The wall", read_only=True)
FLOOD = b"""From: Night Porter <porter@office.northgate.example>\r
To: help@northgate.example\r
Subject: Water in the server room\r
Message-ID: <flood@office.northgate.example>\r
\r
It comes through the ceiling.\r
"""


@pytest.fixture(params=NIGHTS)
def zone(request) -> str:
    """The desk's time zone."""
    return request.param


@pytest.fixture
def clock(zone: str) -> SetClock:
    """It is 02:30 there."""
    return SetClock(NIGHTS[zone])


@pytest.fixture
def rules(rules, zone: str):
    """Ben has the watch until 03:00 on the wall, then Chi; Ana is the lead."""
    hours = {"desk": compile_hours(replace(OFFICE, tz=zone)), "always": always(zone)}
    main = Rotation("nights", date(2026, 10, 1), "03:00", ("ben", "chi", "dee"), every_days=1)
    night = NIGHTS[zone].astimezone(ZoneInfo(zone)).date() - timedelta(days=1)
    turn = (night - main.first_date).days % 3
    people = (*main.people[-turn:], *main.people[:-turn])
    roster = Roster(zone, hours["desk"], [replace(main, people=people)])
    return replace(rules, timezone=zone, hours=hours, roster=roster)


@pytest.fixture
def desk(store, rules) -> Desk:
    """The desk."""
    return Desk(store, rules)


@dataclass
class Night:
    """What happens in a night, as its script tells it."""

    desk: Desk
    clock: SetClock
    smtp: SmtpServer

    def passes(self, minutes: int) -> None:
        """Let time pass; that somebody's board is still there is written now and then."""
        self.clock.advance(timedelta(minutes=minutes))
        commands.presence(self.desk, ANA, None, "at home")

    def calls_to(self, login: str) -> list[EmailMessage]:
        """Return the mails that somebody was called by."""
        mails = [message_from_bytes(each) for each in self.smtp.mails]
        return [each for each in mails if f"{login}@" in each["To"] and "Emergency" in str(each)]

    def answer_of(self, login: str, words: str) -> bytes:
        """Return what somebody's phone makes of an answer to the call."""
        call = self.calls_to(login)[-1]
        quoted = "\r\n".join(f"> {line}" for line in call.get_payload().splitlines())
        return (
            f"From: {login.title()} <{login}@northgate.example>\r\nTo: {call['Reply-To']}\r\n"
            f"Subject: Re: {call['Subject']}\r\nIn-Reply-To: {call['Message-ID']}\r\n"
            f"Message-ID: <answer@phone.example>\r\n\r\n{words}\r\n\r\n"
            f"On Sun, Northgate IT wrote:\r\n{quoted}\r\n"
        ).encode()


@pytest.fixture
def night(desk, clock, smtp, monkeypatch, tmp_path) -> Iterator[Night]:
    """A quiet night so far."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return Night(desk, clock, smtp)


async def test_the_right_people_are_called_until_one_of_them_answers(
    night, desk, database_url, clock, rules, dovecot, user, configured, working, notifying, pushes
):
    """Ben sleeps, Chi answers from the phone, and Ben can sleep on."""

    def another() -> Desk:
        return Desk(open_store(database_url, clock), rules)

    working(configured(dovecot), runs=True)
    for _ in range(2):
        notifying(night.smtp).start()
    async with (app := BoardApp(lambda: (another(), WALL), clock)).run_test(size=(160, 40)) as wall:
        await opened(wall)

        def shows(words: str) -> bool:
            return any(words in line for line in lines(app))

        # 02:30: the porter writes, and whoever is awake says what it is.
        dovecot.deliver(user, [FLOOD])
        await until(wall, lambda: shows("Water in the server"))
        await until(wall, lambda: app.queue.list.cursor is not None)
        number = app.queue.list.cursor
        with closing(another()) as anas:
            commands.emergency(anas, ANA, the(number), "water runs into the servers")

        # Ben has the watch until three on the wall, whatever the clocks have done.
        await until(wall, lambda: shows("called Ben 02:30 · nobody yet"))
        await until(wall, lambda: shows(f"! #{number} nobody is on it"))
        await until(wall, lambda: pushes.to("ben") and night.calls_to("ben"))
        assert pushes.to("chi") == []

        # Nine minutes are not ten.
        night.passes(9)
        await wall.pause(0.5)
        assert pushes.to("chi") == []

        # 02:40: it goes on to Chi, the backup.
        night.passes(1)
        await until(wall, lambda: shows("called Ben 02:30 · Chi 02:40 · nobody yet"))
        await until(wall, lambda: pushes.to("chi") and night.calls_to("chi"))

        # Chi answers the mail.
        night.passes(1)
        dovecot.deliver(user, [night.answer_of("chi", "Main tap is shut, driving over.")])
        await until(wall, lambda: shows("Chi is on it"))
        await until(wall, lambda: not shows("nobody is on it"))
        await until(wall, lambda: len(pushes.to("ben")) == 2)

        # Nobody else hears of it, however long the night is.
        night.passes(30)
        await wall.pause(0.5)
    subject = f"Emergency [#{number}] Water in the server room"
    assert pushes.to("ben") == [subject, f"[#{number}] Chi is on it"]
    assert (pushes.to("chi"), pushes.to("ana")) == ([subject], [])
    view = queries.request(desk, number)
    note = view.messages[-1]
    assert (note.direction, note.text) == (Direction.NOTE, "Main tap is shut, driving over.")
    assert [f"{each.who} {each.text}" for each in view.history][1:] == [
        "Ana declared an emergency: water runs into the servers",
        "Deskwatch called Ben: mail, json",
        "Deskwatch called Chi: mail, json",
        "Chi is on it",
    ]
    assert verified(desk) == []
