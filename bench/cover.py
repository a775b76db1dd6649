"""How fast cover is: a year for 30 people, its burdens, and what many changes cost.

    python -m bench.cover

Seconds are those of the processor, so that what else the machine does is not counted. Changes
are put at random into the year; with ten times as many, the time should not be a hundred times
as long.
"""

from __future__ import annotations

import random
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.due import SPEC, ZONE, timed
from store.rules.burden import burdens, fairest
from store.rules.cover import backup, coverage, on_call, on_watch, with_change
from store.rules.hours import compile_hours
from store.rules.roster import Change, ChangeKind, Roster, Rotation

START = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
PEOPLE = tuple(f"person {number}" for number in range(30))
WEEKEND = ("fri", "16:30", "mon", "08:00")


def roster(changes: int, longest: timedelta) -> Roster:
    """Return a roster of 30 people with some changes in the year, none longer than ``longest``."""
    chance = random.Random(1)
    hours = longest // timedelta(hours=1)
    made = []
    for _ in range(changes):
        begins = datetime(2026, 1, 1) + timedelta(hours=chance.randrange(365 * 24))  # noqa: DTZ001
        ends = begins + timedelta(hours=chance.randint(1, hours))
        kind = chance.choice(list(ChangeKind))
        made.append(Change(kind, begins, ends, chance.choice(PEOPLE)))
    rotations = (
        Rotation("weekend", date(2025, 1, 3), "16:30", PEOPLE[:15], 7, [WEEKEND]),
        Rotation("evenings", date(2025, 1, 6), "16:30", PEOPLE, 1),
    )
    return Roster(ZONE, compile_hours(SPEC), rotations, changes=made)


def main() -> None:
    """Print the figures."""
    for count, longest in ((0, 1), (100, 7), (1000, 7), (1000, 365), (10_000, 7)):
        agreed = roster(count, timedelta(days=longest))
        coverage(agreed, START, START + YEAR)
        took = timed(lambda agreed=agreed: coverage(agreed, START, START + YEAR))
        what = f"a year of cover, {count:,} changes of up to {longest} d"
        print(f"{what:46} {took:8.3f} s   {'(target 0.2 s)' if count < 10_000 else ''}")

    agreed = roster(1000, timedelta(days=7))
    middle = START + YEAR / 2
    change = Change(ChangeKind.ADD, datetime(2026, 7, 1), datetime(2026, 7, 2), PEOPLE[0])  # noqa: DTZ001
    asked = (
        ("the burdens of a year", lambda: burdens(agreed, START, START + YEAR)),
        (
            "who is fairest to ask",
            lambda: fairest(agreed, middle, middle + timedelta(days=1), middle),
        ),
        ("the watch of a board", lambda: on_watch(agreed, middle)),
        ("who is on call", lambda: on_call(agreed, middle)),
        ("the backup", lambda: backup(agreed, middle)),
        ("one more change", lambda: with_change(agreed, change)),
    )
    print("with 1,000 changes:")
    for what, work in asked:
        print(f"  {what:44} {timed(work) * 1e3:8.2f} ms")


if __name__ == "__main__":
    main()
