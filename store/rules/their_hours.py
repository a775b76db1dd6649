"""Whether it is somebody's time to work: what can wait is told then, and not in the night."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from store.rules.cover import Roster, on_call
from store.rules.hours import Hours


def in_their_hours(
    login: str, timezone: str, hours: Hours, roster: Roster | None, now: datetime
) -> bool:
    """Say whether somebody works now: in the desk's hours where they are, or on watch.

    Args:
        login: Who it is.
        timezone: Where they work; "" where the desk is.
        hours: The desk's hours.
        roster: The roster with its changes.
        now: The moment.
    """
    here = now.astimezone(ZoneInfo(timezone)) if timezone else now
    # Nine in the morning there is what nine in the morning is to the desk's calendar.
    as_at_the_desk = here.replace(tzinfo=hours.tz) if timezone else now
    return hours.is_open(as_at_the_desk) or on_call(roster, now) == login
