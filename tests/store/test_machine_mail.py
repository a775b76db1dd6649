"""Mail from programs: it opens nothing, restarts nothing, and people see it where it belongs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from store import commands, queries
from store.commands import take_in
from store.facts.mail import ledger, outbox
from store.facts.messages import message
from store.facts.requests import CLOCK_COLUMNS
from store.mail_records import Bounce
from store.records import Address
from store.rules.notices import MOST_NOTES
from store.words import Direction, Ending, Machine, Outcome, State
from tests.conftest import NOW
from tests.store.letters import DESK_ADDRESS, letter
from tests.store.looking import how, rows, verified
from tests.store.people import ANA, BEN, HOPPER, the

VOSS = Address("Erich Voss", "voss@northgate.example")
DAEMON = Address("Mail Delivery System", "mailer-daemon@mx.example")
MONITOR = Address("Nagios", "nagios@northgate.example")


def key(uid):
    """Return the Message-ID that a letter with this UID has."""
    return f"{uid}@mail.northgate.example"


def take(desk, *items):
    """Take mails of the mailbox in."""
    return take_in(desk, "help", 7, items)


def away(uid, at, **more):
    """Return an out-of-office reply of Hopper's."""
    facts = {"machine": Machine.AUTO_REPLY, "ignore": "an automatic reply (Auto-Submitted)"}
    return letter(uid, at, "Automatic reply: x", text="Back on Monday.", **(facts | more))


def bounced(uid, at, original, *, recipient=HOPPER.address, permanent=True, **more):
    """Return a delivery report about the mail with the Message-ID ``original``."""
    bounce = Bounce(recipient, "5.1.1", permanent, original)
    facts = {"machine": Machine.BOUNCE, "ignore": "a delivery report", "bounce": bounce}
    facts |= {"sender": DAEMON, "text": "550 no"}
    return letter(uid, at, "Undelivered", **(facts | more))


def report(uid, at, alert, **more):
    """Return a report about ``alert`` of a program that the policy names."""
    facts = {"machine": Machine.REPORT, "alert": alert, "sender": MONITOR}
    return letter(uid, at, f"ALERT {alert}", **(facts | more))


def our_id(desk):
    """Return the Message-ID of our last mail."""
    with desk.store.reading() as connection:
        ours = select(message.c.message_id).where(message.c.direction == Direction.OUT.value)
        return connection.scalars(ours.order_by(message.c.id.desc())).first()


def standing(desk, number):
    """Return what of a request a program's mail must not change."""
    row = how(desk, number)
    names = ("state", "wait_until", "snoozed_until", "resolved_at", *CLOCK_COLUMNS)
    return {name: row[name] for name in names}


def waiting(desk):
    """Have the request wait for its requester."""
    commands.wait(desk, BEN, the(1001), State.WAITING_REQUESTER)


def snoozed(desk):
    """Have the request put away until tomorrow."""
    commands.snooze(desk, BEN, the(1001), desk.clock.now() + timedelta(days=1))


def resolved(desk):
    """Have the request resolved."""
    commands.resolve(desk, BEN, the(1001), Ending.FIXED)


@pytest.fixture
def answered(desk, clock):
    """A request that has been answered, and the Message-ID of the answer."""
    take(desk, letter(1, NOW))
    clock.advance(timedelta(minutes=5))
    commands.reply(desk, ANA, the(1001), "Which room?")
    clock.advance(timedelta(minutes=5))
    return our_id(desk)


@pytest.mark.parametrize("before", [waiting, snoozed, resolved])
@pytest.mark.parametrize("kind", ["reply", "bounce", "receipt", "own"])
def test_a_programs_mail_changes_nothing_of_a_request(desk, clock, answered, before, kind):
    """No clock starts anew, no wait or snooze ends, nothing is opened again."""
    before(desk)
    was = standing(desk, 1001)
    clock.advance(timedelta(hours=1))
    mails = {
        "reply": away(2, clock.now(), refers_to=(answered,)),
        "bounce": bounced(2, clock.now(), answered),
        "receipt": away(
            2, clock.now(), refers_to=(answered,), machine=Machine.RECEIPT, ignore="a receipt"
        ),
        "own": away(2, clock.now(), refers_to=(answered,), machine=Machine.OWN, ignore="ours"),
    }
    (taken,) = take(desk, mails[kind])
    assert taken.outcome == (Outcome.BOUNCED if kind == "bounce" else Outcome.IGNORED)
    assert taken.number == 1001
    assert standing(desk, 1001) == was
    assert len(rows(desk, ledger, "uid")) == 2
    assert verified(desk) == []


def test_an_automatic_reply_is_a_note_of_the_desk(desk, clock, answered):
    """People see in the conversation that she is away; the history says why it is there."""
    take(desk, away(2, clock.now(), refers_to=(answered,)))
    shown = queries.request(desk, 1001)
    note = shown.messages[-1]
    assert (note.direction, note.sender.name) == (Direction.NOTE, "Deskwatch")
    assert note.text == f"Automatic reply from Grace Hopper <{HOPPER.address}>: Back on Monday."
    last = shown.history[-1]
    assert (last.who, last.text) == ("Grace Hopper", "answered automatically")
    assert last.why == (
        "it answers a mail of ours about #1001",
        "an automatic reply (Auto-Submitted)",
    )
    assert queries.original(desk, note.id).startswith(b"\n2@mail")


def test_a_mail_that_came_back_is_told_and_marked(desk, clock, answered):
    """The request says which address and why, and the outbox that it has failed."""
    take(desk, bounced(2, clock.now(), answered))
    shown = queries.request(desk, 1001)
    line = (
        f"Could not be delivered to {HOPPER.address}: 5.1.1, there is no such mailbox (permanent)"
    )
    assert shown.messages[-1].text == f"{line}\n\n550 no"
    assert shown.history[-1].text == line
    assert rows(desk, outbox, "state", "error") == [("failed", line)]
    assert queries.outbox_counts(desk).failed == 1


def test_a_delay_does_not_mark_the_mail_as_failed(desk, clock, answered):
    """The server goes on trying."""
    take(desk, bounced(2, clock.now(), answered, permanent=False))
    assert "(it may still be)" in queries.request(desk, 1001).messages[-1].text
    assert rows(desk, outbox, "state") == [("pending",)]


@pytest.mark.parametrize(
    ("recipient", "number"), [(HOPPER.address, 1001), ("stranger@elsewhere.example", None)]
)
def test_a_report_with_a_tag_alone_must_be_about_somebody_of_the_request(
    desk, clock, answered, recipient, number
):
    """Old servers give back a subject and no Message-ID; anybody can forge that."""
    text = "Could not deliver.\n\n> Subject: Re: Projector dead [#1001]\n> From: help"
    (taken,) = take(desk, bounced(2, clock.now(), "", recipient=recipient, text=text))
    assert (taken.outcome, taken.number) == (Outcome.BOUNCED, number)
    assert rows(desk, outbox, "state") == [("pending",)]


def test_a_program_that_answers_makes_nobody_part_of_a_request(desk, clock, answered):
    """A stranger's robot may answer with our Message-ID; a tag alone still does not let it in."""
    robot = Address("Robot", "robot@elsewhere.example")
    take(desk, away(2, clock.now(), refers_to=(answered,), sender=robot))
    (taken,) = take(desk, letter(3, clock.now(), "x [#1001]", tags=(1001,), sender=robot))
    assert (taken.outcome, how(desk, 1002)["linked_to"]) == (Outcome.OPENED, 1001)


def test_what_belongs_to_no_request_is_only_accounted_for(desk):
    """With its reason, and one key away from being opened."""
    taken = take(desk, away(1, NOW), bounced(2, NOW, "who@knows"))
    assert [(each.outcome, each.number) for each in taken] == [
        (Outcome.IGNORED, None),
        (Outcome.BOUNCED, None),
    ]
    assert [each.reason for each in taken] == [
        "an automatic reply (Auto-Submitted)",
        "a delivery report",
    ]


def test_a_robot_that_never_stops_does_not_flood_a_request(desk, clock, answered):
    """After some notes its mail is only counted."""
    many = [
        away(uid, clock.now(), refers_to=(answered,), message_id=f"{uid}@robot")
        for uid in range(2, MOST_NOTES + 12)
    ]
    take(desk, *many[:5])
    taken = take(desk, *many[5:])
    assert how(desk, 1001)["messages"] == 2 + MOST_NOTES
    assert taken[-1].number == 1001
    assert taken[-1].reason.endswith(f"#1001 has {MOST_NOTES} such notes already")
    assert verified(desk) == []


def test_a_note_makes_nobody_late_and_holds_up_no_undo(desk, clock, answered):
    """A robot's answer comes within a second of every mail of ours."""
    seen = how(desk, 1001)["version"]
    take(desk, away(2, clock.now(), refers_to=(answered,)))
    commands.claim(desk, BEN, the(1001, seen))
    take(desk, away(3, clock.now(), refers_to=(answered,)))
    commands.undo(desk, BEN)
    assert how(desk, 1001)["assignee"] == ""
    assert verified(desk) == []


def test_reports_of_one_alert_are_one_request_while_it_is_live(desk, clock):
    """They restart no clock; one that comes after its end opens the next, linked to it."""
    (first,) = take(desk, report(1, NOW, "disk full on srv1"))
    assert (first.outcome, first.reason) == (
        Outcome.OPENED,
        "the first report of this alert: disk full on srv1",
    )
    commands.reply(desk, ANA, the(1001), "Seen")
    waiting(desk)
    was = standing(desk, 1001)
    clock.advance(timedelta(hours=1))
    taken = take(
        desk,
        report(2, clock.now(), "disk full on srv1"),
        report(3, clock.now(), "fan broken on srv2"),
        report(4, clock.now(), "fan broken on srv2"),
    )
    assert [each.number for each in taken] == [1001, 1002, 1002]
    assert standing(desk, 1001) == was
    shown = queries.request(desk, 1001)
    assert shown.history[-1].text == "reported it again"
    assert shown.history[-1].why == ("#1001 is open for the same alert: disk full on srv1",)
    commands.resolve(desk, ANA, the(1001), Ending.FIXED)
    (again,) = take(desk, report(5, clock.now(), "disk full on srv1"))
    assert (again.outcome, again.number) == (Outcome.OPENED, 1003)
    assert how(desk, 1003)["linked_to"] == 1001
    assert verified(desk) == []


def test_all_is_well_again_joins_and_never_opens(desk, clock):
    """Such a report has the reason to be ignored with it."""
    ignore = "a report that all is well"
    assert take(desk, report(1, NOW, "disk", ignore=ignore))[0].outcome == Outcome.IGNORED
    take(desk, report(2, NOW, "disk"))
    (well,) = take(desk, report(3, NOW, "disk", ignore=ignore))
    assert (well.outcome, well.number) == (Outcome.FOLLOWED_UP, 1001)
    commands.resolve(desk, ANA, the(1001), Ending.FIXED)
    assert take(desk, report(4, NOW, "disk", ignore=ignore))[0].outcome == Outcome.IGNORED


def test_reports_follow_an_alert_that_was_merged(desk):
    """They join the request that stays."""
    take(desk, report(1, NOW, "disk"), letter(2, NOW, sender=VOSS))
    commands.merge(desk, ANA, the(1001), into=1002)
    (taken,) = take(desk, report(3, NOW, "disk"))
    assert (taken.outcome, taken.number) == (Outcome.FOLLOWED_UP, 1002)
    assert verified(desk) == []


def test_a_report_that_the_policy_does_not_name_is_ignored_with_its_reason(desk):
    """Kept in the ledger."""
    (taken,) = take(desk, report(1, NOW, "", ignore="a report of a sender nobody named"))
    assert (taken.outcome, taken.reason) == (
        Outcome.IGNORED,
        "a report of a sender nobody named",
    )


def test_mail_of_a_list_is_a_request_like_any_other(desk):
    """It only never gets an automatic answer."""
    (taken,) = take(desk, letter(1, NOW, machine=Machine.LIST, cc=(DESK_ADDRESS,)))
    assert taken.outcome == Outcome.OPENED
