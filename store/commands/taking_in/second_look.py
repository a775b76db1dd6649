"""A mail of the ledger that somebody wanted looked at again: what becomes of it now."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Row, update

from store.commands.mailboxes import recount
from store.commands.mails import fulfil, is_at, pending, standing_mail
from store.commands.taking_in.batch import Batch
from store.commands.taking_in.lookup import Known, look_up
from store.commands.taking_in.namesakes import with_addresses
from store.commands.taking_in.outcome import arrival, be_part, take_one
from store.desk import Desk
from store.facts.engine import Writing
from store.facts.mail import ledger
from store.mail_records import Incoming, MailPlace, Taken
from store.rules.prepared import Prepared, prepare
from store.rules.threads import Belongs
from store.text import one_line
from store.words import IMPORTED, Outcome, Wish

#: What a second look changes of the ledger's row; when it came and was first seen stays.
_REPLACED = ("outcome", "reason", "number", "sender", "subject", "fingerprint")


def look_again(desk: Desk, place: MailPlace, found: Incoming | Prepared) -> Taken | None:
    """Take a message in as it is understood now, in the place of what became of it before.

    ``found`` is made of the original that the store has. A wish is fulfilled exactly once,
    however many pollers look.

    Returns:
        What became of it; None: nobody wants it looked at any more.

    Raises:
        NotFound: there is no such mail.
        StoreError: the database refused; nothing was changed, and the wish stands.
    """
    prepared = found if isinstance(found, Prepared) else prepare(found)
    with desk.writing() as writing:
        wish = pending(writing, place)
        if wish is None:
            return None
        was = standing_mail(writing, place)
        [prepared] = with_addresses(writing.connection, [prepared])
        known = look_up(
            writing.connection, place.mailbox, place.uidvalidity, [prepared], again=True
        )
        _forget(known, place)
        known.originals[prepared.item.sha256] = was.original_id
        batch = Batch(
            desk.rules,
            writing,
            place.mailbox,
            place.uidvalidity,
            answering=place.mailbox != IMPORTED,
        )
        asked = f"{desk.short_name(wish.asked_by)} wanted it"
        if wish.what == Wish.OPEN and prepared.letter is not None:
            why = f"{asked} opened; it was {was.outcome}: {was.reason}"
            where = Belongs(None, was.number, why)
            its = arrival(prepared.item, prepared.letter, was.original_id, where, batch)
            taken = be_part(place.uid, its, known, batch)
            batch.account(prepared, was.original_id, taken)
        else:
            taken = _read_again(prepared, known, batch, f"{asked} read again")
        batch.write_requests()
        _account(writing, place, was, batch.ledger[0] | {"reason": one_line(taken.reason)})
        fulfil(writing, place)
    return taken


def _forget(known: Known, place: MailPlace) -> None:
    """Take out what is known of the message itself: it is no copy of its own."""
    for copies in (known.fingerprints, known.contents):
        for digest, seen in list(copies.items()):
            if MailPlace(seen.mailbox, seen.uidvalidity, seen.uid) == place:
                del copies[digest]


def _read_again(prepared: Prepared, known: Known, batch: Batch, asked: str) -> Taken:
    """Decide as for a message that has just come, and say who wanted that."""
    taken = take_one(prepared, known, batch)
    case = known.cases.get(taken.number or 0)
    for happened in case.added if case is not None else ():
        if "why" in happened.detail:
            happened.detail["why"].append(asked)
    return replace(taken, reason=f"{taken.reason}; {asked}")


def _account(
    writing: Writing, place: MailPlace, was: Row[*tuple[Any, ...]], now: dict[str, Any]
) -> None:
    columns = {name: now[name] for name in _REPLACED}
    writing.connection.execute(update(ledger).where(is_at(ledger, place)).values(columns))
    recount(writing, place.mailbox, place.uidvalidity, Outcome(was.outcome), now["outcome"])
