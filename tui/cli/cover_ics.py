"""Cover as a calendar (RFC 5545) that Google, Outlook and Apple can read or subscribe to.

The calendar says nothing of its own time zone: every instant is in UTC, and a phone shows it in
the time of where it is.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Event

from store.rulebook import Rulebook
from store.rules.cover import backup
from store.rules.roster import Roster
from store.rules.stretches import Cover
from store.rules.watches import Watch, watches
from tui.board.cells import settled
from tui.cli.cover_text import name

#: Ours: what UIDs of appointments are made in.
_NAMESPACE = UUID("5e0c8a53-5c5c-4d43-9f0e-6a0c34d1f7a2")
#: How often a program that subscribes may look again.
_REFRESH = timedelta(hours=1)


def calendar(
    rules: Rulebook,
    roster: Roster,
    at: datetime,
    ahead: timedelta,
    *,
    now: datetime,
    changed: datetime,
) -> bytes:
    """Return the calendar of every watch, gap and time of best effort that touches the time ahead.

    Args:
        rules: The policy, for the names.
        roster: Who has the watch.
        at: From when on.
        ahead: How far.
        now: When the calendar is made.
        changed: When the policy or cover was last changed.
    """
    made = Calendar()
    made.add("prodid", "-//Deskwatch//Cover//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"{settled(rules.desk)}: on watch")
    made.add("x-wr-timezone", roster.tz)
    made.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    for watch in watches(roster, at, at + ahead):
        event = _event(rules, roster, watch)
        event.add("dtstamp", now.replace(microsecond=0))
        event.add("last-modified", changed.replace(microsecond=0))
        # Either number rises with a change, so their sum does: a program keeps the newest.
        event.add("sequence", rules.version + rules.cover)
        made.add_component(event)
    return bytes(made.to_ical())


def _event(rules: Rulebook, roster: Roster, watch: Watch) -> Event:
    event = Event()
    event.add("uid", f"{uuid5(_NAMESPACE, f'{rules.desk} {watch.key}')}@deskwatch")
    event.add("dtstart", watch.start)
    event.add("dtend", watch.end)
    event.add("summary", _summary(rules, watch))
    event.add("description", _description(rules, roster, watch))
    event.add("status", "CONFIRMED")
    covered = watch.state is Cover.COVERED
    event.add("transp", "OPAQUE" if covered else "TRANSPARENT")
    return event


def _summary(rules: Rulebook, watch: Watch) -> str:
    if watch.state is Cover.COVERED and watch.who is not None:
        return f"{name(rules, watch.who)} on watch"
    return "Gap: nobody on watch" if watch.state is Cover.GAP else "Best effort: nobody on watch"


def _description(rules: Rulebook, roster: Roster, watch: Watch) -> str:
    said = [settled(rules.desk)]
    if watch.source:
        said.append(f"By: {settled(watch.source)}")
    helper = backup(roster, watch.start)
    if helper:
        said.append(f"Backup: {name(rules, helper)}")
    return "\n".join(said)
