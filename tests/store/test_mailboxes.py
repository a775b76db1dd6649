"""How mailboxes stand, and who looks at what: what the poller and the boards write."""

from __future__ import annotations

from datetime import timedelta

from store import commands
from store.facts.mail import mailbox
from store.facts.team import presence
from tests.conftest import NOW
from tests.store.letters import letter, unreadable
from tests.store.looking import rows
from tests.store.people import ANA, BEN


def box(desk, name="help"):
    """Return the row of a mailbox, columns by name."""
    (row,) = [row for row in rows(desk, mailbox) if row[0] == name]
    return dict(zip(mailbox.c.keys(), row, strict=True))


def test_a_mailbox_that_answers_is_well(desk):
    """Connected, with what the server holds, and since when."""
    commands.mailbox_seen(desk, "help", 7, 1204)
    seen = box(desk)
    assert (seen["connected"], seen["server_count"], seen["seen_at"]) == (True, 1204, NOW)
    assert (seen["uidvalidity"], seen["error"]) == (7, "")


def test_a_mailbox_that_fails_says_why_and_since_when(desk, clock):
    """The first failure counts; what was known before stays."""
    commands.mailbox_seen(desk, "help", 7, 1204)
    commands.mailbox_failed(desk, "help", "log-in refused")
    clock.advance(timedelta(minutes=6))
    commands.mailbox_failed(desk, "help", "no connection")
    failed = box(desk)
    assert (failed["connected"], failed["error"]) == (False, "no connection")
    assert (failed["failing_since"], failed["server_count"]) == (NOW, 1204)
    commands.mailbox_seen(desk, "help", 7, 1205)
    assert (box(desk)["error"], box(desk)["failing_since"]) == ("", None)


def test_a_mailbox_that_was_never_reached_has_its_row(desk):
    """A wrong password on the first day is on the board too."""
    commands.mailbox_failed(desk, "help", "log-in refused")
    assert (box(desk)["uidvalidity"], box(desk)["seen_at"]) == (0, None)


def test_a_poller_that_stops_leaves_its_mailboxes(desk):
    """Not connected, and no error."""
    commands.mailbox_seen(desk, "help", 7, 3)
    commands.mailbox_closed(desk, "help")
    assert (box(desk)["connected"], box(desk)["error"]) == (False, "")


def test_counts_are_those_of_the_uidvalidity(desk):
    """A new one counts anew; coming back to an old one counts what its ledger has."""
    commands.take_in(desk, "help", 7, [letter(1, NOW), unreadable(2, NOW)])
    commands.take_in(desk, "other", 9, [letter(5, NOW, "Other")])
    commands.mailbox_seen(desk, "help", 8, 2)
    assert (box(desk)["opened"], box(desk)["quarantined"]) == (0, 0)
    commands.take_in(desk, "help", 8, [letter(11, NOW, message_id="1@mail.northgate.example")])
    assert (box(desk)["opened"], box(desk)["duplicate"]) == (0, 1)
    commands.mailbox_seen(desk, "help", 7, 2)
    counted = box(desk)
    assert (counted["opened"], counted["quarantined"], counted["duplicate"]) == (1, 1, 0)
    assert box(desk, "other")["opened"] == 1


def test_the_lag_is_that_of_the_newest_message(desk):
    """Old mail that a reconciliation finds does not make the poller look slow."""
    commands.take_in(desk, "help", 7, [letter(2, NOW - timedelta(seconds=3))])
    commands.take_in(desk, "help", 7, [letter(1, NOW - timedelta(days=9), "Old")])
    assert box(desk)["lag_us"] == 3_000_000


def test_a_board_says_what_it_shows_until_it_is_closed(desk, clock):
    """One row a board; what was forgotten goes by itself."""
    commands.presence(desk, ANA, 1042, "board-a")
    commands.presence(desk, BEN, None)
    commands.presence(desk, ANA, None, "board-a")
    assert rows(desk, presence, "board", "login", "number", "seen_at") == [
        ("ben", "ben", None, NOW),
        ("board-a", "ana", None, NOW),
    ]
    commands.absence(desk, ANA, "board-a")
    assert rows(desk, presence, "board") == [("ben",)]
    clock.advance(timedelta(hours=2))
    commands.presence(desk, ANA, 1042, "board-a")
    assert rows(desk, presence, "board", "number") == [("board-a", 1042)]
