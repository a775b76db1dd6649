"""Changes of cover made on the board: checked, added, taken back, told."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import insert, update

from store import commands, queries
from store.desk import Desk
from store.errors import CommandRefused, LostRace, NotAllowed, NotPossible, StoreError
from store.facts.cover import cover_change
from store.facts.engine import open_store
from store.rules.cover import on_call
from tests.conftest import NOW
from tests.store.looking import rows, verified
from tests.store.people import ANA, BEN, CHI, VISITOR
from tests.store.watch import ALONE, DEE, at, change, watched

#: The half day of the policy, until the evening's watch begins.
HOLE = ("2026-12-02 12:00", "2026-12-02 17:00")
SATURDAY = ("2026-11-28 14:00", "2026-11-28 22:00")

#: What the database has no part in.
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def desk(store) -> Desk:
    """A desk with a roster, on SQLite and on PostgreSQL in turn."""
    return watched(store)


def covered(desk: Desk, local: str) -> str:
    """Return who has the watch then, as any desk sees it that looks."""
    desk.refresh()
    return on_call(desk.rules.roster, at(local))


TAKEN = (
    (ANA, change("add", *HOLE, "chi"), "Chi takes the free watch Wed 2 Dec 12:00–17:00"),
    (CHI, change("add", *HOLE, "chi"), "Chi takes the free watch Wed 2 Dec 12:00–17:00"),
    (
        BEN,
        change("cover", *SATURDAY, "ana", "ben"),
        "Ana covers Sat 28 Nov 14:00–22:00 instead of Ben",
    ),
    (
        CHI,
        change("swap", "2026-11-28 22:00", "2026-11-29 08:00", "chi", "ben"),
        "Chi has Sat 28 Nov 22:00 – Sun 29 Nov 08:00 in a swap with Ben",
    ),
    (ANA, change("absent", *SATURDAY, "ben"), "Ben is absent Sat 28 Nov 14:00–22:00"),
    (
        ANA,
        change("cover", "2027-01-05 17:00", "2027-01-06 00:00", "ana"),
        "Ana covers Tue 5 Jan 2027 17:00–24:00",
    ),
)


def test_a_change_holds_at_once_and_says_what_it_is(desk):
    """For leads anybody's, for technicians what they come to or go from."""
    told = []
    for actor, wanted, _ in TAKEN:
        said = commands.change_cover(desk, actor, wanted).text
        told.append((said, covered(desk, f"{wanted.start}")))
        commands.take_back_cover(desk, actor)
    assert told == [
        (text, "" if wanted.kind == "absent" else wanted.who) for _, wanted, text in TAKEN
    ]


REFUSED = (
    (CHI, change("cover", *SATURDAY, "ana", "ben"), "Only a lead changes the watch of others"),
    (VISITOR, change("add", *HOLE, "chi"), "You are only looking"),
    (ANA, change("cover", *SATURDAY, "zoe"), "Nobody on the desk has the log-in name “zoe”"),
    (ANA, change("cover", *SATURDAY, "ana", "zoe"), "Nobody on the desk has the log-in name “zoe”"),
    (ANA, change("cover", *SATURDAY, ""), "Say who"),
    (ANA, change("cover", *SATURDAY, "ben", "ben"), "Ben cannot stand in for Ben"),
    (ANA, change("absent", *SATURDAY[::-1], "ben"), "It ends before it begins"),
    (ANA, change("absent", SATURDAY[0], SATURDAY[0], "ben"), "It ends before it begins"),
    (
        ANA,
        change("absent", "2026-11-28 14:00:30", SATURDAY[1], "ben"),
        "The watch changes at whole",
    ),
    (ANA, change("absent", SATURDAY[0], "2126-11-28 14:00", "ben"), "That is more than two years"),
    (BEN, change("absent", "2026-11-20 17:00", "2026-11-22 08:00", "ben"), "That time is over"),
    (ANA, change("absent", "2026-11-08 17:00", SATURDAY[1], "ben"), "Only the last 14 days can"),
    (ANA, change("absent", *SATURDAY, "chi"), "Chi does not have the watch then"),
    (ANA, change("cover", *SATURDAY, "ana", "chi"), "Chi does not have the watch then"),
    (ANA, change("cover", *SATURDAY, "ben"), "Ben has the watch then already"),
    (ANA, change("add", *SATURDAY, "ben"), "Ben has the watch then already"),
    (ANA, change("add", *SATURDAY, "chi"), "Ben has the watch then; nothing is free"),
    (ANA, change("add", "2026-11-24 09:00", "2026-11-24 12:00", "ben"), "Nobody has to be on"),
    (ANA, change("absent", "2027-03-28 01:30", "2027-03-28 02:00", "ben"), "The clocks are put"),
)


@on_sqlite
def test_what_may_not_or_cannot_be_and_what_changes_nothing_is_refused_with_why(desk):
    """And nothing is written."""
    told = []
    for actor, wanted, _ in REFUSED:
        with pytest.raises((NotAllowed, NotPossible)) as refused:
            commands.change_cover(desk, actor, wanted)
        told.append(str(refused.value))
    missing = [
        (said, why) for said, (*_, why) in zip(told, REFUSED, strict=True) if why not in said
    ]
    assert (missing, rows(desk, cover_change, "id")) == ([], [])


@on_sqlite
def test_an_absence_of_whose_backup_is_asked_for_is_taken(desk):
    """Dee comes after Ben: she helps out, unless she is away."""
    commands.change_cover(desk, DEE, change("absent", *SATURDAY, "dee"))
    assert covered(desk, SATURDAY[0]) == "ben"


@on_sqlite
def test_without_a_roster_nothing_is_changed(store):
    """It says where one is written."""
    bare = watched(store, ALONE)
    with pytest.raises(NotPossible, match="The policy has no roster"):
        commands.change_cover(bare, ANA, change("add", *HOLE, "ana"))


@on_sqlite
def test_what_has_been_stays_for_a_technician(desk, clock):
    """Of a change that has begun, what is still to come counts; a lead corrects all of it."""
    clock.advance(at("2026-11-28 18:20:40") - NOW)
    done = commands.change_cover(desk, BEN, change("cover", *SATURDAY, "chi", "ben"))
    assert done.text == "Chi covers Sat 28 Nov 18:20–22:00 instead of Ben"
    done = commands.change_cover(desk, ANA, change("cover", *SATURDAY, "dee", "ben"))
    assert done.text == "Dee covers Sat 28 Nov 14:00–22:00 instead of Ben"


def test_the_last_change_is_taken_back(desk):
    """By one more row; the one before it stands again, and is the next to be taken back."""
    commands.change_cover(desk, ANA, change("cover", *SATURDAY, "ana", "ben"))
    commands.change_cover(desk, ANA, change("cover", *SATURDAY, "chi"))
    said = [commands.take_back_cover(desk, ANA).text, covered(desk, SATURDAY[0])]
    said += [commands.take_back_cover(desk, ANA).text, covered(desk, SATURDAY[0])]
    assert said == [
        "Taken back: Chi covers Sat 28 Nov 14:00–22:00",
        "ana",
        "Taken back: Ana covers Sat 28 Nov 14:00–22:00 instead of Ben",
        "ben",
    ]
    with pytest.raises(NotPossible, match="There is no change of cover of yours"):
        commands.take_back_cover(desk, ANA)
    assert rows(desk, cover_change, "id", "cancels") == [(1, None), (2, None), (3, 2), (4, 1)]


def test_what_somebody_else_has_changed_since_is_not_taken_back(desk, clock):
    """It says who and when; another time is no obstacle."""
    commands.change_cover(desk, BEN, change("cover", *SATURDAY, "chi", "ben"))
    commands.change_cover(desk, ANA, change("add", *HOLE, "dee"))
    commands.change_cover(desk, DEE, change("cover", "2026-11-28 20:00", SATURDAY[1], "dee"))
    clock.advance(timedelta(minutes=4))
    with pytest.raises(NotPossible, match=r"cannot be taken back: Dee changed .* 4 min ago: Dee c"):
        commands.take_back_cover(desk, BEN)
    assert commands.take_back_cover(desk, ANA).text.startswith("Taken back: Dee takes")


@on_sqlite
def test_what_is_over_is_not_taken_back(desk, clock):
    """What has been stays; of what has begun, a technician takes back what is to come."""
    commands.change_cover(desk, CHI, change("cover", *SATURDAY, "chi", "ben"))
    clock.advance(at("2026-11-28 18:20") - NOW)
    assert commands.take_back_cover(desk, CHI).text.endswith("instead of Ben, from now on")
    assert [covered(desk, f"2026-11-28 {time}") for time in ("18:19", "18:20")] == ["chi", "ben"]
    clock.advance(timedelta(hours=4))
    with pytest.raises(NotPossible, match="is over; what has been stays as it was"):
        commands.take_back_cover(desk, CHI)
    commands.change_cover(desk, CHI, change("add", *HOLE, "chi"))
    brief = change("cover", "2026-11-28 22:20", "2026-11-28 22:30", "chi", "ben")
    commands.change_cover(desk, CHI, brief)
    clock.advance(timedelta(minutes=20))
    assert commands.take_back_cover(desk, CHI).text.startswith("Taken back: Chi takes the free")


@on_sqlite
def test_who_was_late_hears_who_was_first(desk, clock):
    """If they say what they saw; their own changes are known to them."""
    seen = queries.cover_view(desk).newest
    commands.change_cover(desk, ANA, change("cover", *SATURDAY, "ana", "ben"), seen)
    clock.advance(timedelta(seconds=4))
    with pytest.raises(LostRace, match="Ana changed cover of that time 4 s ago: Ana covers Sat 28"):
        commands.change_cover(desk, CHI, change("cover", *SATURDAY, "chi", "ben"), seen)
    commands.change_cover(desk, ANA, change("cover", *SATURDAY, "chi", "ben"), seen)
    assert covered(desk, SATURDAY[0]) == "chi"


def test_two_people_at_once_fill_a_gap_once(desk, clock):
    """The one who comes second is told that nothing is free."""
    told: dict[str, str] = {}
    together = Barrier(2)

    def fill(actor) -> None:
        other = Desk(
            open_store(desk.store.url.render_as_string(hide_password=False), clock), desk.rules
        )
        together.wait()
        try:
            told[actor.login] = commands.change_cover(
                other, actor, change("add", *HOLE, actor.login)
            ).text
        except CommandRefused as refused:
            told[actor.login] = str(refused)
        other.close()

    threads = [Thread(target=fill, args=(actor,)) for actor in (CHI, DEE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winner = covered(desk, HOLE[0])
    loser = {"chi": "dee", "dee": "chi"}[winner]
    name = winner.title()
    assert told[winner] == f"{name} takes the free watch Wed 2 Dec 12:00–17:00"
    assert told[loser] == f"{name} has the watch then; nothing is free"


def test_the_history_of_cover_reads_well(desk, clock):
    """The newest first, with who and when; what was taken back is told as such."""
    commands.change_cover(desk, BEN, change("cover", *SATURDAY, "ana", "ben"))
    clock.advance(timedelta(minutes=1))
    commands.change_cover(desk, ANA, change("add", *HOLE, "chi"))
    commands.take_back_cover(desk, BEN)
    desk.refresh()
    assert [
        (each.id, each.at - NOW, each.by, each.text, each.mine, each.undone)
        for each in queries.cover_view(desk, actor=BEN).changes
    ] == [
        (
            3,
            timedelta(minutes=1),
            "Ben",
            "took back: Ana covers Sat 28 Nov 14:00–22:00 instead of Ben",
            True,
            False,
        ),
        (
            2,
            timedelta(minutes=1),
            "Ana",
            "Chi takes the free watch Wed 2 Dec 12:00–17:00",
            False,
            False,
        ),
        (1, timedelta(), "Ben", "Ana covers Sat 28 Nov 14:00–22:00 instead of Ben", True, True),
    ]


def test_who_has_the_watch_is_told_what_others_change_in_it(desk):
    """What names them, since what they knew of; not what they did themselves."""
    commands.change_cover(desk, ANA, change("cover", *SATURDAY, "dee", "ben"))
    commands.change_cover(desk, BEN, change("cover", "2026-11-27 17:00", SATURDAY[0], "chi", "ben"))
    commands.take_back_cover(desk, ANA)
    desk.refresh()
    assert queries.told_of_cover(desk, 0, BEN) == [
        "Ana changed cover: Dee covers Sat 28 Nov 14:00–22:00 instead of Ben",
        "Ana changed cover: took back: Dee covers Sat 28 Nov 14:00–22:00 instead of Ben",
    ]
    assert len(queries.told_of_cover(desk, 1, BEN)) == 1
    assert queries.told_of_cover(desk, 0, VISITOR) == []
    assert queries.told_of_cover(desk, 2, CHI) == []


def test_old_changes_are_told_while_their_time_is_shown(desk, clock):
    """Those entered long ago, for days ahead; not those that are over."""
    commands.change_cover(desk, ANA, change("cover", *SATURDAY, "chi", "ben"))
    commands.change_cover(desk, ANA, change("cover", "2026-12-19 14:00", "2026-12-20 08:00", "chi"))
    clock.advance(timedelta(days=20))
    desk.refresh()
    assert [each.id for each in queries.cover_view(desk).changes] == [2]


@on_sqlite
def test_the_view_has_what_has_to_be_known_of_each_day(desk, clock):
    """Holidays by name, half days, the desk's hours, burdens."""
    clock.advance(timedelta(days=22))
    view = queries.cover_view(desk, days=14)
    assert (view.since, view.until) == (at("2026-12-15"), at("2026-12-29"))
    assert [(f"{day}", name) for day, name in view.holidays] == [("2026-12-25", "Christmas Day")]
    assert view.short_days == frozenset()
    assert len(view.open_hours) == 9
    assert {each.login for each in view.burdens} == {"ben", "chi", "dee"}
    clock.advance(timedelta(days=-20))
    assert [f"{day}" for day in queries.cover_view(desk).short_days] == ["2026-12-02"]


@on_sqlite
def test_a_desk_without_a_roster_has_no_view_of_cover(store):
    """The board says how to write one."""
    assert queries.cover_view(watched(store, ALONE)) is None


def test_what_nobody_can_have_agreed_on_is_found(desk):
    """By ``deskwatch db verify``; what commands write is well."""
    commands.change_cover(desk, ANA, change("cover", *SATURDAY, "ana", "ben"))
    commands.take_back_cover(desk, ANA)
    commands.change_cover(desk, ANA, change("cover", *SATURDAY, "chi", "ben"))
    desk.refresh()
    assert verified(desk) == []
    with desk.store.writing() as writing:
        broken = update(cover_change).where(cover_change.c.id == 3)
        writing.connection.execute(broken.values(ends="2026-11-01T00:00", who="zoe"))
        writing.connection.execute(
            insert(cover_change).values(
                id=7, at=NOW, actor="ana", kind="", starts="", ends="", who="", instead_of="",
                cancels=1,
            )
        )  # fmt: skip
    assert verified(desk) == [
        "counter: the last cover is 7, and the counter says 3",
        "cover 3: it ends before it begins",
        "cover 3: nobody on the desk was ever called zoe",
        "cover 7: it takes back 1, which does not stand before it",
    ]


@on_sqlite
def test_a_change_that_cannot_be_understood_is_told_in_a_line(desk):
    """A database that was tampered with, or a disk that was."""
    commands.change_cover(desk, ANA, change("cover", *SATURDAY, "ana", "ben"))
    with desk.store.writing() as writing:
        writing.connection.execute(update(cover_change).values(kind="barter"))
    with pytest.raises(StoreError, match="change 1 of cover cannot be understood"):
        desk.refresh()
