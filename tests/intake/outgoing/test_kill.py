"""The poller killed in the middle of sending: no mail is lost, and none doubled unnoticed."""

from __future__ import annotations

import random
import time
from contextlib import closing

from store import commands, queries
from store.words import Delivery
from tests.servers.dovecot import free_port
from tests.servers.office import Office
from tests.servers.post import Post
from tests.store.people import ANA, a_request, the

_MAILS = 40
_OUTGOING = """
[outgoing]
host = "127.0.0.1"
port = {port}
security = "none"
"""


def test_a_killed_poller_doubles_no_mail_and_forgets_none(tmp_path):
    """SIGKILL at random moments: sent once, or marked as maybe sent and never sent again."""
    chance = random.Random(7)
    office = Office(tmp_path, port=free_port(), user="help")
    # Slow enough that most kills meet a mail under way.
    with Post(pause_s=0.004) as server:
        office.config.write_text(office.config.read_text() + _OUTGOING.format(port=server.port))
        assert office.run("policy", "apply").returncode == 0
        with closing(office.desk()) as desk:
            for _ in range(_MAILS):
                number = a_request(desk)
                commands.reply(desk, ANA, the(number), "Which room is it?")
            for left in range(3, 0, -1):
                process = office.start("intake")
                goal = len(server.mails) + (_MAILS - len(server.mails)) // (left + 1)
                while len(server.mails) < goal and process.poll() is None:
                    time.sleep(0.001)
                time.sleep(chance.uniform(0.0, 0.02))
                process.kill()
                process.communicate()
            office.run("intake", "--once")
            states = [each.state for each in queries.outbox(desk, 1000)]
            uncertain = {
                f"<{queries.dispatch(desk, each.id).message_id}>"
                for each in queries.outbox(desk, 1000)
                if each.state is Delivery.UNCERTAIN
            }
        received = server.ids()
    assert set(states) <= {Delivery.SENT, Delivery.UNCERTAIN}
    assert len(states) == _MAILS
    assert max(received.values()) == 1
    assert len(set(received) | uncertain) == _MAILS
