"""A mail that answers a call to an emergency: whoever was called is on it.

The words are for the colleagues: they become a note, and the requester never sees them.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from store.commands.taking_in.batch import Batch
from store.commands.taking_in.lookup import Known, look_up_cases
from store.facts.notices import notice
from store.mail_records import Taken
from store.records import Actor
from store.rulebook import PersonRule
from store.rules import threads
from store.rules.prepared import Arrival, Letter
from store.rules.threads import Belongs
from store.words import Direction, Happened, Notice, Outcome


@dataclass(frozen=True, slots=True)
class Answer:
    """That a mail answers a call."""

    number: int
    by: PersonRule
    why: str

    @property
    def where(self) -> Belongs:
        """The same as a place in a conversation."""
        return Belongs(self.number, None, self.why)


def answer_in(letter: Letter, known: Known, batch: Batch) -> Answer | None:
    """Return which call a mail answers; None if it answers none.

    A call is known by its Message-ID, which only who got it can know; by the tag in its subject
    only from who was called, in a mail that answers nothing else and goes to no requester.
    """
    if letter.sender not in batch.desk_people or letter.triage.spoofed:
        return None
    person = batch.rules.person_by_address(letter.sender)
    if person is None or not (letter.refers_to or letter.tags):
        return None
    number = _named_call(letter, batch)
    if number is not None:
        return Answer(number, person, f"it answers the call to #{number}")
    if any(key in known.holders for key in letter.refers_to):
        return None
    tagged = _CALLS.where(notice.c.number.in_(letter.tags), notice.c.login == person.login)
    number = batch.writing.connection.scalar(tagged.limit(1)) if letter.tags else None
    if number is None or _writes_to_requester(letter, known, number):
        return None
    why = f"its subject has the tag of the call [#{number}], and {person.login} was called"
    return Answer(number, person, why)


def returned(letter: Letter, known: Known, batch: Batch) -> Belongs | None:
    """Return which request a call was about that a delivery report gives back."""
    number = _named_call(letter, batch)
    if number is None:
        return None
    look_up_cases(batch.writing.connection, known, {number}, {number})
    return Belongs(number, None, f"it gives the call to #{number} back")


def take(uid: int, message: Arrival, answer: Answer, known: Known, batch: Batch) -> Taken:
    """Account for such a mail: a note, and the answer to the call if one is still waited for."""
    look_up_cases(batch.writing.connection, known, {answer.number}, set())
    request = threads.survivor(answer.number, known.with_survivors({answer.number}))
    case = known.cases[request.number if request is not None else answer.number]
    at = max(message.arrived_at, case.columns["changed_at"])
    letter = message.letter
    message_id = batch.add_message(case.number, at, message, letter.terms, Direction.NOTE)
    columns = case.columns
    waited_for = columns["live"] and columns["emergency_at"] and not columns["acknowledged_by"]
    what = Happened.ON_IT if waited_for else Happened.NOTED
    new = {"acknowledged_by": answer.by.login} if waited_for else {}
    event_id = batch.writing.ids("event")
    detail = {"why": [answer.why], "message": message_id}
    case.happens(event_id, at, what, new, detail)
    case.by[event_id] = Actor(answer.by.login, answer.by.name, answer.by.role)
    columns["messages"] += 1
    batch.touch(case)
    if letter.key:
        known.holders[letter.key] = threads.Holder(case.number, ours=False)
    return Taken(uid, Outcome.FOLLOWED_UP, answer.why, case.number)


_CALLS = select(notice.c.number).where(
    notice.c.kind == Notice.EMERGENCY.value, notice.c.number.is_not(None)
)


def _named_call(letter: Letter, batch: Batch) -> int | None:
    """Return the request that the call was about whose Message-ID a mail refers to."""
    if not letter.refers_to:
        return None
    named = _CALLS.where(
        notice.c.message_id.in_(letter.refers_to),
        notice.c.message_id != "",  # as the index has it
    )
    number: int | None = batch.writing.connection.scalar(named.limit(1))
    return number


def _writes_to_requester(letter: Letter, known: Known, number: int) -> bool:
    case = known.cases.get(number)
    asked = case.requesters if case is not None else set()
    return any(address in asked for _, _, address in letter.recipients)
