"""Two requests about one thing become one, and are parted again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store import commands, queries
from store.errors import LostRace, NotAllowed, NotFound, NotPossible
from store.facts.mail import outbox
from store.records import Address
from store.words import Ending, State
from tests.conftest import NOW
from tests.store.letters import key, letter
from tests.store.looking import history, how, places, rows, take, verified
from tests.store.people import ANA, BEN, HOPPER, VISITOR, the

VOSS = Address("Erich Voss", "voss@northgate.example")
LATER = timedelta(hours=2)


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


def test_an_answer_goes_to_everybody_who_asked(two, clock):
    """Also to who asked for what was merged, however often; each once."""
    take(two, letter(3, clock.now(), "Third"))
    commands.merge(two, BEN, the(1002), into=1001)
    commands.merge(two, BEN, the(1001), into=1003)
    commands.reply(two, BEN, the(1003), "Fixed")
    assert rows(two, outbox, "recipients") == [
        ([[HOPPER.name, HOPPER.address], [VOSS.name, VOSS.address]],)
    ]
