"""What a policy would change, said before it is applied."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from store import commands
from store.desk import Desk
from store.errors import StoreError
from store.facts.cover import cover_change
from store.policy.difference import Changed, TargetChange, difference
from store.policy.load import parse
from store.policy.stored import to_store
from store.queries.policy import agreed_at
from store.queries.policy_change import Effect, live_requests, policy_change
from store.words import Ending, Level
from tests.store.looking import how
from tests.store.people import ANA, a_request, the
from tests.store.policy.configs import SMALLEST

ROSTER = """
[roster]
[[roster.rotations]]
name = "main"
first_date = 2026-11-02
handoff = "17:00"
people = ["ana"]
"""


def policy(text: str) -> str:
    """Return a config file as it is stored."""
    return to_store(parse(text, "config.toml"))


def targets(p4: str, p1: str = "30m") -> str:
    """Return the smallest policy with these times for a first response, and 30 min between."""
    times = {"P1": p1, "P2": "30m", "P3": "30m", "P4": p4}
    each = "".join(
        f'[targets.{name}]\nfirst_response = "{time}"\nresolution = "200h"\n'
        for name, time in times.items()
    )
    return f"{SMALLEST}\n{each}"


def looked(store, text: str):
    """Return what would change; every live request is looked at."""
    seen: list[int] = []
    found = policy_change(store, policy(text), seen.append)
    assert sum(seen) == live_requests(store)
    return found


@pytest.fixture
def desk(store, database_url, clock):
    """A desk with nine hours for a first response to a P4, and half an hour to a P1."""
    commands.apply_policy(store, policy(targets("9h")), ANA)
    opened = Desk.open(database_url, clock)
    yield opened
    opened.close()


def test_due_times_that_move(desk, store, clock):
    """What becomes overdue comes first; nothing is written, and applying it does just that."""
    first = a_request(desk, "first", impact=Level.LOW, urgency=Level.LOW)
    clock.advance(timedelta(hours=2))
    second = a_request(desk, "second", impact=Level.LOW, urgency=Level.LOW)
    a_request(desk, "urgent", impact=Level.HIGH, urgency=Level.HIGH)
    before = {number: how(desk, number)["due_at"] for number in (first, second)}
    found = looked(store, targets("1h"))
    assert [(move.effect, move.number, move.subject, move.priority) for move in found.due] == [
        (Effect.BECOMES_OVERDUE, first, "first", "P4"),
        (Effect.EARLIER, second, "second", "P4"),
    ]
    assert {move.number: move.before for move in found.due} == before
    assert {number: how(desk, number)["due_at"] for number in (first, second)} == before
    assert (found.version, found.now) == (1, clock.now())
    commands.apply_policy(store, policy(targets("1h")), ANA)
    for move in found.due:
        assert how(desk, move.number)["due_at"] == move.after
    back = looked(store, targets("9h"))
    assert [move.effect for move in back.due] == [Effect.OVERDUE_NO_MORE, Effect.LATER]


def test_what_has_ended_is_left_alone(desk, store):
    """Only live requests have due times."""
    number = a_request(desk)
    commands.resolve(desk, ANA, the(number), Ending.FIXED)
    assert looked(store, targets("1h")).due == ()


def test_where_no_due_time_can_change_none_is_looked_at(desk, store):
    """That takes a while on a large desk."""
    a_request(desk)
    assert policy_change(store, policy(targets("1h")), None).due == ()


def test_gaps_that_open_and_close(desk, store):
    """Against the policy that holds, with what was changed on boards; no roster has no gaps."""
    assert looked(store, targets("9h")).gaps.opened == ()
    commands.apply_policy(store, policy(SMALLEST + ROSTER), ANA)
    with store.writing() as writing:
        row = {
            "kind": "absent",
            "who": "ana",
            "starts": "2026-11-24T00:00",
            "ends": "2026-11-24T08:00",
        }
        made = {"id": writing.ids("cover"), "at": writing.now, "actor": "ana"}
        writing.connection.execute(insert(cover_change).values(row | made))
    night = (datetime(2026, 11, 24, tzinfo=UTC), datetime(2026, 11, 24, 8, tzinfo=UTC))
    gone = looked(store, SMALLEST).gaps
    assert [(gap.start, gap.end) for gap in gone.closed] == [night]
    same = looked(store, SMALLEST + ROSTER).gaps
    assert (same.opened, same.closed) == ((), ())
    half = 'best_effort = ["tue 00:00 - tue 04:00"]'
    choice = looked(store, SMALLEST + ROSTER.replace("[roster]", f"[roster]\n{half}")).gaps
    assert [(gap.end - gap.start) for gap in choice.closed] == [timedelta(hours=4)]


def test_when_cover_was_last_changed(store, clock):
    """By a policy, or by somebody on a board: the later of both."""
    commands.apply_policy(store, policy(SMALLEST + ROSTER), ANA)
    assert agreed_at(store) == clock.now()
    later = clock.advance(timedelta(hours=1))
    with store.writing() as writing:
        made = {"id": writing.ids("cover"), "at": later, "actor": "ana"}
        writing.connection.execute(insert(cover_change).values(made))
    assert agreed_at(store) == later


def test_without_a_policy_there_is_nothing_to_compare(store):
    """The line says what to do."""
    with pytest.raises(StoreError, match="no policy applied yet"):
        agreed_at(store)
    with pytest.raises(StoreError, match="no policy applied yet"):
        policy_change(store, policy(SMALLEST), None)


def test_people_services_and_targets():
    """By their keys: who came and left, and which settings are different."""
    ben = '\n[[people]]\nname = "Ben Okafor"\nlogin = "ben"\naddresses = ["b@x.example"]\n'
    services = '\n[services.knitting]\nname = "Knitting"\nwords = ["wool"]\n'
    before = parse(SMALLEST + services, "old.toml")
    after = parse(
        SMALLEST.replace('role = "technician"', 'role = "lead"')
        + ben
        + targets("1h", "20m")[len(SMALLEST) :],
        "new.toml",
    )
    found = difference(before, after)
    assert found.people == Changed(("ben",), (), {"ana": ("role",)})
    assert found.services.left == ("knitting",)
    assert found.targets[0] == TargetChange("P1", "first_response", "30m", "20m")
    assert not difference(before, before).people
