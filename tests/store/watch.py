"""A policy with a roster, and a desk by it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from store import commands
from store.desk import Desk, newest_rules
from store.facts.engine import Store
from store.policy.load import parse
from store.policy.stored import to_store
from store.records import DESK, Actor
from store.rules.roster import Change, ChangeKind

LONDON = ZoneInfo("Europe/London")
DEE = Actor("dee", "Dee Ostrom")

#: Ben has the watch from Monday 23 November 17:00, Dee from the 30th; on Wednesday 2 December the
#: desk closes at 12:00, and nobody has the watch before 17:00.
ROSTER = """
[desk]
name = "Northgate IT"
timezone = "Europe/London"
addresses = ["help@northgate.example"]

[database]
url = "sqlite:///deskwatch.db"

[[people]]
name = "Ana Lovelace"
login = "ana"
addresses = ["ana@northgate.example"]
role = "lead"

[[people]]
name = "Ben Okafor"
login = "ben"
addresses = ["ben@northgate.example"]

[[people]]
name = "Chi Nakamura"
login = "chi"
addresses = ["chi@northgate.example"]

[[people]]
name = "Dee Ostrom"
login = "dee"
addresses = ["dee@northgate.example"]

[calendars.office]
weekly.mon = "08:00-17:00"
weekly.tue = "08:00-17:00"
weekly.wed = "08:00-17:00"
weekly.thu = "08:00-17:00"
weekly.fri = "08:00-17:00"
special = { 2026-12-02 = "08:00-12:00" }
holidays = [2026-12-25]

[[roster.rotations]]
name = "main"
first_date = 2026-11-02
handoff = "17:00"
people = ["ben", "dee", "chi"]
windows = [
    "mon 17:00 - tue 08:00", "tue 17:00 - wed 08:00", "wed 17:00 - thu 08:00",
    "thu 17:00 - fri 08:00", "fri 17:00 - mon 08:00",
]
"""
#: The same desk without one.
ALONE = ROSTER.partition("[[roster.rotations]]")[0]


def watched(store: Store, policy: str = ROSTER) -> Desk:
    """Apply a policy to ``store``, and return the desk by it."""
    commands.apply_policy(store, to_store(parse(policy, "config.toml")), DESK)
    with store.reading() as connection:
        return Desk(store, newest_rules(connection))


def change(kind: str, start: str, end: str, who: str, instead_of: str = "") -> Change:
    """Return a change of cover; its times are written "2026-11-28 14:00"."""
    return Change(
        ChangeKind(kind),
        datetime.fromisoformat(start),
        datetime.fromisoformat(end),
        who,
        instead_of,
    )


def at(local: str) -> datetime:
    """Return the instant of a time on London's clock."""
    return datetime.fromisoformat(local).replace(tzinfo=LONDON)
