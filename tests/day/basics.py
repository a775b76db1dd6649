"""What the accountant takes from the desk's policy, and how he reckons days and weeks."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.day.clockwork import DESK

LEADS = {each["login"] for each in DESK["people"] if each.get("role") == "lead"}
NAMES = {each["login"]: each["name"].partition(" ")[0] for each in DESK["people"]}
CAPACITY = {each["login"]: float(each.get("capacity", 10)) for each in DESK["people"]}
WEIGHTS = DESK["load"]["weights"]
#: The board on the wall: nobody's.
WALL = "wall"
INTERRUPTING = {"walk_up", "phone", "chat"}
_DAY, WEEK = timedelta(days=1), timedelta(days=7)


def midnight(at: datetime) -> datetime:
    """Return when the day began."""
    return at.replace(hour=0, minute=0)


def monday(at: datetime, weeks: int = 1) -> datetime:
    """Return when the week began that is the first of ``weeks``."""
    return midnight(at) - at.weekday() * _DAY - (weeks - 1) * WEEK


def elapsed(start: datetime, end: datetime) -> timedelta:
    """Return the time between two local moments, through the change of clocks."""
    zone = ZoneInfo(DESK["desk"]["timezone"])
    return timedelta(
        seconds=end.replace(tzinfo=zone).timestamp() - start.replace(tzinfo=zone).timestamp()
    )
