"""Applying a policy: versions, the people it names, and the clocks by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from store import commands
from store.desk import Desk
from store.errors import ConfigError, NotAllowed, StoreError
from store.facts.people import department, mail_address, person, service
from store.facts.team import policy_version
from store.policy.load import parse
from store.policy.stored import to_store
from store.records import Address
from tests.conftest import NOW
from tests.store.looking import how, rows, verified
from tests.store.people import ANA, BEN, VISITOR, a_request, the
from tests.store.policy.configs import SMALLEST

BOTH = (
    SMALLEST
    + """
[[people]]
name = "Ben Okafor"
login = "ben"
addresses = ["ben@northgate.example", "okafor@northgate.example"]
role = "lead"

[departments.maths]
name = "Mathematics"
addresses = ["@maths.northgate.example"]
"""
)
SLOW = (
    BOTH
    + """
[targets.P4]
first_response = "100h"
resolution = "200h"
"""
)


def policy(text: str) -> str:
    """Return a config file as it is stored."""
    return to_store(parse(text, "config.toml"))


def test_each_policy_is_a_version_and_the_same_one_again_is_not(store):
    """The poller applies it whenever it starts."""
    assert commands.apply_policy(store, policy(SMALLEST), ANA) == 1
    assert commands.apply_policy(store, policy(SMALLEST), BEN) == 1
    assert commands.apply_policy(store, policy(BOTH), BEN) == 2
    assert commands.apply_policy(store, policy(SMALLEST), ANA) == 3
    desk = Desk(store, None)
    kept = rows(desk, policy_version, "version", "at", "actor")
    assert kept == [(1, NOW, "ana"), (2, NOW, "ben"), (3, NOW, "ana")]


def test_people_departments_and_services_are_entered(store):
    """Those it does not name any more stay, inactive."""
    commands.apply_policy(store, policy(BOTH), ANA)
    desk = Desk(store, None)
    assert rows(desk, person, "login", "role", "active") == [
        ("ana", "technician", True),
        ("ben", "lead", True),
    ]
    assert len(rows(desk, mail_address)) == 3
    assert rows(desk, department) == [("maths", "Mathematics", True)]
    assert len(rows(desk, service)) > 3
    commands.apply_policy(store, policy(SMALLEST), ANA)
    assert rows(desk, person, "login", "active") == [("ana", True), ("ben", False)]
    assert rows(desk, department, "key", "active") == [("maths", False)]
    commands.apply_policy(store, policy(BOTH), ANA)
    assert [active for (active,) in rows(desk, person, "active")] == [True, True]


def test_somebody_who_only_asked_may_join_the_desk(store, database_url):
    """The requests of before are the same person's."""
    commands.apply_policy(store, policy(SMALLEST), ANA)
    desk = Desk.open(database_url)
    number = a_request(desk, requester=Address("", "okafor@northgate.example"))
    before = how(desk, number)["requester_id"]
    commands.apply_policy(store, policy(BOTH), ANA)
    assert (before, "ben") in rows(desk, person, "id", "login")
    desk.close()


def test_a_new_policy_moves_the_clocks_of_every_live_request(store, database_url, clock):
    """And of the boards and pollers that are open, with their next command or refresh."""
    commands.apply_policy(store, policy(BOTH), ANA)
    desk = Desk.open(database_url, clock)
    number = a_request(desk)
    before = how(desk, number)["due_at"]
    commands.apply_policy(store, policy(SLOW), ANA)
    assert how(desk, number)["due_at"] > before + timedelta(days=3)
    assert desk.rules.version == 1
    commands.claim(desk, BEN, the(number))
    assert desk.rules.version == 2
    assert not desk.refresh()
    assert verified(desk) == []
    commands.apply_policy(store, policy(BOTH), ANA)
    assert desk.refresh()
    assert how(desk, number)["due_at"] == before
    desk.close()


def test_a_store_without_a_policy_says_what_to_do(database_url):
    """No board and no poller can work without one."""
    with pytest.raises(StoreError, match="no policy applied yet; run: deskwatch policy apply"):
        Desk.open(database_url)


def test_what_is_no_policy_is_not_applied(store):
    """Nothing is left of it."""
    with pytest.raises(ConfigError):
        commands.apply_policy(store, '{"desk": 1}', ANA)
    with pytest.raises(NotAllowed):
        commands.apply_policy(store, policy(SMALLEST), VISITOR)
    assert commands.apply_policy(store, policy(SMALLEST), ANA) == 1


def test_people_are_called_by_first_name_unless_two_share_it(desk):
    """Ben claimed it; but which Ben?"""
    assert desk.short_name("ben") == "Ben"
    assert desk.short_name("") == "Deskwatch"
    assert desk.short_name("gone") == "gone"
    twin = replace(desk.rules.people["ben"], login="ben2", name="Ben Akande")
    desk.rules = replace(desk.rules, people={**desk.rules.people, "ben2": twin})
    assert desk.short_name("ben") == "Ben Okafor"
