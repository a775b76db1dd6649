"""How the databases answer the board's queries: along indexes, reading what is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Executable, event, select, text

from store import queries
from store.clock import SetClock
from store.commands import outbox as outgoing
from store.commands.known_outages import open_query
from store.commands.pulling import parts
from store.commands.redirecting import last_told
from store.commands.taking_in.batch import automatic_answers
from store.desk import Desk
from store.facts.engine import open_store
from store.facts.requests import request
from store.queries import ended
from store.queries.board import index_query
from store.queries.board_rows import COLUMNS
from store.queries.breaching import due_query
from store.queries.changes import since_query
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
from store.queries.ledger import mails_query, wishes_query
from store.queries.mine import (
    end_runs_query,
    had_query,
    last_day_query,
    moves_query,
    offered_query,
)
from store.queries.order import calendars_query, groups
from store.queries.workload import having_query
from store.words import Happened, Outcome
from tests.conftest import NOW
from tests.store.queries.stored import put_events, put_mails, put_requests

#: In one process, which fills a desk of each kind once.
pytestmark = pytest.mark.xdist_group("plans")

MINUTE = timedelta(minutes=1)
_CLOSED = {"state": "closed", "live": False, "answered_at": NOW, "assignee": "ana"}
_RUN = {"end_run_person": "ben", "end_run_rule": "R4", "end_run_certainty": "certain"}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def busy(request, rules, tmp_path_factory) -> Iterator[Desk]:
    """A desk with some thousand requests, a tenth of them live; its tests only look."""
    kind = "sqlite_files" if request.param == "sqlite" else "postgres_server"
    databases = request.getfixturevalue(kind)
    url = databases.new(tmp_path_factory.mktemp("busy"))
    desk = Desk(open_store(url, SetClock(NOW)), rules)
    put_requests(
        desk.store,
        [
            {
                "clock_metric": "resolution",
                "clock_calendar": "always" if place % 3 else "desk",
                "due_at": NOW + (place - 1000) * MINUTE,
                "warn_75_at": NOW + (place - 1500) * MINUTE,
                "warn_90_at": NOW + (place - 1200) * MINUTE,
                "snoozed_until": NOW + MINUTE if place % 100 == 0 else None,
            }
            if place % 10 == 0
            else _CLOSED
            | {
                "ending": "done",
                "assignee": "ben",
                "resolved_at": NOW - place * timedelta(hours=4),
            }
            | (_RUN if place % 7 == 0 else {})
            for place in range(5000)
        ],
    )
    put_events(desk.store, range(1001, 6001))
    put_mails(desk.store, range(1001, 4001))
    if desk.store.dialect == "postgresql":
        # As autovacuum does: it plans by statistics, and reads indexes alone by its visibility map.
        with desk.store.engine.connect() as connection:
            own = connection.execution_options(isolation_level="AUTOCOMMIT")
            own.execute(text("VACUUM ANALYZE"))
    yield desk
    desk.close()
    databases.drop(url)


def plan(desk: Desk, ask: Executable | Callable[[], object]) -> list[str]:
    """Return the steps of the plans for a query, or for those that ``ask`` makes, a line each.

    As they are really asked, with values by marks: an index of some rows may not serve those.
    """
    words = "EXPLAIN QUERY PLAN " if desk.store.dialect == "sqlite" else "EXPLAIN (COSTS OFF) "
    steps: list[str] = []

    def explain(_connection, cursor, statement, parameters, *_others) -> None:
        if statement.startswith(("SELECT", "WITH")):
            own = cursor.connection.cursor()
            own.execute(words + statement, parameters)
            steps.extend(str(row[-1]).strip() for row in own.fetchall())

    event.listen(desk.store.engine, "before_cursor_execute", explain)
    try:
        if callable(ask):
            ask()
        else:
            with desk.store.reading() as connection:
                connection.execute(ask)
    finally:
        event.remove(desk.store.engine, "before_cursor_execute", explain)
    return steps


_SQLITE = re.compile(
    r"(SCAN|SEARCH) (?:request|event|message|ledger|wish)\b(?: USING (COVERING INDEX|INDEX) (\w+))?"
)
_POSTGRESQL = re.compile(r"(Index Only Scan|Index Scan|Seq Scan|Bitmap \w+ Scan)(?: using (\w+))?")


def reads(steps: Iterable[str]) -> set[tuple[str, str]]:
    """Return how tables are read: (how, by which index)."""
    found = set()
    for step in steps:
        if match := _SQLITE.match(step):
            found.add((f"{match[1]} {match[2] or 'TABLE'}", match[3] or ""))
        elif match := _POSTGRESQL.search(step):
            found.add((match[1], match[2] or ""))
    return found


def covered(desk: Desk, *indexes: str, how: str = "SEARCH") -> set[tuple[str, str]]:
    """Return the reads of an answer that came out of ``indexes`` alone."""
    sqlite = desk.store.dialect == "sqlite"
    return {(f"{how} COVERING INDEX" if sqlite else "Index Only Scan", name) for name in indexes}


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
    assert _whole(steps, "ledger") == []
    assert [step for step in steps if "TEMP B-TREE" in step] == []


def test_pending_wishes_are_few_and_have_an_index_of_their_own(busy):
    """The poller asks every other second."""
    steps = plan(busy, wishes_query())
    assert _whole(steps, "ledger", "wish") == []


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
        assert _whole(steps, "outbox") == []
        # Not even what waits, of which there may be thousands, is put in order first.
        assert [step for step in steps if "->  Sort" in step or "FOR ORDER BY" in step] == []


def test_the_rate_valve_counts_the_last_hour_alone(busy):
    """With the writers' lock in hand: it must not read every mail ever sent."""
    with busy.writing() as writing:
        steps = plan(busy, lambda: automatic_answers(writing))
    assert any("ix_outbox_automatic" in step for step in steps)
    assert _whole(steps, "outbox") == []


def test_mail_going_out_is_counted_in_an_index(busy):
    """Not in a million mails: ``/metrics`` asks every few seconds."""
    if busy.store.dialect == "postgresql":
        return  # three thousand rows it rather reads whole
    steps = plan(busy, lambda: queries.outbox_counts(busy))
    assert any("ix_outbox_state" in step for step in steps)
    assert _whole(steps, "outbox") == []


def test_a_mail_is_found_by_its_message_id(busy):
    """For ``explain``, among all mail there is."""
    steps = plan(busy, lambda: queries.request_of_message(busy, "<17@x.example>"))
    assert any("ix_message_message_id" in step for step in steps)
    assert _whole(steps, "message") == []


def test_whom_a_redirect_was_sent_to_is_found_along_their_requests(busy):
    """Not among all mail of ours."""
    if busy.store.dialect == "postgresql":
        return  # three thousand rows it rather reads whole
    with busy.store.reading() as connection:
        steps = plan(busy, lambda: last_told(connection, 1, NOW - timedelta(days=7)))
    assert _whole(steps, "outbox", "message", "request") == []


def _whole(steps: list[str], *tables: str) -> list[str]:
    """Return the steps that read ``tables`` from end to end, not by an index."""
    ends = tuple(f"{how} {table}" for how in ("SCAN", "Seq Scan on") for table in tables)
    return [
        step
        for step in steps
        if step.removeprefix("->").strip().startswith(ends) and " INDEX " not in step
    ]


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
    assert _whole(steps, "event", "later") == []


def test_known_outages_are_read_along_those_that_are_open(busy):
    """A batch of mail looks at them, whatever was known in the years before."""
    steps = plan(busy, open_query())
    assert any("ix_outage_open" in step for step in steps) or busy.store.dialect == "postgresql"
    assert "SCAN request" not in " ".join(steps)


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
    assert _whole(steps, "request", "event") == []


def test_the_next_best_is_found_at_the_head_of_each_part(busy):
    """By indexes in their order: nothing is sorted, however many wait."""
    steps = [step for part in parts("ben", NOW) for query in part for step in plan(busy, query)]
    assert _whole(steps, "request") == []
    if busy.store.dialect == "sqlite":  # PostgreSQL rather sorts the few that are at risk
        assert {index for _, index in reads(steps)} == {
            "ix_request_assignee",
            "ix_request_emergency",
        }
        assert [step for step in steps if "TEMP B-TREE" in step] == []


def test_what_people_have_is_read_without_what_nobody_has(busy):
    """The view of workload asks with every change; a queue may be long."""
    steps = plan(busy, having_query())
    assert any("ix_request_assignee" in step for step in steps)
    assert _whole(steps, "request") == []
