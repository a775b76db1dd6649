"""How fast the rules are: due times, open time, clocks, the words of a row.

    python bench/due.py

Seconds are those of the processor, so that what else the machine does is not counted. Beside
the due times, in the same run: the same questions answered by going through the days of the
calendar one by one, as one would without prefix sums.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parent.parent))

from store.rules.attention import clock_words
from store.rules.clocks import ClockEvent, ClockEventKind, TargetSet, evaluate, face
from store.rules.hours import CalendarSpec, Hours, always, compile_hours
from store.rules.walltime import DAYS

ZONE = "Europe/London"
SPEC = CalendarSpec(
    tz=ZONE,
    weekly=dict.fromkeys(DAYS[:5], (("08:00", "12:30"), ("13:30", "16:30"))),
    special={date(2026, 12, 18): (("08:00", "12:00"),)},
    holidays=[date(2026, 4, 3), date(2026, 4, 6), date(2026, 12, 25), date(2026, 12, 28)],
)
TARGETS = {"P2": TargetSet("desk", *(timedelta(hours=hours) for hours in (1, 2, 4, 8)))}
START = datetime(2026, 1, 1, tzinfo=UTC)
RUNS = 5


def timed(work: Callable[[], object]) -> float:
    """Return the median seconds of a few runs."""
    took = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        took.append(time.process_time() - began)
    return median(took)


def day_by_day(hours: Hours, start: datetime, open_time: timedelta) -> datetime:
    """Return the due time by going through the days after ``start``."""
    left = open_time
    while True:
        for begins, ends in hours.intervals(start, start + timedelta(days=1)):
            if ends - begins >= left:
                return begins + left
            left -= ends - begins
        start += timedelta(days=1)


def main() -> None:
    """Print the figures."""
    chance = random.Random(1)
    minutes = range(365 * 24 * 60)
    starts = [START + timedelta(minutes=chance.choice(minutes)) for _ in range(100_000)]
    spans = [timedelta(minutes=chance.choice((60, 240, 480, 1440, 2400))) for _ in starts]
    asked = list(zip(starts, spans, strict=True))

    began = time.process_time()
    hours = compile_hours(SPEC)
    hours.is_open(START)
    print(f"a calendar and its first year          {(time.process_time() - began) * 1e3:8.1f} ms")

    fast = timed(lambda: [hours.due(start, span) for start, span in asked])
    few = asked[:1000]
    slow = timed(lambda: [day_by_day(hours, start, span) for start, span in few]) * 100
    print(f"100,000 due times                      {fast:8.3f} s   (target 1 s)")
    print(f"  the same, day by day                 {slow:8.3f} s   ({slow / fast:.0f} × as long)")
    between = timed(lambda: [hours.open_between(start, start + span) for start, span in asked])
    print(f"100,000 open times                     {between:8.3f} s")

    kinds = ClockEventKind
    story = [
        ClockEvent(START, kinds.RECEIVED, "P2"),
        ClockEvent(START + timedelta(hours=11), kinds.PUBLIC_REPLY),
        ClockEvent(START + timedelta(hours=12), kinds.WAIT_REQUESTER),
        ClockEvent(START + timedelta(hours=40), kinds.REQUESTER_REPLY),
    ]
    now = START + timedelta(hours=41)
    calendars = {"desk": hours, "always": always(ZONE)}

    def clocks(events: list[ClockEvent]) -> None:
        for _ in range(1000):
            face(evaluate(events, TARGETS, calendars, now))

    print(
        f"the clocks of a new request            {timed(lambda: clocks(story[:1])) * 1e3:8.1f} µs"
    )
    print(f"the clocks after four events           {timed(lambda: clocks(story)) * 1e3:8.1f} µs")

    shown = face(evaluate(story, TARGETS, calendars, now))
    zone = ZoneInfo(ZONE)
    if shown is not None:
        words = timed(
            lambda: [clock_words(shown, hours, zone, now, "wide") for _ in range(1000)],
        )
        print(f"the words of a row                     {words * 1e3:8.1f} µs  (target 20 µs)")


if __name__ == "__main__":
    main()
