"""Mail of every kind, made by hand for the tests of the view of intake."""

from __future__ import annotations

from datetime import timedelta

from store.mail_records import LedgerMail, MailboxHealth, MailPlace, OutboxMail
from store.records import Address
from store.words import Delivery, Outcome, Sends
from tests.tui.screens.samples import NOW
from tui.board.views.intake.entries import MailStanding

MINUTE = timedelta(minutes=1)


def mailbox(name: str = "help", **changes: object) -> MailboxHealth:
    """Return a mailbox that is read."""
    counts = dict.fromkeys(Outcome, 0) | {Outcome.OPENED: 1200, Outcome.QUARANTINED: 4}
    given: dict[str, object] = {
        "connected": True,
        "server": 1204,
        "outcomes": counts,
        "last_contact": NOW - timedelta(seconds=2),
        "error": "",
        "lag": timedelta(seconds=1),
    }
    return MailboxHealth(name=name, **(given | changes))


def held(uid: int, outcome: Outcome = Outcome.QUARANTINED, text: str = "") -> LedgerMail:
    """Return a mail that became no request; ``text`` is what its sender wrote everywhere."""
    return LedgerMail(
        place=MailPlace("help", 1, uid),
        outcome=outcome,
        reason=text or "its headers never end",
        number=None,
        sender=text or "sam@office.northgate.example",
        subject=text or f"Toner {uid}",
        arrived_at=NOW - uid * MINUTE,
        taken_at=NOW - uid * MINUTE,
        original_id=uid,
        size=2_400,
    )


def sending(id_: int, state: Delivery = Delivery.UNCERTAIN, text: str = "") -> OutboxMail:
    """Return a mail of ours that is not out."""
    return OutboxMail(
        id=id_,
        kind=Sends.REPLY,
        number=1000 + id_,
        to=(Address(text or "Grace Hopper", text or "hopper@maths.northgate.example"),),
        subject=text or "Re: Projector dead [#1042]",
        state=state,
        attempts=3,
        error=text or "the connection broke off",
        created_at=NOW - 5 * MINUTE,
        next_try_at=NOW + 5 * MINUTE,
    )


def standing(text: str = "", many: int = 2) -> MailStanding:
    """Return two mailboxes, one in trouble, and ``many`` of each other kind."""
    error = text or 'mailbox "ana": imap.example refuses the log-in of ana; check the password'
    states = (Delivery.UNCERTAIN, Delivery.FAILED, Delivery.PENDING)
    ids = range(1, many + 1)
    return MailStanding(
        mailboxes=(mailbox(), mailbox(text or "ana", error=error, connected=False)),
        outbox=tuple(sending(id_, states[id_ % 3], text) for id_ in ids),
        quarantine=tuple(held(id_, text=text) for id_ in ids),
        ignored=tuple(held(100 + id_, Outcome.IGNORED, text) for id_ in ids),
    )
