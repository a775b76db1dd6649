"""One request in full."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store import commands, queries
from store.errors import NotFound
from store.records import AttachmentInfo
from store.text import is_safe
from store.words import Channel, ClockStatus, Direction, Ending, Level, Metric, State
from tests.conftest import NOW
from tests.store.letters import letter
from tests.store.people import ANA, BEN, CHI, HOPPER, a_request, the
from tests.store.queries.test_rows import HOSTILE

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def told(desk, number: int) -> list[str]:
    """Return the history of a request as lines."""
    return [
        f"{event.who} {event.text}{' (undone)' if event.undone else ''}"
        for event in queries.request(desk, number).history
    ]


def test_a_conversation_has_every_message_in_order(desk, clock):
    """Mails in, answers and notes, each with who and when; attachments are described."""
    photo = AttachmentInfo("photo.jpg", "image/jpeg", 1200)
    commands.take_in(desk, "help", 1, [letter(1, NOW, text="It is dark.", attachments=(photo,))])
    clock.advance(MINUTE)
    commands.reply(desk, BEN, the(1001), "Which room?")
    clock.advance(MINUTE)
    commands.note(desk, BEN, the(1001), "The bulb, I bet")
    messages = queries.request(desk, 1001).messages
    assert [(m.direction, m.sender.name, m.at - NOW, m.text) for m in messages] == [
        (Direction.IN, "Grace Hopper", 0 * MINUTE, "It is dark."),
        (Direction.OUT, "Ben Okafor", MINUTE, "Which room?"),
        (Direction.NOTE, "Ben Okafor", 2 * MINUTE, "The bulb, I bet"),
    ]
    assert messages[0].attachments == (photo,)


def test_a_note_that_was_taken_back_is_not_shown(desk):
    """It stays in the store, and the history says that it was written and taken back."""
    number = a_request(desk)
    commands.note(desk, BEN, the(number), "Wrong request")
    commands.undo(desk, BEN)
    assert [m.direction for m in queries.request(desk, number).messages] == [Direction.IN]
    assert told(desk, number)[1:] == ["Ben wrote a note (undone)", "Ben took back the note"]


def test_history_says_everything_in_words(desk, clock):
    """Every command leaves a line that needs no key."""
    number = a_request(desk, end_run_person="ben", channel=Channel.PHONE)
    day = timedelta(days=1)
    for command, arguments in (
        (commands.claim, ()),
        (commands.release, ()),
        (commands.assign, ("chi",)),
        (commands.take_over, ()),
        (commands.rate, (Level.HIGH, Level.HIGH)),
        (commands.reply, ("Which room?",)),
        (commands.wait, (State.WAITING_REQUESTER, NOW + day)),
        (commands.resume, ()),
        (commands.wait, (State.WAITING_SUPPLIER,)),
        (commands.snooze, (NOW + day,)),
        (commands.snooze, (None,)),
        (commands.emergency, ("A hall full of parents",)),
        (commands.resolve, (Ending.GUIDED,)),
        (commands.reopen, ()),
        (commands.resolve, (Ending.NOTHING,)),
        (commands.close, ()),
    ):
        clock.advance(timedelta(seconds=1))
        command(desk, BEN, the(number), *arguments)
    assert told(desk, number) == [
        "Ana took it in from Grace Hopper on the phone: P4",
        "Ben claimed it",
        "Ben released it",
        "Ben gave it to Chi",
        "Ben took it over from Chi",
        "Ben rated it: impact high, urgency high, now P1, was P4",
        "Ben replied",
        "Ben set it waiting for the requester until Tue 24 Nov 10:42",
        "Ben resumed it",
        "Ben set it waiting for a supplier",
        "Ben snoozed it until Tue 24 Nov 10:42",
        "Ben brought it back",
        "Ben declared an emergency: A hall full of parents",
        "Ben resolved it: guided",
        "Ben re-opened it",
        "Ben resolved it: nothing needed",
        "Ben closed it",
    ]


def test_mail_in_the_history_names_its_sender_and_why_it_joined(desk, clock):
    """The requester's mails are the requester's doing, with the reason for each join."""
    first = letter(1, NOW, message_id="a@x")
    commands.take_in(desk, "help", 1, [first])
    commands.reply(desk, BEN, the(1001), "Which room?")
    commands.wait(desk, BEN, the(1001), State.WAITING_REQUESTER)
    clock.advance(MINUTE)
    answer = letter(2, clock.now(), "Re: Projector dead", refers_to=("a@x",), text="B12")
    commands.take_in(desk, "help", 1, [answer])
    history = queries.request(desk, 1001).history
    assert told(desk, 1001)[0] == "Grace Hopper asked by mail: P3"
    assert told(desk, 1001)[-1] == "Grace Hopper wrote again; the wait is over"
    assert "service projector: the word projector" in history[0].why
    assert len(history[-1].why) == 1
    assert (history[-1].login, history[1].login) == ("", "ben")


def test_every_clock_is_there(desk, clock):
    """Four clocks, each with its status, target and due time."""
    number = a_request(desk, impact=Level.HIGH, urgency=Level.HIGH)
    clock.advance(2 * HOUR)
    commands.reply(desk, BEN, the(number), "On my way")
    found = {one.metric: one for one in queries.request(desk, number).clocks}
    assert {metric: one.status for metric, one in found.items()} == {
        Metric.FIRST_RESPONSE: ClockStatus.MISSED,
        Metric.NEXT_RESPONSE: ClockStatus.NOT_STARTED,
        Metric.UPDATE: ClockStatus.RUNNING,
        Metric.RESOLUTION: ClockStatus.RUNNING,
    }
    assert found[Metric.RESOLUTION].target == 4 * HOUR
    assert queries.clocks(desk, [number, 9]) == {number: queries.request(desk, number).clocks}


def test_repeat_contacts_are_counted(desk, clock):
    """The same person about the same service within seven days, this request included."""
    a_request(desk, service="projector")
    clock.advance(timedelta(days=5))
    a_request(desk, service="printing")
    a_request(desk, service="projector")
    clock.advance(timedelta(days=3))
    last = a_request(desk, service="projector")
    assert queries.request(desk, last).repeat_contacts == 2


def test_what_else_there_is(desk):
    """Rating, ending, emergency, and links."""
    number = a_request(desk, impact=Level.MEDIUM, urgency=Level.HIGH)
    commands.emergency(desk, ANA, the(number), "Exams stand still")
    commands.resolve(desk, CHI, the(number), Ending.FIXED)
    view = queries.request(desk, number)
    assert (view.impact, view.urgency, view.ending) == (Level.MEDIUM, Level.HIGH, Ending.FIXED)
    assert (view.emergency_at, view.resolved_at, view.linked_to) == (NOW, NOW, None)


def test_a_number_that_is_not_there_is_refused(desk):
    """Say so in words."""
    with pytest.raises(NotFound, match="There is no request #7"):
        queries.request(desk, 7)


def test_a_mail_leads_to_its_request(desk):
    """By its Message-ID, however it is written; an unknown one leads nowhere."""
    commands.take_in(desk, "help", 1, [letter(1, NOW, message_id="a.b@x.example")])
    assert queries.request_of_message(desk, "a.b@x.example") == 1001
    assert queries.request_of_message(desk, "other@x.example") is None


def test_nothing_in_a_conversation_can_drive_a_terminal(desk):
    """Text, names and files of a hostile mail are harmless when they come out."""
    bad = AttachmentInfo(HOSTILE, HOSTILE, 1)
    mail = letter(1, NOW, HOSTILE, text=HOSTILE, attachments=(bad,), sender=HOPPER)
    commands.take_in(desk, "help", 1, [mail])
    view = queries.request(desk, 1001)
    message = view.messages[0]
    shown = [view.row.subject, message.text, message.sender.name, view.history[0].text]
    shown += [each for one in message.attachments for each in (one.name, one.type)]
    assert [text for text in shown if not is_safe(text)] == []
