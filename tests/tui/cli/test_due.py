"""``deskwatch due``: when, and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.tui.cli.test_json import keys, promised

DESK = (Path(__file__).parents[2] / "desk.toml").read_text(encoding="utf-8")


@pytest.fixture
def due(shell):
    """The command, in a folder with the config of the tests' desk."""
    Path("config.toml").write_text(DESK, encoding="utf-8")
    return lambda *words, **typed: shell("due", *words, **typed)


def test_a_priority_over_the_weekend(due):
    """Every clock, and each stretch of open time that leads there."""
    assert due("--at", "2026-11-20 15:05", "--priority", "p2").out == (
        "Received Fri 20 Nov 2026 15:05 (Europe/London)\n"
        "\n"
        "P2\n"
        '  "desk" is open: time counts at once\n'
        "  first response  due Fri 20 Nov 2026 16:05, after 1 h open\n"
        "                    Fri 20 Nov 2026 15:05–16:05  1 h\n"
        "  next response   2 h open after the requester writes again\n"
        "  update          4 h open after each answer\n"
        "  resolution      due Mon 23 Nov 2026 14:35, after 8 h open\n"
        "                    Fri 20 Nov 2026 15:05–16:30  1 h 25\n"
        "                    Mon 23 Nov 2026 08:00–14:35  6 h 35\n"
    )


def test_while_the_desk_is_closed(due):
    """It says from when on time counts."""
    lines = due("--at", "2026-12-24T20:00", "--priority", "P1").lines
    assert lines[3] == '  "desk" is closed until Tue 29 Dec 2026 08:00: time counts from then'
    assert lines[4] == "  first response  due Tue 29 Dec 2026 08:30, after 30 min open"


def test_a_service_is_rated_by_the_catalogue(due):
    """By key or by name; how it is rated is said."""
    by_key = due("--at", "2026-11-24 08:05", "--service", "network")
    assert by_key.lines[2] == "Network: P3 (medium impact × medium urgency)"
    assert due("--at", "2026-11-24 08:05", "--service", "NETWORK") == by_key


def test_an_emergency_counts_around_the_clock(due):
    """At night, and through midnight."""
    lines = due("--at", "2026-11-24 22:30", "--service", "network", "--emergency").lines
    assert lines[2] == "Network: emergency, declared when it was received"
    assert lines[-1] == "                    Tue 24 Nov 2026 22:30–Wed 25 Nov 2026 02:30  4 h"


def test_without_a_choice_every_priority_is_shown(due):
    """Four blocks; the time is now."""
    lines = due().lines
    assert [line for line in lines if line in {"P1", "P2", "P3", "P4"}] == ["P1", "P2", "P3", "P4"]


def test_long_ways_are_cut_short(due):
    """Forty hours are six days: all are shown; with a week of mornings they are not."""
    Path("config.toml").write_text(DESK.replace("08:00-16:30", "08:00-10:00"), encoding="utf-8")
    assert due("--at", "2026-11-24 08:05", "--priority", "P4").lines[-1].strip() == "… and 13 more"


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--at", "tomorrow"], 2, '"tomorrow" is not a date and time; write e.g. "2026-11-24'),
        (["--priority", "P9"], 2, "invalid choice: 'P9'"),
        (["--priority", "P1", "--service", "network"], 2, "not allowed with"),
        (["--service", "netwrok"], 1, "--service netwrok: the catalogue has no such service; did"),
    ],
)
def test_wrong_use(due, capsys, words, status, said):
    """Wrong use ends with 2, a name nobody knows with 1; both in a line."""
    try:
        ran = due(*words)
        ended, err = ran.status, ran.err
    except SystemExit as exit_:
        ended, err = exit_.code, capsys.readouterr().err
    assert ended == status
    assert said in err


def test_json(due):
    """The shape that docs/json.md promises; an instant with an offset is that instant."""
    found = json.loads(due("--at", "2026-11-24T03:05-05:00", "--priority", "P2", "--json").out)
    assert keys(found) == keys(promised("due --json"))
    assert found["received"] == "2026-11-24T08:05:00+00:00"
    first = found["targets"][0]["clocks"]["first_response"]
    assert first == {
        "target_s": 3600.0,
        "due": "2026-11-24T09:05:00+00:00",
        "warn_75": "2026-11-24T08:50:00+00:00",
        "warn_90": "2026-11-24T08:59:00+00:00",
        "counted": [["2026-11-24T08:05:00+00:00", "2026-11-24T09:05:00+00:00"]],
    }
