"""Merging requests and splitting messages off, and taking either back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store import commands, queries
from store.commands import take_in
from store.errors import LostRace, NotAllowed, NotFound, NotPossible
from store.facts.mail import ledger, outbox
from store.facts.messages import message
from store.records import Address
from store.words import Ending, Outcome, State
from tests.conftest import NOW
from tests.store.letters import letter
from tests.store.looking import history, how, rows, verified
from tests.store.people import ANA, BEN, HOPPER, VISITOR, the

VOSS = Address("Erich Voss", "voss@northgate.example")
LATER = timedelta(hours=2)


def key(uid):
    """Return the Message-ID that a letter with this UID has."""
    return f"{uid}@mail.northgate.example"


def take(desk, *items):
    """Take mails of the mailbox in."""
    return take_in(desk, "help", 7, items)


def places(desk):
    """Return which request has each message."""
    return dict(rows(desk, message, "id", "number"))


@pytest.fixture
def two(desk, clock):
    """Two requests of two people about one projector, the second two hours later."""
    take(desk, letter(1, NOW))
    clock.advance(LATER)
    take(desk, letter(2, clock.now(), "The beamer is dead", sender=VOSS))
    return desk


def test_a_merged_request_is_part_of_the_other(two):
    """Its messages are in one conversation, and the other's clocks begin with the earlier."""
    done = commands.merge(two, BEN, the(1001, 1), into=1002)
    assert done.text == "#1001 merged into #1002"
    assert how(two, 1001)["state"] == State.MERGED
    assert not how(two, 1001)["live"]
    assert how(two, 1001)["due_at"] is None
    stays = queries.request(two, 1002)
    assert [each.text.split(",")[0] for each in stays.messages] == [
        "Projector dead",
        "The beamer is dead",
    ]
    assert stays.row.received_at == NOW
    assert stays.merged == (1001,)
    assert queries.request(two, 1001).merged_into == 1002
    assert queries.request(two, 1001).history[-1].text == "merged it into #1002"
    assert stays.history[-1].text == "merged #1001 into it"
    assert verified(two) == []


def test_a_merger_is_taken_back_with_one_key(two):
    """Both stand as they did, clocks included."""
    before = [dict(how(two, number)) for number in (1001, 1002)]
    commands.merge(two, BEN, the(1001), into=1002)
    commands.undo(two, BEN)
    after = [dict(how(two, number)) for number in (1001, 1002)]
    for old, new in zip(before, after, strict=True):
        assert {**old, "version": 3, "changed_at": two.clock.now()} == new
    assert places(two) == {1: 1001, 2: 1002}
    assert verified(two) == []


def test_a_split_message_opens_a_request_of_its_own(desk, clock):
    """As if it had: the one it went out of is resolved again, and later replies follow it."""
    take(desk, letter(1, NOW))
    commands.resolve(desk, BEN, the(1001), Ending.FIXED)
    clock.advance(LATER)
    take(desk, letter(2, clock.now(), "Re: projector", refers_to=(key(1),), text="New laptop"))
    assert how(desk, 1001)["state"] == State.OPEN
    done = commands.split(desk, ANA, the(1001, 3))
    assert done.text == "#1002 split off from #1001"
    assert how(desk, 1001)["state"] == State.RESOLVED
    assert how(desk, 1001)["due_at"] is None
    opened = how(desk, 1002)
    assert (opened["state"], opened["linked_to"]) == (State.NEW, 1001)
    assert opened["received_at"] == clock.now()
    assert opened["due_at"] > clock.now()
    assert rows(desk, ledger, "uid", "outcome", "number") == [
        (1, "opened", 1001),
        (2, "opened", 1002),
    ]
    assert verified(desk) == []
    (later,) = take(
        desk, letter(3, clock.now(), "Re: [#1001]", refers_to=(key(1), key(2)), tags=(1001,))
    )
    assert (later.outcome, later.number) == (Outcome.FOLLOWED_UP, 1002)
    assert verified(desk) == []


@pytest.fixture
def joined(desk, clock):
    """A request that waits for its requester's answer, and a mail that ended the wait."""
    take(desk, letter(1, NOW))
    commands.reply(desk, BEN, the(1001), "Which room?")
    commands.wait(desk, BEN, the(1001), State.WAITING_REQUESTER, NOW + timedelta(days=2))
    clock.advance(LATER)
    take(desk, letter(2, clock.now(), "Re: x", refers_to=(key(1),), text="Also: a new laptop"))
    return desk


def without_times(row):
    """Return a request's row but for what every event changes."""
    return {name: value for name, value in row.items() if name not in {"version", "changed_at"}}


def test_a_split_leaves_a_request_as_if_the_mail_had_never_come(joined, clock):
    """It waits again, until the same time, with the same clocks."""
    commands.split(joined, BEN, the(1001))
    row = how(joined, 1001)
    assert (row["state"], row["wait_until"]) == (
        State.WAITING_REQUESTER,
        NOW + timedelta(days=2),
    )
    assert row["clock_paused"]
    shown = queries.request(joined, 1001)
    assert [each.undone for each in shown.history] == [False, False, False, True, False]
    assert shown.history[-1].text == "split a message off into #1002"
    opened = queries.request(joined, 1002)
    assert opened.history[0].text == "asked by mail: P3, after #1001"
    assert opened.history[0].why == ("Ben Okafor split it off from #1001",)
    assert [each.text for each in opened.messages] == ["Also: a new laptop"]
    assert verified(joined) == []


def test_a_split_is_taken_back_with_one_key(joined):
    """The message is where it was; its number leads there for ever."""
    before = without_times(how(joined, 1001))
    account = rows(joined, ledger)
    commands.split(joined, BEN, the(1001))
    commands.undo(joined, BEN)
    assert without_times(how(joined, 1001)) == before
    assert rows(joined, ledger) == account
    assert queries.request(joined, 1002).merged_into == 1001
    assert queries.request(joined, 1002).history[-1].text == (
        "took back the split: it is part of #1001 again"
    )
    assert not queries.request(joined, 1001).history[3].undone
    (taken,) = take(joined, letter(3, NOW, "x [#1002]", tags=(1002,)))
    assert taken.number == 1001
    assert taken.reason == "its subject has our tag [#1002], which is part of #1001 now"
    assert verified(joined) == []
    with pytest.raises(NotPossible, match="wrote on #1001"):
        commands.undo(joined, BEN)


def test_a_split_whose_request_went_on_is_taken_back_by_merging(joined):
    """Somebody has claimed what was split off: that is not undone behind their back."""
    commands.split(joined, BEN, the(1001))
    commands.claim(joined, ANA, the(1002))
    with pytest.raises(
        NotPossible,
        match=r"^#1002 cannot be put back: Ana claimed #1002 .*; merge it into #1001 instead$",
    ):
        commands.undo(joined, BEN)
    commands.merge(joined, ANA, the(1002), into=1001)
    assert how(joined, 1001)["messages"] == 3
    assert verified(joined) == []


def test_what_was_done_on_the_strength_of_a_mail_stays_when_it_is_split_off(joined, clock):
    """Ben set it waiting for a supplier meanwhile: that is his, and the wait goes on."""
    commands.wait(joined, BEN, the(1001), State.WAITING_SUPPLIER)
    commands.split(joined, BEN, the(1001))
    assert how(joined, 1001)["state"] == State.WAITING_SUPPLIER
    metrics = {each.metric: each for each in queries.request(joined, 1001).clocks}
    assert metrics["next_response"].status == "not_started"
    assert verified(joined) == []


def test_an_older_message_can_be_split_off(joined, clock):
    """The one that is named, not the newest; a note or the first mail cannot."""
    take(joined, letter(3, clock.now(), "Re: x", refers_to=(key(1),), text="Room B12"))
    commands.note(joined, BEN, the(1001), "hm")
    ids = {each.text.split(",")[0]: each.id for each in queries.request(joined, 1001).messages}
    for text, says in (
        ("hm", "Only a mail that came to #1001"),
        ("Which room?", "Only a mail that came to #1001"),
        ("Projector dead", "That message opened #1001"),
    ):
        with pytest.raises(NotPossible, match=says):
            commands.split(joined, BEN, the(1001), ids[text])
    commands.split(joined, BEN, the(1001), ids["Also: a new laptop"])
    assert [each.text for each in queries.request(joined, 1002).messages] == ["Also: a new laptop"]
    commands.split(joined, BEN, the(1001))
    assert [each.text for each in queries.request(joined, 1003).messages] == ["Room B12"]
    with pytest.raises(NotPossible, match="No further mail has come to #1001: nothing to split"):
        commands.split(joined, BEN, the(1001))
    assert verified(joined) == []


def test_a_split_request_is_rated_as_the_mail_asks(desk, clock):
    """Not as the request it was taken for."""
    take(desk, letter(1, NOW))
    again = letter(2, NOW, "Re: x", refers_to=(key(1),), priority="P1", sender=HOPPER)
    take(desk, again)
    commands.split(desk, BEN, the(1001))
    row = how(desk, 1002)
    assert (row["priority"], row["requester_address"]) == ("P1", HOPPER.address)
    assert row["requester_id"] == how(desk, 1001)["requester_id"]


def test_thanks_that_were_split_off_are_not_counted(desk, clock):
    """It was no thanks for that request."""
    take(desk, letter(1, NOW))
    commands.resolve(desk, BEN, the(1001), Ending.FIXED)
    take(desk, letter(2, NOW, "Re: x", refers_to=(key(1),), thanks=True))
    assert queries.summary(desk, BEN).thanks_today == 1
    commands.split(desk, BEN, the(1001))
    assert queries.summary(desk, BEN).thanks_today == 0
    commands.undo(desk, BEN)
    assert queries.summary(desk, BEN).thanks_today == 1


def test_mail_to_a_merged_request_goes_to_the_one_that_stays(two, clock):
    """By its thread, by its tag, and through several mergers; its people are part."""
    take(two, letter(3, clock.now(), "Third", sender=Address("Eva", "eva@else.example")))
    commands.merge(two, BEN, the(1001), into=1002)
    commands.merge(two, BEN, the(1002), into=1003)
    taken = take(
        two,
        letter(4, clock.now(), "Re: x", refers_to=(key(1),)),
        letter(5, clock.now(), "x [#1001]", tags=(1001,)),
        letter(6, clock.now(), "x [#1003]", tags=(1003,), sender=VOSS),
        letter(7, clock.now(), "x [#1002]", tags=(1002,), sender=Address("", "new@else.example")),
    )
    assert [each.number for each in taken] == [1003, 1003, 1003, 1004]
    assert how(two, 1004)["linked_to"] == 1003
    assert verified(two) == []


def test_mergers_are_taken_back_in_their_order(two, clock):
    """The one that came first last."""
    take(two, letter(3, clock.now(), "Third"))
    commands.merge(two, ANA, the(1001), into=1002)
    commands.merge(two, BEN, the(1002), into=1003)
    with pytest.raises(
        NotPossible, match="merging of #1001 cannot be taken back: #1002 was merged into #1003"
    ):
        commands.undo(two, ANA)
    commands.undo(two, BEN)
    commands.undo(two, ANA)
    assert places(two) == {1: 1001, 2: 1002, 3: 1003}
    assert verified(two) == []


def test_several_merged_at_once_are_taken_back_together(two, clock):
    """All marked rows into one, and one key for all of it."""
    take(two, letter(3, clock.now(), "Third"))
    done = commands.many(two, commands.merge, BEN, [the(1001), the(1002), the(1003)], into=1003)
    assert isinstance(done.pop(), NotPossible)
    assert [each.text for each in done] == ["#1001 merged into #1003", "#1002 merged into #1003"]
    commands.undo(two, BEN)
    assert places(two) == {1: 1001, 2: 1002, 3: 1003}
    assert verified(two) == []


def test_what_was_done_since_with_the_one_that_stayed_stays(two, clock):
    """Taking a merger back moves its own messages, and no others."""
    commands.claim(two, BEN, the(1001))
    commands.merge(two, BEN, the(1001), into=1002)
    assert how(two, 1002)["assignee"] == "ben"
    commands.assign(two, ANA, the(1002), "chi")
    take(two, letter(3, clock.now(), "Re: x", refers_to=(key(1),)))
    commands.undo(two, BEN)
    assert how(two, 1002)["assignee"] == "chi"
    assert places(two) == {1: 1001, 2: 1002, 3: 1002}
    assert verified(two) == []


def test_a_message_that_came_with_a_merger_can_be_split_off(two):
    """The merger then cannot be taken back any more."""
    commands.merge(two, BEN, the(1002), into=1001)
    commands.split(two, BEN, the(1001))
    assert places(two) == {1: 1001, 2: 1003}
    assert verified(two) == []
    commands.undo(two, BEN)
    commands.undo(two, BEN)
    assert places(two) == {1: 1001, 2: 1002}
    commands.merge(two, ANA, the(1002), into=1001)
    commands.split(two, BEN, the(1001))
    with pytest.raises(NotPossible, match="a message of it was split off since"):
        commands.undo(two, ANA)
    assert verified(two) == []


def test_what_cannot_be_merged(two, clock):
    """Each refusal says why, and what to do."""
    with pytest.raises(NotPossible, match="into itself; choose another"):
        commands.merge(two, BEN, the(1001), into=1001)
    with pytest.raises(NotFound):
        commands.merge(two, BEN, the(1001), into=999)
    with pytest.raises(NotAllowed):
        commands.merge(two, VISITOR, the(1001), into=1002)
    commands.emergency(two, BEN, the(1001), "Nothing prints")
    with pytest.raises(NotPossible, match="merge #1002 into #1001 instead"):
        commands.merge(two, BEN, the(1001), into=1002)
    commands.undo(two, BEN)
    commands.resolve(two, BEN, the(1002), Ending.FIXED)
    for into, target in ((1002, 1001), (1001, 1002)):
        with pytest.raises(NotPossible, match="#1002 is resolved; re-open it first"):
            commands.merge(two, BEN, the(target), into=into)
    commands.undo(two, BEN)
    commands.merge(two, BEN, the(1001), into=1002)
    for refused in (
        lambda: commands.merge(two, BEN, the(1001), into=1002),
        lambda: commands.merge(two, BEN, the(1002), into=1001),
        lambda: commands.claim(two, BEN, the(1001)),
        lambda: commands.note(two, BEN, the(1001), "hm"),
        lambda: commands.reply(two, BEN, the(1001), "hm"),
    ):
        with pytest.raises(NotPossible, match="#1001 is merged into #1002; work on that one"):
            refused()
    with pytest.raises(NotPossible, match="#1001 is merged into #1002; its messages are there"):
        commands.split(two, BEN, the(1001))
    assert verified(two) == []


def test_who_lost_the_race_changes_neither_request(two):
    """Somebody claimed it a moment before."""
    commands.claim(two, ANA, the(1001))
    with pytest.raises(LostRace, match="Ana claimed #1001"):
        commands.merge(two, BEN, the(1001, 1), into=1002)
    with pytest.raises(LostRace, match="Ana claimed #1001"):
        commands.split(two, BEN, the(1001, 1))
    assert len(history(two, 1002)) == 1


def test_a_copy_of_a_split_mail_is_told_where_it_is(joined, clock):
    """The ledger has the request that the mail opened."""
    commands.split(joined, BEN, the(1001))
    copy = letter(
        9, clock.now(), "Re: x", refers_to=(key(1),), text="Also: a new laptop", message_id=key(2)
    )
    (taken,) = take(joined, copy)
    assert (taken.outcome, taken.number) == (Outcome.DUPLICATE, 1002)


def test_an_answer_goes_to_everybody_who_asked(two, clock):
    """Also to who asked for what was merged, however often; each once."""
    take(two, letter(3, clock.now(), "Third"))
    commands.merge(two, BEN, the(1002), into=1001)
    commands.merge(two, BEN, the(1001), into=1003)
    commands.reply(two, BEN, the(1003), "Fixed")
    assert rows(two, outbox, "recipients") == [
        ([[HOPPER.name, HOPPER.address], [VOSS.name, VOSS.address]],)
    ]
