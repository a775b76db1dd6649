"""The kinds of value a setting can have."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.policy.durations import duration, words
from store.policy.names import address, address_or_domain, auth_server, login, zone
from store.policy.times import day, local_moment, spans, spans_words, time_of_day, window


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("30m", 30), ("4h", 240), ("1h30m", 90), ("1h 30m", 90), (" 90M ", 90), ("100h", 6000)],
)
def test_a_length_of_time_is_hours_and_minutes(text, minutes):
    """People write what they say."""
    assert duration(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "h", "30", "1.5h", "-1h", "30s", "m30", "one hour", 30, None])
def test_what_is_no_length_of_time_is_refused_with_an_example(text):
    """Nothing is guessed."""
    with pytest.raises(ValueError, match=r'is not a length of time; write e\.g\. "30m"'):
        duration(text)


@pytest.mark.parametrize("text", ["2d", "1 day", "2 days", "1d12h"])
def test_days_are_refused_because_their_length_depends(text):
    """A day of open time is as long as the calendar makes it."""
    with pytest.raises(ValueError, match="a day is not a fixed length of open time; write hours"):
        duration(text)


@pytest.mark.parametrize("text", ["0m", "0h", "0h0m"])
def test_no_time_at_all_is_no_target(text):
    """A target of nothing would be missed before it starts."""
    with pytest.raises(ValueError, match="no time at all"):
        duration(text)


@given(st.integers(1, 100_000))
def test_a_length_of_time_survives_being_written(minutes):
    """What the store keeps reads back as the same."""
    assert duration(words(timedelta(minutes=minutes))) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("08:00-17:00", (("08:00", "17:00"),)),
        ("8:00 – 12:00,13:00-17:00", (("08:00", "12:00"), ("13:00", "17:00"))),
        (["08:00-12:00", "22:00-02:00"], (("08:00", "12:00"), ("22:00", "02:00"))),
        ("00:00-24:00", (("00:00", "24:00"),)),
        ("closed", ()),
        ("", ()),
        ([], ()),
    ],
)
def test_spans_are_read_as_people_write_them(value, expected):
    """Several a day, past midnight, an en dash, or none."""
    assert spans(value) == expected


@pytest.mark.parametrize(
    "value",
    ["8:00-25:00", "08:00", "24:00-25:00", "24:00-08:00", "8-17", "08:60-09:00", "x", 8, [8]],
)
def test_what_is_no_span_is_refused_with_an_example(value):
    """The line says how it is written."""
    with pytest.raises(ValueError, match=r'is not a time span; write e\.g\. "08:00-12:00"'):
        spans(value)


@pytest.mark.parametrize("value", ["08:00-08:00", "00:00-00:00"])
def test_a_span_without_length_is_refused(value):
    """It could mean nothing or the whole day."""
    with pytest.raises(ValueError, match='the whole day is "00:00-24:00"'):
        spans(value)


@given(
    st.lists(
        st.tuples(st.integers(0, 1439), st.integers(0, 1440)).filter(
            lambda ends: ends[0] != ends[1]
        ),
        max_size=3,
    )
)
def test_spans_survive_being_written(ends):
    """What the store keeps reads back as the same."""
    value = tuple((f"{a // 60:02}:{a % 60:02}", f"{b // 60:02}:{b % 60:02}") for a, b in ends)
    assert spans(spans_words(value)) == value


def test_dates_and_times_may_be_toml_or_text():
    """Both ways of writing them are natural in TOML."""
    assert day("2026-12-25") == day(date(2026, 12, 25)) == date(2026, 12, 25)
    assert time_of_day("7:30") == time_of_day(time(7, 30)) == "07:30"
    noon = datetime.fromisoformat("2026-12-24 12:00")
    assert local_moment("2026-12-24 12:00") == local_moment("2026-12-24T12:00") == noon
    assert local_moment(noon) == noon


@pytest.mark.parametrize(
    ("read", "value", "said"),
    [
        (day, "2026-02-30", "is not a day of the calendar"),
        (day, "25.12.2026", "is not a date; write e.g. 2026-12-25"),
        (day, datetime.fromisoformat("2026-12-25"), "is not a date"),
        (time_of_day, "24:00", 'is not a time of day; write e.g. "17:00"'),
        (time_of_day, time(7, 30, 5), "is not a time of day"),
        (local_moment, "2026-12-24", 'is not a date and time; write e.g. "2026-12-24 12:00"'),
        (local_moment, "noon", "is not a date and time"),
        (local_moment, "2026-12-24 12:00+01:00", "has an offset; leave it out"),
        (window, "fri - mon", 'is not a window; write e.g. "fri 17:00 - mon 08:00"'),
        (window, "fri 17:00 - mun 08:00", "the days are mon, tue"),
        (window, "fri 25:00 - mon 08:00", "is not a time of day"),
        (window, "fri 17:00 - mon 25:00", "is not a window"),
        (address, "help", "is not a mail address"),
        (address, "Help <help@x.example>", "is not a mail address; write it alone"),
        (address_or_domain, "maths.example", "neither a mail address nor a domain"),
        (login, "ana lovelace", "cannot be a log-in name"),
        (zone, "London", 'did you mean "Europe/London"?'),
        (zone, "europe/london", 'did you mean "Europe/London"?'),
        (zone, "new york", 'did you mean "America/New_York"?'),
        (zone, "", 'write e.g. "Europe/London"'),
        (zone, "../etc/passwd", "is not a time zone"),
        (zone, "Europe", "is not a time zone"),
        (zone, 1, "is not a time zone"),
    ],
)
def test_what_is_not_of_its_form_is_refused_with_what_helps(read, value, said):
    """Each kind of value has its own words."""
    with pytest.raises(ValueError, match=said.replace("?", r"\?")):
        read(value)


def test_windows_are_read_with_their_days():
    """Days may be written out and in capitals."""
    assert window("Friday 17:00 – mon 8:00") == ("fri", "17:00", "mon", "08:00")
    assert window("sat 00:00 - sun 24:00") == ("sat", "00:00", "sun", "24:00")


def test_addresses_are_compared_in_lower_case():
    """People write them in any case."""
    assert address(" Ana@Northgate.Example ") == "ana@northgate.example"
    assert address_or_domain("@Maths.Example") == "@maths.example"


@pytest.mark.parametrize(
    "name", ["", "mx.northgate.example", "microsoft365", " MX-1.Northgate ", "10.0.0.1"]
)
def test_the_server_that_checks_senders_is_a_name(name):
    """As it stands in the header, or nothing."""
    assert auth_server(name) == name.strip().lower()


@pytest.mark.parametrize("name", ["mx northgate", "mx;dmarc=pass", 1, None])
def test_what_is_no_name_of_a_server_is_refused(name):
    """With an example."""
    with pytest.raises(ValueError, match="is not the name of a server"):
        auth_server(name)
