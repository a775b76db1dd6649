"""The facts of a request in words: what the desk made of it, and how it came."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from textual.content import Content

from store.records import RequestView
from store.rulebook import Rulebook
from store.words import Channel, Kind, OutageKind, State
from tui.board.call_words import call_words
from tui.board.cells import settled
from tui.board.outage_words import on_request
from tui.board.promise_words import promised
from tui.board.screens import ink
from tui.board.screens.levels import IMPACT, URGENCY, weight
from tui.board.screens.stamps import stamp
from tui.board.telling import names

STATES = {
    State.NEW: "new",
    State.OPEN: "open",
    State.WAITING_REQUESTER: "waiting for the requester",
    State.WAITING_SUPPLIER: "waiting for a supplier",
    State.RESOLVED: "resolved",
    State.CLOSED: "closed",
    State.MERGED: "merged",
}
KINDS = {
    Kind.INCIDENT: "incident: something broke",
    Kind.SERVICE: "service: we do it for them",
    Kind.SUPPORT: "support: we help them do it",
    Kind.QUESTION: "question",
}
CHANNELS = {
    Channel.DESK_MAIL: "mail to the desk",
    Channel.DIRECT_MAIL: "mail to a person",
    Channel.FORWARDED: "forwarded mail",
    Channel.WALK_UP: "walk-up",
    Channel.PHONE: "phone",
    Channel.CHAT: "chat",
    Channel.WEB: "web",
}
#: Cells of the longest label and a gap.
LABEL_WIDTH = 11


def person(login: str, rules: Rulebook) -> str:
    """Return what somebody on the desk is called; "nobody" for no login."""
    if not login:
        return "nobody"
    known = rules.people.get(login)
    return settled(known.name if known else login)


def service(view: RequestView, rules: Rulebook) -> str:
    """Return the name of the request's service in the catalogue."""
    key = view.row.service
    known = rules.services.get(key)
    return settled(known.name if known else key) or "no service named"


def standing(view: RequestView, rules: Rulebook) -> str:
    """Return how the request stands and who has it: "new · nobody"."""
    hand = " · needs a hand" if view.row.offered else ""
    return f"{STATES[view.row.state]} · {person(view.row.assignee, rules)}{hand}"


def priority(view: RequestView) -> str:
    """Return "P1", or "P1 emergency"."""
    return f"{view.row.priority} emergency" if view.row.emergency else str(view.row.priority)


def requester(view: RequestView, rules: Rulebook) -> str:
    """Return who asks: "Grace Hopper · Mathematics · 3rd contact this week (Projectors)"."""
    row = view.row
    department = rules.departments.get(row.department)
    parts = [
        settled(row.requester.name) or settled(row.requester.address),
        settled(department.name if department else row.department),
    ]
    if view.repeat_contacts > 1:
        parts.append(f"{_ordinal(view.repeat_contacts)} contact in 7 days ({service(view, rules)})")
    return " · ".join(part for part in parts if part)


def claimed(view: RequestView) -> str:
    """Return whether the sender called it urgent: recorded, and never a reason."""
    return f"claimed urgent: {'yes' if view.row.claimed_urgent else 'no'}"


def rows(view: RequestView, rules: Rulebook, now: datetime) -> list[tuple[str, Content]]:
    """Return the facts as (label, words), only those that say something."""
    row, tz = view.row, ZoneInfo(rules.timezone)
    facts = [
        ("service", service(view, rules)),
        ("kind", KINDS[row.kind]),
        ("impact", IMPACT[view.impact]),
        ("urgency", URGENCY[view.urgency]),
        ("came by", f"{CHANNELS[row.channel]}, {stamp(row.received_at, now, tz)}"),
        ("address", settled(row.requester.address)),
    ]
    if view.asked_at:
        facts.append(("asked", f"{stamp(view.asked_at, now, tz)}, before it was sent on"))
    if row.end_run:
        facts.append(("end-run", f"went to {person(row.end_run, rules)}, not to the desk"))
    if view.emergency_at:
        facts.append(("emergency", f"since {stamp(view.emergency_at, now, tz)}"))
        facts.append(("call", call_words(row, names(rules), tz)))
    facts += _outage(view, rules, now)
    if view.linked_to:
        facts.append(("linked", f"to #{view.linked_to}"))
    if view.merged:
        facts.append(("merged in", ", ".join(f"#{number}" for number in view.merged)))
    if view.merged_into:
        facts.append(("merged", f"into #{view.merged_into}"))
    if row.snoozed_until:
        facts.append(("snoozed", f"until {stamp(row.snoozed_until, now, tz)}"))
    if view.ending:
        facts.append(("ending", str(view.ending)))
    if view.resolved_at:
        facts.append(("resolved", stamp(view.resolved_at, now, tz)))
    found = [(label, Content(words)) for label, words in facts]
    promise = _promise(view, now, tz)
    return [("promised", promise), *found] if promise else found


def _promise(view: RequestView, now: datetime, tz: ZoneInfo) -> Content:
    """Return by when what was promised, the time in the colour of late once it is over."""
    words, late = promised(view.row.promised_at, now, tz)
    if not words:
        return Content("")
    by = Content.styled(f"by {words.partition(' ')[2]}", ink.LATE if late else "")
    return by + (f": {settled(view.promise)}" if view.promise else "")


def _outage(view: RequestView, rules: Rulebook, now: datetime) -> list[tuple[str, str]]:
    if view.outage is None or view.row.outage is None:
        return []
    label = "outage" if view.outage.kind is OutageKind.OUTAGE else "planned"
    return [(label, on_request(view.outage, view.row.outage, rules, now))]


def line(view: RequestView, rules: Rulebook, now: datetime) -> Content:
    """Return the facts that matter most in one line, for the top of a narrow screen."""
    row, tz = view.row, ZoneInfo(rules.timezone)
    parts = [
        service(view, rules),
        weight(view.impact, view.urgency),
        f"{CHANNELS[row.channel]} {stamp(row.received_at, now, tz)}",
    ]
    if row.emergency:
        parts.insert(0, call_words(row, names(rules), tz, 1))
    if row.end_run:
        parts.insert(0, f"end-run to {person(row.end_run, rules)}")
    parts[:0] = [words for _, words in _outage(view, rules, now)]
    if row.snoozed_until:
        parts.insert(0, f"snoozed until {stamp(row.snoozed_until, now, tz)}")
    told = Content(" · ".join(parts))
    promise = _promise(view, now, tz)
    return Content.assemble("promised ", promise, " · ", told) if promise else told


def _ordinal(number: int) -> str:
    teen = number % 100 in {11, 12, 13}
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
