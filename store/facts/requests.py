"""The requests."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlalchemy import Index, Text
from sqlmodel import Field

from store.facts.columns import GIVEN, BigId, Instant, Row, partial_index, table

_live_index = partial(partial_index, where="live", sqlite_where="live = 1")


class Request(Row, table=True):
    """One piece of work asked of the desk. Its events are the truth; this is how it stands now.

    Words (``state``, ``kind``, ``priority``, ...) are the values of ``store.words``. Keys of
    departments, services and people are those of the policy, "" for none; the policy may drop
    a key that old requests still carry, so they are not foreign keys.
    """

    __tablename__ = "request"
    __table_args__ = (
        # Everything the board keeps of a live request, each calendar's in the order of what is
        # due first: the board's index and the groups of the queue never read the table. (SQLite
        # looks up ``live`` even where the index has no other rows, so it is in them.)
        _live_index(
            "ix_request_queue",
            "clock_calendar",
            "due_at",
            "number",
            "warn_75_at",
            "clock_paused",
            "snoozed_until",
            "live",
        ),
        # The same of those that are at risk or soon will be, and of those put aside.
        partial_index(
            "ix_request_warned",
            "warn_75_at",
            "due_at",
            "number",
            "clock_calendar",
            "snoozed_until",
            "live",
            where="live AND warn_75_at IS NOT NULL",
            sqlite_where="live = 1 AND warn_75_at IS NOT NULL",
        ),
        partial_index(
            "ix_request_snoozed",
            "snoozed_until",
            "due_at",
            "number",
            "live",
            where="live AND snoozed_until IS NOT NULL",
            sqlite_where="live = 1 AND snoozed_until IS NOT NULL",
        ),
        partial_index(
            "ix_request_emergency",
            "emergency_at",
            "number",
            "live",
            where="live AND emergency_at IS NOT NULL",
            sqlite_where="live = 1 AND emergency_at IS NOT NULL",
        ),
        # Whose they are, and of those that nobody has the first to be done by each priority.
        _live_index(
            "ix_request_assignee",
            *("assignee", "priority", "due_at", "number", "warn_75_at", "live"),
        ),
        partial_index("ix_request_wait_until", "wait_until", where="wait_until IS NOT NULL"),
        # With what the view of fairness counts of how requests ended, without the table.
        partial_index(
            "ix_request_resolved_at",
            "resolved_at",
            "service",
            "ending",
            "assignee",
            "requester_id",
            "received_at",
            "alert",
            where="resolved_at IS NOT NULL",
        ),
        partial_index("ix_request_to_close", "resolved_at", where="state = 'resolved'"),
        # With all that is counted of end-runs: this week's by every board, every few seconds.
        partial_index(
            "ix_request_end_run",
            *("received_at", "end_run_person", "end_run_certainty", "emergency_at"),
            *("requester_id", "department", "channel", "minutes"),
            where="end_run_person <> ''",
        ),
        partial_index("ix_request_linked_to", "linked_to", where="linked_to IS NOT NULL"),
        # The newest request of an alert, and the newest live one.
        partial_index("ix_request_alert", "alert", "number", "live", where="alert <> ''"),
        partial_index("ix_request_merged_into", "merged_into", where="merged_into IS NOT NULL"),
        partial_index("ix_request_outage", "outage", where="outage IS NOT NULL"),
        partial_index(
            "ix_request_offered",
            *("number", "assignee", "offered"),
            where="offered",
            sqlite_where="offered = 1",
        ),
        partial_index("uq_request_entry", "entry", unique=True, where="entry <> ''"),
        # What somebody asked next, by which door, and how often lately for one service.
        Index(
            "ix_request_requester",
            *("requester_id", "received_at", "service", "end_run_person", "end_run_certainty"),
        ),
        # With what the view of fairness counts of three months, without a look at the table.
        Index(
            "ix_request_received_at",
            "received_at",
            "department",
            "claimed_urgent",
            "priority",
            "emergency_at",
        ),
        # How fast people were answered, and by whom: what nobody has answered yet is not in it.
        partial_index(
            "ix_request_answered_at",
            "received_at",
            "answered_at",
            "assignee",
            "end_run_person",
            "end_run_certainty",
            "emergency_at",
            where="answered_at IS NOT NULL",
        ),
    )

    number: int = Field(sa_type=BigId, primary_key=True, sa_column_kwargs=GIVEN)
    """From 1001, never used twice."""
    version: int
    """1 when opened, one more with every event."""
    state: str = Field(sa_type=Text)
    live: bool
    """Whether ``state`` is one of ``words.LIVE_STATES``."""
    kind: str = Field(sa_type=Text)
    impact: str = Field(sa_type=Text)
    urgency: str = Field(sa_type=Text)
    priority: str = Field(sa_type=Text)
    claimed_urgent: bool = False
    emergency_at: datetime | None = Field(default=None, sa_type=Instant)
    subject: str = Field(sa_type=Text)
    requester_id: int = Field(sa_type=BigId, foreign_key="person.id")
    requester_name: str = Field(sa_type=Text)
    requester_address: str = Field(sa_type=Text)
    department: str = Field(default="", sa_type=Text)
    service: str = Field(default="", sa_type=Text)
    assignee: str = Field(default="", sa_type=Text)
    channel: str = Field(sa_type=Text)
    end_run_person: str = Field(default="", sa_type=Text)
    end_run_rule: str = Field(default="", sa_type=Text)
    end_run_certainty: str = Field(default="", sa_type=Text)
    received_at: datetime = Field(sa_type=Instant)
    changed_at: datetime = Field(sa_type=Instant)
    """Of the newest event."""
    resolved_at: datetime | None = Field(default=None, sa_type=Instant)
    ending: str = Field(default="", sa_type=Text)
    wait_until: datetime | None = Field(default=None, sa_type=Instant)
    snoozed_until: datetime | None = Field(default=None, sa_type=Instant)
    linked_to: int | None = Field(default=None, sa_type=BigId, foreign_key="request.number")
    merged_into: int | None = Field(default=None, sa_type=BigId)
    """The request that it was merged into, which has its messages."""
    alert: str = Field(default="", sa_type=Text)
    """What an automatic report is about: later ones of the same join it while it is live."""
    acknowledged_by: str = Field(default="", sa_type=Text)
    """Login of who has answered the call to this emergency; "" for nobody yet."""
    outage: int | None = Field(default=None, sa_type=BigId)
    """The known outage that it is the parent of, or that it may be about."""
    offered: bool = False
    """Whoever has it needs a hand."""
    minutes: int | None = None
    """That it took of whoever was asked instead of the desk; None: not said."""
    promised_at: datetime | None = Field(default=None, sa_type=Instant)
    """By when the requester was promised something; None: nothing is promised."""
    entry: str = Field(default="", sa_type=Text)
    """A random name of what was logged: sent twice, it is there once."""
    messages: int = 0
    """Messages in the conversation, notes included."""

    # The face of the clocks, computed from the events by store.rules.clocks. A cache:
    # `deskwatch db verify` computes it again and compares.
    clock_metric: str = Field(default="", sa_type=Text)
    """The clock that matters most; "" if none runs and none is paused."""
    clock_calendar: str = Field(default="", sa_type=Text)
    clock_paused: bool = False
    due_at: datetime | None = Field(default=None, sa_type=Instant)
    warn_75_at: datetime | None = Field(default=None, sa_type=Instant)
    warn_90_at: datetime | None = Field(default=None, sa_type=Instant)
    remaining_us: int | None = Field(default=None, sa_type=BigId)
    """Open time left in microseconds, while paused."""
    answered_at: datetime | None = Field(default=None, sa_type=Instant)
    """When somebody answered first, or resolved it; None: nobody has yet."""


request = table(Request)

#: The columns of the face of the clocks.
CLOCK_COLUMNS = (
    "clock_metric",
    "clock_calendar",
    "clock_paused",
    "due_at",
    "warn_75_at",
    "warn_90_at",
    "remaining_us",
    "answered_at",
)

#: A request that was just received, but for what it asks.
INITIAL = {
    "version": 1,
    "state": "new",
    "live": True,
    "claimed_urgent": False,
    "emergency_at": None,
    "assignee": "",
    "end_run_person": "",
    "end_run_rule": "",
    "end_run_certainty": "",
    "resolved_at": None,
    "ending": "",
    "wait_until": None,
    "snoozed_until": None,
    "linked_to": None,
    "merged_into": None,
    "alert": "",
    "acknowledged_by": "",
    "outage": None,
    "offered": False,
    "minutes": None,
    "promised_at": None,
    "entry": "",
    "messages": 1,
}
