"""Mail from programs that answers ours: it opens nothing and restarts nothing.

What is about a request becomes a note of the desk there, so that people see it: an automatic
reply, a delivery report. Read receipts and our own mail coming back stay in the ledger.
"""

from __future__ import annotations

from typing import Any

from store.commands.taking_in import calls
from store.commands.taking_in.batch import Batch
from store.commands.taking_in.cases import Case
from store.commands.taking_in.lookup import Known
from store.mail_records import Bounce, Taken
from store.rules import notices, threads
from store.rules.prepared import Arrival, Item, Letter
from store.rules.threads import Belongs
from store.words import Happened, Machine, Outcome


def take(item: Item, letter: Letter, original_id: int, known: Known, batch: Batch) -> Taken:
    """Account for a mail that must not open a request; return what becomes of it."""
    kind = letter.triage.machine
    outcome = Outcome.BOUNCED if kind is Machine.BOUNCE else Outcome.IGNORED
    reason = letter.triage.ignore or "no person wrote it"
    where = _about(item, letter, known)
    if where.joins is None and kind is Machine.BOUNCE:
        where = calls.returned(letter, known, batch) or where
    if where.joins is None:
        return Taken(item.uid, outcome, reason, None)
    case = known.cases[where.joins]
    reason = f"{reason}; {where.why}"
    if kind in {Machine.BOUNCE, Machine.AUTO_REPLY}:
        if len(case.notices) >= notices.MOST_NOTES:
            reason = f"{reason}; #{case.number} has {len(case.notices)} such notes already"
        elif original_id not in case.notices:
            arrived_at = min(item.arrived_at, batch.writing.now)
            _note(Arrival(letter, arrived_at, original_id, where), case, batch)
    return Taken(item.uid, outcome, reason, case.number)


def _about(item: Item, letter: Letter, known: Known) -> Belongs:
    """Return which request such a mail is about.

    A delivery report is about a request whose people the mail was for; who sends it can be
    any server. Like a late thank-you, it is about that request however long ago that ended.
    """
    bounce = letter.mail.bounce
    sender = letter.sender if bounce is None else bounce.recipient.lower()
    return known.belongs(
        threads.Letter(
            sender=sender,
            from_desk=False,
            refers_to=letter.refers_to,
            tags=letter.tags,
            arrived_at=item.arrived_at,
            thanks=True,
            spoofed=bounce is None and bool(letter.triage.spoofed),
        ),
    )


def _note(message: Arrival, case: Case, batch: Batch) -> None:
    letter = message.letter
    at = max(message.arrived_at, case.columns["changed_at"])
    detail: dict[str, Any] = {"from": letter.called}
    if letter.triage.machine is Machine.BOUNCE:
        what = Happened.BOUNCED
        bounce = letter.mail.bounce or Bounce("", "", permanent=False, original_message_id="")
        detail["text"] = line = notices.undelivered(bounce, letter.called)
        text = notices.bounce_note(line, letter.mail.reply)
        if bounce.permanent and bounce.original_message_id:
            ours = threads.id_key(bounce.original_message_id)
            batch.came_back(ours, bounce.recipient, line)
    else:
        what = Happened.AUTO_REPLIED
        text = notices.reply_note(letter.mail.sender, letter.mail.reply)
    detail["why"] = [message.where.why, letter.triage.ignore]
    detail["message"] = batch.add_note(case.number, at, text, message)
    case.happens(batch.writing.ids("event"), at, what, {}, detail)
    case.columns["messages"] += 1
    case.notices.add(message.original_id)
    batch.touch(case)
