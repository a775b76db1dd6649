"""``deskwatch status``: how things stand, for people."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from store.mail_records import (
    STUCK_AFTER,
    LedgerMail,
    MailboxHealth,
    MailPlace,
    OutboxCounts,
    OutboxMail,
)
from store.policy.apply import apply_file
from store.records import Address, Summary
from store.words import Delivery, Outcome, Sends
from tests.conftest import NOW
from tui.cli.status import as_json, is_connected, lines, quarantined
from tui.cli.stuck_mail import line, stuck

CONFIG = Path(__file__).parents[2] / "desk.toml"
ALL_WELL = OutboxCounts(waiting=0, sent=187, failed=0, maybe_sent=0)
COUNTS = Summary(
    live=42,
    unassigned=3,
    mine=0,
    quarantined=1,
    received_today=5,
    resolved_today=4,
    thanks_today=0,
    end_runs_week=(),
    overdue=2,
)


def _health(**changes: object) -> MailboxHealth:
    fields: dict[str, object] = {
        "name": "help",
        "connected": True,
        "server": 1204,
        "outcomes": dict.fromkeys(Outcome, 0) | {Outcome.OPENED: 1003, Outcome.FOLLOWED_UP: 201},
        "last_contact": NOW - timedelta(seconds=2),
        "error": "",
        "lag": timedelta(milliseconds=640),
    }
    return MailboxHealth(**(fields | changes))


def test_a_desk_that_is_well_is_three_lines():
    """One for each mailbox, the outbox, and what is open."""
    assert lines([_health()], ALL_WELL, COUNTS, NOW, {}) == [
        (
            "help    connected 2 s ago  server 1,204 / ledger 1,204  1,003 opened  201 followed up"
            "  newest after 0.6 s"
        ),
        "outbox  0 waiting  187 sent",
        "open    42, 2 overdue",
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"connected": False}, ["not connected, last 2 s ago"]),
        ({"last_contact": NOW - timedelta(minutes=6)}, ["silent for 6 min"]),
        ({"last_contact": None, "connected": False}, ["never connected"]),
        ({"server": 1210}, ["server 1,210 / ledger 1,204", "! 6 not taken in yet"]),
        (
            {"error": 'mailbox "help": nothing takes connections at imap.example:993'},
            ["! nothing takes connections at imap.example:993"],
        ),
        (
            {"error": "log-in refused", "failing_since": NOW - timedelta(days=10)},
            ["! for 10 days: log-in refused"],
        ),
        ({"sent_of": "ana"}, ["201 followed up  Sent folder of ana  newest after"]),
        ({"warning": "log-in expires in 6 days"}, ["connected 2 s ago", "! log-in expires in 6"]),
    ],
)
def test_what_is_wrong_is_in_the_lines(changes, expected):
    """Where the mailbox's own line does not do, with a line of its own."""
    said = "\n".join(lines([_health(**changes)], ALL_WELL, COUNTS, NOW, {}))
    assert [part for part in expected if part not in said] == []


def test_mail_that_is_stuck_is_named():
    """Both what failed and what nobody knows about."""
    outbox = OutboxCounts(waiting=1, sent=2, failed=3, maybe_sent=4)
    assert lines([], outbox, COUNTS, NOW, {}) == [
        "no mailbox was read yet; run: deskwatch intake",
        "outbox  1 waiting  2 sent  3 failed  4 sent or not, nobody knows",
        "open    42, 2 overdue",
    ]


def test_names_stand_in_a_column():
    """However long."""
    health = [_health(), _health(name="old-address")]
    said = lines(health, ALL_WELL, COUNTS, NOW, {})
    assert [line[:13] for line in said] == [
        "help         ",
        "old-address  ",
        "outbox       ",
        "open         ",
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, True),
        ({"connected": False}, False),
        ({"last_contact": None}, False),
        # A poller that was killed cannot say good-bye.
        ({"last_contact": NOW - timedelta(minutes=4)}, False),
    ],
)
def test_connected_means_heard_of(changes, expected):
    """In the JSON as in the lines."""
    health = _health(**changes)
    assert is_connected(health, NOW) is expected
    assert (
        as_json([health], ALL_WELL, COUNTS, NOW, imported={})["mailboxes"][0]["connected"]
        is expected
    )


def test_a_program_tells_a_failure_from_a_warning():
    """One is why mail does not come in, and since when; the other is what soon may be."""
    failing = _health(error="log-in refused", failing_since=NOW)
    warned = _health(warning="log-in expires in 6 days")
    said = as_json([failing, warned], ALL_WELL, COUNTS, NOW, imported={})["mailboxes"]
    assert [(each["error"], each["failing_since"], each["warning"]) for each in said] == [
        ("log-in refused", NOW.isoformat(), None),
        (None, None, "log-in expires in 6 days"),
    ]


def test_mail_in_quarantine_is_told_with_its_place_and_reason():
    """So that somebody can look at it where it lies."""
    mail = LedgerMail(
        place=MailPlace("help", 1, 17),
        outcome=Outcome.QUARANTINED,
        reason="no known mail header",
        number=None,
        sender="",
        subject="",
        arrived_at=NOW,
        taken_at=NOW,
        original_id=3,
        size=30,
    )
    assert quarantined(mail) == [
        "quarantine  help UID 17: nothing of it can be read",
        "            no known mail header",
    ]
    seen = quarantined(replace(mail, sender="hopper@x", subject="It is dark"))
    assert seen[0] == "quarantine  help UID 17: hopper@x · It is dark"


def test_who_is_on_watch_is_in_the_last_line_and_in_the_json(shell, database_url):
    """The desk's own people, as the board tells it."""
    apply_file(CONFIG, database_url)
    ran = shell("status", "--database", database_url)
    assert (ran.status, ran.lines[-1][:13]) == (0, "on watch  now")
    told = json.loads(shell("status", "--json", "--database", database_url).out)
    assert (told["in"], told["late_unseen"]) == ([], [])
    assert told["cover"]["state"] in {"covered", "staffed"}
    assert told["cover"]["next"]["who"] in {"ana", "ben", "chi"}


def _going_out(**changes: object) -> OutboxMail:
    fields: dict[str, object] = {
        "id": 1,
        "kind": Sends.REPLY,
        "number": 1042,
        "to": (Address("Grace", "hopper@x.example"),),
        "subject": "Re: Projector",
        "state": Delivery.PENDING,
        "attempts": 0,
        "error": "",
        "created_at": NOW - timedelta(hours=3),
        "next_try_at": NOW,
    }
    return OutboxMail(**(fields | changes))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "waiting, tried 0×"),
        ({"created_at": NOW - timedelta(minutes=1)}, None),
        ({"created_at": NOW, "attempts": 1, "error": "no connection"}, None),
        (
            {"created_at": NOW - STUCK_AFTER, "attempts": 1, "error": "no connection"},
            "waiting, tried 1×: no connection",
        ),
        ({"state": Delivery.FAILED, "error": "refused"}, "failed: refused"),
        ({"state": Delivery.UNCERTAIN}, "maybe sent"),
        ({"state": Delivery.SENT}, None),
        ({"state": Delivery.GIVEN_UP}, None),
    ],
)
def test_mail_of_ours_is_stuck_when_somebody_should_know(changes, expected):
    """It failed, or is not out after some minutes, whether it was tried in vain or not at all."""
    found = [line(mail, NOW) for mail in stuck([_going_out(**changes)], NOW)]
    assert [text.partition(", ")[2] for text in found] == ([] if expected is None else [expected])


def test_a_stuck_mail_is_told_with_its_request():
    """Whom it should reach, since when, and why it does not."""
    mail = _going_out(state=Delivery.FAILED, error="no such user")
    assert line(mail, NOW) == (
        "stuck for 3 h  #1042 reply to hopper@x.example, failed: no such user"
    )


def test_an_error_says_for_how_long():
    """The first failure counts."""
    failing = _health(
        error="no connection", connected=False, failing_since=NOW - timedelta(hours=2)
    )
    assert lines([failing], ALL_WELL, COUNTS, NOW, {})[1] == "        ! for 2 h: no connection"


def test_imported_mail_has_a_line_of_its_own():
    """Without it, none."""
    said = lines([_health()], ALL_WELL, COUNTS, NOW, {Outcome.OPENED: 312, Outcome.DUPLICATE: 0})
    assert said[1] == "imported  312 opened"
