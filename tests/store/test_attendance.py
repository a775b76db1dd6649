"""Who is in, away, on a breather or off: said, over, taken back, and what came meanwhile."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from store import commands, queries
from store.desk import Desk
from store.errors import NotAllowed, NotFound, NotPossible
from store.facts.cover import attendance
from store.facts.engine import open_store
from store.records import Actor
from store.words import Attendance, Ending
from tests.conftest import NOW
from tests.rulebook import a_rulebook
from tests.store.letters import letter
from tests.store.looking import rows, take, verified
from tests.store.people import ANA, BEN, CHI, VISITOR, a_request, the
from tests.store.watch import DEE, at, watched

AWAY, OFF, IN, BREATHER = Attendance.AWAY, Attendance.OFF, Attendance.IN, Attendance.BREATHER
MINUTE = timedelta(minutes=1)


def stands(desk, login):
    """Return how somebody stands: what, and until when."""
    one = queries.whereabouts(desk)[login]
    return one.attendance, one.until


def test_who_never_said_anything_is_in(desk):
    """Whether or not they have a board open."""
    commands.presence(desk, CHI, None)
    people = queries.whereabouts(desk)
    assert {one.attendance for one in people.values()} == {IN}
    assert {login for login, one in people.items() if one.board} == {"chi"}


@pytest.mark.parametrize(
    ("state", "minutes", "said"),
    [
        (AWAY, 138, "You are away until 13:00"),
        (OFF, 21 * 60 + 18, "You are off until Tue 08:00"),
        (BREATHER, None, "You are on a breather until 10:52"),
        (AWAY, None, "You are away"),
    ],
)
def test_somebody_says_where_they_are(desk, state, minutes, said):
    """Until when is said on the desk's clock, and everybody sees it."""
    until = NOW + minutes * MINUTE if minutes else None
    assert commands.be(desk, BEN, state, until) == said
    breather = NOW + 10 * MINUTE if state is BREATHER else None
    assert stands(desk, "ben") == (state, until or breather)
    assert verified(desk) == []


def test_the_newest_counts(desk):
    """Rows are added and never changed, each with who said it."""
    commands.be(desk, BEN, OFF)
    commands.be(desk, BEN, AWAY, NOW + MINUTE)
    commands.be(desk, ANA, IN, login="ben")
    assert stands(desk, "ben") == (IN, None)
    told = rows(desk, attendance, "id", "login", "state", "until", "actor")
    assert told == [
        (1, "ben", "off", None, "ben"),
        (2, "ben", "away", NOW + MINUTE, "ben"),
        (3, "ben", "in", None, "ana"),
    ]


def test_when_the_time_is_over_they_are_in_again(desk, clock):
    """At that very moment, without anybody saying so."""
    commands.presence(desk, BEN, None)
    commands.be(desk, BEN, AWAY, NOW + 15 * MINUTE)
    clock.advance(15 * MINUTE - timedelta(seconds=1))
    commands.presence(desk, BEN, None)
    assert (stands(desk, "ben")[0], queries.present(desk)) == (AWAY, frozenset())
    clock.advance(timedelta(seconds=1))
    one = queries.whereabouts(desk)["ben"]
    assert (one.attendance, one.until, one.over, one.present) == (IN, None, True, True)
    assert queries.present(desk) == {"ben"}


def test_who_is_away_with_a_board_open_is_not_present(desk):
    """Nothing is proposed to them; the colleagues say until when."""
    commands.presence(desk, BEN, None)
    commands.be(desk, BEN, AWAY, NOW + 15 * MINUTE)
    ben = next(one for one in queries.colleagues(desk) if one.login == "ben")
    assert (ben.present, ben.attendance, ben.until) == (False, AWAY, NOW + 15 * MINUTE)


def test_a_breather_is_one_key_there_and_back(desk, clock):
    """The same one, whoever pressed it where; from wherever else it brings back."""
    said = [commands.breather(desk, BEN), commands.breather(desk, BEN)]
    assert said == ["You are on a breather until 10:52", "You are in"]
    commands.be(desk, BEN, OFF)
    assert commands.breather(desk, BEN) == "You are in"
    commands.breather(desk, BEN)
    clock.advance(11 * MINUTE)
    assert commands.breather(desk, BEN) == "You are on a breather until 11:03"


def test_a_lead_says_it_of_others_and_nobody_else_does(desk):
    """Off sick today."""
    assert commands.be(desk, ANA, OFF, login="ben") == "Ben is off"
    assert queries.whereabouts(desk)["ben"].by == "ana"
    with pytest.raises(NotAllowed, match="Only Ben or a lead can say that"):
        commands.be(desk, CHI, IN, login="ben")
    with pytest.raises(NotFound, match="Nobody on the desk has the login 'zed'"):
        commands.be(desk, ANA, OFF, login="zed")
    assert stands(desk, "ben") == (OFF, None)


def test_what_cannot_be_said(desk, clock):
    """Who is in already, a time that is over, a board that only looks on."""
    with pytest.raises(NotPossible, match="You are in already"):
        commands.be(desk, BEN, IN)
    with pytest.raises(NotPossible, match="Ben is in already"):
        commands.be(desk, ANA, IN, login="ben")
    with pytest.raises(NotPossible, match="has passed already"):
        commands.be(desk, BEN, AWAY, clock.now())
    for command in (commands.be, commands.breather):
        with pytest.raises(NotAllowed, match="You are only looking"):
            command(desk, VISITOR, *([AWAY] if command is commands.be else []))
    with pytest.raises(NotFound):
        commands.breather(desk, Actor("zed", "Zed"))
    assert rows(desk, attendance) == []


def test_who_comes_back_is_told_what_came_meanwhile(desk, clock):
    """Each request once, as it stands by then; nothing of what was there before."""
    first, second, third, fourth = (a_request(desk, f"No {n}") for n in range(4))
    for number in (first, second):
        commands.claim(desk, BEN, the(number))
    commands.be(desk, BEN, AWAY, NOW + 60 * MINUTE)
    commands.take_over(desk, CHI, the(first))
    commands.assign(desk, ANA, the(third), "ben")
    commands.assign(desk, ANA, the(third), "chi")
    commands.assign(desk, ANA, the(third), "ben")
    commands.assign(desk, ANA, the(fourth), "ben")
    commands.undo(desk, ANA)
    take(desk, *(letter(n, NOW, f"Re: [#{second}]", tags=(second,)) for n in (1, 2)))
    clock.advance(61 * MINUTE)
    told = "1 came to you, 1 of yours has news, 1 was taken over"
    assert commands.be(desk, BEN, IN) == f"You are in. While you were away: {told}"
    commands.breather(desk, BEN)
    assert commands.breather(desk, BEN) == "You are in"


def test_what_came_counts_from_when_they_went_however_often_they_said_so(desk):
    """Away, then a breather, then back: it is one absence."""
    number = a_request(desk)
    commands.be(desk, BEN, AWAY)
    commands.assign(desk, ANA, the(number), "ben")
    commands.be(desk, BEN, BREATHER)
    assert commands.be(desk, BEN, IN).endswith("While you were away: 1 came to you")


def test_what_is_due_before_somebody_is_back(desk):
    """The earliest first; nothing that has ended, and nothing that is offered already."""
    numbers = [a_request(desk, f"No {n}", service="projector", assignee="ben") for n in range(4)]
    later = a_request(desk, "A laptop", service="laptops", assignee="ben")
    commands.resolve(desk, BEN, the(numbers[0]), Ending.FIXED)
    commands.offer(desk, BEN, the(numbers[1]))
    assert queries.due_before(desk, "ben", NOW + 70 * MINUTE) == numbers[2:]
    assert queries.due_before(desk, "ben", NOW + timedelta(days=9)) == [*numbers[2:], later]
    assert queries.due_before(desk, "chi", NOW + timedelta(days=9)) == []


def test_two_boards_of_one_person_press_the_key_at_once(desk, database_url):
    """One goes, the other comes back: nothing fails, and both are written."""

    def press(_place):
        mine = Desk(open_store(database_url, desk.clock), a_rulebook())
        try:
            return commands.breather(mine, BEN)
        finally:
            mine.close()

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(press, range(2)))
    assert said == ["You are in", "You are on a breather until 10:52"]
    assert [row[0] for row in rows(desk, attendance, "id")] == [1, 2]
    assert verified(desk) == []


@pytest.mark.parametrize(
    ("actor", "login", "state", "until", "said"),
    [
        (BEN, "", OFF, "2026-11-23 17:00", ""),
        (
            BEN,
            "",
            OFF,
            "2026-11-23 17:01",
            "You still have the watch Mon 23 Nov 17:00 – Tue 24 Nov 08:00",
        ),
        (
            BEN,
            "",
            OFF,
            "2026-11-30 08:00",
            "You still have the watch Mon 23 Nov 17:00 – Tue 24 Nov 08:00 and 4 more",
        ),
        (
            ANA,
            "ben",
            OFF,
            "2026-11-24 07:00",
            "Ben still has the watch Mon 23 Nov 17:00 – Tue 24 Nov 08:00",
        ),
        (
            DEE,
            "",
            OFF,
            None,
            "You still have the watch Mon 30 Nov 17:00 – Tue 1 Dec 08:00 and 4 more",
        ),
        (BEN, "", AWAY, "2026-11-30 08:00", ""),
        (ANA, "", OFF, None, ""),
    ],
)
def test_who_goes_off_is_told_which_watch_stays_theirs(store, actor, login, state, until, said):
    """That somebody is off changes no roster: they are called all the same."""
    desk = watched(store)
    toast = commands.be(desk, actor, state, until and at(until), login)
    assert toast.partition(". ")[2] == said
