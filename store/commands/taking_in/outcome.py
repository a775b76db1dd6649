"""What becomes of one message: every message of a mailbox gets exactly one outcome."""

from __future__ import annotations

from store.commands.taking_in import calls, follow_up, notices, opening, outages, reports, sent
from store.commands.taking_in.batch import Batch
from store.commands.taking_in.lookup import Known, Seen
from store.mail_records import Taken
from store.rules import threads
from store.rules.prepared import Arrival, Item, Letter, Prepared
from store.rules.threads import Belongs, Holder
from store.words import Machine, Outcome

#: Mail that programs send in answer to ours, or that is ours.
_ANSWERS = {Machine.AUTO_REPLY, Machine.BOUNCE, Machine.RECEIPT, Machine.OWN}


def take_one(message: Prepared, known: Known, batch: Batch) -> Taken:
    """Decide what becomes of ``message``; add its rows to ``batch``, and itself to ``known``."""
    item = message.item
    if item.uid in known.taken:
        return known.taken[item.uid]
    if batch.sent_by:
        return sent.take(message, known, batch)
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
    if own is not None and sent.is_twin(letter, batch):
        return Taken(
            item.uid, Outcome.DUPLICATE, f"#{own.number} has this mail already", own.number
        )
    triage = letter.triage
    where = reports.belongs(letter, known) if triage.alert else None
    if (triage.ignore and (where is None or where.joins is None)) or triage.machine in _ANSWERS:
        return notices.take(item, letter, original_id, known, batch)
    if (answer := calls.answer_in(letter, known, batch)) is not None:
        its = arrival(item, letter, original_id, answer.where, batch)
        return calls.take(item.uid, its, answer, known, batch)
    where = where or _belongs(item, letter, known, batch)
    where = outages.belongs(letter, item.arrived_at, where, known, batch)
    return be_part(item.uid, arrival(item, letter, original_id, where, batch), known, batch)


def arrival(item: Item, letter: Letter, original_id: int, where: Belongs, batch: Batch) -> Arrival:
    """Return a message that is going to be part of a request."""
    return Arrival(letter, min(item.arrived_at, batch.writing.now), original_id, where)


def be_part(uid: int, message: Arrival, known: Known, batch: Batch) -> Taken:
    """Have a message be part of the request that ``message.where`` says, or open one."""
    letter, where = message.letter, message.where
    if where.joins is not None:
        case = known.cases[where.joins]
        follow_up.add(message, case, batch)
        outcome = Outcome.FOLLOWED_UP
    else:
        case = opening.add(message, known, batch)
        known.cases[case.number] = case
        outcome = Outcome.OPENED
    if letter.key:
        known.holders[letter.key] = Holder(case.number, ours=False)
    if letter.triage.alert:
        known.alerts[letter.triage.alert] = case.number
    return Taken(uid, outcome, where.why, case.number)


def _belongs(item: Item, letter: Letter, known: Known, batch: Batch) -> Belongs:
    return known.belongs(
        threads.Letter(
            sender=letter.sender,
            from_desk=letter.sender in batch.desk_people,
            refers_to=letter.refers_to,
            tags=letter.tags,
            arrived_at=item.arrived_at,
            thanks=letter.triage.thanks,
            spoofed=bool(letter.triage.spoofed),
        ),
    )
