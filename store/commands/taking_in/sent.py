"""Mail that a person of the desk has sent themselves, out of the Sent folder that they named.

What answers a request is an answer of theirs. Of everything else nothing is kept but that it was
seen: no sender, no subject, no text, no original, and no digest of them.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import Any

from sqlalchemy import func as sql
from sqlalchemy import select

from store.commands.taking_in.batch import Batch
from store.commands.taking_in.cases import Case
from store.commands.taking_in.follow_up import answered, asks
from store.commands.taking_in.lookup import Known, Seen, look_up_cases
from store.facts.messages import message as held
from store.facts.messages import original
from store.mail_records import Taken
from store.records import Actor
from store.rulebook import PersonRule
from store.rules import threads
from store.rules.people_names import same_name
from store.rules.prepared import Arrival, Item, Letter, Prepared
from store.rules.threads import Holder, raw_fingerprint
from store.words import Happened, Machine, Outcome

#: What becomes of mail that is nobody's business.
NOT_ABOUT = "not about a request"
#: References of a mail among which what was forwarded is looked for, the nearest first.
_MOST_REFERENCES = 20
#: The original of no bytes, compressed, and its digest.
_NOTHING = zlib.compress(b"")
_NOTHING_SHA256 = hashlib.sha256(b"").digest()


def take(message: Prepared, known: Known, batch: Batch) -> Taken:
    """Decide what becomes of a mail of a Sent folder; add its rows, and itself to ``known``."""
    item = message.item
    person = batch.rules.people.get(batch.sent_by)
    taken = _outcome(message, person, known, batch)
    if taken.outcome is Outcome.FOLLOWED_UP:
        seen = Seen(batch.mailbox, batch.uidvalidity, item.uid, taken.number)
        known.fingerprints[message.fingerprint] = known.contents[item.sha256] = seen
        batch.account(message, known.originals[item.sha256], taken)
    else:
        bare = _bare(message, batch)
        batch.account(bare, _nothing(known, bare, batch), taken)
    known.taken[item.uid] = taken
    return taken


def is_twin(letter: Letter, batch: Batch) -> bool:
    """Say whether a mail to the desk, whose Message-ID is known, was read in a Sent folder before.

    On their way mails change a little, so that only the Message-ID tells.
    """
    return (
        bool(batch.rules.sent_folders)
        and letter.sender in batch.desk_people
        and not letter.triage.spoofed
    )


def _outcome(message: Prepared, person: PersonRule | None, known: Known, batch: Batch) -> Taken:
    uid, letter = message.item.uid, message.letter
    writer = batch.rules.person_by_address(letter.sender) if letter else None
    if letter is None or person is None or writer is not person:
        return Taken(uid, Outcome.IGNORED, NOT_ABOUT, None)
    machine = letter.triage.machine
    there = known.holders.get(letter.key) if letter.key else None
    if machine is Machine.OWN or (there is not None and there.ours):
        number = there.number if there else None
        return Taken(uid, Outcome.IGNORED, "our own mail coming back", number)
    copy = known.fingerprints.get(message.fingerprint) or known.contents.get(message.item.sha256)
    number = there.number if there else copy.number if copy else None
    if number is not None:
        return Taken(uid, Outcome.DUPLICATE, f"#{number} has this mail already", number)
    if machine not in {None, Machine.LIST}:
        return Taken(uid, Outcome.IGNORED, NOT_ABOUT, None)
    where = _belongs(message, letter, known, batch)
    case = known.cases.get(where.joins) if where.joins is not None else None
    if case is None or not _is_to_who_asked(letter, case):
        return Taken(uid, Outcome.IGNORED, NOT_ABOUT, None)
    item = message.item
    if item.sha256 not in known.originals:
        known.originals[item.sha256] = batch.keep(message)
    arrived_at = min(item.arrived_at, batch.writing.now)
    _answer(Arrival(letter, arrived_at, known.originals[item.sha256], where), person, case, batch)
    if letter.key:
        known.holders[letter.key] = Holder(case.number, ours=False)
    return Taken(uid, Outcome.FOLLOWED_UP, where.why, case.number)


def _belongs(message: Prepared, letter: Letter, known: Known, batch: Batch) -> threads.Belongs:
    """Return which request a mail is about: by the threads, or because it was forwarded."""
    where = known.belongs(
        threads.Letter(
            sender=letter.sender,
            from_desk=True,
            refers_to=letter.refers_to,
            tags=letter.tags,
            arrived_at=message.item.arrived_at,
            # However long ago the request ended, an answer to it opens nothing.
            thanks=True,
        )
    )
    if where.joins is not None or not letter.refers_to:
        return where
    forwarded = select(sql.max(held.c.number)).where(
        held.c.forwards.in_(letter.refers_to[:_MOST_REFERENCES]), ~held.c.withdrawn
    )
    number: int | None = batch.writing.connection.scalar(forwarded)
    if number is None:
        return where
    look_up_cases(batch.writing.connection, known, {number}, {number})
    there = threads.survivor(number, known.with_survivors({number}))
    if there is None:
        return where
    return threads.Belongs(there.number, None, f"it answers what was forwarded as #{number}")


def _is_to_who_asked(letter: Letter, case: Case) -> bool:
    """Say whether a mail goes to somebody who asked, or who is known by that name alone."""
    if any(address in case.requesters for _, _, address in letter.recipients):
        return True
    name = "" if case.columns["requester_address"] else case.columns["requester_name"]
    return any(same_name(name, called) for _, called, _ in letter.recipients)


def _answer(arrival: Arrival, person: PersonRule, case: Case, batch: Batch) -> None:
    """Add the mail to the conversation as an answer of that person."""
    letter, where = arrival.letter, arrival.where
    at = max(arrival.arrived_at, case.columns["changed_at"])
    detail: dict[str, Any] = {
        "from": letter.called,
        "by": "desk",
        "why": [where.why, f"read in the Sent folder that {person.name} named"],
        "message": batch.add_message(case.number, at, arrival, letter.terms),
        "asks": asks(letter),
    }
    event_id = batch.writing.ids("event")
    case.by[event_id] = Actor(person.login, person.name, person.role)
    new = answered(arrival, case, batch)
    case.happens(event_id, at, Happened.FOLLOWED_UP, new, detail)
    case.columns["messages"] += 1
    case.people.update({letter.sender, *(address for _, _, address in letter.recipients)} - {""})
    batch.touch(case)


def _bare(message: Prepared, batch: Batch) -> Prepared:
    """Return a message as one of which nothing is known but its place."""
    place = f"{batch.mailbox} {batch.uidvalidity} {message.item.uid}".encode()
    item = Item(
        uid=message.item.uid,
        arrived_at=message.item.arrived_at,
        size=0,
        sha256=_NOTHING_SHA256,
        truncated=False,
        quarantine="",
    )
    return Prepared(item, raw_fingerprint(hashlib.sha256(place).digest()), _NOTHING, None)


def _nothing(known: Known, bare: Prepared, batch: Batch) -> int:
    """Return the id of the original of no bytes at all, which stands for all that is not kept."""
    if _NOTHING_SHA256 not in known.originals:
        query = select(original.c.id).where(original.c.sha256 == _NOTHING_SHA256)
        found: int | None = batch.writing.connection.scalar(query)
        known.originals[_NOTHING_SHA256] = batch.keep(bare) if found is None else found
    return known.originals[_NOTHING_SHA256]
