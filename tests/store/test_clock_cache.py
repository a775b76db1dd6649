"""The clock columns are a cache: whatever is done, the events say the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from store import commands
from store.commands.clock_cache import clock_columns
from store.commands.fresh import fresh_clock_columns
from store.errors import CommandRefused
from store.facts.requests import request
from store.rules.clocks import TargetSet
from store.rules.timeline import Happening
from store.words import Ending, Happened, Level, State
from tests.rulebook import a_rulebook
from tests.store.letters import letter
from tests.store.looking import how, verified
from tests.store.people import ANA, BEN, CHI, a_request, the

RULES = a_rulebook()


@given(
    st.timedeltas(timedelta(0), timedelta(days=730)),
    st.sampled_from(["P1", "P2", "P3", "P4"]),
)
def test_a_fresh_request_has_the_clocks_its_history_says(later, priority):
    """The quick way and the whole way agree, at every moment of two years."""
    at = datetime(2026, 1, 1, tzinfo=UTC) + later
    received = Happening(1, at, Happened.RECEIVED, {}, {"priority": priority})
    assert fresh_clock_columns(RULES, priority, at) == clock_columns([received], RULES)


WAYS = {
    "claim": lambda desk, who, at, _: commands.claim(desk, who, at),
    "release": lambda desk, who, at, _: commands.release(desk, who, at),
    "take_over": lambda desk, who, at, _: commands.take_over(desk, who, at),
    "offer": lambda desk, who, at, _: commands.offer(desk, who, at),
    "take_back_offer": lambda desk, who, at, _: commands.take_back_offer(desk, who, at),
    "wait": lambda desk, who, at, _: commands.wait(desk, who, at, State.WAITING_REQUESTER),
    "wait_until": lambda desk, who, at, now: commands.wait(
        desk, who, at, State.WAITING_SUPPLIER, now + timedelta(hours=3)
    ),
    "resume": lambda desk, who, at, _: commands.resume(desk, who, at),
    "snooze": lambda desk, who, at, now: commands.snooze(desk, who, at, now + timedelta(1)),
    "rate": lambda desk, who, at, _: commands.rate(desk, who, at, Level.HIGH, Level.LOW),
    "lower": lambda desk, who, at, _: commands.rate(desk, who, at, Level.LOW, Level.LOW),
    "emergency": lambda desk, who, at, _: commands.emergency(desk, who, at, "All is dark"),
    "reply": lambda desk, who, at, _: commands.reply(desk, who, at, "Looking into it"),
    "note": lambda desk, who, at, _: commands.note(desk, who, at, "Hm"),
    "resolve": lambda desk, who, at, _: commands.resolve(desk, who, at, Ending.FIXED, "Done"),
    "reopen": lambda desk, who, at, _: commands.reopen(desk, who, at),
    "close": lambda desk, who, at, _: commands.close(desk, who, at),
    "undo": lambda desk, who, _at, _now: commands.undo(desk, who),
    "end_waits": lambda desk, _who, _at, _now: commands.end_waits(desk),
    "close_resolved": lambda desk, _who, _at, _now: commands.close_resolved(desk),
    "mail": lambda desk, _who, at, now: commands.take_in(
        desk,
        "help",
        1,
        [letter(int(now.timestamp()), now, f"x [#{at.number}]", tags=(at.number,))],
    ),
}
STEPS = st.tuples(
    st.sampled_from(sorted(WAYS)), st.sampled_from([ANA, BEN, CHI]), st.integers(1, 5_000)
)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(STEPS, min_size=3, max_size=14))
def test_whatever_is_done_the_events_say_how_it_stands(desk, clock, steps):
    """Any commands by anybody in any order: the row is what its events make of it."""
    number = a_request(desk)
    for way, who, minutes in steps:
        clock.advance(timedelta(minutes=minutes))
        version = how(desk, number)["version"]
        try:
            WAYS[way](desk, who, the(number), clock.now())
        except CommandRefused:
            assert how(desk, number)["version"] == version
    assert verified(desk) == []


def test_a_row_that_was_changed_behind_our_back_is_found_and_mended(desk):
    """Somebody with a database client, or a disk."""
    number, fine = a_request(desk), a_request(desk, "Other")
    with desk.store.engine.begin() as connection:
        broken = update(request).where(request.c.number == number)
        connection.execute(broken.values(due_at=None, assignee="ben"))
    found = " ".join(verified(desk))
    assert f"#{number}: due_at is None" in found
    assert f"#{number}: assignee is ben" in found
    assert f"#{fine}" not in found
    assert commands.rebuild(desk) == 1
    assert verified(desk) == []
    assert how(desk, fine)["version"] == 1


@pytest.mark.parametrize("priority", ["P1", "P4"])
def test_a_desk_that_promises_nothing_has_no_clocks(priority):
    """Neither way invents one."""
    rules = replace(RULES, targets={priority: TargetSet(calendar="desk")})
    at = datetime(2026, 11, 23, 10, tzinfo=UTC)
    received = Happening(1, at, Happened.RECEIVED, {}, {"priority": priority})
    assert fresh_clock_columns(rules, priority, at) == clock_columns([received], rules)
