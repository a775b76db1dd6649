"""How the databases answer what the views of people's work ask: along indexes as well."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from store.commands.pulling import parts
from store.queries import ended
from store.queries.counts import ran_query
from store.queries.end_runs import (
    answers_query,
    handled_query,
    is_counted,
    next_query,
    requests_query,
    runs_query,
)
from store.queries.fairness import claims_query
from store.queries.mine import (
    end_runs_query,
    had_query,
    last_day_query,
    moves_query,
    offered_query,
)
from store.queries.workload import having_query
from store.words import Happened
from tests.conftest import NOW
from tests.store.queries.plans import covered, plan, reads, whole

#: In one process, which fills a desk of each kind once.
pytestmark = pytest.mark.xdist_group("plans")


def test_claimed_urgency_is_counted_along_one_index(busy):
    """Three months of a large desk, without one look at a table."""
    steps = plan(busy, claims_query(NOW - timedelta(days=90)))
    assert reads(steps) == covered(busy, "ix_request_received_at")


SINCE = NOW - timedelta(weeks=12)
#: What the view of end-runs, and the panel beside the queue, count: along which indexes.
COUNTED = {
    "end-runs": (runs_query(SINCE), ["ix_request_end_run"]),
    "this week": (ran_query(SINCE), ["ix_request_end_run"]),
    "answers at the front door": (
        answers_query(SINCE, ~is_counted()),
        ["ix_request_answered_at"],
    ),
    "answers at the side door": (
        answers_query(SINCE, is_counted()),
        ["ix_request_answered_at"],
    ),
    "work": (handled_query(SINCE), ["ix_request_answered_at"]),
    "requests": (requests_query(SINCE), ["ix_request_received_at"]),
}


@pytest.mark.parametrize("name", COUNTED)
def test_end_runs_are_counted_along_indexes_alone(busy, name):
    """Twelve weeks of a million requests, without one look at the table."""
    query, indexes = COUNTED[name]
    found = reads(plan(busy, query))
    if name == "requests" and busy.store.dialect == "postgresql":
        # Here it is all there is, which any index tells.
        found = {(how, *indexes) for how, _ in found}
    assert found == covered(busy, *indexes)


def test_who_came_again_is_looked_up_once_for_each_end_run(busy):
    """In the index of what each requester asked, from that moment on."""
    steps = plan(busy, next_query(SINCE))
    if busy.store.dialect == "sqlite":
        assert "SEARCH later USING COVERING INDEX ix_request_requester" in " ".join(steps)
        assert reads(steps) == covered(busy, "ix_request_end_run")
    else:
        assert reads(steps) == covered(busy, "ix_request_end_run", "ix_request_requester")


@pytest.mark.parametrize(
    "query",
    [
        ended.endings_query,
        ended.requesters_query,
        ended.repeats_query,
        ended.often_query,
        ended.resolved_query,
    ],
    ids=lambda query: query.__name__,
)
def test_how_requests_ended_is_counted_along_one_index(busy, query):
    """A period of all that was ever resolved, without one look at a table."""
    steps = plan(busy, query(NOW - timedelta(days=84)))
    assert reads(steps) == covered(busy, "ix_request_resolved_at")


def test_who_came_back_is_looked_up_in_the_index_of_requesters(busy):
    """One look for each request that was guided or done."""
    steps = " ".join(plan(busy, ended.returned_query(NOW - timedelta(days=84), NOW)))
    for index in ("ix_request_resolved_at", "ix_request_requester"):
        assert re.search(f"(COVERING INDEX|Index Only Scan using) {index}", steps)
    assert not re.search(r"SCAN|Seq Scan", steps)


def test_what_was_opened_again_is_counted_along_one_index(busy):
    """Without the events of anything else that happened."""
    since = NOW - timedelta(days=84)
    steps = plan(busy, ended.resolutions_query(since))
    assert reads(steps) == covered(busy, "ix_event_resolved")
    steps = plan(busy, ended.taken_back_query(Happened.RESOLVED, since))
    assert any("ix_event_undoes" in step for step in steps)
    assert whole(steps, "event", "later") == []


#: The parts of one's own work, and the index each is found by.
OWN_WORK = {
    "ix_request_assignee": had_query("ben"),
    "ix_request_offered": offered_query("ben"),
    "ix_event_actor": last_day_query("ben", NOW),
    "ix_event_moved": moves_query(NOW - timedelta(days=7)),
    "ix_request_end_run": end_runs_query("ben", NOW - timedelta(days=7)),
}


@pytest.mark.parametrize("index", OWN_WORK)
def test_ones_own_work_is_found_along_indexes(busy, index):
    """Among a million requests and all that ever happened to them."""
    steps = plan(busy, OWN_WORK[index])
    assert index in " ".join(steps)
    assert whole(steps, "request", "event") == []


def test_the_next_best_is_found_at_the_head_of_each_part(busy):
    """By indexes in their order: nothing is sorted, however many wait."""
    steps = [step for part in parts("ben", NOW) for query in part for step in plan(busy, query)]
    assert whole(steps, "request") == []
    if busy.store.dialect == "sqlite":  # PostgreSQL rather sorts the few that are at risk
        assert {index for _, index in reads(steps)} == {
            "ix_request_assignee",
            "ix_request_emergency",
        }
        assert [step for step in steps if "TEMP B-TREE" in step] == []


def test_what_people_have_is_read_without_what_nobody_has(busy):
    """The view of workload asks with every change; a queue may be long."""
    steps = plan(busy, having_query())
    if busy.store.dialect == "sqlite":  # PostgreSQL may rather read a short queue
        assert any("ix_request_assignee" in step for step in steps)
    assert whole(steps, "request") == []
