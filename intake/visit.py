"""One connection's life in a mailbox: look what is there, take in what is missing, listen."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from threading import Event

from intake import reading_ahead
from intake.bell import Bell
from intake.committing import Commits
from intake.imap.connect import Connection
from intake.imap.fetch import Fetcher
from intake.imap.folder import Folder, Selected
from intake.imap.idle import Heard, nap, wait
from intake.imap.suspects import Suspects
from intake.standing import Standing, summary
from intake.taking import take
from intake.touch import Touch
from intake.understanding import Understanding
from store import queries
from store.desk import Desk
from store.errors import MailRefused
from store.mail_records import Taken
from store.policy.mailboxes import SENT
from store.rules.prepared import Prepared

_log = logging.getLogger(__name__)

#: Seconds between two renewals of IDLE: servers may end one after 29 minutes, some routers
#: forget a silent connection after five.
_RENEW = (240.0, 290.0)
#: Seconds until messages that could not be fetched are asked for again.
_AGAIN = 10.0
#: Seconds between two reports while much is taken in.
_REPORT = 5.0


def always() -> bool:
    """Say yes: mail is taken in whenever it is there."""
    return True


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
        ready: Callable[[], bool] = always,
    ) -> None:
        """Visit on ``connection``; ``suspects``, ``touch`` and ``standing`` outlive the visit."""
        self._connection = connection
        self._config = connection.config
        self._desk = desk
        self._suspects = suspects
        self._touch = touch
        self._standing = standing
        self._stop = stop
        self._ready = ready
        self._commits: Commits[tuple[list[Taken], float]] | None = None
        self._storing = False
        self._folder = Folder(connection)
        self._fetcher = Fetcher(self._folder, suspects)
        self._selected: Selected
        self._newest = 0
        self._can_idle = True
        self._may_touch = False
        self._reported = 0.0

    def look(self) -> None:
        """Compare what the server has with the ledger, and take in what is missing.

        Opens the folder anew: one that was deleted and made again behind our back would else
        go on answering as it was.

        Raises:
            MailError: the server; StoreError: the database. What was committed stays so.
        """
        began = self._desk.clock.now()
        selected = self._folder.select()
        # What is announced before the search is found by it; what comes later is news.
        self._connection.heard_news()
        server = self._folder.uids(selected.messages)
        name, uidvalidity = self._config.name, selected.uidvalidity
        known = set(queries.known_uids(self._desk, name, uidvalidity))
        missing = [uid for uid in server if uid not in known]
        if self._standing.uidvalidity not in {0, uidvalidity}:
            extra = {"mailbox": name, "uidvalidity": uidvalidity}
            _log.warning("the folder was made anew; it is read again", extra=extra)
        self._selected = selected
        self._newest = max(server, default=0)
        self._suspects.begin(uidvalidity)
        obstacle = self._touch.begin(self._folder, selected, server, known)
        self._may_touch = not obstacle
        # One that the server raises only when asked to mark or move stays until that works.
        self._standing.obstacle = obstacle or self._standing.obstacle
        self._standing.seen(uidvalidity, len(server))
        self._standing.missing(len(missing))
        if self._ready():
            self._take(missing)
            self._is_whole(began)

    def look_for_new(self) -> None:
        """Take in what arrived since; where that is nothing, look through everything.

        Raises:
            MailError: the server; StoreError: the database. What was committed stays so.
        """
        began = self._desk.clock.now()
        self._connection.heard_news()
        new = self._folder.uids_above(self._newest)
        if not new or not self._ready():
            self.look()
            return
        self._newest = new[-1]
        self._standing.more(len(new))
        self._standing.missing(len(new))
        self._take(new)
        self._is_whole(began)

    def _is_whole(self, at: datetime) -> None:
        """Note that all was taken in that the folder had ``at`` a moment."""
        if not self._stop.is_set() and not self._suspects.anybody():
            self._standing.whole = (self._selected.uidvalidity, at)

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
            extra = {"mailbox": self._config.name, "error": refused}
            _log.warning("the mailbox is asked from time to time instead", extra=extra)
            self._can_idle = False
            return Heard.QUIET
        finally:
            self._standing.listen(listening=False)

    def _take(self, uids: Sequence[int]) -> None:
        """Take messages in: fetch, read, commit, and only then touch them in the mailbox."""
        self._reported = time.monotonic()
        done: list[Taken] = []
        name = self._config.name
        fetched = self._fetcher.messages(uids)
        if uids:
            # Who has the watch may have changed a moment ago: whom a mail went to is judged by it.
            self._desk.refresh()
        understanding = Understanding(self._desk.rules, name)
        self._commits = commits = Commits(
            self._commit, f"commit-{name}", beside=len(uids) >= reading_ahead.MANY
        )
        reading = reading_ahead.read_ahead(fetched, len(uids), understanding, self._desk.clock)
        with closing(commits), closing(reading) as understood:
            try:
                for batch in understood:
                    # Told to stop, nothing new is begun; what is not committed comes next time.
                    if self._stop.is_set():
                        break
                    self._storing = True
                    try:
                        done += self._account(commits.give(batch))
                        self._touch_mails()
                    finally:
                        self._storing = False
                    if len(done) < len(uids) and time.monotonic() - self._reported > _REPORT:
                        self._reported = time.monotonic()
                        self._standing.well()
                        extra = {"mailbox": name, "mails": len(done), "of": len(uids)}
                        _log.info("so far", extra=extra)
            finally:
                done += self._account(commits.rest())
        # Also what a crash had left, where nothing new came.
        self._touch_mails()
        if done:
            _log.info("taken in", extra={"mailbox": name, **summary(done)})
            self._standing.well()

    def _commit(self, batch: Sequence[Prepared]) -> tuple[list[Taken], float]:
        """Return what became of the messages of ``batch``, and how many seconds that took."""
        began = time.perf_counter()
        uidvalidity, whole_at = self._standing.whole
        if self._config.kind == SENT and uidvalidity == self._selected.uidvalidity:
            # Programs put mails there under any date: it was not there when last looked.
            batch = [each.not_before(whole_at) for each in batch]
        taken = take(
            self._desk,
            self._config.name,
            self._selected.uidvalidity,
            batch,
            store_is_well=self._standing.well,
            sent_by=self._config.person if self._config.kind == SENT else "",
        )
        return taken, time.perf_counter() - began

    def _account(self, committed: Sequence[tuple[list[Taken], float]]) -> list[Taken]:
        """Note what is in the store now."""
        for taken, seconds in committed:
            self._standing.taken(taken, seconds)
            self._touch.committed(each.uid for each in taken)
        return [each for taken, _ in committed for each in taken]

    @property
    def in_hand(self) -> bool:
        """Whether a batch is being committed, or marked and moved, at this moment."""
        return self._storing or (self._commits is not None and self._commits.is_busy)

    def _touch_mails(self) -> None:
        """Mark or move what is committed. That this fails keeps no mail from coming in."""
        if not self._may_touch:
            return
        obstacle = ""
        try:
            self._touch.catch_up(self._folder)
        except MailRefused as refused:
            extra = {"mailbox": self._config.name, "error": refused}
            _log.warning("mail is taken in, and cannot be touched", extra=extra)
            obstacle, self._may_touch = str(refused), False
        if obstacle != self._standing.obstacle:
            self._standing.obstacle = obstacle
            self._standing.well()
