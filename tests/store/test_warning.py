"""Warnings: to the person concerned, in their hours, several at once, each once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from store import commands, queries
from store.commands.warning import TOGETHER
from store.desk import Desk
from store.facts.cover import attendance
from store.facts.notices import notice
from store.rulebook import CallRules
from store.rules.cover import Roster, Rotation
from store.rules.hours import compile_hours
from store.rules.their_hours import in_their_hours
from store.words import Level
from tests.conftest import NOW
from tests.rulebook import OFFICE
from tests.store.people import BEN, a_request, the

PLACES = {"ana": ("mail",), "ben": ("mail", "ntfy"), "chi": ("pover",)}
MINUTE = timedelta(minutes=1)


@pytest.fixture
def database_url(sqlite_files, tmp_path):
    """SQLite alone: what both databases do differently is elsewhere."""
    return sqlite_files.new(tmp_path)


def ask(desk, subject="Projector", assignee="ben"):
    """Open a request of priority P1, to be answered within 30 open minutes."""
    return a_request(desk, subject, impact=Level.HIGH, urgency=Level.HIGH, assignee=assignee)


def told(desk):
    """Return (login, place, subject) of the warnings that go out."""
    with desk.store.reading() as connection:
        query = select(notice).where(notice.c.place != "board").order_by(notice.c.id)
        return [(row.login, row.place, row.subject) for row in connection.execute(query)]


def texts(desk):
    """Return what they say."""
    with desk.store.reading() as connection:
        query = select(notice.c.text).where(notice.c.place != "board").order_by(notice.c.id)
        return list(connection.scalars(query))


def test_each_level_is_told_once_and_only_to_whose_it_is(desk, clock):
    """At 75 % and at 90 %; not by mail, not to people without a place of their own, not twice."""
    mine, _others = ask(desk), ask(desk, assignee="ana")
    clock.advance(22 * MINUTE)
    assert commands.warn(desk, PLACES) == 0
    clock.advance(MINUTE)
    assert commands.warn(desk, PLACES) == 1
    assert commands.warn(desk, PLACES) == 0
    clock.advance(4 * MINUTE)
    # 90 % are used, but whoever was told a moment ago is left alone for a while.
    assert commands.warn(desk, PLACES) == 0
    clock.advance(MINUTE)
    assert commands.warn(desk, PLACES) == 1
    clock.advance(MINUTE)
    assert commands.warn(desk, PLACES) == 0
    assert told(desk) == [("ben", "ntfy", f"#{mine} is at risk")] * 2
    assert texts(desk) == [
        f"#{mine} 75 % used, due Mon 11:12: Projector",
        f"#{mine} 90 % used, due Mon 11:12: Projector",
    ]


def test_what_comes_up_together_is_told_together(desk, clock):
    """One notice, however many there are; what is due sooner stands first."""
    for each in range(12):
        ask(desk, f"Number {each}")
    clock.advance(28 * MINUTE)
    assert commands.warn(desk, PLACES) == 1
    [(_, _, subject)] = told(desk)
    [text] = texts(desk)
    assert subject == "12 of your requests are at risk"
    assert [len(text.splitlines()), text.splitlines()[-1]] == [11, "and 2 more"]
    clock.advance(TOGETHER)
    assert commands.warn(desk, PLACES) == 0


def test_whoever_takes_it_over_is_told_too(desk, clock):
    """The other one has been told, this one has not."""
    number = ask(desk)
    clock.advance(24 * MINUTE)
    commands.warn(desk, PLACES)
    commands.assign(desk, BEN, the(number), "chi")
    commands.warn(desk, PLACES)
    assert [login for login, _, _ in told(desk)] == ["ben", "chi"]


@pytest.mark.parametrize("why", ["snoozed", "late", "away", "off", "no warnings"])
def test_nobody_is_disturbed_without_need(desk, clock, why):
    """What is put up, what is late already, and whoever is not there."""
    number = ask(desk)
    if why == "snoozed":
        commands.snooze(desk, BEN, the(number), NOW + 50 * MINUTE)
    if why in {"away", "off"}:
        until = NOW + 40 * MINUTE if why == "away" else None
        with desk.writing() as writing:
            row = {"login": "ben", "at": NOW, "state": why, "until": until, "actor": "ben"}
            row["event"] = 0
            writing.connection.execute(
                insert(attendance).values(row | {"id": writing.ids("attendance")})
            )
    if why == "no warnings":
        desk.rules = replace(desk.rules, calls=CallRules(warnings=False))
    clock.advance((31 if why == "late" else 28) * MINUTE)
    assert (commands.warn(desk, PLACES), told(desk)) == (0, [])


def test_what_comes_up_at_night_is_told_in_the_morning(desk, clock):
    """A 24×7 clock that runs on while its person sleeps; in the night of their watch they hear."""
    number = ask(desk)
    clock.advance(timedelta(hours=11))
    commands.emergency(desk, BEN, the(number), "nobody can print")
    clock.advance(12 * MINUTE)
    assert commands.warn(desk, PLACES) == 0
    main = Rotation("main", date(2026, 11, 23), "08:00", ("ben",))
    roster = Roster(desk.rules.timezone, desk.rules.hours["desk"], [main])
    watched = Desk(desk.store, replace(desk.rules, roster=roster))
    assert commands.warn(watched, PLACES) == 1


def test_the_board_sees_what_of_mine_is_at_risk(desk, clock):
    """The same, with its level, whether or not it was told elsewhere."""
    number = ask(desk)
    assert queries.at_risk(desk, "ben") == ()
    clock.advance(28 * MINUTE)
    [each] = queries.at_risk(desk, "ben")
    assert (each.number, each.level, each.due) == (number, 90, NOW + 30 * MINUTE)
    assert queries.at_risk(desk, "chi") == ()
    clock.advance(3 * MINUTE)
    assert queries.at_risk(desk, "ben") == ()


def test_the_board_sees_what_has_to_be_kept_soon(desk, clock):
    """From a quarter of an hour before, until it is kept or too late."""
    number = ask(desk)
    commands.promise(desk, BEN, the(number), NOW + 60 * MINUTE, "a loan laptop")
    clock.advance(44 * MINUTE)
    assert queries.soon_promised(desk, "ben") == ()
    clock.advance(MINUTE)
    [each] = queries.soon_promised(desk, "ben")
    assert (each.number, each.promised) == (number, NOW + 60 * MINUTE)
    assert queries.soon_promised(desk, "chi") == ()
    clock.advance(15 * MINUTE)
    assert queries.soon_promised(desk, "ben") == ()


@pytest.mark.parametrize(
    ("zone", "hour", "works"),
    [
        ("", 8, True),
        ("", 7, False),
        ("Europe/Lisbon", 8, True),
        ("Europe/Athens", 6, True),
        ("Europe/Athens", 15, False),
        ("Asia/Kathmandu", 3, True),
        ("Asia/Kathmandu", 1, False),
    ],
)
def test_their_hours_are_the_desks_hours_where_they_are(zone, hour, works):
    """Nine o'clock in Athens is nine o'clock there."""
    now = datetime(2026, 11, 24, hour, 15, tzinfo=UTC)
    assert in_their_hours("ben", zone, compile_hours(OFFICE), None, now) is works
