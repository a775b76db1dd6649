"""From the policy as people write it to the rulebook that the rules use."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from store.policy.compile import rulebook
from store.policy.load import load, parse
from store.policy.stored import rulebook_of, to_store
from store.rulebook import Rulebook
from store.rules.cover import Band, coverage
from store.words import Kind, Level, Priority, Role
from tests.store.policy.configs import SMALLEST

EXAMPLE = Path(__file__).parents[3] / "config.example.toml"


@pytest.fixture(scope="module")
def example() -> Rulebook:
    """The rulebook of the example config."""
    return rulebook(load(EXAMPLE), version=7)


def _smallest(more: str = "") -> Rulebook:
    return rulebook(parse(SMALLEST + more, "config.toml"))


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_smallest_config_has_a_desk_that_is_open_on_weekdays():
    """Monday to Friday, 08:00 to 17:00, where the desk is."""
    hours = _smallest().hours["desk"]
    week = hours.intervals(_at("2026-07-06 00:00"), _at("2026-07-13 00:00"))
    assert week == [
        (_at(f"2026-07-{day:02} 07:00"), _at(f"2026-07-{day:02} 16:00")) for day in range(6, 11)
    ]


def test_the_smallest_config_has_targets_that_get_longer():
    """From P1 to P4, with emergencies day and night."""
    targets = _smallest().targets
    assert [targets[name].first_response for name in ("P1", "P2", "P3", "P4")] == [
        timedelta(minutes=30), timedelta(hours=1), timedelta(hours=4), timedelta(hours=9),
    ]  # fmt: skip
    assert (targets["emergency"].calendar, targets["emergency"].anchor) == ("always", "declared")


def test_the_smallest_config_has_a_matrix_for_all_nine_cases():
    """The middle of it is P3, its ends are P1 and P4."""
    matrix = _smallest().matrix
    assert len(matrix) == 9
    assert matrix[Level.HIGH, Level.HIGH] == Priority.P1
    assert matrix[Level.MEDIUM, Level.MEDIUM] == Priority.P3
    assert matrix[Level.LOW, Level.LOW] == Priority.P4


def test_always_never_closes():
    """For emergencies and for those who are never off."""
    assert _smallest().hours["always"].next_change(_at("2026-07-06 00:00")) is None


@pytest.mark.parametrize(
    ("calendar", "opens"),
    [("", "09:00"), ('calendar = "late"', "09:00"), ('calendar = "always"', "00:00")],
)
def test_the_desks_hours_are_those_of_the_calendar_it_names(calendar, opens):
    """The only calendar there is, the one it names, or the built-in one."""
    text = SMALLEST.replace("[database]", f"{calendar}\n[database]")
    text += '[calendars.late]\ntimezone = "UTC"\nweekly.mon = "09:00-12:00"\n'
    hours = rulebook(parse(text, "config.toml")).hours["desk"]
    first, _ = hours.intervals(_at("2026-07-06 00:00"), _at("2026-07-07 00:00"))[0]
    assert first == _at(f"2026-07-06 {opens}")


def test_half_days_holidays_and_closures_of_the_example_hold(example):
    """A half day, a bank holiday, an open Saturday, an afternoon without power."""
    office = example.hours["office"]
    day = timedelta(days=1)

    def opened(text: str) -> timedelta:
        return office.open_between(_at(text), _at(text) + day)

    assert opened("2026-12-18") == timedelta(hours=4)
    assert opened("2026-12-25") == timedelta()
    assert opened("2027-01-02") == timedelta(hours=4)
    assert opened("2026-11-30") == timedelta(hours=6)
    assert opened("2026-12-02") == timedelta(hours=7, minutes=30)
    assert example.hours["desk"] is office


def test_people_departments_and_services_of_the_example_are_all_there(example):
    """Twelve people, six departments, fourteen services."""
    assert (len(example.people), len(example.departments), len(example.services)) == (12, 6, 14)
    assert example.people["ana"].role is Role.LEAD
    assert example.people["ines"].capacity == 5
    assert example.person_by_address("Ana@northgate.example").login == "ana"
    assert example.department_of("hopper@maths.northgate.example").key == "maths"
    assert example.department_of("head@northgate.example").key == "office"
    network = example.services["network"]
    assert (network.kind, network.impact, network.emergency_impact) == (
        Kind.INCIDENT, Level.MEDIUM, Level.HIGH,
    )  # fmt: skip
    assert "whole school" in network.impact_words[Level.HIGH]


def test_what_is_stored_compiles_to_the_same(example):
    """Every board works with the same policy, whoever applied it."""
    stored = rulebook_of(to_store(load(EXAMPLE)), 7)
    for name in ("version", "desk", "people", "departments", "services", "matrix", "targets"):
        assert getattr(stored, name) == getattr(example, name)
    assert stored.drop_folders == example.drop_folders == {"ben-drop": "ben"}
    assert stored.reports == example.reports
    assert stored.trusted_auth == example.trusted_auth == "mx.northgate.example"
    for name in ("tz", "rotations", "changes", "holidays", "weights", "required", "best_effort"):
        assert getattr(stored.roster, name) == getattr(example.roster, name)


def test_reports_keep_their_order(example):
    """The first that fits a mail counts."""
    backup, monitoring = example.reports
    assert backup.name == "Backup"
    assert backup.senders == ("backup@northgate.example", "monitoring@northgate.example")
    assert (backup.subject, backup.service) == (("backup", "restore test"), "files")
    assert (monitoring.subject, monitoring.service) == ((), "network")


def test_keys_are_written_with_commas_between_them():
    """And the comma key by its name."""
    assert _smallest("[keys]\nclaim = 'c'\nundo = ['u', ',']\n").keys == {
        "claim": "c",
        "undo": "u,comma",
    }


def test_the_example_roster_leaves_no_gap(example):
    """Weekends to one rotation, all else to the other; a swap puts Ana in Dee's place."""
    start = _at("2026-11-23 00:00")
    covered = coverage(example.roster, start, start + timedelta(weeks=6))
    assert covered.gaps == ()
    swapped = coverage(example.roster, _at("2026-12-05 12:00"), _at("2026-12-05 13:00"))
    assert [stretch.who for stretch in swapped.timeline] == ["ana"]


@pytest.mark.parametrize(
    ("required", "covered_hours"), [("after_hours", 20), ("always", 24), ("late", 3)]
)
def test_what_must_be_covered_is_what_the_roster_says(required, covered_hours):
    """Whenever the desk is closed, always, or the hours of a calendar."""
    rules = _smallest(f"""
[calendars.desk]
weekly.mon = "08:00-12:00"
holidays = [2026-07-13]
[calendars.late]
weekly.mon = "18:00-21:00"
[roster]
required = "{required}"
timezone = "UTC"
weights.night = 2.5
[[roster.rotations]]
name = "main"
first_date = 2026-01-05
handoff = "00:00"
people = ["ana"]
""")
    monday = _at("2026-07-06 00:00")
    found = coverage(rules.roster, monday, monday + timedelta(days=1))
    covered = [each for each in found.timeline if each.who == "ana"]
    assert sum((each.end - each.start for each in covered), timedelta()) == timedelta(
        hours=covered_hours
    )
    assert rules.roster.weights[Band.NIGHT] == 2.5
    assert list(rules.roster.holidays) == [date(2026, 7, 13)]


def test_holidays_of_people_come_before_what_was_agreed():
    """Ana is away from the first midnight to the last, unless somebody asked her to come."""
    rules = _smallest("""
[roster]
timezone = "UTC"
required = "always"
best_effort = ["sat 00:00 - sun 00:00"]
holidays = { ana = ["2026-07-09 - 2026-07-12", 2026-07-20] }
[[roster.rotations]]
name = "main"
first_date = 2026-01-05
handoff = "00:00"
people = ["ana"]
[[roster.changes]]
kind = "add"
from = "2026-07-10 12:00"
to = "2026-07-10 18:00"
who = "ana"
""")
    found = coverage(rules.roster, _at("2026-07-06 00:00"), _at("2026-07-27 00:00"))
    assert [(each.start, each.end) for each in found.gaps] == [
        (_at("2026-07-09 00:00"), _at("2026-07-10 12:00")),
        (_at("2026-07-10 18:00"), _at("2026-07-11 00:00")),
        (_at("2026-07-12 00:00"), _at("2026-07-13 00:00")),
        (_at("2026-07-20 00:00"), _at("2026-07-21 00:00")),
    ]


def test_without_a_roster_nobody_has_the_watch():
    """The smallest config has none."""
    assert _smallest().roster is None


def test_an_address_with_other_letters_is_known_as_mails_write_it_too():
    """Else every mail to it would be an end-run, and our own mail coming back somebody's."""
    text = SMALLEST.replace("help@northgate.example", "hilfe@b\u00fccher.example")
    rules = rulebook(parse(text, "config.toml"))
    assert rules.addresses == ("hilfe@b\u00fccher.example", "hilfe@xn--bcher-kva.example")


def test_weights_that_are_left_out_are_the_usual_ones():
    """Those of P1 to P4 are 4, 3, 2 and 1."""
    assert _smallest().load.weights == {"P1": 4, "P2": 3, "P3": 2, "P4": 1}
    lighter = _smallest("[load]\nweights = { P1 = 6.5, P4 = 0 }").load.weights
    assert lighter == {"P1": 6.5, "P2": 3, "P3": 2, "P4": 0}
