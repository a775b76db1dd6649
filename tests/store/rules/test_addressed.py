"""Whom of the desk a mail is addressed to, who was on call, and what marks a forged sender."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from store.records import Address
from store.rules.cover import on_call
from store.rules.end_runs import CERTAIN, EndRun, addressed, is_desk, unless_on_call
from store.rules.hours import CalendarSpec, compile_hours
from store.rules.prepared import prepare
from store.rules.roster import Change, ChangeKind, Roster, Rotation
from tests.rulebook import a_rulebook
from tests.store.letters import letter

RULES = a_rulebook()
NIGHTS = Roster(
    "Europe/London",
    compile_hours(
        CalendarSpec("Europe/London", {"mon": (("08:00", "17:00"),)}, {}, frozenset(), ())
    ),
    (Rotation("main", date(2026, 1, 5), "08:00", ("ana", "ben")),),
    changes=(
        Change(
            ChangeKind.COVER,
            datetime.fromisoformat("2026-11-24"),
            datetime.fromisoformat("2026-11-25"),
            "chi",
            "ben",
        ),
    ),
)


@pytest.mark.parametrize(
    ("address", "desk"),
    [
        ("help@northgate.example", True),
        ("HELP@Northgate.example", True),
        ("help+1042@northgate.example", True),
        ("help+a+b@northgate.example", True),
        ("helper@northgate.example", False),
        ("help@northgate.example.evil.example", False),
        ("+@northgate.example", False),
        ("help+", False),
        ("", False),
    ],
)
def test_the_desk_is_known_by_its_addresses(address, desk):
    """With whatever follows a plus."""
    assert is_desk(address, RULES) is desk


@pytest.mark.parametrize(
    ("to", "cc", "expected"),
    [
        ("help", "", (None, None, True, False)),
        ("ben", "help", ("ben", None, False, True)),
        ("voss ana ben", "chi dee", ("ana", "chi", False, False)),
        ("ben help", "help", ("ben", None, True, True)),
        ("", "", (None, None, False, False)),
    ],
)
def test_whom_a_mail_names(to, cc, expected):
    """The first person of the desk in each field, and the desk."""

    def named(text: str) -> tuple[Address, ...]:
        return tuple(Address("", f"{name}@northgate.example") for name in text.split())

    mail = letter(1, datetime(2026, 11, 23, tzinfo=UTC), to=named(to), cc=named(cc)).mail
    found = addressed(mail, RULES)
    people = (found.technician, found.copied)
    logins = tuple(person.login if person else None for person in people)
    assert (*logins, found.desk_to, found.desk_cc) == expected
    assert found.desk is ("help" in f"{to} {cc}")


@pytest.mark.parametrize(
    ("at", "who"),
    [
        (datetime(2026, 11, 23, 7, 59, tzinfo=UTC), "ben"),
        (datetime(2026, 11, 23, 8, 0, tzinfo=UTC), ""),
        (datetime(2026, 11, 23, 17, 0, tzinfo=UTC), "ana"),
        (datetime(2026, 11, 24, 12, 0, tzinfo=UTC), "ana"),
        (datetime(2026, 12, 1, 12, 0, tzinfo=UTC), "ben"),
        (datetime(1980, 1, 1, tzinfo=UTC), ""),
        (None, ""),
    ],
)
def test_who_was_on_call(at, who):
    """Nobody while the desk is there, before the roster began, or at no known time."""
    assert on_call(NIGHTS, at) == who
    assert on_call(None, at) == ""


def test_who_was_on_call_was_rightly_written_to():
    """The same mail is an end-run to anybody else."""
    night = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    rules = replace(RULES, roster=NIGHTS)
    to_ana, to_ben = (EndRun(login, "R4", CERTAIN, "") for login in ("ana", "ben"))
    assert unless_on_call(to_ana, rules, night) is None
    assert unless_on_call(to_ben, rules, night) == to_ben
    assert unless_on_call(to_ana, rules, None) == to_ana


def test_a_mail_says_that_its_sender_may_be_forged():
    """Beside what could not be read; people see it with the message."""
    item = letter(1, datetime(2026, 11, 23, tzinfo=UTC))
    mail, triage = replace(item.mail, defects=("no date",)), item.triage
    why = "the sender may be forged: dmarc=fail"
    marked = prepare(replace(item, mail=mail, triage=replace(triage, spoofed=why)))
    plain = prepare(replace(item, mail=mail))
    assert marked.letter.mail.defects == ("no date", why)
    assert plain.letter.mail.defects == ("no date",)
    assert marked.fingerprint == plain.fingerprint
