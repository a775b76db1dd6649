"""Taking mail in: one ledger row for every message, nothing lost, nothing twice."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from store import commands
from store.commands import take_in
from store.errors import StoreError
from store.facts.history import event
from store.facts.mail import ledger, mailbox
from store.facts.messages import attachment, message, original
from store.facts.people import mail_address, person
from store.facts.requests import request
from store.mail_records import Taken
from store.records import Address, AttachmentInfo
from store.words import Ending, Outcome, State
from tests.conftest import NOW
from tests.store.letters import DESK_ADDRESS, letter, unreadable
from tests.store.looking import history, how, rows, verified
from tests.store.people import ANA, BEN, HOPPER, the

VOSS = Address("Erich Voss", "voss@northgate.example")
SUPPLIER = Address("Lamps Ltd", "sales@lamps.example")


def take(desk, *items, box="help", uidvalidity=7):
    """Take ``items`` in and return what became of them."""
    return take_in(desk, box, uidvalidity, items)


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


# ------------------------------------------------------------------------------ threads


def test_a_reply_joins_the_request_it_answers(desk):
    """References name the first mail; the event says why it joined."""
    take(desk, letter(1, NOW))
    (taken,) = take(desk, letter(2, NOW, "Re: Projector dead", refers_to=(key(1),)))
    assert taken == Taken(2, Outcome.FOLLOWED_UP, "it answers a mail of #1001", 1001)
    assert how(desk, 1001)["messages"] == 2
    assert history(desk, 1001)[-1].detail["why"] == ["it answers a mail of #1001"]
    assert verified(desk) == []


def key(uid: int) -> str:
    """Return the Message-ID of the letter with ``uid``."""
    return f"{uid}@mail.northgate.example"


def test_replies_within_one_batch_find_each_other(desk):
    """After an outage a whole conversation arrives at once."""
    taken = take(
        desk,
        letter(1, NOW),
        letter(2, NOW, "Re: Projector dead", refers_to=(key(1),)),
        letter(3, NOW, "Re: Re: Projector dead", refers_to=(key(1), key(2))),
        letter(4, NOW, "Other"),
    )
    assert [each.number for each in taken] == [1001, 1001, 1001, 1002]
    assert how(desk, 1001)["version"] == 3
    assert verified(desk) == []


def test_the_same_subject_alone_joins_nothing(desk):
    """Two people with one subject have two requests."""
    taken = take(desk, letter(1, NOW, "Printer"), letter(2, NOW, "Re: Printer", sender=VOSS))
    assert [each.number for each in taken] == [1001, 1002]


def test_our_tag_joins_mail_of_people_who_are_part_of_the_request(desk):
    """The requester starts a new mail and types the number; a colleague in Cc may as well."""
    take(desk, letter(1, NOW, cc=(VOSS,)))
    taken = take(
        desk,
        letter(2, NOW, "still dead [#1001]", tags=(1001,)),
        letter(3, NOW, "me too [#1001]", tags=(1001,), sender=VOSS),
        letter(4, NOW, "lamp ordered [#1001]", tags=(1001,), sender=address_of("ben")),
    )
    assert [each.number for each in taken] == [1001, 1001, 1001]


def address_of(login: str) -> Address:
    """Return the address of a person of the desk."""
    return Address(login, f"{login}@northgate.example")


def test_a_strangers_tag_opens_a_linked_request(desk):
    """Anybody can type a number; only who holds a mail of it joins."""
    take(desk, letter(1, NOW))
    (taken,) = take(desk, letter(2, NOW, "hi [#1001]", tags=(1001,), sender=SUPPLIER))
    assert (taken.outcome, taken.number) == (Outcome.OPENED, 1002)
    assert how(desk, 1002)["linked_to"] == 1001
    assert "the sender is not part of #1001" in taken.reason


def test_a_stranger_who_holds_a_mail_of_it_joins(desk):
    """The requester forwarded it to somebody, who answers us."""
    take(desk, letter(1, NOW))
    (taken,) = take(desk, letter(2, NOW, "Re: x", refers_to=(key(1),), sender=SUPPLIER))
    assert taken.number == 1001


def test_a_tag_of_no_request_is_nothing(desk):
    """Numbers of other systems look like ours."""
    (taken,) = take(desk, letter(1, NOW, "invoice [#9]", tags=(9,)))
    assert taken.outcome == Outcome.OPENED
    assert how(desk, 1001)["linked_to"] is None


def test_an_answer_to_our_reply_joins_by_our_message_id(desk):
    """Our own Message-IDs come first; the mail program need not keep the rest of the thread."""
    take(desk, letter(1, NOW))
    commands.reply(desk, BEN, the(1001), "Coming at eleven")
    ours = rows(desk, message, "direction", "message_id")[-1]
    assert ours[0] == "out"
    (taken,) = take(desk, letter(2, NOW, "Re: whatever", refers_to=(ours[1],)))
    assert taken == Taken(2, Outcome.FOLLOWED_UP, "it answers a mail of ours about #1001", 1001)


def test_our_own_mail_coming_back_is_ignored(desk):
    """The desk's address in Cc of its own answer opens and follows up nothing."""
    take(desk, letter(1, NOW))
    commands.reply(desk, BEN, the(1001), "Coming at eleven")
    ours = rows(desk, message, "message_id")[-1][0]
    (taken,) = take(desk, letter(2, NOW, message_id=ours))
    assert taken == Taken(2, Outcome.IGNORED, "our own mail coming back", 1001)


def test_a_very_long_message_id_is_still_an_id(desk):
    """No index of a database takes ten thousand characters."""
    long = "x" * 10_000 + "@mail.example"
    taken = take(
        desk,
        letter(1, NOW, message_id=long),
        letter(2, NOW, "Re: x", refers_to=(long,)),
    )
    assert [each.number for each in taken] == [1001, 1001]


def test_monstrous_headers_are_cut_and_lose_nothing(desk):
    """Ten thousand recipients and references, tags that are no numbers of ours, endless names."""
    crowd = tuple(Address("x" * 9_000, f"a{place}@b.example") for place in range(10_000))
    monster = letter(
        1,
        NOW,
        "y" * 9_000,
        sender=Address("z" * 9_000, "q" * 9_000 + "@mail.example"),
        message_id="id\0with\ud800controls@x",
        refers_to=tuple(f"{place}@nowhere" for place in range(10_000)),
        tags=(10**30, 0, -4, *range(1, 3_000)),
        to=crowd,
    )
    taken = take(desk, monster, letter(2, NOW, "Re: y", refers_to=("id\0with\ud800controls@x",)))
    assert [each.number for each in taken] == [1001, 1001]
    row = how(desk, 1001)
    assert (len(row["subject"]), len(row["requester_address"])) == (500, 320)
    assert len(rows(desk, message, "recipients")[0][0]) == 100
    assert verified(desk) == []


# ---------------------------------------------------------- what a mail does to a request


def test_a_requesters_mail_ends_the_wait_for_it(desk, clock):
    """One event resumes the request and starts the clock of the next answer."""
    take(desk, letter(1, NOW))
    commands.reply(desk, BEN, the(1001), "Which room?")
    commands.wait(desk, BEN, the(1001), State.WAITING_REQUESTER, NOW + timedelta(days=2))
    assert how(desk, 1001)["clock_paused"]
    clock.advance(timedelta(hours=1))
    take(desk, letter(2, clock.now(), "Re: x", refers_to=(key(1),), text="Room B12"))
    resumed = how(desk, 1001)
    assert resumed["state"] == State.OPEN
    assert resumed["wait_until"] is None
    assert not resumed["clock_paused"]
    assert history(desk, 1001)[-1].new == {"state": "open", "wait_until": None}
    assert verified(desk) == []


def test_a_suppliers_mail_does_not_end_the_wait_for_a_supplier(desk):
    """An automatic "we got your order" must not; a person reads it and resumes."""
    take(desk, letter(1, NOW))
    commands.wait(desk, BEN, the(1001), State.WAITING_SUPPLIER)
    take(desk, letter(2, NOW, "Re: x", refers_to=(key(1),), sender=SUPPLIER))
    assert how(desk, 1001)["state"] == State.WAITING_SUPPLIER
    assert history(desk, 1001)[-1].detail["by"] == "other"


def test_a_requesters_mail_wakes_a_snoozed_request(desk):
    """What was put away until Friday is back when the requester writes on Tuesday."""
    take(desk, letter(1, NOW))
    commands.snooze(desk, BEN, the(1001), NOW + timedelta(days=3))
    take(desk, letter(2, NOW, "Re: x", refers_to=(key(1),)))
    assert how(desk, 1001)["snoozed_until"] is None


def test_a_mail_to_a_resolved_request_opens_it_again(desk, clock):
    """Its clocks go on where they stood."""
    take(desk, letter(1, NOW))
    commands.resolve(desk, BEN, the(1001), Ending.FIXED)
    clock.advance(timedelta(days=2))
    take(desk, letter(2, clock.now(), "Re: x", refers_to=(key(1),), text="Dead again"))
    again = how(desk, 1001)
    assert (again["state"], again["ending"], again["resolved_at"]) == (State.OPEN, "", None)
    assert again["live"]
    assert again["due_at"] is not None
    assert verified(desk) == []


@pytest.mark.parametrize("days", [1, 100])
def test_a_thank_you_for_a_resolved_request_is_only_counted(desk, clock, days):
    """However late it comes, it opens nothing."""
    take(desk, letter(1, NOW))
    commands.resolve(desk, BEN, the(1001), Ending.FIXED)
    clock.advance(timedelta(days=days))
    (taken,) = take(desk, letter(2, clock.now(), "Re: x", refers_to=(key(1),), thanks=True))
    assert (taken.outcome, taken.number) == (Outcome.FOLLOWED_UP, 1001)
    assert how(desk, 1001)["state"] == State.RESOLVED
    assert history(desk, 1001)[-1].what == "thanked"
    assert verified(desk) == []


def test_a_mail_to_a_long_closed_request_opens_a_linked_one(desk, clock):
    """After a fortnight it is new work; the history says what it came from."""
    take(desk, letter(1, NOW))
    commands.resolve(desk, BEN, the(1001), Ending.FIXED)
    commands.close(desk, BEN, the(1001))
    clock.advance(timedelta(days=15))
    (taken,) = take(desk, letter(2, clock.now(), "Re: x", refers_to=(key(1),)))
    assert (taken.outcome, taken.number) == (Outcome.OPENED, 1002)
    assert how(desk, 1002)["linked_to"] == 1001
    assert how(desk, 1001)["state"] == State.CLOSED
    assert "#1001 ended more than 14 days before" in taken.reason


def test_a_technicians_mail_to_the_requester_is_an_answer(desk):
    """Somebody answers from a mail program with the desk in Cc: the clock of response stops."""
    take(desk, letter(1, NOW))
    take(
        desk,
        letter(
            2,
            NOW,
            "Re: x",
            refers_to=(key(1),),
            sender=address_of("ben"),
            to=(HOPPER,),
            cc=(DESK_ADDRESS,),
        ),
    )
    assert history(desk, 1001)[-1].detail["by"] == "desk"
    assert how(desk, 1001)["state"] == State.OPEN
    assert how(desk, 1001)["clock_metric"] != "first_response"


def test_a_technicians_mail_to_the_desk_alone_is_no_answer(desk):
    """The requester has not heard of it."""
    take(desk, letter(1, NOW))
    take(desk, letter(2, NOW, "Re: x", refers_to=(key(1),), sender=address_of("ben")))
    assert history(desk, 1001)[-1].detail["by"] == "inside"
    assert how(desk, 1001)["clock_metric"] == "first_response"


def test_a_mail_that_was_late_does_not_turn_time_back(desk, clock):
    """It arrived before the answer was written and was fetched after it: it counts after."""
    take(desk, letter(1, NOW))
    clock.advance(timedelta(minutes=10))
    commands.reply(desk, ANA, the(1001), "On my way")
    take(desk, letter(2, NOW + timedelta(minutes=5), "Re: x", refers_to=(key(1),)))
    times = [each.at for each in history(desk, 1001)]
    assert times == sorted(times)
    assert how(desk, 1001)["clock_metric"] == "next_response"


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
