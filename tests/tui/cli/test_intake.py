"""``deskwatch intake``: what a shell sees of the poller."""

from __future__ import annotations

import io
import json
import signal
import socket
import subprocess

import pytest

from tests.intake.conftest import mails
from tests.servers.office import Office
from tui.cli import main as cli
from tui.cli.progress import ProgressBar


@pytest.mark.dovecot
def test_once_takes_in_what_is_there(dovecot, tmp_path, capsys):
    """Applies the policy, reads, says in one line what became of it, and is safe to repeat."""
    dovecot.deliver("once", [*mails(3), b"\0" * 2000])
    office = Office(tmp_path, port=dovecot.port, user="once")
    first = office.run("intake", "--once")
    assert (first.returncode, first.stdout) == (0, "")
    assert "taken in mailbox=help mails=4 opened=3 quarantined=1" in first.stderr
    assert "Nothing works" not in first.stderr
    again = office.run("intake", "--once")
    assert again.returncode == 0
    assert "taken in" not in again.stderr
    cli.main(["status", "--config", str(office.config)])
    assert "server 4 / ledger 4  3 opened  1 quarantined" in capsys.readouterr().out


def test_once_ends_with_one_if_a_mailbox_cannot_be_read(tmp_path):
    """And says why in one line."""
    done = Office(tmp_path, port=1, user="help").run("intake", "--once")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        'deskwatch: mailbox "help": nothing takes connections at 127.0.0.1:1; '
        "check host and port, and that the mail server is running"
    )
    assert "Traceback" not in done.stderr


def test_a_config_without_mailboxes_is_refused(tmp_path, capsys):
    """There would be nothing to do."""
    office = Office(tmp_path, port=1, user="help")
    text = office.config.read_text()
    start, end = text.index("[[mailboxes]]"), text.index("[[people]]")
    office.config.write_text(text[:start] + text[end:])
    assert cli.main(["intake", "--once", "--config", str(office.config)]) == 1
    assert "there are no [[mailboxes]] to read; add one" in capsys.readouterr().err


def test_a_poller_without_its_server_keeps_trying_and_ends_when_told(tmp_path):
    """Ctrl-C ends it cleanly."""
    process = Office(tmp_path, port=1, user="help").start("intake")
    line = process.stderr.readline()
    assert "WARNING" in line
    assert "next_try_s=" in line
    process.send_signal(signal.SIGINT)
    try:
        _, rest = process.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    assert process.returncode == 0
    assert "stopping" in rest
    assert "Traceback" not in rest


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_a_progress_bar():
    """Drawn in place; cleared for other lines."""
    screen = _Terminal()
    bar = ProgressBar(screen, "mails")
    bar.more(1000)
    bar.done(1000)
    shown = screen.getvalue()
    assert "1,000 of 1,000 mails" in shown
    assert "\n" not in shown
    bar.clear()
    assert screen.getvalue().endswith("\r\x1b[K")


def test_elsewhere_no_bar_is_drawn():
    """Logs and files get plain lines only."""
    stream = io.StringIO()
    bar = ProgressBar(stream, "mails")
    bar.more(10)
    bar.done(5)
    bar.clear()
    assert stream.getvalue() == ""
    assert bar.line().startswith("████████████░░░░░░░░░░░░ 5 of 10 mails, ")


def test_a_database_that_is_not_there_yet_is_waited_for(tmp_path):
    """A machine that starts brings things up in any order; ``--once`` says so and ends."""
    office = Office(tmp_path, port=1, user="help", url="postgresql://127.0.0.1:1/deskwatch")
    once = office.run("intake", "--once")
    assert once.returncode == 1
    assert "the database deskwatch on 127.0.0.1" in once.stderr
    process = office.start("intake")
    assert "next_try_s=" in process.stderr.readline()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert process.returncode == 0


def test_the_log_can_be_json(tmp_path):
    """An object a line."""
    process = Office(tmp_path, port=1, user="help").start("intake", "--log-json")
    line = json.loads(process.stderr.readline())
    process.send_signal(signal.SIGTERM)
    _, rest = process.communicate(timeout=30)
    assert (line["event"], line["mailbox"]) == ("the mailbox cannot be read", "help")
    assert "stopped" in [json.loads(each)["event"] for each in rest.splitlines()]


def test_metrics_at_a_port_that_is_taken(tmp_path):
    """One line, status 1."""
    office = Office(tmp_path, port=1, user="help")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = office.run("intake", "--metrics-port", port)
    assert done.returncode == 1
    assert f"deskwatch: no metrics at 127.0.0.1:{port} (" in done.stderr
    assert "Traceback" not in done.stderr


def test_metrics_that_nobody_can_ask_for_are_wrong_use():
    """One time is over before anybody asks; a port is a number."""
    assert cli.main(["intake", "--once", "--metrics-port", "9117"]) == 2
    with pytest.raises(SystemExit) as left:
        cli.main(["intake", "--metrics-port", "http"])
    assert left.value.code == 2
