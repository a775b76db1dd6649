"""Opening hours to the microsecond, and what calendars may not say."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.hours import CalendarSpec, Hours, always, compile_hours

WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
INSTANT = timedelta(microseconds=1)


def hours(*spans: tuple[str, str], zone: str = "Europe/London", **more) -> Hours:
    """Return the hours of a desk with the same spans on all workdays."""
    return compile_hours(CalendarSpec(zone, dict.fromkeys(WORKDAYS, spans), **more))


def at(text: str) -> datetime:
    """Return "2026-06-01 08:00:00.5", in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


DESKS = (
    hours(("08:00", "12:30"), ("13:30", "16:30")),
    hours(("22:00", "06:00"), zone="America/New_York", holidays=[date(2026, 7, 4)]),
    hours(("01:30", "03:00"), ("02:00", "24:00"), zone="Australia/Lord_Howe"),
    always("Asia/Kathmandu"),
)
desks = st.sampled_from(DESKS)
instants = st.datetimes(
    datetime(2025, 1, 1),  # noqa: DTZ001
    datetime(2028, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
lengths = st.timedeltas(timedelta(), timedelta(days=40))


@given(desks, instants, lengths)
def test_a_due_time_is_the_earliest_with_the_time_used(desk, start, length):
    """At the due time all of it is used, and a microsecond before it is not."""
    due = desk.due(start, length)
    assert due is not None
    assert desk.open_between(start, due) == length
    assert due == start or desk.open_between(start, due - INSTANT) == length - INSTANT


@given(desks, instants, lengths, lengths)
def test_open_time_adds_up(desk, start, one, other):
    """Open time of a stretch is that of its parts, and that of its intervals."""
    middle, end = start + one, start + one + other
    whole = desk.open_between(start, end)
    assert desk.open_between(start, middle) + desk.open_between(middle, end) == whole
    intervals = desk.intervals(start, end)
    assert sum((stop - begin for begin, stop in intervals), timedelta()) == whole
    edges = [edge for interval in intervals for edge in interval]
    assert sorted(set(edges)) == edges


@given(desks, instants)
def test_nothing_changes_before_the_next_change(desk, now):
    """Up to the next change it stays open or closed; at it, it is not any more."""
    change = desk.next_change(now)
    if change is None:
        assert desk.open_between(now, now + timedelta(days=800)) == timedelta(days=800)
        return
    was_open = desk.is_open(now)
    assert desk.is_open(change - INSTANT) == was_open
    assert desk.is_open(change) != was_open
    expected = change - now if was_open else timedelta()
    assert desk.open_between(now, change) == expected


@pytest.mark.parametrize(
    ("start", "length", "due"),
    [
        ("2026-06-01 07:00:00.000001", timedelta(hours=9), "2026-06-02 07:00:00.000001"),
        ("2026-06-01 06:59:59.999999", timedelta(hours=9), "2026-06-01 16:00:00"),
        ("2026-06-01 15:59:59.999999", INSTANT, "2026-06-01 16:00:00"),
        ("2026-06-01 16:00:00", INSTANT, "2026-06-02 07:00:00.000001"),
        ("2025-12-31 23:00:00", timedelta(seconds=1), "2026-01-01 08:00:01"),
    ],
)
def test_due_times_are_exact(start, length, due):
    """Nothing is rounded: a microsecond after opening is due a microsecond after."""
    assert hours(("08:00", "17:00")).due(at(start), length) == at(due)


def test_an_instant_of_another_zone_is_the_same_instant():
    """Answers do not depend on how an instant is written, and come in UTC."""
    desk = hours(("08:00", "17:00"))
    new_year = datetime(2026, 12, 31, 22, tzinfo=timezone(timedelta(hours=-5)))
    due = desk.due(new_year, timedelta(hours=1))
    assert (due, due.tzinfo) == (desk.due(new_year.astimezone(UTC), timedelta(hours=1)), UTC)
    assert due == at("2027-01-01 09:00")


def test_a_night_over_the_new_year_is_one_interval():
    """Years are compiled one by one; it cannot be seen."""
    desk = compile_hours(CalendarSpec("UTC", dict.fromkeys(WORKDAYS, (("20:00", "04:00"),))))
    start, end = at("2026-12-31 12:00"), at("2027-01-01 12:00")
    night = (at("2026-12-31 20:00"), at("2027-01-01 04:00"))
    assert desk.intervals(start, end) == [night]
    assert desk.next_change(at("2026-12-31 21:00")) == night[1]


def test_a_calendar_that_never_opens_again_has_no_due_time():
    """After its last special day there is nothing to wait for."""
    once = compile_hours(CalendarSpec("UTC", {}, special={date(2026, 6, 3): (("08:00", "09:00"),)}))
    assert once.due(at("2026-01-01"), timedelta(hours=1)) == at("2026-06-03 09:00")
    assert once.due(at("2026-01-01"), timedelta(hours=2)) is None
    assert once.next_change(at("2026-06-04")) is None
    assert compile_hours(CalendarSpec("UTC", {})).next_change(at("2026-01-01")) is None


def test_a_desk_closed_for_good():
    """A closure to the end of time has an end to the search."""
    closure = (datetime(2026, 6, 1, 12), datetime(9999, 12, 31, 23, 59))  # noqa: DTZ001
    desk = hours(("08:00", "17:00"), zone="America/New_York", closures=[closure])
    assert desk.next_change(at("2026-06-01 13:00")) == at("2026-06-01 16:00")
    assert desk.next_change(at("2026-06-01 17:00")) is None
    assert desk.due(at("2026-06-01 17:00"), timedelta(hours=1)) is None


def test_a_target_of_years_is_found():
    """One minute a week: twelve hours take fourteen years."""
    rare = compile_hours(CalendarSpec("UTC", {"wed": (("08:00", "08:01"),)}))
    assert rare.due(at("2026-01-01"), timedelta(hours=12)) == at("2039-10-19 08:01")


def test_the_ends_of_time_do_not_break():
    """Instants near the first and the last date Python knows have an answer."""
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    desk = hours(("08:00", "17:00"))
    assert not desk.is_open(first)
    assert not desk.is_open(last)
    assert desk.due(last, timedelta(hours=1)) is None
    assert desk.next_change(last) is None


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"tz": "Europe/Lundon"}, '"Europe/Lundon" is not a time zone'),
        ({"tz": "../etc/passwd"}, '"../etc/passwd" is not a time zone'),
        ({"tz": ""}, '"" is not a time zone'),
        ({"weekly": {"monday": ()}}, 'weekly: "monday" is not a day'),
        ({"weekly": {"mon": (("8:00", "25:00"),)}}, 'weekly mon: "25:00" is not a time of day'),
        ({"weekly": {"mon": (("08:00", "12.00"),)}}, 'weekly mon: "12.00" is not a time of day'),
        ({"weekly": {"mon": (("08:00", "٠٩:00"),)}}, "is not a time of day"),
        ({"weekly": {"mon": (("08:00", "08:00"),)}}, '"08:00-08:00" begins and ends at the same'),
        ({"weekly": {"mon": (("24:00", "08:00"),)}}, '"24:00" cannot begin a span'),
        (
            {"special": {date(2026, 6, 1): (("x", "08:00"),)}},
            'special 2026-06-01: "x" is not a time of day',
        ),
        (
            {"closures": ((datetime(2026, 6, 2), datetime(2026, 6, 1)),)},  # noqa: DTZ001
            "closures: 2026-06-01 00:00 is not after 2026-06-02 00:00",
        ),
        (
            {"closures": ((at("2026-06-01"), at("2026-06-02")),)},
            "closures: times are local; leave the offset out",
        ),
    ],
)
def test_what_is_no_calendar_is_refused(more, said):
    """The message says what is wrong, and where, in the writer's words."""
    with pytest.raises(ValueError, match=r".") as refused:
        compile_hours(CalendarSpec(**{"tz": "UTC", "weekly": {}} | more))
    assert said in str(refused.value)
