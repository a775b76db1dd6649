"""What a wrong config says: each line with its place, its key and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.policy.configs import SMALLEST, problems, problems_of

WRONG = Path(__file__).with_name("wrong.txt")
OFFICE = '[calendars.office]\nweekly.mon = "08:00-12:00"\n'


def _cases() -> list[tuple[str, list[str]]]:
    """Return what is added and the lines expected, for each case of the file."""
    blocks = WRONG.read_text(encoding="utf-8").split("-" * 20 + "\n")[1:]
    rows = [block.splitlines() for block in blocks]
    return [
        (
            "".join(f"{row}\n" for row in block if not row.startswith("> ")),
            [row.removeprefix("> ") for row in block if row.startswith("> ")],
        )
        for block in rows
    ]


def test_the_line_of_a_problem_names_file_line_table_key_and_what_was_expected():
    """The form that every problem has."""
    text = SMALLEST + "\n[calendars.office]\n" + 'weekly.fri = "8:00-25:00"\n'
    assert problems(text) == [
        (
            'config.toml:26: [calendars.office] weekly.fri: "8:00-25:00" is not a time span; '
            'write e.g. "08:00-12:00"'
        )
    ]


@pytest.mark.parametrize(("added", "lines"), _cases())
def test_one_mistake_is_one_line_that_helps(added, lines):
    """Wrong types, names and values, names that lead nowhere, and what cannot be meant."""
    assert problems_of(added) == lines


@pytest.mark.parametrize("part", ["[[mailboxes]]\n", "[outgoing]\n"])
@pytest.mark.parametrize("key", ["password", "Password", "secret", "passwd"])
def test_a_password_in_the_file_is_refused_and_never_repeated(part, key):
    """The line says how to do it right, and is itself safe to send to somebody."""
    said = problems_of(f"{part}name = 'x'\nhost = 'h'\nuser = 'u'\n{key} = 'hunter2'\n")
    assert any(f"{key}: a password does not belong in this file" in line for line in said)
    assert "hunter2" not in "\n".join(said)


@pytest.mark.parametrize("key", ["secret", "client_secret", "Password", "refresh_token"])
def test_an_apps_secret_in_the_file_is_refused_and_never_repeated(key):
    """As a password is."""
    head = "[[mailboxes]]\nname = 'x'\nhost = 'h'\nuser = 'u'\n[mailboxes.oauth]\n"
    said = problems_of(f"{head}provider = 'google'\nflow = 'refresh_token'\n{key} = 'hunter2'\n")
    assert any(f"{key}: a secret does not belong in this file" in line for line in said)
    assert "hunter2" not in "\n".join(said)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://x/y", '"mysql://…" is no database we can use'),
        ("deskwatch.db", '"deskwatch.db" is no database we can use'),
        (
            "sqlite://deskwatch.db",
            'needs three slashes before the file; write "sqlite:///deskwatch.db"',
        ),
        ("sqlite://", "a database in memory is forgotten at once"),
        ("postgresql://ana:hunter2@db:x/desk", "the server in it is written wrongly; write e.g."),
        ("postgresql://ana:hunter2@db/desk", "a password does not belong in this file"),
    ],
)
def test_the_database_is_one_we_know_and_without_a_password(url, said):
    """A shared password would make everybody the same person."""
    lines = problems(SMALLEST.replace("sqlite:///deskwatch.db", url))
    assert len(lines) == 1
    assert said in lines[0]
    assert "hunter2" not in lines[0]


def test_the_desk_says_which_of_several_calendars_is_its_own():
    """With one there is no question; with several, guessing would move every due time."""
    two = OFFICE + OFFICE.replace("office", "late")
    assert problems_of(OFFICE) == []
    assert problems_of(two.replace("late", "desk")) == []
    assert [line.partition(": ")[2] for line in problems_of(two)] == [
        '[desk] calendar: say which of late, office is the desk\'s own, e.g. calendar = "late"'
    ]
    named = SMALLEST.replace("[database]", 'calendar = "ofice"\n[database]')
    assert problems(named + two) == [
        'config.toml:6: [desk] calendar: there is no calendar "ofice"; did you mean "office"?'
    ]


def test_every_problem_is_said_at_once_in_the_order_of_the_file():
    """Wrong values hide neither each other nor names that lead nowhere."""
    text = """\
colour = "blue"
[desk]
timezone = "Europe/Londn"
[[people]]
name = "Ana"
login = "ana"
addresses = ["ana@x.example"]
department = "maths"
[[people]]
login = "ana lovelace"
role = "boss"
[roster]
required = "nights"
[[roster.rotations]]
name = "main"
people = ["ana", "bob"]
"""
    assert [line.split(": ")[0:2] for line in problems(text)] == [
        ["config.toml:1", "colour"],
        ["config.toml:2", "[desk] name"],
        ["config.toml:2", "[desk] addresses"],
        ["config.toml:3", "[desk] timezone"],
        ["config.toml:8", "[[people]] department"],
        ["config.toml:9", "[[people]] name"],
        ["config.toml:9", "[[people]] addresses"],
        ["config.toml:10", "[[people]] login"],
        ["config.toml:11", "[[people]] role"],
        ["config.toml:13", "[roster] required"],
        ["config.toml:14", "[[roster.rotations]] first_date"],
        ["config.toml:14", "[[roster.rotations]] handoff"],
        ["config.toml:16", "[[roster.rotations]] people"],
    ]


def test_parts_that_are_missing_say_what_they_hold():
    """A file with only a comment's worth of policy is told how to begin."""
    assert problems("[database]\n") == [
        "config.toml:1: [desk]: this is missing; it holds name, timezone, addresses",
        "config.toml:1: [[people]]: this is missing; it holds name, login, addresses",
    ]
    assert problems("desk.name = 'x'\n[people]\n") == [
        'config.toml:1: desk.timezone: this is missing; write e.g. timezone = "Europe/London"',
        (
            "config.toml:1: desk.addresses: this is missing; "
            'write e.g. addresses = ["help@northgate.example"]'
        ),
        (
            "config.toml:2: [people]: this is a table, not a list; "
            "write the header with two brackets, once for each: [[people]]"
        ),
    ]
