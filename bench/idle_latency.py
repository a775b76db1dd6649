"""How long from the delivery of a mail until a board can show it, the poller waiting by IDLE.

    python -m bench.idle_latency [--mails 100] [URL]

A Dovecot of its own takes each mail by LMTP; ``deskwatch intake`` runs in a process of its
own; a reader waits on the feed and asks for the changes, as every board does. The time runs
from the server's "delivered" to the request in the reader's hands. Dovecot itself announces
new mail half a second late.

Without URL: a temporary SQLite file.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import smtplib
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from store import queries
from store.desk import Desk
from store.facts.feed import Feed
from store.facts.schema import upgrade
from store.words import Happened
from tests.servers.dovecot import Dovecot
from tests.servers.office import Office

USER = "help@northgate.example"


class Reader:
    """What a board does to hear of changes."""

    def __init__(self, desk: Desk) -> None:
        """Begin with what is there now."""
        self._desk = desk
        self._feed = Feed(desk.store)
        self._feed.wait(0)
        self._last = queries.last_event_id(desk)

    def next_request(self, seconds: float) -> str:
        """Wait for the next request and return its subject."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if not self._feed.wait(0.5):
                continue
            changes = queries.changes_since(self._desk, self._last)
            self._last = changes.last_event_id
            for event in changes.events:
                if event.what is Happened.RECEIVED:
                    return queries.rows(self._desk, [event.number])[event.number].subject
        raise TimeoutError(f"no request within {seconds} s")

    def close(self) -> None:
        """End the feed."""
        self._feed.close()


def deliver(server: Dovecot, number: int) -> None:
    """Hand a mail to the server; returns when it is delivered."""
    mail = (
        f"From: Grace <grace@maths.example>\r\nTo: {USER}\r\nSubject: Number {number}\r\n"
        f"Message-ID: <{number}@maths.example>\r\n\r\nThe projector is dead.\r\n"
    )
    with smtplib.LMTP("127.0.0.1", server.lmtp_port) as lmtp:
        lmtp.sendmail("grace@maths.example", [USER], mail)


def measure(server: Dovecot, desk: Desk, mails: int) -> list[float]:
    """Return the seconds each of ``mails`` took."""
    took = []
    with contextlib.closing(Reader(desk)) as reader:
        for number in range(1, mails + 1):
            time.sleep(random.uniform(0.05, 0.4))
            deliver(server, number)
            began = time.perf_counter()
            subject = reader.next_request(20)
            took.append(time.perf_counter() - began)
            assert subject == f"Number {number}", subject
    return took


def main() -> None:
    """Run it and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--mails", type=int, default=100)
    parser.add_argument("url", nargs="?", default="")
    args = parser.parse_args()
    with Dovecot() as server, tempfile.TemporaryDirectory() as folder:
        if args.url:
            upgrade(args.url)
        office = Office(Path(folder), port=server.port, user=USER, url=args.url)
        poller = office.start("intake")
        try:
            desk = wait_for_poller(office)
            took = sorted(measure(server, desk, args.mails))
            desk.close()
        finally:
            poller.terminate()
            poller.communicate()
    p95 = took[max(0, round(0.95 * len(took)) - 1)]
    print(
        f"{len(took)} mails, delivered to visible: median {took[len(took) // 2]:.2f} s, "
        f"p95 {p95:.2f} s, longest {took[-1]:.2f} s"
    )


def wait_for_poller(office: Office) -> Desk:
    """Return the desk when the poller listens."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with contextlib.suppress(Exception):
            desk = office.desk()
            if any(health.connected for health in queries.mailbox_health(desk)):
                return desk
            desk.close()
        time.sleep(0.1)
    raise TimeoutError("the poller does not start")


if __name__ == "__main__":
    main()
