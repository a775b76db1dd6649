"""A sender killed in the middle of sending: no mail is lost, and none doubled unnoticed."""

from __future__ import annotations

import random
import subprocess
import sys
import time

from intake.bell import Bell
from intake.outgoing.sender import Sender
from store import queries
from store.desk import Desk
from store.policy.apply import apply_file
from store.words import Delivery
from tests.intake.outgoing.conftest import configured, replies
from tests.servers.post import Post
from tests.store.policy.configs import SMALLEST

_MAILS = 60
_KILLS = 3
_SENDER = """
import sys
from intake.outgoing.sender import Sender
from store.desk import Desk
from store.policy.outgoing import Outgoing
config = Outgoing(host="127.0.0.1", port=int(sys.argv[2]), security="none")
Sender(Desk.open(sys.argv[1]), config).run()
"""


def test_a_killed_sender_doubles_no_mail_and_forgets_none(database_url, tmp_path):
    """SIGKILL at random moments: sent once, or marked as maybe sent and never sent again."""
    chance = random.Random(7)
    file = tmp_path / "config.toml"
    # Slow enough that most kills meet a mail under way.
    with Post(pause_s=0.004) as server:
        outgoing = f'[outgoing]\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\n'
        file.write_text(f"{SMALLEST}\n{outgoing}")
        apply_file(file, database_url)
        desk = Desk.open(database_url)
        replies(desk, _MAILS)
        for left in range(_KILLS, 0, -1):
            process = subprocess.Popen(
                [sys.executable, "-c", _SENDER, database_url, str(server.port)]
            )
            goal = len(server.mails) + (_MAILS - len(server.mails)) // (left + 1)
            while len(server.mails) < goal and process.poll() is None:
                time.sleep(0.001)
            time.sleep(chance.uniform(0.0, 0.02))
            process.kill()
            process.wait()
        bell = Bell()
        assert Sender(desk, configured(server.port)).once(bell) == ""
        bell.close()
        mails = queries.outbox(desk, 1000)
        uncertain = {
            f"<{queries.dispatch(desk, each.id).message_id}>"
            for each in mails
            if each.state is Delivery.UNCERTAIN
        }
        received = server.ids()
        desk.close()
    assert len(mails) == _MAILS
    assert {each.state for each in mails} <= {Delivery.SENT, Delivery.UNCERTAIN}
    assert max(received.values()) == 1
    assert len(set(received) | uncertain) == _MAILS
