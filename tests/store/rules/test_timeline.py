"""From history to clock events."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store.rules.clocks import ClockEventKind
from store.rules.timeline import Happening, clock_events, standing, taken_back
from store.words import Happened
from tests.conftest import NOW

EARLIER = (NOW - timedelta(days=2)).isoformat()


def story(*told):
    """Return a history: receipt first, then (what, old, new, detail), a minute apart."""
    events = [Happening(1, NOW, Happened.RECEIVED, {}, {"priority": "P3"})]
    for place, (what, old, new, detail) in enumerate(told, start=2):
        events.append(Happening(place, NOW + timedelta(minutes=place), what, old, new, detail))
    return events


@pytest.mark.parametrize(
    ("happened", "seen"),
    [
        ((Happened.ACKNOWLEDGED, {}, {}, {}), ["auto_ack"]),
        ((Happened.REPLIED, {}, {}, {}), ["public_reply"]),
        ((Happened.REDIRECTED, {}, {}, {}), ["auto_ack"]),
        ((Happened.NOTED, {}, {}, {}), ["internal_note"]),
        ((Happened.CLAIMED, {}, {"assignee": "ben"}, {}), []),
        ((Happened.SNOOZED, {}, {}, {}), []),
        ((Happened.THANKED, {}, {}, {"by": "requester"}), []),
        ((Happened.WAIT_STARTED, {}, {"state": "waiting_requester"}, {}), ["wait_requester"]),
        ((Happened.WAIT_STARTED, {}, {"state": "waiting_supplier"}, {}), ["wait_supplier"]),
        ((Happened.WAIT_STARTED, {}, {"wait_until": EARLIER}, {}), []),
        ((Happened.RESUMED, {}, {}, {}), ["resume"]),
        ((Happened.RATED, {}, {"priority": "P1"}, {}), ["priority"]),
        ((Happened.RATED, {}, {"impact": "low"}, {}), []),
        ((Happened.EMERGENCY, {}, {}, {}), ["emergency"]),
        ((Happened.STOOD_DOWN, {}, {}, {}), ["stood_down"]),
        ((Happened.RESOLVED, {}, {}, {}), ["resolved"]),
        ((Happened.CLOSED, {}, {}, {}), []),
        ((Happened.REOPENED, {}, {}, {}), ["reopened"]),
        ((Happened.MERGED_IN, {}, {}, {"received_at": EARLIER}), ["merged_in"]),
        ((Happened.MERGED_AWAY, {}, {}, {}), ["merged_away"]),
        ((Happened.FOLLOWED_UP, {}, {}, {"by": "requester"}), ["requester_reply"]),
        ((Happened.FOLLOWED_UP, {}, {}, {"by": "desk"}), ["public_reply"]),
        ((Happened.FOLLOWED_UP, {}, {}, {"by": "inside"}), ["internal_note"]),
        ((Happened.FOLLOWED_UP, {}, {}, {"by": "other"}), []),
        (
            (
                Happened.FOLLOWED_UP,
                {"state": "waiting_requester"},
                {"state": "open"},
                {"by": "requester"},
            ),
            ["resume", "requester_reply"],
        ),
        (
            (Happened.FOLLOWED_UP, {"state": "closed"}, {"state": "open"}, {"by": "requester"}),
            ["reopened", "requester_reply"],
        ),
    ],
)
def test_what_clocks_see_of_each_event(happened, seen):
    """Claims and snoozes move no clock; a mail may end a wait first."""
    kinds = [event.kind.value for event in clock_events(story(happened))]
    assert kinds == ["received", *seen]


def test_every_event_is_either_seen_or_known_to_move_no_clock():
    """A new kind of event asks to be decided here."""
    still = {Happened.CLAIMED, Happened.RELEASED, Happened.ASSIGNED, Happened.TAKEN_OVER}
    still |= {Happened.SNOOZED, Happened.CLOSED, Happened.THANKED, Happened.UNDONE}
    still |= {Happened.AUTO_REPLIED, Happened.BOUNCED, Happened.DELIVERY, Happened.SPLIT_OFF}
    still |= {Happened.CALLED, Happened.ON_IT, Happened.OFFERED, Happened.OUTAGE}
    still |= {Happened.PROMISED}
    still |= {Happened.JUDGED}
    full = {"priority": "P1", "state": "waiting_supplier"}
    detail = {"by": "requester", "received_at": EARLIER}
    seen = {
        what
        for what in Happened
        if what != Happened.RECEIVED
        and len(clock_events(story((what, {"state": "new"}, full, detail)))) > 1
    }
    assert seen == set(Happened) - still - {Happened.RECEIVED}


def test_what_was_taken_back_never_happened():
    """Neither the resolution nor its taking back; what came between stays."""
    events = [
        *story((Happened.RESOLVED, {}, {}, {}), (Happened.NOTED, {}, {}, {})),
        Happening(9, NOW + timedelta(hours=1), Happened.UNDONE, undoes=2),
    ]
    assert [event.id for event in standing(events)] == [1, 3]
    assert [event.kind for event in clock_events(events)] == [
        ClockEventKind.RECEIVED,
        ClockEventKind.INTERNAL_NOTE,
    ]


def test_an_emergency_keeps_its_clocks_when_it_is_rated():
    """It is measured as one until its declaration is taken back; then the rating counts."""
    events = story((Happened.EMERGENCY, {}, {}, {}), (Happened.RATED, {}, {"priority": "P2"}, {}))
    taken_back = Happening(9, NOW + timedelta(hours=1), Happened.UNDONE, undoes=2)
    received, priority = ClockEventKind.RECEIVED, ClockEventKind.PRIORITY
    seen = [event.kind for event in clock_events(events)]
    assert seen == [received, ClockEventKind.EMERGENCY]
    assert [event.kind for event in clock_events([*events, taken_back])] == [received, priority]


def joined(**detail):
    """Return a wait that a mail ended, and an event that takes the mail back."""
    events = story(
        (Happened.WAIT_STARTED, {}, {"state": "waiting_requester"}, {}),
        (
            Happened.FOLLOWED_UP,
            {"state": "waiting_requester"},
            {"state": "open"},
            {"by": "requester"},
        ),
    )
    split = Happening(9, NOW + timedelta(hours=1), Happened.SPLIT_OFF, undoes=3, detail=detail)
    return [*events, split]


def test_a_mail_that_was_split_off_never_came():
    """The wait goes on."""
    kinds = [event.kind.value for event in clock_events(joined())]
    assert kinds == ["received", "wait_requester"]


def test_a_mail_that_was_split_off_after_more_was_done_asked_nothing():
    """The request went on at that moment, and nobody waits for an answer because of it."""
    kinds = [event.kind.value for event in clock_events(joined(stays=True))]
    assert kinds == ["received", "wait_requester", "resume"]


def test_a_split_that_was_taken_back_never_was():
    """The mail counts again, whole; taking back is taken back itself."""
    for detail in ({}, {"stays": True}):
        events = joined(**detail)
        events.append(Happening(10, NOW + timedelta(hours=2), Happened.UNDONE, undoes=9))
        assert taken_back(events) == {9}
        kinds = [event.kind.value for event in clock_events(events)]
        assert kinds == ["received", "wait_requester", "resume", "requester_reply"]


def test_what_a_split_had_opened_ends_when_it_is_taken_back():
    """Its clocks are cancelled like those of any request that was merged away."""
    events = story((Happened.UNDONE, {"state": "new"}, {"state": "merged"}, {}))
    kinds = [event.kind.value for event in clock_events(events)]
    assert kinds == ["received", "merged_away"]
