"""The words of the field, as the store, the screen and the JSON output spell them."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class State(StrEnum):
    """Where a request stands. Snoozed is a time on a request, not a state."""

    NEW = "new"
    OPEN = "open"
    WAITING_REQUESTER = "waiting_requester"
    WAITING_SUPPLIER = "waiting_supplier"
    RESOLVED = "resolved"
    CLOSED = "closed"
    MERGED = "merged"


#: States in which a request still asks for work and is on the board.
LIVE_STATES = (State.NEW, State.OPEN, State.WAITING_REQUESTER, State.WAITING_SUPPLIER)


class Kind(StrEnum):
    """What is asked: something broke, do it for me, help me do it, tell me."""

    INCIDENT = "incident"
    SERVICE = "service"
    SUPPORT = "support"
    QUESTION = "question"


class Level(StrEnum):
    """Impact on the organisation, and urgency: the two axes of the priority matrix."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Priority(StrEnum):
    """What the matrix makes of impact and urgency; never what the sender claims."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


#: The name of the target set that an emergency uses instead of its priority's.
EMERGENCY = "emergency"


class Channel(StrEnum):
    """The door a request came through."""

    DESK_MAIL = "desk_mail"
    DIRECT_MAIL = "direct_mail"
    FORWARDED = "forwarded"
    WALK_UP = "walk_up"
    PHONE = "phone"
    CHAT = "chat"
    WEB = "web"


class Role(StrEnum):
    """A lead may also move other people's work and edit cover."""

    TECHNICIAN = "technician"
    LEAD = "lead"


class Ending(StrEnum):
    """How a resolved request ended: taught, done for them, repaired, or nothing to do."""

    GUIDED = "guided"
    DONE = "done"
    FIXED = "fixed"
    NOTHING = "nothing"


class Metric(StrEnum):
    """The four clocks of a request."""

    FIRST_RESPONSE = "first_response"
    NEXT_RESPONSE = "next_response"
    UPDATE = "update"
    RESOLUTION = "resolution"


class ClockStatus(StrEnum):
    """What one clock is doing."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    OUTSIDE_HOURS = "outside_hours"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    CANCELLED = "cancelled"
    NOT_APPLICABLE = "not_applicable"


class Group(IntEnum):
    """The groups of the queue, in the order they stand on the board."""

    OVERDUE = 0
    AT_RISK = 1
    RUNNING = 2
    OUTSIDE_HOURS = 3
    PAUSED = 4
    SNOOZED = 5


#: The mailbox that imported mail has in the ledger; no real one may be called so.
IMPORTED = "import"


class Outcome(StrEnum):
    """What became of a message; every ledger row has exactly one."""

    OPENED = "opened"
    FOLLOWED_UP = "followed_up"
    DUPLICATE = "duplicate"
    IGNORED = "ignored"
    BOUNCED = "bounced"
    QUARANTINED = "quarantined"


class Machine(StrEnum):
    """What kind of mail it is that no person wrote to the desk, or not only to it."""

    AUTO_REPLY = "auto_reply"
    """Sent in answer to a mail, by a program: out of office, "we have received your request"."""
    BOUNCE = "bounce"
    RECEIPT = "receipt"
    REPORT = "report"
    """Sent by a program for its own reasons: monitoring, backups, scanners, booking systems."""
    LIST = "list"
    """Written by a person, delivered by a list; it only never gets an automatic answer."""
    OWN = "own"


class Happened(StrEnum):
    """What an event says happened. Events are the truth about a request."""

    RECEIVED = "received"
    FOLLOWED_UP = "followed_up"
    THANKED = "thanked"
    AUTO_REPLIED = "auto_replied"
    """A program answered for somebody: out of office, "we have your request"."""
    BOUNCED = "bounced"
    """A mail of ours could not be delivered."""
    ACKNOWLEDGED = "acknowledged"
    REPLIED = "replied"
    REDIRECTED = "redirected"
    NOTED = "noted"
    CLAIMED = "claimed"
    RELEASED = "released"
    ASSIGNED = "assigned"
    TAKEN_OVER = "taken_over"
    WAIT_STARTED = "wait_started"
    RESUMED = "resumed"
    SNOOZED = "snoozed"
    RATED = "rated"
    EMERGENCY = "emergency"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    CLOSED = "closed"
    MERGED_IN = "merged_in"
    MERGED_AWAY = "merged_away"
    DELIVERY = "delivery"
    """What became of a mail of ours, where it did not simply go out."""
    SPLIT_OFF = "split_off"
    """A message went out of it into a request of its own."""
    STOOD_DOWN = "stood_down"
    """It is no emergency any more, or was none."""
    CALLED = "called"
    """Somebody was told of an emergency, by mail, push or chat."""
    ON_IT = "on_it"
    """Somebody has answered the call to an emergency."""
    OFFERED = "offered"
    """Whoever has it needs a hand, or does not any more."""
    OUTAGE = "outage"
    """It has become the parent of a known outage, or what is known has changed or ended."""
    PROMISED = "promised"
    """The requester was promised something by a time, or the promise is taken back."""
    JUDGED = "judged"
    """Somebody has said of a probable end-run whether it was one."""
    UNDONE = "undone"


class Sends(StrEnum):
    """What a mail of ours is for."""

    ACKNOWLEDGEMENT = "acknowledgement"
    REPLY = "reply"
    REDIRECT = "redirect"
    RESOLUTION = "resolution"
    NOTICE = "notice"
    """To somebody of the desk: a call to an emergency, or that it is over."""


#: What no person decides to send: it never asks for an answer and passes the rate valve.
AUTOMATIC = (Sends.ACKNOWLEDGEMENT,)


class Delivery(StrEnum):
    """How far a mail of ours has come."""

    PENDING = "pending"
    SENDING = "sending"
    """A poller has it in hand, until its lease ends."""
    SENT = "sent"
    UNCERTAIN = "uncertain"
    """Sent or not: the server did not say, and nothing but a person can find out."""
    FAILED = "failed"
    GIVEN_UP = "given_up"
    """Somebody has decided that it need not go out."""


#: What programs bring about: it changes nothing of a request, so nobody is late because of it.
QUIET = frozenset(
    {
        Happened.ACKNOWLEDGED,
        Happened.AUTO_REPLIED,
        Happened.BOUNCED,
        Happened.CALLED,
        Happened.DELIVERY,
    }
)


class Wish(StrEnum):
    """What somebody wants of a mail that became no request."""

    RETRY = "retry"
    """Read it again, by the rules as they are now."""
    OPEN = "open"
    """Let it open a request, whatever it is."""
    DISCARD = "discard"


class Direction(StrEnum):
    """Which way a message in a conversation went."""

    IN = "in"
    OUT = "out"
    NOTE = "note"


class Attendance(StrEnum):
    """Whether somebody of the desk is there for work."""

    IN = "in"
    AWAY = "away"
    BREATHER = "breather"
    """Away for a short while after something hard; nobody is told why."""
    OFF = "off"


class Notice(StrEnum):
    """What somebody of the desk is told outside the board."""

    EMERGENCY = "emergency"
    ALL_CLEAR = "all_clear"
    """Whoever was called to an emergency need not do anything any more."""
    WARNING = "warning"
    """Their own request is about to be late."""


class OutageKind(StrEnum):
    """What is known not to work: suddenly, or because it was planned."""

    OUTAGE = "outage"
    MAINTENANCE = "maintenance"
