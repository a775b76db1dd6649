"""Records that cross rooms: frozen values, never database rows.

All instants are aware and in UTC. Text in the records made for display has already passed
``store.text``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from store.words import (
    Channel,
    ClockStatus,
    Delivery,
    Direction,
    Ending,
    Happened,
    Kind,
    Level,
    Machine,
    Metric,
    Outcome,
    Priority,
    Role,
    Sends,
    State,
    Wish,
)


@dataclass(frozen=True, slots=True)
class Address:
    """A mail address as written: display name (may be empty) and ``local@domain``."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: a person of the desk, or the desk itself (``login`` ``""``)."""

    login: str
    name: str
    role: Role = Role.TECHNICIAN
    read_only: bool = False


#: The desk itself, for what no person did: mail coming in, housekeeping.
DESK = Actor(login="", name="Deskwatch", role=Role.LEAD)


@dataclass(frozen=True, slots=True)
class Target:
    """A request as the person saw it; ``version`` None means "whatever it is now"."""

    number: int
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A command that was carried out: the request's new version and the event written."""

    number: int
    version: int
    event_id: int
    text: str
    """One line for the toast, with the request's number: "#1042 claimed"."""


@dataclass(frozen=True, slots=True)
class ClockFace:
    """The clock of a request that matters most now, as the list shows it.

    ``due`` and the warnings are None while paused; ``remaining`` is open time left and is
    given only while paused. ``calendar`` names the calendar the clock runs by.
    """

    metric: Metric
    status: ClockStatus
    calendar: str
    due: datetime | None = None
    warn_75: datetime | None = None
    warn_90: datetime | None = None
    remaining: timedelta | None = None


@dataclass(frozen=True, slots=True)
class BoardEntry:
    """The little the board keeps of every live request, to order and to find it."""

    number: int
    due: datetime | None
    warn_75: datetime | None
    calendar: str
    paused: bool
    snoozed_until: datetime | None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """What the queue shows of one request."""

    number: int
    version: int
    state: State
    kind: Kind
    priority: Priority
    emergency: bool
    claimed_urgent: bool
    subject: str
    requester: Address
    department: str
    service: str
    assignee: str
    """Login of who has it; "" for nobody."""
    channel: Channel
    end_run: str
    """Login of the person the end-run went to; "" if it is none."""
    received_at: datetime
    clock: ClockFace | None
    snoozed_until: datetime | None
    messages: int
    end_run_rule: str = ""
    """R1 to R7; "" if it is none."""
    end_run_certainty: str = ""
    """certain, probable or suspect."""


@dataclass(frozen=True, slots=True)
class AttachmentInfo:
    """A description of an attachment; its bytes stay in the original."""

    name: str
    type: str
    size: int
    inline: bool = False
    """A picture that only decorates the text, as in a signature; known while a mail is read."""
    two_byte_ends: int = field(default=0, compare=False)
    """Line ends of two bytes that ``size`` counts; in a copy in a file they may have one."""


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message of a conversation."""

    id: int
    direction: Direction
    sender: Address
    at: datetime
    text: str
    quoted: str
    attachments: tuple[AttachmentInfo, ...] = ()
    defects: tuple[str, ...] = ()
    """What could not be read as it was meant, or was cut, in words."""
    delivery: str = ""
    """How far a mail of ours has come, in words: "not sent yet", "sent 10:42"."""
    delivered: Delivery | None = None
    """The same as a state; None if it is no mail of ours."""
    what: Happened | None = None
    """The event that it came with; None if that is not known."""
    spoofed: str = ""
    """Why its sender may be somebody else, in words; "" if nothing says so."""


@dataclass(frozen=True, slots=True)
class EventView:
    """One line of a request's history. ``text`` is the event in words."""

    id: int
    number: int
    at: datetime
    who: str
    what: Happened
    text: str
    undone: bool = False
    login: str = ""
    """Of ``who``; "" for the desk itself and for people who are not on it."""
    why: tuple[str, ...] = ()
    """Why it happened so: the rules that fired, in words."""


@dataclass(frozen=True, slots=True)
class ClockView:
    """One clock of a request in full, for the request screen and JSON."""

    metric: Metric
    status: ClockStatus
    calendar: str
    target: timedelta | None
    used: timedelta | None
    remaining: timedelta | None
    due: datetime | None
    warn_75: datetime | None
    warn_90: datetime | None
    breached_at: tuple[datetime, ...] = ()
    stopped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RequestView:
    """Everything the request screen and ``deskwatch show`` need of one request."""

    row: BoardRow
    impact: Level
    urgency: Level
    ending: Ending | None
    resolved_at: datetime | None
    emergency_at: datetime | None
    linked_to: int | None
    repeat_contacts: int
    """Requests of this requester for the same service in the last 7 days, this one included."""
    messages: tuple[MessageView, ...]
    history: tuple[EventView, ...]
    clocks: tuple[ClockView, ...]
    merged_into: int | None = None
    """The request that has its messages now."""
    asked_at: datetime | None = None
    """When a person was asked who has sent it on; None if the desk itself was."""
    merged: tuple[int, ...] = ()
    """The requests that were merged into this one."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened since an event id: the events, oldest first, and the newest id seen."""

    last_event_id: int
    events: tuple[EventView, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts beside the queue."""

    live: int
    unassigned: int
    mine: int
    quarantined: int
    received_today: int
    resolved_today: int
    thanks_today: int
    end_runs_week: tuple[tuple[str, int], ...]
    """(login, count), most first."""
    overdue: int = 0


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

    @property
    def ledger(self) -> int:
        """Messages accounted for."""
        return sum(self.outcomes.values())


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A mail that could not be understood; its original is kept."""

    mailbox: str
    uidvalidity: int
    uid: int
    reason: str
    sender: str
    subject: str
    arrived_at: datetime
    taken_at: datetime
    original_id: int
    size: int
    """Bytes of the whole mail."""


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


@dataclass(frozen=True, slots=True)
class CannedAnswer:
    """An answer that is ready to be sent, its fields filled in for one request."""

    key: str
    name: str
    text: str


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
    subject: str
    text: str
    quoted: str
    in_reply_to: str
    references: tuple[str, ...]
    written_at: datetime
    files: tuple[OutgoingFile, ...] = ()


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
    """Tried, and to be tried again."""
    stuck_since: datetime | None = None
    """When the oldest of these was written."""
    failed: int = 0
    maybe_sent: int = 0


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody on the desk, as one who gives out work sees them."""

    login: str
    name: str
    role: Role
    live: int
    """Live requests they have, those that wait for somebody else included."""
    waiting: int
    """Of these, those that wait."""
    present: bool
    """Has a board open."""


# ------------------------------------------------------------------ from intake to store


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


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A request that a person of the desk enters: asked at the counter, by phone, in a chat.

    What is None comes from the service catalogue.
    """

    requester: Address
    """The address may be "" if it is not known."""
    subject: str
    text: str = ""
    channel: Channel = Channel.WALK_UP
    service: str = ""
    kind: Kind | None = None
    impact: Level | None = None
    urgency: Level | None = None
    assignee: str = ""
    """Login of who has it from the start; "" for nobody."""
    end_run_person: str = ""
    """Login of the person who was asked instead of the desk; "" if it was the desk."""
    asked_at: datetime | None = None
    """None: now."""
