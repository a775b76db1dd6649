"""Figures for Prometheus: what this poller does, and how the desk's mail stands.

What the poller does is counted as it happens, from its start. How things stand is read from
the store whenever somebody asks, so that it agrees with ``deskwatch status``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.process_collector import ProcessCollector

from store import queries
from store.desk import Desk
from store.errors import DeskwatchError
from store.mail_records import Taken
from store.text import one_line
from store.words import Outcome

#: Upper bounds of a batch's seconds; beyond the last one something is wrong with the disk.
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


@contextmanager
def serving(metrics: Metrics, address: str, port: int) -> Iterator[None]:
    """Answer Prometheus at ``http://address:port/metrics`` within the block.

    Raises:
        DeskwatchError: the port is taken, or the address is not this machine's.
    """
    try:
        server, thread = start_http_server(port, address, metrics.registry)
    except (OSError, OverflowError) as error:
        said = one_line(getattr(error, "strerror", None) or str(error))
        raise DeskwatchError(
            f"no metrics at {address}:{port} ({said.lower()}); choose another --metrics-port, or "
            "end the program that uses it"
        ) from error
    # Somebody who hangs up in the middle is no reason for a traceback in the log.
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Metrics:
    """Counts what the workers do; one of the watchers of ``intake.standing``."""

    def __init__(self, desk: Desk) -> None:
        """Count for ``desk``."""
        self.registry = CollectorRegistry()
        self._taken = Counter(
            "deskwatch_mails_taken",
            "Mails taken in since the poller started, by what became of them.",
            ["mailbox", "outcome"],
            registry=self.registry,
        )
        self._failures = Counter(
            "deskwatch_mailbox_failures",
            "Times that a mailbox could not be read since the poller started.",
            ["mailbox"],
            registry=self.registry,
        )
        self._batches = Histogram(
            "deskwatch_batch_seconds",
            "Time that the store took to take in a batch of mails.",
            ["mailbox"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.registry.register(_Standing(desk))
        ProcessCollector(registry=self.registry)

    def missing(self, mailbox: str, messages: int) -> None:
        """Do nothing: what is missing is the difference of two gauges."""

    def taken(self, mailbox: str, taken: Sequence[Taken], seconds: float) -> None:
        """Count what became of a batch, and how long its commit took."""
        for each in taken:
            self._taken.labels(mailbox, each.outcome.value).inc()
        self._batches.labels(mailbox).observe(seconds)

    def failed(self, mailbox: str) -> None:
        """Count a failure to read ``mailbox``."""
        self._failures.labels(mailbox).inc()


class _Standing:
    """Reads how mail stands when it is asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def collect(self) -> Iterator[Metric]:
        """Yield the gauges; of a store that cannot be read only that it is so."""
        up = GaugeMetricFamily("deskwatch_database_up", "Whether the database can be read.")
        try:
            found = self._found()
        except DeskwatchError:
            found = []
        up.add_metric([], bool(found))
        yield up
        yield from found

    def _found(self) -> list[Metric]:
        by_mailbox = {
            "connected": "Whether the poller is connected to the mailbox.",
            "server_mails": "Mails in the mailbox on the server.",
            "ledger_mails": "Mails of the mailbox that are accounted for.",
            "quarantined_mails": "Mails of the mailbox in quarantine.",
            "failing": "Whether the last attempt to read the mailbox failed.",
            "last_contact_timestamp_seconds": "When the mailbox last answered.",
            "lag_seconds": "Of the newest mail: from its arrival to its commit.",
        }
        gauges = {
            name: GaugeMetricFamily(f"deskwatch_mailbox_{name}", text, labels=["mailbox"])
            for name, text in by_mailbox.items()
        }
        for box in queries.mailbox_health(self._desk):
            values: dict[str, float | None] = {
                "connected": box.connected,
                "server_mails": box.server,
                "ledger_mails": box.ledger,
                "quarantined_mails": box.outcomes[Outcome.QUARANTINED],
                "failing": bool(box.error),
                "last_contact_timestamp_seconds": (
                    box.last_contact.timestamp() if box.last_contact else None
                ),
                "lag_seconds": box.lag.total_seconds() if box.lag is not None else None,
            }
            for name, value in values.items():
                if value is not None:
                    gauges[name].add_metric([box.name], float(value))
        outbox = queries.outbox_counts(self._desk)
        going_out = GaugeMetricFamily(
            "deskwatch_outbox_mails", "Mails going out, by how they stand.", labels=["state"]
        )
        for state in ("waiting", "sent", "failed", "maybe_sent"):
            going_out.add_metric([state], getattr(outbox, state))
        return [*gauges.values(), going_out]
