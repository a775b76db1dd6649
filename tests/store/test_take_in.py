"""Taking mail in: one ledger row for every message, nothing lost, nothing twice."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from store.errors import StoreError
from store.facts.history import event
from store.facts.mail import ledger, mailbox
from store.facts.messages import attachment, message, original
from store.facts.people import mail_address, person
from store.facts.requests import request
from store.mail_records import Taken
from store.records import Address, AttachmentInfo
from store.words import Outcome, State
from tests.conftest import NOW
from tests.store.letters import letter, unreadable
from tests.store.looking import history, how, rows, verified
from tests.store.people import HOPPER
from tests.store.taking import VOSS, take

# ------------------------------------------------------------------------------ opening


def test_a_mail_opens_a_request_with_everything_that_goes_with_it(desk):
    """Request, requester, message, original, ledger row and event come in one go."""
    mail = letter(
        3,
        NOW - timedelta(minutes=5),
        cc=(VOSS,),
        attachments=(AttachmentInfo("photo.jpg", "image/jpeg", 90_000),),
    )
    (taken,) = take(desk, mail)
    assert taken == Taken(3, Outcome.OPENED, "it belongs to no request we know", 1001)
    opened = how(desk, 1001)
    assert opened["state"] == State.NEW
    assert opened["department"] == "maths"
    assert opened["requester_address"] == HOPPER.address
    assert opened["received_at"] == NOW - timedelta(minutes=5)
    assert opened["version"] == opened["messages"] == 1
    assert rows(desk, attachment) == [(1, 0, "photo.jpg", "image/jpeg", 90_000)]
    assert rows(desk, person, "name", "department", "login") == [("Grace Hopper", "maths", "")]
    assert rows(desk, mail_address, "address") == [(HOPPER.address,)]
    ((kept, size),) = rows(desk, original, "data", "size")
    assert zlib.decompress(kept) == mail.raw
    assert size == len(mail.raw)
    (received,) = history(desk, 1001)
    assert received.detail["why"] == [
        "it belongs to no request we know",
        "service projector: the word projector",
    ]
    assert received.detail["from"] == "Grace Hopper"
    assert verified(desk) == []


def test_taking_in_twice_does_nothing_the_second_time(desk):
    """A crash after the commit and before the mailbox is touched costs nothing."""
    items = [letter(1, NOW), letter(2, NOW, "Other"), unreadable(3, NOW)]
    first = take(desk, *items)
    before = rows(desk, event), rows(desk, ledger), rows(desk, message)
    assert take(desk, *items) == first
    assert (rows(desk, event), rows(desk, ledger), rows(desk, message)) == before


def test_a_uid_twice_in_one_batch_is_one_message(desk):
    """The ledger has one row for (mailbox, UIDVALIDITY, UID), whatever a server answers."""
    first, second = take(desk, letter(1, NOW), letter(1, NOW))
    assert first == second
    assert len(rows(desk, ledger)) == 1


def test_what_cannot_be_read_is_kept_whole_with_its_reason(desk):
    """Quarantine: a ledger row, the original, and nothing else."""
    (taken,) = take(desk, unreadable(9, NOW, b"\0broken"))
    assert taken == Taken(9, Outcome.QUARANTINED, "its headers never end", None)
    assert [zlib.decompress(data) for (data,) in rows(desk, original, "data")] == [b"\0broken"]
    assert rows(desk, request) == []


def test_ignored_mail_is_kept_with_its_reason(desk):
    """A person can find it in the ledger and open it after all."""
    (taken,) = take(desk, letter(4, NOW, ignore="a vacation reply"))
    assert taken == Taken(4, Outcome.IGNORED, "a vacation reply", None)
    assert rows(desk, ledger, "sender", "subject") == [(HOPPER.address, "Projector dead")]
    assert len(rows(desk, original)) == 1


def test_a_mail_from_the_future_arrives_now(desk):
    """A mail server's clock that runs ahead makes no clock run backwards."""
    take(desk, letter(1, NOW + timedelta(hours=3)))
    assert how(desk, 1001)["received_at"] == NOW


def test_a_request_from_nobody_is_a_request_all_the_same(desk):
    """A broken From field loses no mail, and two of them are not one person."""
    nobody = Address("", "")
    take(desk, letter(1, NOW, sender=nobody), letter(2, NOW, "Other", sender=nobody))
    assert len(rows(desk, request)) == 2
    assert rows(desk, mail_address) == []
    assert verified(desk) == []


def test_a_batch_that_fails_leaves_nothing(desk):
    """One item the database refuses takes the whole batch with it; the caller bisects."""
    bad = letter(2, NOW, "Other")
    bad = replace(bad, size="not a number" if desk.store.dialect == "postgresql" else None)
    with pytest.raises(StoreError, match="refused a statement"):
        take(desk, letter(1, NOW), bad)
    for table in (request, ledger, message, original, event, person, mailbox):
        assert rows(desk, table) == []
    assert [taken.outcome for taken in take(desk, letter(1, NOW))] == [Outcome.OPENED]


# --------------------------------------------------------------------------- duplicates


def test_one_mail_in_two_mailboxes_opens_one_request(desk):
    """Received headers differ on the way to each; what the sender wrote does not."""
    take(desk, letter(1, NOW, message_id="a@b", transport="Received: by one"))
    (taken,) = take(desk, letter(8, NOW, message_id="a@b", transport="Received: by two"), box="it")
    assert taken == Taken(8, Outcome.DUPLICATE, "the same mail is in mailbox help, #1001", 1001)
    assert len(rows(desk, original)) == 2


def test_the_very_same_bytes_are_kept_once(desk):
    """Two copies within a batch share their original."""
    taken = take(desk, letter(1, NOW, message_id="a@b"), letter(2, NOW, message_id="a@b"))
    assert [each.outcome for each in taken] == [Outcome.OPENED, Outcome.DUPLICATE]
    assert taken[1].reason == "the same mail as UID 1, #1001"
    assert len(rows(desk, original)) == 1


def test_a_message_id_used_again_for_other_mail_is_other_mail(desk):
    """Scanners and scripts repeat their Message-IDs; no mail may vanish for it."""
    taken = take(
        desk,
        letter(1, NOW, "Disk 80 % full", message_id="cron@host"),
        letter(2, NOW, "Disk 90 % full", message_id="cron@host"),
    )
    assert [each.outcome for each in taken] == [Outcome.OPENED, Outcome.OPENED]


def test_mail_without_a_message_id_is_known_by_its_content(desk):
    """The same content is the same mail; other content is not, however empty the id."""
    taken = take(
        desk,
        letter(1, NOW, "One", message_id="", transport="x"),
        letter(2, NOW, "One", message_id="", transport="y"),
        letter(3, NOW, "Two", message_id=""),
    )
    assert [each.outcome for each in taken] == [
        Outcome.OPENED,
        Outcome.DUPLICATE,
        Outcome.OPENED,
    ]


def test_an_empty_message_id_answers_nothing(desk):
    """A reply that refers to "" joins no request that has no Message-ID."""
    take(desk, letter(1, NOW, message_id=""))
    (taken,) = take(desk, letter(2, NOW, "Re: other", message_id="", refers_to=("",)))
    assert taken.outcome == Outcome.OPENED


def test_the_same_words_a_thousand_times_are_found_by_the_first(desk):
    """Looking for copies costs the same however many there have been."""
    take(desk, *(letter(uid, NOW, message_id="", transport=str(uid)) for uid in range(1, 400)))
    if desk.store.dialect == "sqlite":
        with desk.store.reading() as connection:
            plan = connection.execute(
                text(
                    "EXPLAIN QUERY PLAN SELECT number FROM ledger"
                    " WHERE fingerprint IN (:a, :b) AND outcome != 'duplicate'"
                ),
                {"a": b"1", "b": b"2"},
            ).all()
        assert "ix_ledger_fingerprint" in str(plan)
    with desk.store.reading() as connection:
        outcomes = connection.execute(
            select(ledger.c.outcome, func.count()).group_by(ledger.c.outcome)
        ).all()
    assert sorted(map(tuple, outcomes)) == [("duplicate", 398), ("opened", 1)]


def test_a_new_uidvalidity_recognises_every_mail_by_its_content(desk):
    """A mailbox that was moved or restored opens nothing twice, whatever became of each."""
    items = [
        letter(1, NOW, "One"),
        letter(2, NOW, "Two", message_id=""),
        letter(3, NOW, "Three", ignore="a receipt"),
        unreadable(4, NOW),
    ]
    take(desk, *items)
    again = take(desk, *(replace(item, uid=item.uid + 100) for item in items), uidvalidity=8)
    assert {taken.outcome for taken in again} == {Outcome.DUPLICATE}
    assert again[0].reason == "seen before under another UIDVALIDITY, #1001"
    assert again[3].reason == "seen before under another UIDVALIDITY"
    assert len(rows(desk, ledger)) == 8
    assert len(rows(desk, request)) == 2


# ------------------------------------------------------------------------------- counts


def test_a_mailbox_counts_its_outcomes_and_its_lag(desk):
    """The header of every board reads one row, not a million."""
    take(desk, letter(1, NOW - timedelta(seconds=40)), unreadable(2, NOW - timedelta(seconds=9)))
    take(desk, letter(1, NOW - timedelta(seconds=40)))
    with desk.store.reading() as connection:
        counted = connection.execute(select(mailbox)).mappings().one()
        rows_there = connection.scalar(select(func.count()).select_from(ledger))
    assert (counted["opened"], counted["quarantined"], rows_there) == (1, 1, 2)
    assert counted["lag_us"] == 9_000_000
    assert counted["uidvalidity"] == 7
