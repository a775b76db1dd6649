"""A lead evens out a desk of eight with 120 requests in a few keys."""

from __future__ import annotations

import pytest

from store import commands, queries
from store.records import Actor
from store.words import Level, Role
from tests.store.people import the
from tests.tui.board.school import School, opened, said, until
from tests.tui.board.working import row
from tui.board.screens.proposal import ProposalDialog

ANA, BEN = Actor("ana", "Ana Lovelace", Role.LEAD), Actor("ben", "Ben Carter")
#: How many each has.
HAVING = {"ana": 4, "ben": 40, "chi": 24, "dee": 18, "eli": 10, "fay": 14, "gus": 4, "hal": 6}
KEYS = ("4", "=", "y")


@pytest.fixture
def school(desk, database_url, clock) -> School:
    """Everybody is in and has a board open; they have 120 requests, nobody has begun any."""
    school = School(database_url, desk.rules, clock)
    for login, person in desk.rules.people.items():
        commands.presence(desk, Actor(login, person.name, person.role), None)
        for service in ("printing", "accounts"):
            subjects = [f"{service} {login} {n}" for n in range(HAVING[login] // 2)]
            more = {"impact": Level.LOW, "urgency": Level.MEDIUM, "service": service}
            school.ask_all(subjects, 90, assignee=login, **more)
    return school


async def test_a_lead_evens_out_a_desk_of_eight_in_under_ten_keys(school, desk):
    """The largest load falls; what is answered just now, begun or an emergency stays."""
    assert sum(HAVING.values()) == 120
    assert len(KEYS) < 10
    ones = [r.number for r in queries.requests(desk, limit=200) if r.assignee == "ben"]
    answered, begun, emergency = stay = sorted(ones)[:3]
    commands.note(desk, BEN, the(begun), "I look at it")
    commands.emergency(desk, ANA, the(emergency), "nobody can work")
    commands.presence(desk, BEN, answered, "ben's", writing=True)
    before = {one.login: one.load for one in queries.workload(desk, ANA)}
    async with school.board(ANA).run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot)
        await pilot.press(*KEYS[:-1])
        await until(pilot, lambda: isinstance(pilot.app.screen, ProposalDialog))
        await until(pilot, lambda: pilot.app.screen.ready)
        await pilot.press(KEYS[-1])
        await said(pilot, "moved\n")
        after = {one.login: one.load for one in queries.workload(desk, ANA)}
        assert max(after.values()) < max(before.values()) / 2
        assert sum(after.values()) == sum(before.values())
        assert [row(school, number).assignee for number in stay] == ["ben"] * 3
        await pilot.press("u")
        await said(pilot, "taken back")
    assert {one.login: one.load for one in queries.workload(desk, ANA)} == before
