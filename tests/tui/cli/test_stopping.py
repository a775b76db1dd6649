"""``deskwatch intake`` told to end, in the middle of anything: soon, cleanly, with status 0."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from store import queries
from tests.intake.conftest import mails, until
from tests.servers.office import Office
from tests.servers.weather import Line

#: Seconds within which it has ended; the machine may be busy.
SOON = 20


def ended(process: subprocess.Popen[str], number: int) -> str:
    """Send the signal twice, as impatient people do; return what was logged until the end."""
    process.send_signal(number)
    time.sleep(0.05)
    if process.poll() is None:
        process.send_signal(number)
    try:
        _, log = process.communicate(timeout=SOON)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    assert process.returncode == 0, log
    assert "Traceback" not in log
    assert "Exception" not in log
    assert "ERROR" not in log
    return log


def catches(process: subprocess.Popen[str], number: int) -> bool:
    """Say whether the process has a handler for a signal by now."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    caught = int(status.partition("SigCgt:")[2].split()[0], 16)
    return bool(caught >> (number - 1) & 1)


@pytest.fixture
def line(dovecot):
    """A line to the server on which every piece takes a moment."""
    with Line(dovecot.port, delay_s=0.01) as laid:
        yield laid


@pytest.mark.dovecot
def test_in_the_middle_of_a_large_mail(dovecot, line, tmp_path):
    """Nothing of it is kept; the mail comes whole next time."""
    user = "large"
    head = mails(1)[0]
    dovecot.deliver(user, [head + b"x" * 70 + b"\r\n" + (b"y" * 76 + b"\r\n") * 320_000])
    office = Office(tmp_path, port=line.port, user=user)
    process = office.start("intake")
    until(lambda: line.passed > 2_000_000, SOON)
    log = ended(process, signal.SIGINT)
    assert "stopped" in log
    assert "cannot be read" not in log
    assert office.counts() == (0, 0)


@pytest.mark.dovecot
def test_while_it_listens(dovecot, tmp_path):
    """It takes leave of the server, and boards see that nobody reads."""
    office = Office(tmp_path, port=dovecot.port, user="listening")
    process = office.start("intake")
    assert "connected" in process.stderr.readline()
    with closing(office.desk()) as desk:
        until(lambda: [each.connected for each in queries.mailbox_health(desk)] == [True], SOON)
        assert "stopped" in ended(process, signal.SIGTERM)
        assert [each.connected for each in queries.mailbox_health(desk)] == [False]


@pytest.mark.dovecot
def test_while_it_waits_for_a_server_that_says_nothing(dovecot, line, tmp_path):
    """There is nothing that it could leave undone."""
    line.black_hole()
    office = Office(tmp_path, port=line.port, user="hole")
    process = office.start("intake")
    until(lambda: line.connections, SOON)
    assert "stopped" in ended(process, signal.SIGTERM)


@pytest.mark.dovecot
@pytest.mark.parametrize("once", [["--once"], []], ids=["once", "for ever"])
def test_while_the_database_is_locked(dovecot, tmp_path, once):
    """By somebody who holds it for minutes: in the middle of work, and when it starts."""
    user = f"locked{len(once)}"
    dovecot.deliver(user, mails(3))
    office = Office(tmp_path, port=dovecot.port, user=user)
    with closing(sqlite3.connect(tmp_path / "deskwatch.db", isolation_level=None)) as somebody:
        somebody.execute("BEGIN IMMEDIATE")
        process = office.start("intake", *once)
        if not once:
            somebody.execute("ROLLBACK")
            assert "connected" in process.stderr.readline()
            somebody.execute("BEGIN IMMEDIATE")
            dovecot.deliver(user, mails(2, first=100))
        until(lambda: catches(process, signal.SIGTERM), SOON)
        time.sleep(0.5)
        ended(process, signal.SIGTERM)
        somebody.execute("ROLLBACK")
    rows, requests = office.counts()
    assert rows == requests


def test_ctrl_c_while_python_still_imports_the_command():
    """Ends the process, and prints nothing."""
    code = (
        "import os, signal, sys\n"
        "class Early:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'tui.cli.main':\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Early())\n"
        "from tui.cli.start import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


def test_the_command_goes_on_from_its_first_step():
    """With what it was told."""
    code = "import sys; sys.argv[1:] = ['--help']; from tui.cli.start import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("usage: deskwatch")
