"""Databases of earlier versions, brought up to date with what is in them."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from store.facts.connect import WRITES, make_engine
from store.facts.schema import upgrade

_PENDING = [
    (
        "INSERT INTO person (id, login, name, role, department, active)"
        " VALUES (1, '', 'Grace', '', '', true)"
    ),
    (
        "INSERT INTO request (number, version, state, live, kind, impact, urgency, priority,"
        " claimed_urgent, subject, requester_id, requester_name, requester_address, department,"
        " service, assignee, channel, end_run_person, end_run_rule, end_run_certainty, received_at,"
        " changed_at, ending, messages, clock_metric, clock_calendar, clock_paused)"
        " VALUES (1001, 1, 'new', true, 'incident', 'low', 'low', 'P4', false, 'Dead', 1, 'Grace',"
        " 'g@x.example', '', '', '', 'desk_mail', '', '', '', 0, 0, '', 1, '', '', false)"
    ),
    (
        "INSERT INTO message (id, number, direction, at, sender_name, sender_address, recipients,"
        " subject, text, quoted, message_id, withdrawn, defects)"
        " VALUES (1, 1001, 'out', 0, 'Ana', 'a@x.example', '[]', '', 'Hi', '', 'a@b', false, '[]')"
    ),
    (
        "INSERT INTO outbox (id, message_id, kind, recipients, in_reply_to, reference_ids, state,"
        " created_at, next_try_at, attempts, error)"
        """ VALUES (1, 1, 'reply', '[["G", "g@x.example"]]', '', '[]', 'pending', 0, 0, 0, '')"""
    ),
]


@pytest.mark.parametrize("kind", ["sqlite_files", "postgres_server"])
def test_replies_of_a_version_that_sent_nothing_wait_for_a_decision(request, tmp_path, kind):
    """They are not sent all of a sudden, weeks later."""
    databases = request.getfixturevalue(kind)
    url = databases.empty(tmp_path)
    engine = make_engine(url)
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        config = Config()
        config.set_main_option("script_location", "store.facts:migrations")
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for statement in _PENDING:
            connection.exec_driver_sql(statement)
    upgrade(url)
    with engine.connect() as connection:
        row = connection.execute(text("SELECT * FROM outbox")).mappings().one()
    engine.dispose()
    databases.drop(url)
    assert (row["state"], row["to_address"]) == ("failed", "g@x.example")
    assert row["error"].endswith("send it again if it is still wanted")
    assert (bool(row["automatic"]), bool(row["handing_over"])) == (False, False)
    assert "g@x.example" in str(row["remaining"])
