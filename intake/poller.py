"""The poller: a worker for each mailbox, a sender, a timetable for what has to happen anyway."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC
from threading import Thread

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobEvent
from apscheduler.schedulers.background import BackgroundScheduler

from intake import second_look
from intake.bell import Bell
from intake.mailbox import MailboxWorker
from intake.mishap import mishap
from intake.notifying.notifier import Notifier
from intake.outgoing.sender import Sender
from intake.outgoing.smtp import WHERE
from intake.standing import Progress
from intake.visit import always
from store import commands
from store.desk import Desk
from store.errors import DeskwatchError
from store.policy.mailboxes import SENT, MailboxConfig
from store.policy.outgoing import Outgoing
from store.policy.people import Person

_log = logging.getLogger(__name__)

#: Seconds between two looks through everything, whatever the server announces.
_LOOK = 180
#: Seconds between two notes that a listening worker is well; boards call a mailbox silent
#: when they miss some.
_STANDING = 30
#: Seconds until mail is looked at again that somebody on a board wants looked at again.
_LOOK_AGAIN = 2
#: Seconds between two rounds of housekeeping.
_HOUSEKEEPING = 60
#: Seconds between two looks after the workers' threads.
_SUPERVISION = 10
#: Seconds for the workers to take leave of their servers, then for those that are committing
#: to finish, and then for the rest to notice that their connection is cut.
_TO_PART, _TO_FINISH, _TO_NOTICE = 1.0, 6.0, 2.0
#: Seconds between two glances at whether all workers of a single look are done.
_NOTICE_END = 0.05
_FOREVER = 3600.0


@dataclass(frozen=True, slots=True)
class Looked:
    """How one look through a mailbox went; ``error`` is "" if well."""

    mailbox: str
    error: str


class Poller:
    """Reads all mailboxes of a desk, each in a thread of its own."""

    def __init__(
        self,
        desk: Desk,
        mailboxes: Sequence[MailboxConfig],
        progress: Progress | None = None,
        outgoing: Outgoing | None = None,
        people: Sequence[Person] = (),
    ) -> None:
        """Read ``mailboxes`` for ``desk``, send its mail through ``outgoing``, call ``people``."""
        self._desk = desk
        # The first mailbox also says when the log-in of outgoing mail is about to end.
        first = [] if outgoing is None else [(WHERE, outgoing)]
        self._workers = [
            MailboxWorker(config, desk, progress, [] if place else first, self._ready_for(config))
            for place, config in enumerate(mailboxes)
        ]
        self._front = [
            worker
            for worker, config in zip(self._workers, mailboxes, strict=True)
            if config.kind != SENT
        ]
        self._threads: dict[str, Thread] = {}
        self._sender = Sender(desk, outgoing) if outgoing else None
        self._notifier = Notifier(desk, people, outgoing, self._was_read) if people else None

    def run_once(self, bell: Bell) -> list[Looked]:
        """Take in what every mailbox has now; return how each went. ``bell`` ends it early."""
        errors: dict[str, str] = {}

        def look(worker: MailboxWorker) -> None:
            try:
                worker.once()
            except DeskwatchError as error:
                errors[worker.name] = str(error)
            except Exception as error:  # noqa: BLE001 - the other mailboxes go on
                unforeseen = f"an error nobody has foreseen ({mishap(error)})"
                errors[worker.name] = f'mailbox "{worker.name}": {unforeseen}'
            finally:
                worker.standing.closed()

        stopped = self._look_through(self._front, look, bell)
        if not stopped and not errors:
            # What people answered is known only with what they were asked.
            sent = [worker for worker in self._workers if worker not in self._front]
            stopped = self._look_through(sent, look, bell)
        self._look_again_once()
        self._close()
        looked = [Looked(worker.name, errors.get(worker.name, "")) for worker in self._workers]
        if self._sender is not None and not stopped:
            # After the mailboxes: what they have just brought is acknowledged too.
            looked.append(Looked("outgoing", self._sender.once(bell)))
        if self._notifier is not None and not stopped:
            looked.append(Looked("calls", self._notifier.once(bell)))
        return looked

    def run(self, bell: Bell) -> None:
        """Take in mail as it comes until ``bell`` is rung, then end cleanly."""
        timetable = self._timetable()
        for worker in self._workers:
            self._start(worker, MailboxWorker.run)
        if self._sender is not None:
            self._sender.start()
        if self._notifier is not None:
            self._notifier.start()
        timetable.start()
        try:
            while not bell.wait(_FOREVER):
                pass
        finally:
            _log.info("stopping: what is in hand is finished")
            timetable.shutdown(wait=False)
            if self._sender is not None:
                self._sender.stop()
            if self._notifier is not None:
                self._notifier.stop()
            began = time.monotonic()
            self._stop()
            if self._sender is not None:
                self._sender.end(time.monotonic() - began)
            if self._notifier is not None:
                self._notifier.end()
            self._close()
            _log.info("stopped")

    def _look_through(
        self,
        workers: Sequence[MailboxWorker],
        look: Callable[[MailboxWorker], None],
        bell: Bell,
    ) -> bool:
        """Have ``workers`` look until all are done; say whether ``bell`` has ended it."""
        for worker in workers:
            self._start(worker, look)
        stopped = False
        while any(thread.is_alive() for thread in self._threads.values()):
            if bell.wait(_NOTICE_END):
                stopped = True
                self._stop()
        return stopped

    def _ready_for(self, config: MailboxConfig) -> Callable[[], bool]:
        """Return what says whether a mailbox may be read: a Sent folder after all others.

        An answer that was read before the request that it is about would be nobody's business.
        """
        if config.kind != SENT:
            return always
        return lambda: all(worker.is_up_to_date for worker in self._front)

    def look(self) -> None:
        """Have every mailbox looked through that is listened to."""
        for worker in self._workers:
            worker.look()

    def look_again(self) -> None:
        """Look at mail that somebody wants looked at again; raises StoreError."""
        second_look.look_again(self._desk)

    def write_standing(self) -> None:
        """Write down which mailboxes are alive; raises StoreError."""
        for worker in self._workers:
            worker.standing.still_there()

    def keep_house(self) -> None:
        """Do what is due in the store, and take up a new policy; raises StoreError."""
        self._desk.refresh()
        ended = commands.end_waits(self._desk)
        if ended:
            _log.info("waits are over", extra={"requests": len(ended)})
        closed = commands.close_resolved(self._desk)
        if closed:
            extra = {"requests": len(closed)}
            _log.info("what was resolved long ago is closed", extra=extra)

    def supervise(self) -> None:
        """Start the thread of a worker anew if it has ended, which it never should."""
        for worker in self._workers:
            if not self._threads[worker.name].is_alive():
                extra = {"mailbox": worker.name}
                _log.error("its thread has ended; it is started anew", extra=extra)
                self._start(worker, MailboxWorker.run)
        if self._sender is not None:
            self._sender.start()
        if self._notifier is not None:
            self._notifier.start()

    def _was_read(self) -> bool:
        """Say whether every mailbox was looked through once, as far as it can be.

        No call is answered in a Sent folder, and those wait for what may be down for long.
        """
        return all(worker.was_tried for worker in self._front)

    def _look_again_once(self) -> None:
        try:
            self.look_again()
        except DeskwatchError as error:
            # The mailboxes have said so too, if the database is the trouble.
            _log.warning("mail to be looked at again: %s", error)

    def _timetable(self) -> BackgroundScheduler:
        timetable = BackgroundScheduler(
            timezone=UTC,
            # A job that comes late runs all the same, once: the default silently drops what
            # is more than a second late.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        timetable.add_listener(
            _notice, EVENT_JOB_ERROR | EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES
        )
        for job, seconds in (
            (self.look, _LOOK),
            (self.look_again, _LOOK_AGAIN),
            (self.write_standing, _STANDING),
            (self.keep_house, _HOUSEKEEPING),
            (self.supervise, _SUPERVISION),
        ):
            timetable.add_job(job, "interval", seconds=seconds, id=job.__name__)
        return timetable

    def _start(self, worker: MailboxWorker, work: Callable[[MailboxWorker], None]) -> None:
        def live() -> None:
            work(worker)
            if worker.is_stopped:
                worker.close()  # nobody may have waited for it

        # Daemons: a server that hangs does not keep a stopped poller alive.
        thread = Thread(target=live, name=f"mailbox-{worker.name}", daemon=True)
        self._threads[worker.name] = thread
        thread.start()

    def _stop(self) -> None:
        """Stop the workers; those that wait for a slow server have their connection cut.

        One that only tries to connect is not waited for: there is nothing it could leave undone.
        """
        for worker in self._workers:
            worker.stop()
        self._join(_TO_PART, lambda _: True)
        for worker in self._workers:
            if not worker.has_in_hand:
                worker.cut()
        self._join(_TO_FINISH, lambda worker: worker.has_in_hand)
        for worker in self._workers:
            worker.cut()
        self._join(_TO_NOTICE, lambda worker: worker.is_connected)

    def _join(self, seconds: float, needed: Callable[[MailboxWorker], bool]) -> None:
        """Wait for the threads of those workers to end that are ``needed`` to."""
        until = time.monotonic() + seconds
        for worker in self._workers:
            thread = self._threads.get(worker.name)
            while (
                thread is not None
                and thread.is_alive()
                and needed(worker)
                and time.monotonic() < until
            ):
                thread.join(_NOTICE_END)

    def _close(self) -> None:
        for worker in self._workers:
            thread = self._threads.get(worker.name)
            if thread is None or not thread.is_alive():
                worker.close()


def _notice(event: JobEvent) -> None:
    """Log a job that failed or did not run."""
    error = getattr(event, "exception", None)
    job = {"job": event.job_id}
    if error is None:
        _log.warning("the timetable skipped it once: the one before is not done", extra=job)
    elif isinstance(error, DeskwatchError):
        _log.warning("the timetable's job failed", extra={**job, "error": error})
    else:
        _log.error("the timetable's job failed", extra={**job, "error": mishap(error)})
