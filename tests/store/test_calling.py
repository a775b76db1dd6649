"""Calls to emergencies: written with the history, answered by key or mail, cleared afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from store import commands, queries
from store.clock import SetClock
from store.desk import Desk
from store.errors import NotPossible
from store.facts.notices import notice
from store.mail_records import Bounce
from store.records import Address
from store.rules.cover import Roster, Rotation
from store.words import Delivery, Direction, Ending, Happened, Machine, Outcome
from tests.conftest import NOW
from tests.store.letters import letter
from tests.store.looking import verified
from tests.store.people import ANA, BEN, CHI, HOPPER, a_request, the

#: Monday evening: the desk is closed.
EVENING = NOW.replace(hour=22, minute=30)
TEN = timedelta(minutes=10)
PLACES = {"ana": ("mail",), "ben": ("mail", "ntfy"), "chi": ("ntfy",)}
BENS = Address("Ben Okafor", "ben@northgate.example")
CHIS = Address("Chi Nakamura", "chi@northgate.example")


@pytest.fixture
def clock():
    """The desk is closed."""
    return SetClock(EVENING)


@pytest.fixture
def desk(store, rules):
    """Ben has the watch, Chi is the backup, Ana is the lead."""
    main = Rotation("main", date(2026, 11, 23), "08:00", ("ben", "chi"))
    roster = Roster(tz=rules.timezone, staffed=rules.hours["desk"], rotations=[main])
    return Desk(store, replace(rules, roster=roster))


@pytest.fixture
def number(desk):
    """An emergency."""
    opened = a_request(desk, "Wi-Fi down [whole house]")
    commands.emergency(desk, ANA, the(opened), "nobody can work")
    return opened


def told(desk, number):
    """Return the history of a request from its declaration on, as lines."""
    history = queries.request(desk, number).history
    return [f"{each.who} {each.text}" for each in history][2:]


def notices(desk, **where):
    """Return (login, place, state) of the notices so far."""
    query = select(notice).order_by(notice.c.id).filter_by(**where)
    with desk.store.reading() as connection:
        return [(row.login, row.place, row.state) for row in connection.execute(query)]


def written(desk):
    """Return the notices so far, columns by name."""
    with desk.store.reading() as connection:
        return connection.execute(select(notice).order_by(notice.c.id)).mappings().all()


def settle(desk, how=commands.notice_sent, count=99, *more):
    """Take what is due and let ``how`` become of it."""
    done = 0
    while done < count:
        held = commands.lease_notice(desk, f"lease {done}", desk.clock.now() + TEN)
        if held is None:
            break
        assert commands.hand_over_notice(desk, held, desk.clock.now() + TEN)
        how(desk, held, *more)
        done += 1
    return done


def test_whoever_has_the_watch_is_called_first_and_once(desk, number):
    """The history says who was called where; a second poller at the same moment calls nobody."""
    assert commands.call(desk, PLACES) == 1
    assert commands.call(desk, PLACES) == 0
    assert notices(desk) == [("ben", "mail", "pending"), ("ben", "ntfy", "pending")]
    assert told(desk, number) == ["Deskwatch called Ben: mail, ntfy"]
    row = queries.rows(desk, [number])[number]
    assert [(each.login, each.at) for each in row.calls] == [("ben", EVENING)]
    assert (row.acknowledged_by, queries.unanswered(desk)) == ("", [row])
    assert verified(desk) == []


def test_a_call_says_what_it_is_about_and_how_to_answer(desk, number):
    """On a phone in the night: why me, what, who, and what happens if I sleep on."""
    commands.call(desk, PLACES)
    mail, push = written(desk)
    assert mail["subject"] == f"Emergency [#{number}] Wi-Fi down [whole house]"
    assert mail["text"].startswith(f"You have the watch. Emergency #{number}, P4: Wi-Fi down")
    assert "From Grace Hopper <hopper@maths.northgate.example>" in mail["text"]
    assert "Declared by Ana at Mon 23 Nov 22:30: nobody can work" in mail["text"]
    assert "answer this mail, or press A" in mail["text"]
    assert "If you cannot, do not answer: Chi is called at 22:40." in mail["text"]
    assert "this mail" not in push["text"]
    assert (bool(mail["message_id"]), push["message_id"]) == (True, "")


def test_it_goes_on_until_somebody_is_on_it(desk, clock, number):
    """Ben, Chi, Ana, and Ben again; with the answer it ends, and can be taken back."""
    for login in ("ben", "chi", "ana", "ben"):
        assert commands.call(desk, PLACES) == 1
        assert queries.rows(desk, [number])[number].calls[-1].login == login
        settle(desk)
        clock.advance(TEN)
    done = commands.on_it(desk, CHI, the(number))
    assert done.text == f"You are on #{number}"
    assert (commands.call(desk, PLACES), queries.unanswered(desk)) == (0, [])
    assert told(desk, number)[-1] == "Chi is on it"
    with pytest.raises(NotPossible, match=f"Chi is on #{number} already"):
        commands.on_it(desk, BEN, the(number))
    with pytest.raises(NotPossible, match=f"You are on #{number} already"):
        commands.on_it(desk, CHI, the(number))
    commands.undo(desk, CHI)
    assert commands.call(desk, PLACES) == 1
    assert queries.rows(desk, [number])[number].calls[-1].login == "chi"
    assert verified(desk) == []


def test_the_others_who_were_called_can_sleep_on(desk, clock, number):
    """One notice each; not to who is on it, and what has not gone out is given up."""
    commands.call(desk, PLACES)
    settle(desk)
    clock.advance(TEN)
    commands.call(desk, PLACES)
    clock.advance(TEN)
    commands.call(desk, PLACES)
    commands.on_it(desk, CHI, the(number))
    assert commands.all_clear(desk, PLACES) == 4
    assert commands.all_clear(desk, PLACES) == 0
    clear = written(desk)[-4:]
    assert [(row["login"], row["place"], row["state"]) for row in clear] == [
        ("ana", "board", "given_up"),  # not reached yet
        ("ben", "mail", "pending"),
        ("ben", "ntfy", "pending"),
        ("chi", "board", "given_up"),
    ]
    assert clear[1]["subject"] == f"[#{number}] Chi is on it"
    assert notices(desk, state="given_up", kind="emergency") == [
        ("chi", "ntfy", "given_up"),
        ("ana", "mail", "given_up"),
    ]


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (lambda desk, number: commands.claim(desk, CHI, the(number)), "Chi is on it"),
        (
            lambda desk, number: commands.resolve(desk, CHI, the(number), Ending.FIXED),
            "it is resolved",
        ),
    ],
    ids=["claimed", "resolved"],
)
def test_who_takes_or_ends_it_need_not_say_so_too(desk, number, end, said):
    """A claim is an answer, and what is over needs nobody."""
    commands.call(desk, PLACES)
    settle(desk)
    end(desk, number)
    assert commands.call(desk, PLACES) == 0
    commands.all_clear(desk, PLACES)
    assert written(desk)[-1]["subject"] == f"[#{number}] {said}"
    assert verified(desk) == []


def test_nobody_is_called_while_the_desk_is_open(desk, clock, number):
    """At opening time it ends; at closing time it begins with the watch again."""
    commands.call(desk, PLACES)
    clock.advance(timedelta(hours=10))
    assert commands.call(desk, PLACES) == 0
    clock.advance(timedelta(hours=8))
    assert commands.call(desk, PLACES) == 1
    assert [each.login for each in queries.rows(desk, [number])[number].calls] == ["ben", "ben"]


def test_a_step_that_reaches_nobody_goes_on_at_once(desk, clock, number):
    """Every failure stands in the history; one place that works is enough to wait for."""
    commands.call(desk, PLACES)
    settle(desk, commands.refuse_notice, 1, "550 no such user")
    assert commands.call(desk, PLACES) == 0
    settle(desk, commands.put_notice_off, 1, "the service answered 503", EVENING)
    assert commands.call(desk, PLACES) == 0
    settle(desk, commands.put_notice_off, 1, "the service answered 503", EVENING + TEN)
    assert commands.call(desk, PLACES) == 1
    assert told(desk, number) == [
        "Deskwatch called Ben: mail, ntfy",
        "Deskwatch could not call Ben by mail: 550 no such user",
        "Deskwatch could not call Ben by ntfy so far: the service answered 503",
        "Deskwatch called Chi: ntfy",
    ]
    assert [each.failed for each in queries.rows(desk, [number])[number].calls] == [True, False]


def test_who_has_no_place_is_passed_over_and_the_history_says_so(desk, number):
    """Nobody waits ten minutes for somebody who cannot be called."""
    assert commands.call(desk, {"chi": ("ntfy",)}) == 1
    assert commands.call(desk, {"chi": ("ntfy",)}) == 1
    assert told(desk, number) == [
        "Deskwatch could not call Ben: there is no place to reach them",
        "Deskwatch called Chi: ntfy",
    ]
    stuck = queries.stuck_notices(desk, EVENING - TEN)
    assert [(each.login, each.state) for each in stuck] == [("ben", Delivery.FAILED)]


def test_what_a_killed_poller_had_in_hand_is_not_sent_twice(desk, number):
    """Not handed over: sent by the next. Handed over: nobody knows, and the history says so."""
    commands.call(desk, PLACES)
    one = commands.lease_notice(desk, "a", EVENING + TEN)
    two = commands.lease_notice(desk, "b", EVENING + TEN)
    assert commands.lease_notice(desk, "c", EVENING + TEN) is None
    commands.hand_over_notice(desk, two, EVENING + TEN)
    assert commands.recover_notices(desk, lambda _: False) == 0
    assert commands.recover_notices(desk, lambda _: True) == 2
    assert [state for _, _, state in notices(desk)] == ["pending", "uncertain"]
    assert "may have reached Ben by ntfy, or not" in told(desk, number)[-1]
    assert not commands.hand_over_notice(desk, one, EVENING + TEN)
    assert settle(desk) == 1
    # Whoever had it in hand knows better, if it is still there.
    commands.notice_sent(desk, two)
    assert [state for _, _, state in notices(desk)] == ["sent", "sent"]


def answering(desk, number, uid=1, **more):
    """Take a reply of Ben's to his call in; return what became of it."""
    facts = {"sender": BENS, "text": "On my way.", "tags": (number,)} | more
    its = letter(uid, desk.clock.now(), f"Re: Emergency [#{number}] Wi-Fi", **facts)
    return commands.take_in(desk, "help", 7, [its])[0]


def call_id(desk):
    """Return the Message-ID of the call by mail."""
    return next(row["message_id"] for row in written(desk) if row["message_id"])


@pytest.mark.parametrize("sign", ["message id", "tag"])
def test_a_reply_to_the_call_answers_it_and_its_words_are_a_note(desk, number, sign):
    """The requester never sees them, and no clock takes them for an answer."""
    commands.call(desk, PLACES)
    signs = {"refers_to": (call_id(desk),), "tags": ()} if sign == "message id" else {}
    taken = answering(desk, number, **signs)
    assert (taken.outcome, taken.number) == (Outcome.FOLLOWED_UP, number)
    view = queries.request(desk, number)
    assert view.row.acknowledged_by == "ben"
    note = view.messages[-1]
    assert (note.direction, note.text, note.sender) == (Direction.NOTE, "On my way.", BENS)
    assert (view.history[-1].who, view.history[-1].text) == ("Ben", "is on it")
    assert view.history[-1].login == "ben"
    # A second mail only adds to it, and an answer by mail can be taken back as well.
    answering(desk, number, 2, text="Fixed.", refers_to=(call_id(desk),))
    again = queries.request(desk, number)
    assert (again.history[-1].what, again.messages[-1].text) == (Happened.NOTED, "Fixed.")
    assert verified(desk) == []


@pytest.mark.parametrize(
    "more",
    [
        {"machine": Machine.AUTO_REPLY, "ignore": "an automatic reply"},
        {"spoofed": "dmarc failed"},
        {"sender": CHIS},
        {"sender": HOPPER},
        {"to": (HOPPER,)},
        {"tags": ()},
    ],
    ids=["out of office", "forged", "not called", "requester", "to the requester", "no sign"],
)
def test_other_mail_answers_no_call(desk, number, more):
    """An out-of-office is no answer, and a tag alone can be typed by anybody."""
    commands.call(desk, PLACES)
    answering(desk, number, **more)
    assert queries.request(desk, number).row.acknowledged_by == ""


def test_a_colleague_who_was_sent_the_call_on_may_answer_it(desk, number):
    """Its Message-ID is known to nobody else."""
    commands.call(desk, PLACES)
    answering(desk, number, sender=CHIS, refers_to=(call_id(desk),))
    assert queries.request(desk, number).row.acknowledged_by == "chi"


def test_a_call_that_came_back_has_failed(desk, number):
    """A delivery report about it makes the escalation go on."""
    commands.call(desk, {"ben": ("mail",), "chi": ("ntfy",)})
    settle(desk)
    report = letter(
        1,
        EVENING,
        "Undelivered",
        sender=Address("", "mailer-daemon@mx.example"),
        machine=Machine.BOUNCE,
        ignore="a delivery report",
        bounce=Bounce("ben@northgate.example", "5.1.1", True, call_id(desk)),
        tags=(number,),
    )
    commands.take_in(desk, "help", 7, [report])
    assert commands.call(desk, {"chi": ("ntfy",)}) == 1


def test_only_an_emergency_is_answered(desk):
    """Nobody is called to anything else."""
    opened = a_request(desk)
    with pytest.raises(NotPossible, match="is no emergency"):
        commands.on_it(desk, BEN, the(opened))
    assert commands.call(desk, PLACES) == 0
