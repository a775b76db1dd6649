"""One connection's life in a mailbox: look what is there, take in what is missing, listen."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

from intake.bell import Bell
from intake.imap.connect import Connection
from intake.imap.fetch import Fetched, Fetcher
from intake.imap.folder import Folder, Selected
from intake.imap.idle import Heard, nap, wait
from intake.imap.suspects import Suspects
from intake.incoming import incoming
from intake.standing import Standing, summary
from intake.taking import take
from intake.touch import Touch
from store import queries
from store.desk import Desk
from store.errors import MailRefused
from store.records import Incoming, Taken

_log = logging.getLogger(__name__)

#: Seconds between two renewals of IDLE: servers may end one after 29 minutes, some routers
#: forget a silent connection after five.
_RENEW = (240.0, 290.0)
#: Seconds until messages that could not be fetched are asked for again.
_AGAIN = 10.0
#: Seconds between two reports while much is taken in.
_REPORT = 5.0


class Visit:
    """A connection on which the mailbox is looked through, again and again.

    Whatever it raises ends it: the next visit begins with a look and finds what this one left.
    """

    def __init__(
        self,
        connection: Connection,
        desk: Desk,
        *,
        suspects: Suspects,
        touch: Touch,
        standing: Standing,
        stop: Event,
    ) -> None:
        """Visit on ``connection``; ``suspects``, ``touch`` and ``standing`` outlive the visit."""
        self._connection = connection
        self._config = connection.config
        self._desk = desk
        self._suspects = suspects
        self._touch = touch
        self._standing = standing
        self._stop = stop
        self._folder = Folder(connection)
        self._fetcher = Fetcher(self._folder, suspects)
        self._selected: Selected
        self._newest = 0
        self._can_idle = True
        self._reported = 0.0

    def look(self) -> None:
        """Compare what the server has with the ledger, and take in what is missing.

        Opens the folder anew: one that was deleted and made again behind our back would else
        go on answering as it was.

        Raises:
            MailError: the server; StoreError: the database. What was committed stays so.
        """
        selected = self._folder.select()
        # What is announced before the search is found by it; what comes later is news.
        self._connection.heard_news()
        server = self._folder.uids(selected.messages)
        name, uidvalidity = self._config.name, selected.uidvalidity
        known = set(queries.known_uids(self._desk, name, uidvalidity))
        missing = [uid for uid in server if uid not in known]
        if self._standing.uidvalidity not in {0, uidvalidity}:
            _log.warning("%s: the folder was made anew; it is read again", name)
        self._selected = selected
        self._newest = max(server, default=0)
        self._suspects.begin(uidvalidity)
        self._standing.obstacle = self._touch.begin(self._folder, selected, server, known)
        self._standing.seen(uidvalidity, len(server))
        self._standing.missing(len(missing))
        self._take(missing)

    def look_for_new(self) -> None:
        """Take in what arrived since; where that is nothing, look through everything.

        Raises:
            MailError: the server; StoreError: the database. What was committed stays so.
        """
        self._connection.heard_news()
        new = self._folder.uids_above(self._newest)
        if not new:
            self.look()
            return
        self._newest = new[-1]
        self._standing.more(len(new))
        self._standing.missing(len(new))
        self._take(new)

    def listen(self, bell: Bell) -> None:
        """Wait for news and take them in, until stopped. Ringing ``bell`` has everything looked at.

        Raises:
            MailError: the server; StoreError: the database. What was committed stays so.
        """
        while not self._stop.is_set():
            heard = Heard.NEWS if self._connection.heard_news() else self._wait(bell)
            if self._stop.is_set():
                return
            if heard is Heard.NEWS:
                self.look_for_new()
            elif heard is Heard.RUNG or self._suspects.anybody():
                self.look()
            else:
                self._standing.well()

    def _wait(self, bell: Bell) -> Heard:
        seconds = _AGAIN if self._suspects.anybody() else random.uniform(*_RENEW)  # noqa: S311
        self._standing.listen(listening=True)
        try:
            return (wait if self._can_idle else nap)(self._connection, bell, seconds)
        except MailRefused as refused:
            if not self._can_idle:
                raise
            _log.warning("%s; the mailbox is asked from time to time instead", refused)
            self._can_idle = False
            return Heard.QUIET
        finally:
            self._standing.listen(listening=False)

    def _take(self, uids: Sequence[int]) -> None:
        """Take messages in: while one batch is committed the next one is fetched and read."""
        done: list[Taken] = []
        with ThreadPoolExecutor(1, f"commit-{self._config.name}") as committer:
            committing: Future[list[Taken]] | None = None
            try:
                for fetched in self._fetcher.messages(uids):
                    items = self._read(fetched)
                    finished, committing = committing, None
                    done += self._finish(finished)
                    committing = committer.submit(self._commit, items)
                    self._touch_mails()
                    if self._stop.is_set():
                        break
            finally:
                done += self._finish(committing)
        self._touch_mails()
        if done:
            _log.info("%s: %s", self._config.name, summary(done))
            self._standing.well()

    def _read(self, fetched: Sequence[Fetched]) -> list[Incoming]:
        rules, name, now = self._desk.rules, self._config.name, self._desk.clock.now()
        return [incoming(each, rules, name, now) for each in fetched]

    def _commit(self, items: Sequence[Incoming]) -> list[Taken]:
        """Commit messages; runs in the committing thread."""
        return take(
            self._desk,
            self._config.name,
            self._selected.uidvalidity,
            items,
            store_is_well=self._standing.well,
        )

    def _finish(self, committing: Future[list[Taken]] | None) -> list[Taken]:
        """Wait for a commit; only what it returns is touched in the mailbox."""
        if committing is None:
            return []
        taken = committing.result()
        self._touch.committed(each.uid for each in taken)
        self._standing.taken(taken)
        if time.monotonic() - self._reported > _REPORT:
            self._reported = time.monotonic()
            self._standing.well()
        return taken

    def _touch_mails(self) -> None:
        """Mark or move what is committed. That this fails keeps no mail from coming in."""
        if self._standing.obstacle:
            return
        try:
            self._touch.catch_up(self._folder)
        except MailRefused as refused:
            _log.warning("%s", refused)
            self._standing.obstacle = str(refused)
