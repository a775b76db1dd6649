"""What Prometheus is told agrees with the store, and asking never hurts the poller."""

from __future__ import annotations

import socket
import urllib.request

import pytest
from prometheus_client.parser import text_string_to_metric_families

from intake.metrics import Metrics, serving
from store import commands
from store.errors import DeskwatchError, StoreUnreachable
from tests.conftest import NOW
from tests.intake.conftest import both_stores
from tests.servers.dovecot import free_port
from tests.store.letters import letter, unreadable


def scraped(port: int) -> dict[str, float]:
    """Return the samples by name and labels: ``name{mailbox=help}``."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        text = answer.read().decode()
    return {
        sample.name
        + "".join(
            f"{{{key}={value}}}" for key, value in sorted(sample.labels.items())
        ): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@both_stores
def test_what_is_taken_in_and_how_things_stand(desk):
    """Counters of this poller, gauges of the store."""
    metrics, port = Metrics(desk), free_port()
    taken = commands.take_in(desk, "help", 7, [letter(1, NOW), unreadable(2, NOW)])
    metrics.taken("help", taken, 0.02)
    commands.mailbox_seen(desk, "help", 7, 3)
    commands.mailbox_failed(desk, "other", "no connection")
    metrics.failed("other")
    with serving(metrics, "127.0.0.1", port):
        found = scraped(port)
    expected = {
        "deskwatch_mails_taken_total{mailbox=help}{outcome=opened}": 1,
        "deskwatch_mails_taken_total{mailbox=help}{outcome=quarantined}": 1,
        "deskwatch_mailbox_failures_total{mailbox=other}": 1,
        "deskwatch_batch_seconds_count{mailbox=help}": 1,
        "deskwatch_database_up": 1,
        "deskwatch_mailbox_connected{mailbox=help}": 1,
        "deskwatch_mailbox_connected{mailbox=other}": 0,
        "deskwatch_mailbox_server_mails{mailbox=help}": 3,
        "deskwatch_mailbox_ledger_mails{mailbox=help}": 2,
        "deskwatch_mailbox_quarantined_mails{mailbox=help}": 1,
        "deskwatch_mailbox_failing{mailbox=help}": 0,
        "deskwatch_mailbox_failing{mailbox=other}": 1,
        "deskwatch_mailbox_last_contact_timestamp_seconds{mailbox=help}": NOW.timestamp(),
        "deskwatch_mailbox_lag_seconds{mailbox=help}": 0,
        "deskwatch_outbox_mails{state=failed}": 0,
    }
    assert {name: found.get(name) for name in expected} == expected
    assert "deskwatch_mailbox_last_contact_timestamp_seconds{mailbox=other}" not in found


def test_a_database_that_is_away_is_a_figure_too(desk, monkeypatch):
    """The answer is given all the same."""

    def away(desk):
        raise StoreUnreachable("the database cannot be reached")

    monkeypatch.setattr("store.queries.mailbox_health", away)
    port = free_port()
    with serving(Metrics(desk), "127.0.0.1", port):
        assert scraped(port)["deskwatch_database_up"] == 0


def test_somebody_who_hangs_up_leaves_no_trace(desk, capsys):
    """No traceback for a client that goes away in the middle."""
    port = free_port()
    with serving(Metrics(desk), "127.0.0.1", port):
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(b"GET /metrics HTTP/1.1\r\nHo")
        assert scraped(port)["deskwatch_database_up"] == 1
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("address", ["127.0.0.1", "192.0.2.1"])
def test_a_place_that_cannot_be_had_is_an_error_in_words(desk, address):
    """A port in use, an address of another machine."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(DeskwatchError, match=rf"no metrics at {address}:{port} \("):
            serving(Metrics(desk), address, port).__enter__()
