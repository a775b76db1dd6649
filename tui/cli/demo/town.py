"""The demo's world, in a process of its own: mail server, poller, school and colleagues.

Started as ``python -m tui.cli.demo.town FOLDER``. It says ``ready`` on standard output when
the morning's mail is in, goes on until its standard input ends (so that it also ends when the
board's process is killed), and takes everything it started, and the folder, with it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path

from store import commands, queries
from store.clock import SetClock, SystemClock
from store.desk import Desk
from store.errors import DeskwatchError
from store.facts.engine import open_store
from store.facts.schema import upgrade
from store.policy.load import load
from store.policy.stored import to_store
from store.records import DESK
from tui.cli.crash import explain
from tui.cli.demo.colleagues import Colleagues, silently
from tui.cli.demo.cover import agree
from tui.cli.demo.mails import ScriptedMail, script
from tui.cli.demo.place import FOLDERS, Place
from tui.cli.demo.post import post
from tui.cli.demo.server import MailServer, mail_server
from tui.cli.demo.small import small_mails
from tui.cli.demo.story import WEEKS
from tui.cli.demo.team import SIGN_EVERY, leave, sit_at_boards

_EVERY = timedelta(seconds=6)
_TICK_SECONDS = 0.25
_PATIENCE_SECONDS = 60.0
_POLICY_AGE = timedelta(weeks=WEEKS + 1)


class Town:
    """The school's morning, and then its day."""

    def __init__(self, place: Place, server: MailServer, gone: threading.Event) -> None:
        """Live in ``place`` until ``gone`` is set."""
        self._place = place
        self._server = server
        self._gone = gone
        self._clock = SystemClock()

    def morning(self) -> None:
        """Deliver the mails of the last days, and do what was done about them.

        First what people asked, then what they wrote about the answers they got.
        """
        now = self._clock.now()
        asked = [mail for mail in script("start") if not mail.answers]
        answered = [mail for mail in script("start") if mail.answers]
        delivered = 0
        for mails in (asked, answered):
            self._server.deliver(
                [(_folder(m), m.as_bytes(now - m.ago), now - m.ago) for m in mails]
            )
            delivered += len(mails)
            self._wait_for_intake(delivered)
            self._catch_up(mails, now)

    def _catch_up(self, mails: list[ScriptedMail], now: datetime) -> None:
        """Do what colleagues did about ``mails`` before ``now``, each deed at its own time."""
        clock = SetClock(now - max(mail.ago for mail in mails))
        with contextlib.closing(Desk.open(self._place.database, clock)) as desk:
            silently(desk)
            colleagues = Colleagues(desk, sent=True)
            for mail in mails:
                colleagues.plan(mail.message_id(), now - mail.ago, mail.deeds)
            while (due := colleagues.due()) is not None and due <= now:
                clock.advance(due - clock.now())
                colleagues.act(due, lambda key: queries.request_of_message(desk, key))

    def day(self) -> None:
        """Deliver one mail every few seconds, with colleagues at work."""
        with contextlib.closing(Desk.open(self._place.database)) as desk:
            colleagues = Colleagues(desk)
            post = _post()
            next_mail = self._clock.now() + _EVERY
            next_sign = self._clock.now()
            while not self._gone.wait(_TICK_SECONDS):
                now = self._clock.now()
                if now >= next_sign:
                    sit_at_boards(desk)
                    next_sign = now + SIGN_EVERY
                if now >= next_mail:
                    mail = next(post)
                    self._server.deliver([(_folder(mail), mail.as_bytes(now), now)])
                    colleagues.plan(mail.message_id(), now, mail.deeds)
                    next_mail = now + _EVERY
                colleagues.act(now, lambda key: queries.request_of_message(desk, key))

    def _wait_for_intake(self, mails: int) -> None:
        """Wait until the ledger has so many mails."""
        end = self._clock.now() + timedelta(seconds=_PATIENCE_SECONDS)
        with contextlib.closing(Desk.open(self._place.database)) as desk:
            while sum(health.ledger for health in queries.mailbox_health(desk)) < mails:
                if self._clock.now() > end:
                    raise DeskwatchError(
                        f"the poller does not take in the mail; see {self._place.log}"
                    )
                if self._gone.wait(0.05):
                    return


def _post() -> Iterator[ScriptedMail]:
    """Yield the day's mails: first those of the script, then small ones for ever."""
    return chain(script("live"), small_mails())


def _folder(mail: ScriptedMail) -> str:
    return FOLDERS[mail.box or "help"]


@contextlib.contextmanager
def _poller(place: Place) -> Iterator[None]:
    """Run the real poller beside us, as ``deskwatch intake`` does."""
    with place.log.open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
            [sys.executable, "-m", "tui.cli.main", "intake", "--config", str(place.config)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def prepare(place: Place, now: datetime) -> None:
    """Make the store: the policy, the weeks before, what was agreed on, and who is not in."""
    # Reading mail is a lot to import, and the mail server is starting meanwhile.
    from tui.cli.demo.past import write_past

    upgrade(place.database)
    with contextlib.closing(open_store(place.database, SetClock(now - _POLICY_AGE))) as store:
        commands.apply_policy(store, to_store(load(place.config)), DESK)
    write_past(place.database, now)
    agree(place.database, now)
    leave(place.database, now)


def live(place: Place, gone: threading.Event) -> None:
    """Build the world in ``place``, say that it is ready, and go on until ``gone`` is set."""
    folders = [folder for folder in FOLDERS.values() if folder != "INBOX"]

    def meanwhile(server: MailServer) -> None:
        now = SystemClock().now()
        place.write_config(server, now)
        prepare(place, now)

    with (
        mail_server(folders, meanwhile) as server,
        post(place.sent, server.outgoing_port),
        _poller(place),
    ):
        town = Town(place, server, gone)
        town.morning()
        print("ready", flush=True)
        town.day()


def _watch_parent(gone: threading.Event) -> None:
    with contextlib.suppress(OSError):
        while sys.stdin.buffer.read(4096):
            pass
    gone.set()


def main(folder: str) -> int:
    """Run the town in ``folder``; the folder is removed at the end."""
    gone = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: gone.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_watch_parent, args=(gone,), daemon=True).start()
    try:
        live(Place(Path(folder)), gone)
    except DeskwatchError as error:
        print(f"deskwatch: {error}", flush=True)
        return 1
    except Exception as error:  # noqa: BLE001 - no traceback ever reaches a user
        print(f"deskwatch: {explain(error)}", flush=True)
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    status = main(sys.argv[1])
    sys.stdout.flush()
    # The thread that watches standard input cannot be woken; do not wait for it.
    os._exit(status)
