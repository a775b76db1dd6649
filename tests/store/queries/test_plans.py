"""How the databases answer the board's queries: along indexes, reading what is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from store import queries
from store.commands import outbox as outgoing
from store.commands.known_outages import open_query
from store.commands.redirecting import last_told
from store.commands.taking_in.batch import automatic_answers
from store.facts.requests import request
from store.queries.board import index_query
from store.queries.board_rows import COLUMNS
from store.queries.breaching import due_query
from store.queries.changes import since_query
from store.queries.ledger import mails_query, wishes_query
from store.queries.order import calendars_query, groups
from store.words import Outcome
from tests.conftest import NOW
from tests.store.queries.plans import covered, plan, reads, whole

#: In one process, which fills a desk of each kind once.
pytestmark = pytest.mark.xdist_group("plans")


MINUTE = timedelta(minutes=1)


def test_the_index_of_the_board_comes_out_of_one_index_alone(busy):
    """A hundred thousand live requests are read without one look at a table."""
    steps = plan(busy, index_query())
    assert reads(steps) == covered(busy, "ix_request_queue", how="SCAN")


#: The groups of the first page: the index each is read by, and whether it has to be sorted.
GROUPS = {
    "overdue": ("ix_request_queue", False),
    "at risk": ("ix_request_warned", True),
    "running": ("ix_request_queue", False),
    "running, no clock": ("ix_request_queue", False),
    "outside hours": ("ix_request_queue", False),
    "outside hours, no clock": ("ix_request_queue", False),
    "paused": ("ix_request_queue", False),
    "snoozed": ("ix_request_snoozed", True),
}


def test_each_group_of_the_first_page_is_read_from_its_beginning(busy):
    """By an index alone and in its order; only those at risk and those put aside are sorted."""
    found = {}
    for at, calendar in ((NOW, "always"), (NOW + timedelta(hours=8), "desk")):
        queries = groups([calendar], busy.rules.hours, at)
        for name, make in zip(GROUPS, queries, strict=True):
            query = make(50)
            if query is not None:
                steps = plan(busy, query)
                sorts = any("Sort" in step or "TEMP B-TREE" in step for step in steps)
                found[name] = (reads(steps), sorts)
    assert found == {name: (covered(busy, index), sorts) for name, (index, sorts) in GROUPS.items()}


def test_groups_of_several_calendars_are_merged(busy):
    """Each calendar's requests come in order; what is sorted is no more than the page of each."""
    query = groups(["always", "desk"], busy.rules.hours, NOW)[0](50)
    assert query is not None
    assert reads(plan(busy, query)) == covered(busy, "ix_request_queue")


def test_the_calendars_in_use_are_found_by_steps_not_by_reading_all(busy):
    """One look at the index for each calendar: the first one in it, then the next by name."""
    steps = reads(plan(busy, calendars_query()))
    if busy.store.dialect == "sqlite":
        steps -= covered(busy, "ix_request_queue", how="SCAN")  # LIMIT 1: it stops at once
    assert steps == covered(busy, "ix_request_queue")


def test_what_is_due_while_nobody_is_in_is_read_along_the_board_index(busy):
    """Only what is due then, calendar by calendar."""
    steps = plan(busy, due_query("always", NOW, NOW + 60 * MINUTE))
    assert reads(steps) == covered(busy, "ix_request_queue")


def test_rows_are_read_by_their_numbers(busy):
    """Fifty rows on the screen are fifty looks at the table."""
    steps = plan(busy, select(*COLUMNS).where(request.c.number.in_(range(1001, 1051))))
    if busy.store.dialect == "sqlite":
        assert steps == ["SEARCH request USING INTEGER PRIMARY KEY (rowid=?)"]
    else:
        assert reads(steps) == {("Index Scan", "pk_request")}


def test_changes_are_read_along_the_ids_of_events(busy):
    """A board that is up to date reads no event at all."""
    steps = plan(busy, since_query(10**6, 1000))
    if busy.store.dialect == "sqlite":
        assert steps[0] == "SEARCH event USING INTEGER PRIMARY KEY (rowid>?)"
    else:
        assert ("Index Scan", "pk_event") in reads(steps)
    assert [step for step in steps if "Seq Scan" in step or step.startswith("SCAN")] == []


def test_the_ledger_is_read_by_outcome_from_its_newest_end(busy):
    """However many mails there are; what was wished of each is looked up by its key."""
    steps = plan(busy, mails_query(Outcome.IGNORED, 50))
    assert any("ix_ledger_outcome" in step for step in steps)
    assert whole(steps, "ledger") == []
    assert [step for step in steps if "TEMP B-TREE" in step] == []


def test_pending_wishes_are_few_and_have_an_index_of_their_own(busy):
    """The poller asks every other second."""
    steps = plan(busy, wishes_query())
    assert whole(steps, "ledger", "wish") == []


def test_what_needs_a_hand_has_an_index_of_its_own(busy):
    """Every board asks about every second."""
    steps = plan(busy, lambda: queries.offered(busy))
    if busy.store.dialect == "sqlite":
        assert reads(steps) == covered(busy, "ix_request_offered", how="SCAN")
    else:
        assert "ix_request_offered" in "".join(steps)


def test_what_people_said_last_is_found_without_what_they_said_before(busy):
    """A desk says where it is some thousand times a year."""
    if busy.store.dialect == "sqlite":  # a table without rows PostgreSQL rather reads whole
        steps = plan(busy, lambda: queries.whereabouts(busy))
        found = [step for step in steps if "attendance" in step and "SCAN" in step]
        assert found == []


def test_what_waits_to_be_sent_is_found_without_what_was_sent(busy):
    """The sender and every board's header ask all the time."""
    for ask in (
        queries.next_sending,
        queries.unsent,
        lambda desk: outgoing.lease(desk, "a", NOW + MINUTE),
    ):
        steps = plan(busy, lambda ask=ask: ask(busy))
        assert any("ix_outbox_state" in step for step in steps)
        assert whole(steps, "outbox") == []
        # Not even what waits, of which there may be thousands, is put in order first.
        assert [step for step in steps if "->  Sort" in step or "FOR ORDER BY" in step] == []


def test_the_rate_valve_counts_the_last_hour_alone(busy):
    """With the writers' lock in hand: it must not read every mail ever sent."""
    with busy.writing() as writing:
        steps = plan(busy, lambda: automatic_answers(writing))
    assert any("ix_outbox_automatic" in step for step in steps)
    assert whole(steps, "outbox") == []


def test_mail_going_out_is_counted_in_an_index(busy):
    """Not in a million mails: ``/metrics`` asks every few seconds."""
    if busy.store.dialect == "postgresql":
        return  # three thousand rows it rather reads whole
    steps = plan(busy, lambda: queries.outbox_counts(busy))
    assert any("ix_outbox_state" in step for step in steps)
    assert whole(steps, "outbox") == []


def test_a_mail_is_found_by_its_message_id(busy):
    """For ``explain``, among all mail there is."""
    steps = plan(busy, lambda: queries.request_of_message(busy, "<17@x.example>"))
    assert any("ix_message_message_id" in step for step in steps)
    assert whole(steps, "message") == []


def test_whom_a_redirect_was_sent_to_is_found_along_their_requests(busy):
    """Not among all mail of ours."""
    if busy.store.dialect == "postgresql":
        return  # three thousand rows it rather reads whole
    with busy.store.reading() as connection:
        steps = plan(busy, lambda: last_told(connection, 1, NOW - timedelta(days=7)))
    assert whole(steps, "outbox", "message", "request") == []


def test_known_outages_are_read_along_those_that_are_open(busy):
    """A batch of mail looks at them, whatever was known in the years before."""
    steps = plan(busy, open_query())
    assert any("ix_outage_open" in step for step in steps) or busy.store.dialect == "postgresql"
    assert "SCAN request" not in " ".join(steps)
