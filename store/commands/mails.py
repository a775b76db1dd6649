"""Mail that became no request, and what people want of it: look again, open it, throw it away.

Reading mail is not the store's business: ``retry`` and ``open_mail`` write the wish down, the
poller looks (``queries.wishes``) and hands over what it found (``taking_in.look_again``).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Row, Table, insert, select, update

from store.commands.change import may_write
from store.commands.mailboxes import recount
from store.commands.races import ago
from store.desk import Desk
from store.errors import LostRace, NotFound, NotPossible
from store.facts.engine import Writing
from store.facts.mail import ledger, wish
from store.facts.messages import original
from store.mail_records import MailPlace
from store.records import Actor
from store.words import Outcome, Wish

_BECAME = {
    Outcome.OPENED: "opened #{number}",
    Outcome.FOLLOWED_UP: "is part of #{number}",
    Outcome.DUPLICATE: "is a copy of another mail",
    Outcome.IGNORED: "is put aside already",
    Outcome.BOUNCED: "is a delivery report",
}
_LOOKED_AT = {Outcome.QUARANTINED, Outcome.IGNORED, Outcome.BOUNCED}


def retry(desk: Desk, actor: Actor, place: MailPlace) -> str:
    """Have a mail read again by the rules as they are now; return the line for the toast.

    Raises:
        NotAllowed: the actor may only look.
        NotFound: there is no such mail.
        LostRace: somebody wants the same already.
        NotPossible: it is part of a request, or a copy of one that is.
        StoreError: the database failed; nothing was changed.
    """
    _ask(desk, actor, place, Wish.RETRY)
    return f"{_name(place)} is read again"


def open_mail(desk: Desk, actor: Actor, place: MailPlace) -> str:
    """Have a mail open a request, whatever it is; return the line for the toast.

    Raises: as ``retry``.
    """
    _ask(desk, actor, place, Wish.OPEN)
    return f"{_name(place)} opens a request"


def discard(desk: Desk, actor: Actor, place: MailPlace) -> str:
    """Take a mail out of quarantine for good; return the line for the toast.

    Its original is kept, and ``open_mail`` opens it all the same.

    Raises: as ``retry``.
    """
    may_write(actor)
    with desk.writing() as writing:
        found = standing_mail(writing, place)
        if found.outcome != Outcome.QUARANTINED:
            raise NotPossible(f"{_name(place)} {_became(found)}")
        reason = f"discarded by {actor.name}; it was in quarantine: {found.reason}"
        this = update(ledger).where(is_at(ledger, place))
        writing.connection.execute(this.values(outcome=Outcome.IGNORED.value, reason=reason))
        recount(writing, place.mailbox, place.uidvalidity, Outcome.QUARANTINED, Outcome.IGNORED)
        fulfil(writing, place)
        _wish(writing, actor, place, Wish.DISCARD, done=True)
    return f"{_name(place)} discarded"


def standing_mail(writing: Writing, place: MailPlace) -> Row[*tuple[Any, ...]]:
    """Return the ledger row of a message; raise ``NotFound`` if there is none."""
    query = select(ledger).where(is_at(ledger, place))
    found = writing.connection.execute(query).one_or_none()
    if found is None:
        raise NotFound(f"There is no mail {place.uid} in mailbox {place.mailbox}")
    return found


def pending(writing: Writing, place: MailPlace) -> Row[*tuple[Any, ...]] | None:
    """Return the wish about a message that nobody has fulfilled yet."""
    query = select(wish).where(is_at(wish, place), wish.c.done_at.is_(None))
    return writing.connection.execute(query).one_or_none()


def fulfil(writing: Writing, place: MailPlace) -> None:
    """Write down that what was wished about a message is done."""
    this = update(wish).where(is_at(wish, place), wish.c.done_at.is_(None))
    writing.connection.execute(this.values(done_at=writing.now))


def is_at(table: Table, place: MailPlace) -> ColumnElement[bool]:
    """Return the condition that a row of ``table`` is about a message."""
    same: ColumnElement[bool] = (
        (table.c.mailbox == place.mailbox)
        & (table.c.uidvalidity == place.uidvalidity)
        & (table.c.uid == place.uid)
    )
    return same


def _ask(desk: Desk, actor: Actor, place: MailPlace, what: Wish) -> None:
    may_write(actor)
    with desk.writing() as writing:
        found = standing_mail(writing, place)
        if Outcome(found.outcome) not in _LOOKED_AT:
            raise NotPossible(f"{_name(place)} {_became(found)}")
        _must_be_kept(writing, found, place)
        asked = pending(writing, place)
        if asked is not None and asked.what in {what, Wish.OPEN}:
            who = desk.short_name(asked.asked_by)
            when = ago(writing.now - asked.asked_at)
            raise LostRace(f"{who} wanted {_name(place)} looked at again {when}")
        fulfil(writing, place)  # a wish to open it is more than one to read it again
        _wish(writing, actor, place, what)


def _must_be_kept(writing: Writing, found: Row[*tuple[Any, ...]], place: MailPlace) -> None:
    size = select(original.c.size).where(original.c.id == found.original_id)
    if found.outcome == Outcome.IGNORED and not writing.connection.scalar(size):
        raise NotPossible(f"Nothing of {_name(place)} is kept: it is nowhere but in that folder")


def _wish(
    writing: Writing, actor: Actor, place: MailPlace, what: Wish, *, done: bool = False
) -> None:
    before = writing.connection.execute(select(wish.c.place).where(is_at(wish, place))).all()
    writing.connection.execute(
        insert(wish).values(
            mailbox=place.mailbox,
            uidvalidity=place.uidvalidity,
            uid=place.uid,
            place=len(before) + 1,
            what=what.value,
            asked_by=actor.login,
            asked_at=writing.now,
            done_at=writing.now if done else None,
        )
    )


def _became(found: Row[*tuple[Any, ...]]) -> str:
    return _BECAME[Outcome(found.outcome)].format(number=found.number)


def _name(place: MailPlace) -> str:
    return f"Mail {place.uid} of {place.mailbox}"
