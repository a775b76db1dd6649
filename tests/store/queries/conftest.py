"""A busy desk, filled once for all tests that look at how databases answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from store.clock import SetClock
from store.desk import Desk
from store.facts.engine import open_store
from tests.conftest import NOW
from tests.store.queries.stored import put_events, put_mails, put_requests

MINUTE = timedelta(minutes=1)
_CLOSED = {"state": "closed", "live": False, "answered_at": NOW, "assignee": "ana"}
#: As many as share the work of a desk.
_PEOPLE = ("ana", "ben", "chi", "dee", "eli", "fay", "gus", "hana")
_RUN = {"end_run_person": "ben", "end_run_rule": "R4", "end_run_certainty": "certain"}


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
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
                "assignee": _PEOPLE[place % len(_PEOPLE)],
                "resolved_at": NOW - place * timedelta(hours=4),
            }
            | (_RUN if place % 7 == 0 else {})
            for place in range(5000)
        ],
    )
    put_events(desk.store, range(1001, 6001))
    put_mails(desk.store, range(1001, 4001))
    if desk.store.dialect == "postgresql":
        with desk.store.engine.connect() as connection:
            own = connection.execution_options(isolation_level="AUTOCOMMIT")
            # It may have served other tests: what they deleted still takes room, and so costs.
            own.execute(text("VACUUM FULL"))
            # As autovacuum does: it plans by statistics, and reads indexes alone by visibility.
            own.execute(text("VACUUM ANALYZE"))
    yield desk
    desk.close()
    databases.drop(url)
