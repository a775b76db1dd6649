"""Records that cross rooms: frozen values, never database rows.

All instants are aware and in UTC. Text in the records made for display has already passed
``store.text``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from store.notice_records import CallView
from store.outage_records import OutageMark, OutageView
from store.words import (
    Attendance,
    Channel,
    ClockStatus,
    Delivery,
    Direction,
    Ending,
    Happened,
    Kind,
    Level,
    Metric,
    Priority,
    Role,
    State,
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
    acknowledged_by: str = ""
    """Login of who is on an emergency; "" for nobody."""
    calls: tuple[CallView, ...] = ()
    """Who was called to an emergency, oldest first."""
    offered: bool = False
    """Whoever has it needs a hand."""
    outage: OutageMark | None = None
    """The known outage that it is the parent of, or that it may be about."""
    promised_at: datetime | None = None
    """By when the requester was promised something; None: nothing is promised."""


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
    outage: OutageView | None = None
    """The known outage that ``row`` says it has to do with."""
    promise: str = ""
    """What the requester was promised, in a sentence; "" if nothing is, or nobody said."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened since an event id: the events, oldest first, and the newest id seen."""

    last_event_id: int
    events: tuple[EventView, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who has a request on the screen."""

    login: str
    writing: bool = False
    """And writes a reply to it."""


@dataclass(frozen=True, slots=True)
class EndRunCounts:
    """The end-runs of the whole team this week."""

    count: int = 0
    emergencies: int = 0
    """Of these."""
    requests: int = 0
    """Everything that was asked this week."""


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
    """(login, count), most first: of everybody whose end-runs whoever asks may know of."""
    overdue: int = 0
    end_runs: EndRunCounts = EndRunCounts()


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
    """Is in, and has a board open."""
    attendance: Attendance = Attendance.IN
    until: datetime | None = None
    """When they are in again; None if they are, or if nobody has said."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Whether somebody of the desk is there for work."""

    login: str
    name: str
    attendance: Attendance
    until: datetime | None
    """When they are in again; None if they are, or if nobody has said."""
    board: bool
    """Has a board open that is not only looked at."""
    by: str = ""
    """Login of who has said so; "" if nobody ever did."""
    over: bool = False
    """They were not there, and are in by the clock only: their time is over."""

    @property
    def present(self) -> bool:
        """Whether they are in, and have a board open."""
        return self.board and self.attendance is Attendance.IN
