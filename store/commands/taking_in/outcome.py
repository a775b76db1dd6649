"""What becomes of one message: every message of a mailbox gets exactly one outcome."""

from __future__ import annotations

from store.commands.taking_in import follow_up, opening
from store.commands.taking_in.batch import Batch
from store.commands.taking_in.lookup import Known, Seen
from store.records import Incoming, Taken
from store.rules import threads
from store.rules.prepared import Arrival, Letter, Prepared
from store.rules.threads import Belongs, Holder
from store.words import Outcome


def take_one(message: Prepared, known: Known, batch: Batch) -> Taken:
    """Decide what becomes of ``message``; add its rows to ``batch``, and itself to ``known``."""
    item = message.item
    if item.uid in known.taken:
        return known.taken[item.uid]
    copy = known.fingerprints.get(message.fingerprint) or known.contents.get(item.sha256)
    original_id = known.originals.get(item.sha256)
    if original_id is None:
        original_id = known.originals[item.sha256] = batch.keep(message)
    if copy is not None:
        taken = Taken(item.uid, Outcome.DUPLICATE, _same_as(copy, batch), copy.number)
    else:
        taken = _outcome(message, original_id, known, batch)
        seen = Seen(batch.mailbox, batch.uidvalidity, item.uid, taken.number)
        known.fingerprints[message.fingerprint] = known.contents[item.sha256] = seen
    known.taken[item.uid] = taken
    batch.account(message, original_id, taken)
    return taken


def _same_as(copy: Seen, batch: Batch) -> str:
    became = f", #{copy.number}" if copy.number else ""
    if copy.mailbox != batch.mailbox:
        return f"the same mail is in mailbox {copy.mailbox}{became}"
    if copy.uidvalidity != batch.uidvalidity:
        return f"seen before under another UIDVALIDITY{became}"
    return f"the same mail as UID {copy.uid}{became}"


def _outcome(message: Prepared, original_id: int, known: Known, batch: Batch) -> Taken:
    item, letter = message.item, message.letter
    if letter is None:
        return Taken(item.uid, Outcome.QUARANTINED, item.quarantine, None)
    own = known.holders.get(letter.key) if letter.key else None
    if own is not None and own.ours:
        return Taken(item.uid, Outcome.IGNORED, "our own mail coming back", own.number)
    if letter.triage.ignore:
        return Taken(item.uid, Outcome.IGNORED, letter.triage.ignore, None)
    where = _belongs(item, letter, known, batch)
    arrived_at = min(item.arrived_at, batch.writing.now)
    arrival = Arrival(letter, arrived_at, original_id, where)
    if where.joins is not None:
        case = known.cases[where.joins]
        follow_up.add(arrival, case, batch)
        outcome = Outcome.FOLLOWED_UP
    else:
        case = opening.add(arrival, known, batch)
        known.cases[case.number] = case
        outcome = Outcome.OPENED
    if letter.key:
        known.holders[letter.key] = Holder(case.number, ours=False)
    return Taken(item.uid, outcome, where.why, case.number)


def _belongs(item: Incoming, letter: Letter, known: Known, batch: Batch) -> Belongs:
    if not letter.refers_to and not letter.tags:
        return threads.UNKNOWN
    numbers = {known.holders[key].number for key in letter.refers_to if key in known.holders}
    numbers.update(tag for tag in letter.tags if tag in known.cases)
    return threads.belongs(
        threads.Letter(
            sender=letter.sender,
            from_desk=letter.sender in batch.desk_people,
            refers_to=letter.refers_to,
            tags=letter.tags,
            arrived_at=item.arrived_at,
            thanks=letter.triage.thanks,
        ),
        known.holders,
        {number: known.cases[number].as_known() for number in numbers},
    )
