"""What-if cases of every kind, made up: all zones, clock changes, nights, odd orders of events."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import strategies as st

from tests.store.rules.minute_reference import DAY, DAYS, MINUTE, written

ZONES = sorted(name for name in available_timezones() if "/" in name and "posix" not in name)
#: Half hours, changes at midnight, changes in Ramadan, changes of half an hour and of two.
ODD_ZONES = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Havana",
    "America/Nuuk",
    "America/Santiago",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Pacific/Chatham",
)
KINDS = (
    "auto_ack",
    "internal_note",
    "public_reply",
    "public_reply",
    "requester_reply",
    "requester_reply",
    "wait_requester",
    "wait_supplier",
    "resume",
    "priority",
    "priority",
    "emergency",
    "resolved",
    "reopened",
    "merged_in",
    "merged_away",
)

zones = st.one_of(st.sampled_from(ODD_ZONES), st.sampled_from(ZONES))


@cache
def changes_of_offset(zone):
    """Return the dates around which the clocks change, 2024 to 2027."""
    tz, day, found = ZoneInfo(zone), datetime(2024, 1, 1, tzinfo=UTC), []
    while day.year < 2028:
        if day.astimezone(tz).utcoffset() != (day + DAY).astimezone(tz).utcoffset():
            found.append(day.date())
        day += DAY
    return tuple(found)


@st.composite
def days(draw, zone):
    """Return a date, more often than not near a change of the clocks."""
    changes = changes_of_offset(zone)
    if changes and draw(st.booleans()):
        return draw(st.sampled_from(changes)) + draw(st.integers(-2, 2)) * DAY
    return date(2024, 1, 1) + draw(st.integers(0, 4 * 365)) * DAY


def clock_time(minutes):
    """Write minutes since midnight."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


times = st.one_of(
    st.integers(0, 95).map(lambda quarter: quarter * 15),
    st.sampled_from((0, 30, 60, 90, 120, 150, 180, 210, 1380, 1410)),
    st.integers(0, 1439),
)


@st.composite
def span_lists(draw):
    """Return the spans of a day: none to three, overlapping, past midnight, to 24:00."""
    found = []
    for _ in range(draw(st.sampled_from((0, 1, 1, 1, 2, 3)))):
        start = draw(times)
        end = draw(st.one_of(times, st.just(1440)))
        if start != end:
            found.append([clock_time(start), clock_time(end)])
    return found


@st.composite
def local_periods(draw, around, longest, spread=5):
    """Return [from, to] on the wall, begun some days around a date."""
    start = datetime.combine(around, datetime.min.time())
    start += draw(st.integers(-spread * 96, spread * 96)) * 15 * MINUTE
    end = start + draw(st.integers(1, longest)) * MINUTE
    return [f"{start:%Y-%m-%dT%H:%M}", f"{end:%Y-%m-%dT%H:%M}"]


@st.composite
def calendars(draw, zone, around):
    """Return a calendar with exceptions near a date."""
    if draw(st.integers(0, 9)) == 0:
        return {"tz": zone, "weekly": {day: [["00:00", "24:00"]] for day in DAYS}}
    near = st.integers(-5, 8).map(lambda shift: (around + shift * DAY).isoformat())
    usual = draw(span_lists())
    return {
        "tz": zone,
        "weekly": {day: draw(st.one_of(st.just(usual), span_lists())) for day in DAYS},
        "special": draw(st.dictionaries(near, span_lists(), max_size=3)),
        "holidays": draw(st.lists(near, max_size=3, unique=True)),
        "closures": draw(st.lists(local_periods(around, 3000), max_size=2)),
    }


def _near(around, minutes):
    return datetime.combine(around, datetime.min.time(), UTC) + minutes * MINUTE


@st.composite
def deadlines(draw):
    """Return the input of a ``deadline``."""
    zone = draw(zones)
    around = draw(days(zone))
    return {
        "calendar": draw(calendars(zone, around)),
        "start": written(_near(around, draw(st.integers(-2000, 2000)))),
        "minutes": draw(st.one_of(st.integers(0, 900), st.integers(0, 90).map(lambda n: n * 30))),
    }


@st.composite
def elapsed(draw):
    """Return the input of an ``elapsed``."""
    zone = draw(zones)
    around = draw(days(zone))
    start = _near(around, draw(st.integers(-6000, 2000)))
    return {
        "calendar": draw(calendars(zone, around)),
        "start": written(start),
        "end": written(start + draw(st.integers(0, 14000)) * MINUTE),
    }


@st.composite
def target_sets(draw):
    """Return the targets of a priority: a calendar, and some of the clocks."""
    wanted = st.one_of(st.sampled_from((20, 60, 240, 480, 960)), st.integers(0, 500))
    metrics = draw(
        st.lists(
            st.sampled_from(("first_response", "next_response", "update", "resolution")),
            min_size=2,
            unique=True,
        )
    )
    found = {"calendar": draw(st.sampled_from(("office", "other")))}
    found |= {metric: draw(wanted) for metric in metrics}
    if draw(st.integers(0, 3)) == 0:
        found["anchor"] = draw(st.sampled_from(("received", "declared")))
    return found


@st.composite
def clocks(draw):
    """Return the input of a ``clock``: events in any order, some at the same instant."""
    zone = draw(zones)
    around = draw(days(zone))
    policy = {name: draw(target_sets()) for name in ("low", "high", "emergency")}
    if draw(st.booleans()):
        policy["emergency"]["anchor"] = "declared"
    start = _near(around, draw(st.integers(-1500, 1500)))
    at, events = start, [{"at": written(start), "kind": "received", "priority": "low"}]
    for _ in range(draw(st.sampled_from((0, 1, 2, 4, 6, 9)))):
        at += draw(st.sampled_from((0, 1, 5, 30, 60, 240, 600, 1440))) * MINUTE
        at += draw(st.one_of(st.just(0), st.integers(0, 300))) * MINUTE
        event = {"at": written(at), "kind": draw(st.sampled_from(KINDS))}
        if event["kind"] == "priority":
            event["priority"] = draw(st.sampled_from(("low", "high", "emergency")))
        if event["kind"] == "merged_in":
            earlier = draw(st.integers(-3000, 500)) * MINUTE
            event["other_received"] = written(start + earlier)
        events.append(event)
    return {
        "policy": policy,
        "calendars": {
            "office": draw(calendars(zone, around)),
            "other": draw(calendars(draw(zones), around)),
        },
        "events": events,
        "now": written(at + draw(st.integers(-500, 3000)) * MINUTE),
    }


@st.composite
def windows(draw, most=3):
    """Return windows of a week, some of a whole one, some to 24:00."""
    ends = st.one_of(times, st.just(1440))
    window = st.tuples(st.sampled_from(DAYS), times, st.sampled_from(DAYS), ends)
    return [
        [opens, clock_time(at), closes, clock_time(to)]
        for opens, at, closes, to in draw(st.lists(window, max_size=most))
    ]


@st.composite
def rotations(draw, around, people):
    """Return a rotation that has begun, or is about to."""
    opened = draw(st.one_of(st.just([]), windows()))
    found = {
        "id": draw(st.sampled_from(("main", "weekend", "second"))),
        "first_date": (around - draw(st.integers(-3, 60)) * DAY).isoformat(),
        "handoff": clock_time(draw(times)),
        "every_days": draw(st.sampled_from((1, 2, 3, 7, 7, 14))),
        "people": draw(st.lists(people, min_size=1, max_size=4)),
    }
    if opened:
        found["windows"] = opened
    return found


@st.composite
def roster_changes(draw, around, people):
    """Return a change near a date."""
    begins, ends = draw(local_periods(around, 4000, spread=2))
    kind = draw(st.sampled_from(("swap", "cover", "add", "absent")))
    found = {"kind": kind, "from": begins, "to": ends, "who": draw(people)}
    if kind in ("swap", "cover") and draw(st.booleans()):
        found["instead_of"] = draw(people)
    return found


@st.composite
def covers(draw, longest=timedelta(days=3)):
    """Return the input of a ``coverage``."""
    zone = draw(zones)
    around = draw(days(zone))
    people = st.sampled_from(("ana", "bo", "cy", "dee"))
    staffed = draw(calendars(draw(st.one_of(st.just(zone), zones)), around))
    start = _near(around, draw(st.integers(-2000, 1000)))
    required = st.one_of(st.just("after_hours"), st.just("always"), calendars(zone, around))
    return {
        "roster": {
            "tz": zone,
            "staffed": staffed,
            "required": draw(required),
            "holidays": [(around + draw(st.integers(-2, 3)) * DAY).isoformat()],
            "weights": {"evening": 1, "night": 1.5, "weekend": 2, "holiday": 3},
            "rotations": draw(st.lists(rotations(around, people), min_size=1, max_size=3)),
            "changes": draw(st.lists(roster_changes(around, people), min_size=2, max_size=9)),
            "best_effort": draw(windows(2)),
        },
        "start": written(start),
        "end": written(start + draw(st.integers(1, longest // MINUTE)) * MINUTE),
    }
