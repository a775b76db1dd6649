"""Mail going in and out: mailboxes, the ledger of every message seen, the outbox.

``wish`` has what people wanted of mail that became no request.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import JSON, ColumnElement, Index, LargeBinary, Text, or_
from sqlmodel import Field

from store.facts.columns import GIVEN, BigId, Instant, Row, partial_index, table
from store.words import Delivery


class Mailbox(Row, table=True):
    """How a mailbox stands, as the poller last saw it."""

    __tablename__ = "mailbox"

    name: str = Field(sa_type=Text, primary_key=True)
    uidvalidity: int = Field(default=0, sa_type=BigId)
    """0 until it was first selected."""
    connected: bool = False
    server_count: int = Field(default=0, sa_type=BigId)
    """Messages on the server."""
    seen_at: datetime | None = Field(default=None, sa_type=Instant)
    """When the server last answered."""
    error: str = Field(default="", sa_type=Text)
    """Of the last attempt, in words; without ``failing_since`` only a warning. "": all is well."""
    failing_since: datetime | None = Field(default=None, sa_type=Instant)
    newest_at: datetime | None = Field(default=None, sa_type=Instant)
    """When the newest message taken in arrived."""
    lag_us: int | None = Field(default=None, sa_type=BigId)
    """Of that message: from its arrival to its commit, in microseconds."""
    # Ledger rows under the current UIDVALIDITY, by outcome: counting a million rows
    # again for every look at the header would not do.
    opened: int = Field(default=0, sa_type=BigId)
    followed_up: int = Field(default=0, sa_type=BigId)
    duplicate: int = Field(default=0, sa_type=BigId)
    ignored: int = Field(default=0, sa_type=BigId)
    bounced: int = Field(default=0, sa_type=BigId)
    quarantined: int = Field(default=0, sa_type=BigId)


class Ledger(Row, table=True):
    """One message ever seen in a mailbox, and what became of it."""

    __tablename__ = "ledger"
    __table_args__ = (
        # However often a script sends the same words, only the first such mail is looked at.
        partial_index("ix_ledger_fingerprint", "fingerprint", where="outcome <> 'duplicate'"),
        Index("ix_ledger_original_id", "original_id"),
        Index("ix_ledger_outcome", "outcome", "taken_at", "uid"),
    )

    mailbox: str = Field(sa_type=Text, foreign_key="mailbox.name", primary_key=True)
    uidvalidity: int = Field(sa_type=BigId, primary_key=True, sa_column_kwargs=GIVEN)
    uid: int = Field(sa_type=BigId, primary_key=True, sa_column_kwargs=GIVEN)
    outcome: str = Field(sa_type=Text)
    reason: str = Field(default="", sa_type=Text)
    number: int | None = Field(default=None, sa_type=BigId, foreign_key="request.number")
    arrived_at: datetime = Field(sa_type=Instant)
    taken_at: datetime = Field(sa_type=Instant)
    """When it was committed."""
    sender: str = Field(default="", sa_type=Text)
    subject: str = Field(default="", sa_type=Text)
    """Both for people who look through ignored and quarantined mail."""
    fingerprint: bytes = Field(sa_type=LargeBinary)
    """What makes it the same mail as another; see ``store.rules.threads.fingerprint``."""
    original_id: int = Field(sa_type=BigId, foreign_key="original.id")


class Wish(Row, table=True):
    """That somebody wanted a message of the ledger looked at again, opened or thrown away."""

    __tablename__ = "wish"
    __table_args__ = (partial_index("ix_wish_pending", "asked_at", where="done_at IS NULL"),)

    mailbox: str = Field(sa_type=Text, primary_key=True)
    uidvalidity: int = Field(sa_type=BigId, primary_key=True, sa_column_kwargs=GIVEN)
    uid: int = Field(sa_type=BigId, primary_key=True, sa_column_kwargs=GIVEN)
    place: int = Field(primary_key=True)
    """1 for the first wish about the message; the last one counts."""
    what: str = Field(sa_type=Text)
    """A ``words.Wish``."""
    asked_by: str = Field(sa_type=Text)
    """Login."""
    asked_at: datetime = Field(sa_type=Instant)
    done_at: datetime | None = Field(default=None, sa_type=Instant)


class Outbox(Row, table=True):
    """A mail to be sent: written with its cause in one transaction, sent by the poller."""

    __tablename__ = "outbox"
    __table_args__ = (
        # What is to be sent and when, and how much is in which state.
        Index("ix_outbox_state", "state", "next_try_at"),
        # The rate valve counts the last hour's.
        partial_index(
            "ix_outbox_automatic",
            "created_at",
            "to_address",
            where="automatic",
            sqlite_where="automatic = 1",
        ),
    )

    id: int = Field(sa_type=BigId, primary_key=True, sa_column_kwargs=GIVEN)
    message_id: int = Field(sa_type=BigId, foreign_key="message.id", unique=True)
    """The row of the conversation that it carries out."""
    kind: str = Field(sa_type=Text)
    """A ``words.Sends``."""
    automatic: bool
    """No person decided to send it."""
    to_address: str = Field(sa_type=Text)
    """Of the first recipient, lower case, for the rate valve."""
    recipients: list[list[str]] = Field(sa_type=JSON)
    """``[name, address]`` of each recipient."""
    remaining: list[str] = Field(sa_type=JSON)
    """Addresses that no server has taken it for yet."""
    in_reply_to: str = Field(default="", sa_type=Text)
    reference_ids: list[str] = Field(default_factory=list, sa_type=JSON)
    state: str = Field(sa_type=Text)
    """A ``words.Delivery``."""
    created_at: datetime = Field(sa_type=Instant)
    next_try_at: datetime = Field(sa_type=Instant)
    attempts: int = 0
    lease: str = Field(default="", sa_type=Text)
    """Of the poller that has it in hand, or had it last; "" before the first."""
    leased_until: datetime | None = Field(default=None, sa_type=Instant)
    handing_over: bool = False
    """Written before the final dot: from then on the server may have taken it."""
    error: str = Field(default="", sa_type=Text)
    sent_at: datetime | None = Field(default=None, sa_type=Instant)


mailbox = table(Mailbox)
ledger = table(Ledger)
wish = table(Wish)
outbox = table(Outbox)

#: Mail that is to be sent, or that somebody has to decide about.
UNSENT = outbox.c.state.in_(
    [
        each.value
        for each in (Delivery.PENDING, Delivery.SENDING, Delivery.UNCERTAIN, Delivery.FAILED)
    ]
)

#: No mail is put off for longer, and no lease lasts longer: what does was written while the
#: machine's clock was wrong.
LONGEST_WAIT = timedelta(days=1)


def is_due(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a mail which waits is to be tried now."""
    return or_(outbox.c.next_try_at <= now, outbox.c.next_try_at > now + LONGEST_WAIT)
