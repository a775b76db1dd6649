"""What cannot be read or stored goes to quarantine; all else is in."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta, timezone

import pytest

from intake import understanding
from intake.imap.fetched import Fetched
from intake.taking import take
from intake.understanding import Understanding
from store import commands, queries
from store.errors import StoreError, StoreHindered, StoreUnreachable
from store.words import Outcome
from tests.intake.conftest import mail, taken_in

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
EARLIER = NOW - timedelta(hours=1)


def _prepared(fetched: Fetched, rules):
    [prepared] = Understanding(rules, "help").of([fetched], NOW)
    return prepared


def _fetched(uid: int, raw: bytes, **more: object) -> Fetched:
    return Fetched(uid, EARLIER, len(raw), raw, **more)


def test_a_fetched_mail_is_read_and_triaged(rules):
    """Its bytes, size and arrival go with it."""
    raw = mail(1, "The projector is dead.")
    prepared = _prepared(_fetched(7, raw), rules)
    item, letter = prepared.item, prepared.letter
    assert (item.uid, item.arrived_at, item.size) == (7, EARLIER, len(raw))
    assert zlib.decompress(prepared.compressed) == raw
    assert (letter.mail.subject, letter.triage.service) == ("Request 1", "projector")
    assert (item.truncated, item.quarantine) == (False, "")


def test_a_mail_of_which_only_the_start_is_there_says_so(rules):
    """Where people read it."""
    prepared = _prepared(Fetched(7, EARLIER, 70_000_000, mail(1), truncated=True), rules)
    note = "[This mail has 70 MB: only its start is here. The whole is in the mailbox.]"
    assert (prepared.item.truncated, prepared.item.size) == (True, 70_000_000)
    assert prepared.letter.mail.reply == f"Nothing works.\n\n{note}"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (None, NOW),
        (NOW + timedelta(days=400), NOW),  # a server whose clock is wrong
        (EARLIER.astimezone(timezone(timedelta(hours=9))), EARLIER),
        (datetime(1996, 2, 29, tzinfo=UTC), datetime(1996, 2, 29, tzinfo=UTC)),
    ],
)
def test_a_mail_cannot_arrive_later_than_it_was_fetched(rules, told, expected):
    """INTERNALDATE may be missing or wrong, and clocks start from it."""
    item = _prepared(Fetched(1, told, 3, mail(1)), rules).item
    assert item.arrived_at == expected


@pytest.mark.parametrize(
    ("fetched", "expected"),
    [
        (_fetched(1, b"\0" * 5000), "the message is empty"),
        (_fetched(1, b"", failure="it is not handed out"), "it is not handed out"),
    ],
)
def test_what_is_no_mail_goes_to_quarantine(rules, fetched, expected):
    """With its reason and all its bytes."""
    prepared = _prepared(fetched, rules)
    assert (prepared.item.quarantine, prepared.letter) == (expected, None)
    assert zlib.decompress(prepared.compressed) == fetched.raw


@pytest.mark.parametrize("which", ["read", "triage"])
@pytest.mark.parametrize("error", [ValueError("secret text of the mail"), RecursionError()])
def test_whatever_a_reader_raises_is_a_reason_without_the_mails_text(
    rules, monkeypatch, which, error
):
    """Reasons are shown and logged; the text of an unforeseen error may be anybody's."""

    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(understanding, which, broken)
    prepared = _prepared(_fetched(1, mail(1)), rules)
    item = prepared.item
    assert item.quarantine.startswith(
        f"reading it failed ({type(error).__name__}, test_understanding.py line "
    )
    assert "secret" not in item.quarantine
    assert prepared.letter is None


def _items(rules, count: int = 20):
    batch = [_fetched(uid, mail(uid)) for uid in range(1, count + 1)]
    return Understanding(rules, "help").of(batch, NOW)


def _well() -> None:
    """A store that takes writes."""


def test_one_mail_that_the_store_cannot_take_is_quarantined_with_its_original(
    desk, rules, monkeypatch
):
    """The others of its batch are in, in their order."""
    take_in = commands.take_in

    def picky(desk, mailbox, uidvalidity, items, **_):
        if any(each.item.uid == 13 and each.letter for each in items):
            raise StoreError("the database refused a statement")
        return take_in(desk, mailbox, uidvalidity, items)

    monkeypatch.setattr(commands, "take_in", picky)
    taken = take(desk, "help", 1, _items(rules), _well)
    assert [each.uid for each in taken] == list(range(1, 21))
    assert taken_in(desk) == {Outcome.OPENED: 19, Outcome.QUARANTINED: 1}
    [held] = queries.mails(desk, [Outcome.QUARANTINED])
    assert held.reason.startswith(
        "the store could not take it (StoreError, test_understanding.py line "
    )
    assert queries.kept(desk, held.original_id) == mail(13)


@pytest.mark.parametrize("error", [StoreUnreachable("gone"), StoreError("refused a statement")])
def test_a_store_that_is_down_takes_nothing_and_quarantines_nothing(
    desk, rules, monkeypatch, error
):
    """The mail stays on the server; it is tried again later."""
    calls: list[int] = []

    def down(desk, mailbox, uidvalidity, items, **_):
        calls.append(len(items))
        raise error

    def not_well() -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(commands, "take_in", down)
    with pytest.raises(StoreError):
        take(desk, "help", 1, _items(rules), not_well)
    assert calls == [20]


def test_a_full_disk_is_not_the_fault_of_a_mail(desk, rules, monkeypatch):
    """A disk with room for something small puts nobody's mail into quarantine."""

    def full(desk, mailbox, uidvalidity, items, **_):
        raise StoreHindered("cannot grow: the disk is full")

    monkeypatch.setattr(commands, "take_in", full)
    with pytest.raises(StoreError, match="the disk is full"):
        take(desk, "help", 1, _items(rules, 1), _well)
    assert taken_in(desk) == {}


def test_a_store_that_does_not_even_quarantine_is_the_trouble(desk, rules, monkeypatch):
    """Nothing is thrown away for it."""

    def broken(desk, mailbox, uidvalidity, items, **_):
        raise KeyError("x")

    monkeypatch.setattr(commands, "take_in", broken)
    with pytest.raises(StoreError) as raised:
        take(desk, "help", 1, _items(rules, 3), _well)
    assert str(raised.value).startswith(
        "the database does not even take a mail into quarantine (KeyError"
    )
