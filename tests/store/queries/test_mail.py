"""How mail stands."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store import commands, queries
from store.errors import NotFound
from store.mail_records import MailboxHealth, MailPlace, OutboxCounts
from store.words import Outcome
from tests.conftest import NOW
from tests.store.letters import letter, unreadable
from tests.store.people import BEN, a_request, the
from tests.store.queries.test_rows import HOSTILE

MINUTE = timedelta(minutes=1)


def test_a_mailbox_tells_what_became_of_its_mail(desk, clock):
    """Each outcome is counted, and the newest mail's way into the store is timed."""
    commands.mailbox_seen(desk, "help", 7, 3)
    clock.advance(MINUTE)
    mails = [letter(1, NOW), letter(2, NOW, ignore="a newsletter"), unreadable(3, NOW)]
    commands.take_in(desk, "help", 7, mails)
    assert queries.mailbox_health(desk) == [
        MailboxHealth(
            name="help",
            connected=True,
            server=3,
            outcomes=dict.fromkeys(Outcome, 0)
            | {Outcome.OPENED: 1, Outcome.IGNORED: 1, Outcome.QUARANTINED: 1},
            last_contact=NOW,
            error="",
            lag=MINUTE,
        )
    ]
    assert queries.mailbox_health(desk)[0].ledger == 3


def test_a_mailbox_that_fails_says_why(desk):
    """In one safe line, whatever the server sent."""
    commands.mailbox_failed(desk, "help", f"the server said {HOSTILE}")
    commands.mailbox_failed(desk, "drop", "no such folder")
    drop, help_ = queries.mailbox_health(desk)
    assert (drop.name, drop.connected, drop.error) == ("drop", False, "no such folder")
    assert help_.error == "the server said ]52;c;cm0=re: [/etc/passwd] gpj.exe2J Bcc: all"


def test_what_is_noted_while_mail_comes_in_is_a_warning(desk, clock):
    """A failure is one until the mailbox answers again."""
    commands.mailbox_failed(desk, "help", "log-in refused")
    clock.advance(MINUTE)
    commands.mailbox_failed(desk, "help", "no connection")
    [failing] = queries.mailbox_health(desk)
    assert (failing.error, failing.failing_since, failing.warning) == ("no connection", NOW, "")
    commands.mailbox_seen(desk, "help", 7, 3, "log-in expires in 6 days")
    [well] = queries.mailbox_health(desk)
    assert (well.error, well.failing_since) == ("", None)
    assert well.warning == "log-in expires in 6 days"


def test_known_uids_come_page_by_page(desk, monkeypatch):
    """None is left out where one page ends and the next begins."""
    commands.take_in(desk, "help", 7, [letter(n, NOW, f"Mail {n}") for n in range(1, 8)])
    monkeypatch.setattr("store.queries.mail._UIDS_AT_ONCE", 3)
    assert queries.known_uids(desk, "help", 7).tolist() == list(range(1, 8))


def test_known_uids_are_those_of_the_ledger(desk):
    """Of one mailbox under one UIDVALIDITY, ascending."""
    commands.take_in(desk, "help", 7, [letter(uid, NOW, f"No. {uid}") for uid in (9, 3, 70)])
    commands.take_in(desk, "help", 8, [letter(5, NOW, "Five")])
    commands.take_in(desk, "drop", 7, [letter(6, NOW, "Six")])
    assert queries.known_uids(desk, "help", 7).tolist() == [3, 9, 70]
    assert queries.known_uids(desk, "help", 9).tolist() == []


def test_the_greatest_uid_fits(desk):
    """A UID has 32 bits (RFC 9051 2.3.1.1)."""
    commands.take_in(desk, "help", 7, [letter(2**32 - 1, NOW)])
    assert queries.known_uids(desk, "help", 7).tolist() == [2**32 - 1]


def test_quarantine_is_listed_with_its_reasons_newest_first(desk, clock):
    """Each with what is known of it, and its original whole."""
    commands.take_in(desk, "help", 7, [unreadable(1, NOW, b"\0one")])
    clock.advance(MINUTE)
    commands.take_in(desk, "help", 7, [unreadable(2, NOW, b"\0second"), letter(3, NOW)])
    newest, oldest = queries.mails(desk, [Outcome.QUARANTINED])
    assert newest.place == MailPlace("help", 7, 2)
    assert (newest.reason, newest.size) == ("its headers never end", 7)
    assert (newest.taken_at, oldest.taken_at) == (NOW + MINUTE, NOW)
    assert queries.kept(desk, newest.original_id) == b"\0second"
    only = queries.mails(desk, [Outcome.QUARANTINED], 1)
    assert [one.place.uid for one in only] == [2]


def test_an_original_that_is_not_kept_is_not_found(desk):
    """Say so in words."""
    with pytest.raises(NotFound, match="This original is not kept any more"):
        queries.kept(desk, 99)


def test_mail_going_out_is_counted(desk):
    """An answer waits in the outbox until the poller sends it."""
    commands.reply(desk, BEN, the(a_request(desk)), "Which room?")
    assert queries.outbox_counts(desk) == OutboxCounts(waiting=1, sent=0, failed=0, maybe_sent=0)
