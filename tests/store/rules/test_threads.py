"""Which request a mail belongs to, and when two mails are one: decided without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.mail_records import ReadMail
from store.records import Address, AttachmentInfo
from store.rules.threads import (
    UNKNOWN,
    Holder,
    Known,
    Letter,
    belongs,
    fingerprint,
    id_key,
    is_whole,
    raw_fingerprint,
    refers_to,
)
from store.words import State
from tests.conftest import NOW

OURS = {"ours@desk": Holder(1001, ours=True)}
THEIRS = {"theirs@mail": Holder(1002, ours=False)}
MEMBER, STRANGER = "hopper@maths.example", "who@elsewhere.example"


def known(number, state=State.OPEN, ended=None):
    """Return a request that Hopper is part of; ``ended`` days ago."""
    ended_at = None if ended is None else NOW - timedelta(days=ended)
    return Known(number, state, ended_at, {MEMBER})


def mail(sender=MEMBER, refers=(), tags=(), **more):
    """Return a mail of Hopper's, or of somebody else."""
    facts = {"from_desk": False, "arrived_at": NOW, "thanks": False} | more
    return Letter(sender=sender, refers_to=refers, tags=tags, **facts)


REQUESTS = {1001: known(1001), 1002: known(1002)}


@pytest.mark.parametrize(
    ("letter", "joins", "linked"),
    [
        (mail(), None, None),
        (mail(refers=("nobody@knows",)), None, None),
        (mail(refers=("theirs@mail",)), 1002, None),
        (mail(refers=("ours@desk",)), 1001, None),
        (mail(refers=("theirs@mail", "ours@desk")), 1001, None),
        (mail(refers=("theirs@mail",), tags=(1001,)), 1001, None),
        (mail(refers=("ours@desk",), tags=(1002,)), 1001, None),
        (mail(tags=(1001,)), 1001, None),
        (mail(tags=(7, 1002)), 1002, None),
        (mail(STRANGER, tags=(1001,)), None, 1001),
        (mail(STRANGER, tags=(1001,), from_desk=True), 1001, None),
        (mail(STRANGER, refers=("theirs@mail",)), 1002, None),
        (mail(STRANGER, refers=("theirs@mail",), tags=(1002,)), 1002, None),
        (mail(STRANGER, refers=("theirs@mail",), tags=(1001,)), 1002, None),
    ],
)
def test_ours_come_first_then_tags_then_the_thread(letter, joins, linked):
    """A tag alone joins only who is part of it; a Message-ID is held only by who received it."""
    where = belongs(letter, OURS | THEIRS, REQUESTS)
    assert (where.joins, where.linked_to) == (joins, linked)


@pytest.mark.parametrize(
    ("state", "ended", "thanks", "joins"),
    [
        (State.RESOLVED, 14, False, True),
        (State.RESOLVED, 14.1, False, False),
        (State.CLOSED, 13, False, True),
        (State.CLOSED, 15, False, False),
        (State.RESOLVED, 300, True, True),
        (State.OPEN, None, False, True),
        (State.MERGED, None, False, False),
    ],
)
def test_what_ended_long_ago_is_not_joined(state, ended, thanks, joins):
    """A fortnight, to the microsecond; a late thank-you is still one."""
    requests = {1002: known(1002, state, ended)}
    where = belongs(mail(refers=("theirs@mail",), thanks=thanks), THEIRS, requests)
    assert (where.joins == 1002) == joins


def test_no_sign_is_no_request():
    """The same record every time: most mail opens a request."""
    assert belongs(mail(), {}, {}) is UNKNOWN


def test_the_nearest_reference_is_tried_first():
    """In-Reply-To, then References from its end, each once, none empty."""
    read = replace(A_MAIL, in_reply_to=("c",), references=("a", "b", "", "c"))
    assert refers_to(read) == ("c", "b", "a")


A_MAIL = ReadMail(
    message_id="1@x",
    in_reply_to=(),
    references=(),
    date=NOW,
    sender=Address("Grace Hopper", "hopper@maths.example"),
    reply_to=None,
    to=(),
    cc=(),
    subject="Projector",
    text="dead",
    reply="dead",
    quoted="",
    attachments=(AttachmentInfo("a.pdf", "application/pdf", 3),),
)


@pytest.mark.parametrize(
    "change",
    [
        {"message_id": "2@x"},
        {"date": NOW + timedelta(seconds=1)},
        {"date": None},
        {"sender": Address("Grace Hopper", "g@maths.example")},
        {"subject": "Projectors"},
        {"text": "deaf"},
        {"attachments": ()},
        {"attachments": (AttachmentInfo("a.pdf", "application/pdf", 4),)},
        {"subject": "Projectordead", "text": ""},
    ],
)
def test_other_content_is_another_mail(change):
    """Everything the sender wrote counts, and where one part ends and the next begins."""
    assert fingerprint(replace(A_MAIL, **change)) != fingerprint(A_MAIL)


@pytest.mark.parametrize(
    "change",
    [
        {"headers": {"received": ("by another",)}},
        {"to": (Address("", "desk2@x"),)},
        {"sender": Address("G. Hopper", "HOPPER@maths.example")},
        {"defects": ("a bad header",)},
    ],
)
def test_what_servers_and_readers_add_is_not_content(change):
    """Copies of one mail differ in how they came."""
    assert fingerprint(replace(A_MAIL, **change)) == fingerprint(A_MAIL)


def test_what_could_not_be_read_is_known_by_its_bytes():
    """And never taken for a mail that could."""
    assert raw_fingerprint(b"\1" * 32) == raw_fingerprint(b"\1" * 32)
    assert raw_fingerprint(b"\1" * 32) != raw_fingerprint(b"\2" * 32)


@given(st.text(max_size=1200), st.text(max_size=1200))
def test_keys_of_message_ids_are_short_and_as_different_as_the_ids(one, two):
    """Short ones stay what they are, so that a header can quote them."""
    one, two = one.lstrip("<"), two.lstrip("<")
    assert (id_key(one) == id_key(two)) == (one == two)
    assert len(id_key(one).encode("utf-8", "surrogateescape")) <= 900
    assert is_whole(id_key(one)) == (id_key(one) == one)


def test_what_was_merged_is_the_request_that_stays():
    """Through as many mergers as there were; a ring of them is nobody's request."""
    merged = {
        1001: replace(known(1001, State.MERGED), merged_into=1002),
        1002: replace(known(1002, State.MERGED), merged_into=1003),
        1003: known(1003),
    }
    for letter in (mail(refers=("ours@desk",)), mail(tags=(1001,))):
        where = belongs(letter, OURS, merged)
        assert where.joins == 1003
        assert where.why.endswith("#1001, which is part of #1003 now") or "[#1001]" in where.why
    stranger = belongs(mail(STRANGER, tags=(1001,)), OURS, merged)
    assert (stranger.joins, stranger.linked_to) == (None, 1003)
    assert belongs(mail(STRANGER, refers=("ours@desk",)), OURS, merged).joins == 1003
    ring = {
        1001: replace(known(1001, State.MERGED), merged_into=1002),
        1002: replace(known(1002, State.MERGED), merged_into=1001),
    }
    assert belongs(mail(tags=(1001,)), {}, ring) == UNKNOWN


@pytest.mark.parametrize("from_desk", [True, False])
def test_a_forged_sender_is_part_of_nothing(from_desk):
    """Not by their address; only by holding a mail of it."""
    tagged = mail(tags=(1001,), spoofed=True, from_desk=from_desk)
    where = belongs(tagged, OURS, REQUESTS)
    assert (where.joins, where.linked_to) == (None, 1001)
    assert "the sender may be forged and holds no mail of it" in where.why
    holding = mail(refers=("ours@desk",), spoofed=True, from_desk=from_desk)
    assert belongs(holding, OURS, REQUESTS).joins == 1001


SPLIT = {
    "first@mail": Holder(1001, ours=False),
    "ours@desk": Holder(1001, ours=True),
    "split@mail": Holder(1002, ours=False, split_from=1001),
    "after@desk": Holder(1001, ours=True),
    "answer@desk": Holder(1002, ours=True),
}


@pytest.mark.parametrize(
    ("refers", "tags", "joins"),
    [
        (("split@mail", "ours@desk", "first@mail"), (1001,), 1002),
        (("ours@desk", "first@mail"), (1001,), 1001),
        (("after@desk", "split@mail", "first@mail"), (), 1001),
        (("after@desk", "split@mail", "first@mail"), (1001,), 1001),
        (("answer@desk", "split@mail", "ours@desk"), (1001, 1002), 1002),
        (("nobody@knows", "split@mail", "ours@desk"), (), 1002),
        ((), (1001,), 1001),
    ],
)
def test_what_answers_a_message_that_was_split_off_follows_it(refers, tags, joins):
    """Whatever is older in its thread, and the tag it still has, is about where it came from."""
    where = belongs(mail(refers=refers, tags=tags), SPLIT, REQUESTS)
    assert (where.joins, where.linked_to) == (joins, None)


def test_only_what_ended_long_ago_is_called_so():
    """A stranger's tag is linked for another reason."""
    old = {1001: known(1001, State.CLOSED, ended=20)}
    assert belongs(mail(tags=(1001,)), {}, old).long_ago
    assert not belongs(mail(STRANGER, tags=(1001,)), {}, old).long_ago
