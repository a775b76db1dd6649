"""What users, networks, disks and databases do: server and ledger agree, nothing is twice."""

from __future__ import annotations

import gc
import random
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import event

from intake.imap.connect import Patience, connect
from store import queries
from store.errors import StoreUnreachable
from store.words import Outcome
from tests.intake import agreement
from tests.intake.conftest import Followed, health_of, mail, mails, taken_in, until
from tests.servers.office import Office
from tests.servers.weather import Line

pytestmark = pytest.mark.dovecot

ALL = {Outcome.OPENED: 300}


@pytest.fixture
def impatient(monkeypatch):
    """Takes a silent server for dead within half a second, and tries again at once."""
    soon = partial(connect, patience=Patience(connect=0.5, answer=0.5))
    monkeypatch.setattr("intake.mailbox.connect", soon)
    monkeypatch.setattr("intake.mailbox.Backoff.next", lambda self, at_least=0.0: 0.05)
    monkeypatch.setattr("intake.visit._RENEW", (0.3, 0.4))


@pytest.fixture
def line(dovecot):
    """A line to the server."""
    with Line(dovecot.port) as laid:
        yield laid


@pytest.fixture
def agrees(dovecot, user, desk):
    """Asserts that server and ledger agree and nothing is doubled."""

    def check(mails: int, folder: str = "INBOX") -> None:
        assert agreement.findings(dovecot, user, desk, mails, folder) == []

    return check


# ------------------------------------------------------------------ networks


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("after", [1, 20, 700, 9_000, 40_000, 70_000])
def test_a_connection_that_breaks_at_any_byte(
    dovecot, configured, user, desk, working, line, agrees, after
):
    """In the greeting, in an answer, in the middle of a mail."""
    dovecot.deliver(user, mails(300))
    line.cut_after(after)
    working(configured(line), runs=True)
    until(lambda: taken_in(desk) == ALL)
    agrees(300)


@pytest.mark.usefixtures("impatient")
def test_a_black_hole_while_fetching_and_while_listening(
    dovecot, configured, user, desk, working, line, agrees
):
    """Nobody says that the line is dead; it is found by waiting."""
    dovecot.deliver(user, mails(300))
    follow = Followed(100, line.black_hole)
    working(configured(line), follow, runs=True)
    until(lambda: follow.done >= 100)
    until(lambda: "does not answer" in health_of(desk).error)
    line.clear()
    until(lambda: taken_in(desk) == ALL)
    until(lambda: health_of(desk).connected)
    line.black_hole()
    dovecot.deliver(user, [mail(301)])
    until(lambda: "does not answer" in health_of(desk).error)
    line.clear()
    until(lambda: taken_in(desk) == {Outcome.OPENED: 301})
    agrees(301)


def test_a_slow_line(dovecot, configured, user, desk, working, agrees):
    """200 ms there and back: few questions are asked, however many mails there are."""
    dovecot.deliver(user, mails(300))
    with Line(dovecot.port, delay_s=0.1) as line:
        working(configured(line)).once()
    assert taken_in(desk) == ALL
    agrees(300)


# ------------------------------------------------------------------ users


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("after", ["leave", "seen", "move:Archive"])
def test_others_read_move_delete_and_send_meanwhile(
    dovecot, configured, user, desk, working, line, after
):
    """What stays is in the ledger; what they took away before we saw it is theirs."""
    chance = random.Random(after)
    dovecot.deliver(user, mails(200))
    working(configured(line, after=after), runs=True)
    kept = 200
    for first in range(1000, 1150, 10):
        with dovecot.client(user) as somebody:
            uids = somebody.search(["ALL"])
            some = chance.sample(uids, min(3, len(uids)))
            if some:
                somebody.add_flags(some, [b"\\Seen"])
                chance.choice([somebody.delete_messages, partial(somebody.move, folder="Other")])(
                    some[:1]
                ) if somebody.folder_exists("Other") else somebody.create_folder("Other")
                somebody.expunge()
        dovecot.deliver(user, mails(10, first=first))
        kept += 10
        if first % 50 == 0:
            line.cut()
    with dovecot.client(user) as somebody:
        left = set(somebody.search(["ALL"]))
    uidvalidity = agreement.uidvalidity(dovecot, user)
    until(lambda: left <= set(queries.known_uids(desk, "help", uidvalidity)))
    assert agreement.doubled(desk) == []


@pytest.mark.usefixtures("impatient")
def test_a_folder_deleted_and_made_again_with_the_same_mail(
    dovecot, configured, user, desk, working, line, agrees
):
    """While we listen to the old one, on a connection that goes on."""
    for life in range(3):
        with dovecot.client(user, None) as somebody:
            if life:
                somebody.delete_folder("Desk")
            somebody.create_folder("Desk")
        dovecot.deliver(user, [*mails(20), mail(100 + life)], "Desk")
        if not life:
            worker = working(configured(line, folder="Desk"), runs=True)
            until(lambda: queries.mailbox_health(desk))
        worker.look()
        until(lambda: health_of(desk).ledger == health_of(desk).server == 21)
        current = agreement.uidvalidity(dovecot, user, "Desk")
        until(lambda now=current: len(queries.known_uids(desk, "help", now)) == 21)
    agrees(23, "Desk")


# ------------------------------------------------------------------ disks and databases


@pytest.fixture
def pragma(desk):
    """Sets a pragma on every connection to the desk's SQLite file that is used from now on."""
    said: list[str] = []

    def checkout(connection, _record, _proxy) -> None:
        for each in said:
            connection.execute(f"PRAGMA {each}")

    event.listen(desk.store.engine, "checkout", checkout)
    yield said
    event.remove(desk.store.engine, "checkout", checkout)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("trouble", "mended"),
    [
        # SQLite takes as many pages as there are for the least.
        ("max_page_count = 1", "max_page_count = 1000000"),
        ("query_only = ON", "query_only = OFF"),
    ],
    ids=["full disk", "read-only"],
)
def test_a_database_that_takes_nothing_for_a_while(
    dovecot, configured, user, desk, working, agrees, pragma, caplog, trouble, mended
):
    """No mail goes to quarantine for it, and none is lost."""
    dovecot.deliver(user, mails(300))
    follow = Followed(100, lambda: pragma.append(trouble))
    working(configured(dovecot, after="move:Archive"), follow, runs=True)
    until(lambda: "cannot" in caplog.text or "could not" in caplog.text)
    assert sum(taken_in(desk).values()) < 300
    pragma[:] = [mended]
    until(lambda: taken_in(desk) == ALL)
    until(lambda: not agreement.uids(dovecot, user))
    assert agreement.doubled(desk) == []
    assert len(agreement.uids(dovecot, user, "Archive")) == 300


def test_a_disk_that_fills_up_under_a_real_poller(dovecot, user, tmp_path):
    """Ends with a line that says so; with room again, all is there once."""
    dovecot.deliver(user, mails(400))
    office = Office(tmp_path, port=dovecot.port, user=user)
    most = (tmp_path / "deskwatch.db").stat().st_size + 300_000

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    full = subprocess.run(
        [sys.executable, "-m", "tui.cli.main", "intake", "--once", "--config", str(office.config)],
        capture_output=True,
        text=True,
        env=office.environment,
        preexec_fn=small,
        check=False,
    )
    assert full.returncode == 1
    assert "Traceback" not in full.stderr
    assert full.stderr.splitlines()[-1].startswith("deskwatch: the database ")
    assert office.counts()[0] < 400
    assert office.run("intake", "--once").returncode == 0
    assert office.counts() == (400, 400)


# A cursor whose server has gone is not closed by anybody; psycopg says so in passing.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_database_server_that_drops_everybody(
    dovecot, configured, user, desk, working, agrees, postgres_server, database_url
):
    """Again and again, in the middle of batches."""
    dovecot.deliver(user, mails(300))

    def drop() -> None:
        for _ in range(10):
            postgres_server.cut_off(database_url)
            time.sleep(0.05)

    thread = threading.Thread(target=drop)
    follow = Followed(1, thread.start)
    working(configured(dovecot), follow, runs=True)
    until(lambda: follow.done >= 1 and not thread.is_alive())
    until(lambda: _asked(lambda: taken_in(desk)) == ALL)
    agrees(300)
    gc.collect()  # what was left open by it belongs to this test


def _asked(question: Callable[[], Any]) -> Any:
    """Return the answer; None where the question meets a connection that was cut off."""
    try:
        return question()
    except StoreUnreachable:
        return None


@pytest.mark.usefixtures("impatient")
def test_two_pollers_in_bad_weather(dovecot, configured, user, desk, working, line, agrees):
    """Both read the same mailbox, and both lose their lines."""
    dovecot.deliver(user, mails(300))
    config = configured(line)
    working(config, Followed(50, line.cut), runs=True)
    working(config, Followed(150, line.cut), runs=True)
    until(lambda: taken_in(desk) == ALL)
    agrees(300)
