"""Records about mail that cross rooms: how it comes in, what became of it, how it goes out.

As in ``store.records``: frozen, all instants in UTC, text for display already safe.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from store.records import Address, AttachmentInfo
from store.words import Channel, Delivery, Kind, Level, Machine, Outcome, Priority, Sends, Wish


@dataclass(frozen=True, slots=True)
class MailboxHealth:
    """How one mailbox stands. Counts are of ledger rows under the current UIDVALIDITY."""

    name: str
    connected: bool
    server: int
    outcomes: dict[Outcome, int]
    last_contact: datetime | None
    error: str
    """Why it cannot be read."""
    lag: timedelta | None
    """Of the newest message: from its arrival in the mailbox to its commit in the store."""
    failing_since: datetime | None = None
    """When ``error`` began; None while mail comes in."""
    warning: str = ""
    """What needs somebody although mail comes in, e.g. a log-in that expires soon."""
    sent_of: str = ""
    """Login of the person whose Sent folder it is; "" for mail that comes in."""

    @property
    def ledger(self) -> int:
        """Messages accounted for."""
        return sum(self.outcomes.values())


@dataclass(frozen=True, slots=True)
class MailPlace:
    """Which message of a mailbox: the key of its ledger row."""

    mailbox: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class LedgerMail:
    """A mail of the ledger: what it was, and what became of it."""

    place: MailPlace
    outcome: Outcome
    reason: str
    number: int | None
    """The request it is about, if one is known."""
    sender: str
    subject: str
    arrived_at: datetime
    taken_at: datetime
    original_id: int
    size: int
    """Bytes of the whole mail."""
    wish: Wish | None = None
    """What was last wanted of it."""
    wished_by: str = ""
    """Login of who wanted that."""
    wished_at: datetime | None = None
    pending: bool = False
    """The poller has not looked again yet."""


@dataclass(frozen=True, slots=True)
class LookAgain:
    """A mail that somebody wants looked at again."""

    place: MailPlace
    wish: Wish
    arrived_at: datetime
    size: int
    truncated: bool
    """Only the start of it is kept."""
    original_id: int


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """A file that a technician attaches to a reply."""

    name: str
    type: str
    """``application/pdf`` and the like."""
    data: bytes


#: Mail of ours that is not out so long after it was written is stuck, and people are told.
STUCK_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class OutboxMail:
    """A mail of ours on its way, for the list of those that are stuck."""

    id: int
    kind: Sends
    number: int
    to: tuple[Address, ...]
    subject: str
    state: Delivery
    attempts: int
    error: str
    """What hindered it last, in words; "" if nothing did."""
    created_at: datetime
    next_try_at: datetime
    sent_at: datetime | None = None

    @property
    def is_tried_again(self) -> bool:
        """It should be out by now: it was tried, or there was no server to try it with."""
        return self.state is Delivery.PENDING and bool(self.attempts or self.error)

    def is_stuck(self, now: datetime) -> bool:
        """It has been waiting for so long that somebody should know."""
        waits = self.state in {Delivery.PENDING, Delivery.SENDING}
        return waits and now - self.created_at >= STUCK_AFTER


@dataclass(frozen=True, slots=True)
class CannedAnswer:
    """An answer that is ready to be sent, its fields filled in for one request."""

    key: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Redirection:
    """What points somebody to the front door."""

    text: str
    welcome: bool
    """They ask for the first time."""


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A mail to be sent, with everything that its bytes are made of."""

    kind: Sends
    message_id: str
    """Without angle brackets."""
    sender: Address
    answer_to: Address
    """The desk: where answers to it belong."""
    to: tuple[Address, ...]
    """Who gets it."""
    subject: str
    text: str
    quoted: str
    in_reply_to: str
    references: tuple[str, ...]
    written_at: datetime
    files: tuple[OutgoingFile, ...] = ()
    hidden: bool = False
    """Its header names the desk, so that nobody learns who else gets it."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to send one mail of the outbox, which only one poller has at a time."""

    outbox_id: int
    token: str
    attempts: int
    """Made before this one."""
    kind: Sends
    created_at: datetime
    left: tuple[str, ...]
    """Addresses that it has not been handed over for."""


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """Mail going out: still to be sent, sent, given up, and sent or not, nobody knows."""

    waiting: int
    sent: int
    failed: int
    maybe_sent: int


@dataclass(frozen=True, slots=True)
class Unsent:
    """Mail of ours that did not go out as it should have."""

    stuck: int = 0
    """As ``OutboxMail.is_stuck`` says."""
    stuck_since: datetime | None = None
    """When the oldest of these was written."""
    failed: int = 0
    maybe_sent: int = 0


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a delivery report says (RFC 3464, or the many that are older than it)."""

    recipient: str
    """The address that could not be reached; "" if the report does not say."""
    status: str
    """``5.1.1`` and the like (RFC 3463); "" if there is none."""
    permanent: bool
    """Trying again will not help. False also for reports of a mere delay."""
    original_message_id: str
    """Of the mail that came back, without angle brackets; "" if the report does not say."""


@dataclass(frozen=True, slots=True)
class ReadMail:
    """A mail that has been read. Text is salvaged and safe, but not shortened to one line."""

    message_id: str
    """Without angle brackets; "" if there is none."""
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    date: datetime | None
    sender: Address
    reply_to: Address | None
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    text: str
    """The whole readable text."""
    reply: str
    """What is new in it."""
    quoted: str
    """The rest."""
    attachments: tuple[AttachmentInfo, ...] = ()
    headers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Decoded headers by lower-case name, for the rules of triage."""
    defects: tuple[str, ...] = ()
    bounce: Bounce | None = None
    """What a delivery report says; None if the mail is none."""
    carried_id: str = ""
    """Message-ID of the first mail that is attached to it; "" if there is none, or unknown."""


@dataclass(frozen=True, slots=True)
class Triage:
    """What the rules make of a mail, before it is known whether it belongs to a request."""

    service: str
    """Key of the service; "" if no words pointed to one."""
    kind: Kind
    impact: Level
    urgency: Level
    priority: Priority
    claimed_urgent: bool
    channel: Channel
    requester: Address
    tags: tuple[int, ...]
    """Request numbers of our own ``[#1042]`` tags in the subject."""
    thanks: bool = False
    machine: Machine | None = None
    """What kind of automatic mail it is; such mail never gets an automatic answer."""
    alert: str = ""
    """Of a report whose sender the policy names: what it is about. Reports of the same alert
    join the request that is open for it; one that says that all is well again has ``ignore``
    too, so it joins and never opens one."""
    ignore: str = ""
    """Reason to keep it in the ledger only; "" to go on. Such mail never opens a request."""
    spoofed: str = ""
    """Why the sender may be somebody else, in words; "" if nothing says so. Such a sender is
    nobody's colleague: the address alone makes them neither part of a request nor technician."""
    asked_at: datetime | None = None
    """Of what a technician forwards: when it was sent to them, as the forward says. A fact to
    show; the clocks run from receipt."""
    end_run_person: str = ""
    end_run_rule: str = ""
    end_run_certainty: str = ""
    why: tuple[str, ...] = ()
    """Every rule that fired, in words."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message of a mailbox on its way into the store.

    Exactly one of ``mail`` (with its ``triage``) and ``quarantine`` (the reason) is given.
    """

    uid: int
    arrived_at: datetime
    """INTERNALDATE, or the moment of fetching where the server has none."""
    size: int
    raw: bytes
    """The original; only its start where ``truncated``."""
    sha256: bytes
    truncated: bool = False
    mail: ReadMail | None = None
    triage: Triage | None = None
    quarantine: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one incoming message."""

    uid: int
    outcome: Outcome
    reason: str
    number: int | None
