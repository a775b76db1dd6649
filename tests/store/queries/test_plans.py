"""How the databases answer the board's queries: along indexes, reading what is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from store.clock import SetClock
from store.desk import Desk
from store.facts.engine import open_store
from store.facts.requests import request
from store.queries.board import index_query
from store.queries.board_rows import COLUMNS
from store.queries.changes import since_query
from store.queries.ledger import mails_query, wishes_query
from store.queries.order import calendars_query, groups
from store.words import Outcome
from tests.conftest import NOW
from tests.store.queries.stored import put_events, put_requests

MINUTE = timedelta(minutes=1)


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
            else {"state": "closed", "live": False}
            for place in range(5000)
        ],
    )
    put_events(desk.store, range(1001, 6001))
    if desk.store.dialect == "postgresql":
        # As autovacuum does: it plans by statistics, and reads indexes alone by its visibility map.
        with desk.store.engine.connect() as connection:
            own = connection.execution_options(isolation_level="AUTOCOMMIT")
            own.execute(text("VACUUM ANALYZE"))
    yield desk
    desk.close()
    databases.drop(url)


def plan(desk: Desk, query) -> list[str]:
    """Return the steps of the plan for a query, a line each."""
    words = "EXPLAIN QUERY PLAN " if desk.store.dialect == "sqlite" else "EXPLAIN (COSTS OFF) "
    with desk.store.reading() as connection:
        compiled = query.compile(connection, compile_kwargs={"literal_binds": True})
        found = connection.exec_driver_sql(words + str(compiled).replace("%%", "%"))
        return [str(row[-1]).strip() for row in found]


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
    if busy.store.dialect == "postgresql":
        return  # of tables with nothing in them it reads everything
    steps = plan(busy, mails_query(Outcome.IGNORED, 50))
    assert any("ix_ledger_outcome" in step for step in steps)
    assert [step for step in steps if step.startswith("SCAN") or "TEMP B-TREE" in step] == []


def test_pending_wishes_are_few_and_have_an_index_of_their_own(busy):
    """The poller asks every other second."""
    if busy.store.dialect == "postgresql":
        return
    steps = plan(busy, wishes_query())
    assert any("ix_wish_pending" in step for step in steps)
    assert [step for step in steps if step.startswith("SCAN ledger")] == []
