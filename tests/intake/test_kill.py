"""``deskwatch intake --once`` killed in the middle of anything; bench/kill.py does more."""

from __future__ import annotations

import random
import signal
import time

import pytest

from tests.intake import killing
from tests.intake.conftest import mails
from tests.servers.office import Office

pytestmark = pytest.mark.dovecot


@pytest.mark.parametrize("after", ["leave", "move:Archive"])
def test_a_killed_poller_loses_nothing_and_doubles_nothing(own_dovecot, tmp_path, after):
    """SIGKILL before, in and after commits; started again, all is there once."""
    chance = random.Random(after)
    numbers = range(1, 301)
    own_dovecot.deliver(killing.USER, (killing.a_mail(number, chance) for number in numbers))
    office = Office(tmp_path, port=own_dovecot.port, user=killing.USER, after=after)
    killing.kill_while_it_works(office, mails=300, kills=4, chance=chance)
    assert office.run("intake", "--once").returncode == 0
    assert killing.findings(office, own_dovecot, 300, after) == []


def test_a_poller_told_to_end_finishes_what_it_has_in_hand(dovecot, user, tmp_path):
    """SIGTERM: status 0, the committed part is whole, and boards see that nobody reads."""
    dovecot.deliver(user, mails(400))
    office = Office(tmp_path, port=dovecot.port, user=user)
    process = office.start("intake")
    while office.counts()[0] < 100:
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    _, log = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "stopping: what is in hand is finished" in log
    assert "Traceback" not in log
    rows, requests = office.counts()
    assert rows == requests
    said = office.run("status")
    assert "not connected" in said.stdout
    assert f"ledger {rows}" in said.stdout
