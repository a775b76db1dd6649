"""Which request a mail joins, by what, and when it opens one of its own."""

from __future__ import annotations

from store import commands
from store.facts.messages import message
from store.mail_records import Taken
from store.records import Address
from store.words import Outcome
from tests.conftest import NOW
from tests.store.letters import letter
from tests.store.looking import history, how, rows, verified
from tests.store.people import BEN, the
from tests.store.taking import SUPPLIER, VOSS, address_of, key, take


def test_a_reply_joins_the_request_it_answers(desk):
    """References name the first mail; the event says why it joined."""
    take(desk, letter(1, NOW))
    (taken,) = take(desk, letter(2, NOW, "Re: Projector dead", refers_to=(key(1),)))
    assert taken == Taken(2, Outcome.FOLLOWED_UP, "it answers a mail of #1001", 1001)
    assert how(desk, 1001)["messages"] == 2
    assert history(desk, 1001)[-1].detail["why"] == ["it answers a mail of #1001"]
    assert verified(desk) == []


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
