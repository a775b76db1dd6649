"""The watch that somebody still has while they are off: whoever is off is called all the same."""

from __future__ import annotations

from datetime import datetime

from store.rules.cover import AHEAD
from store.rules.cover_words import period
from store.rules.roster import Roster
from store.rules.stretches import Cover
from store.rules.walltime import zone
from store.rules.watches import watches


def watch_while_off(
    roster: Roster | None, login: str, now: datetime, until: datetime | None
) -> str:
    """Return which watch is still somebody's: "Fri 27 Nov 17:00–22:00 and 2 more".

    Args:
        roster: The roster with its changes; None if there is none.
        login: Who is off.
        now: From when on.
        until: Until when; None, if they have not said, for as long as cover is looked ahead.

    Returns:
        The first watch, and how many come after it; "" if there is none.
    """
    if roster is None:
        return ""
    found = [
        each
        for each in watches(roster, now, until or now + AHEAD)
        if each.who == login and each.state is Cover.COVERED
    ]
    if not found:
        return ""
    tz = zone(roster.tz)
    start, end, today = (
        at.astimezone(tz).replace(tzinfo=None) for at in (found[0].start, found[0].end, now)
    )
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    return period(start, end, today.date()) + more
