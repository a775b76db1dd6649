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
from intake.outgoing.sender import Sender
from intake.standing import Progress
from store import commands
from store.desk import Desk
from store.errors import DeskwatchError
from store.policy.mailboxes import MailboxConfig
from store.policy.outgoing import Outgoing

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
#: Seconds for a worker to finish its batch, and then to notice that its connection is cut.
_TO_FINISH, _TO_NOTICE = 8.0, 3.0
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
    ) -> None:
        """Read ``mailboxes`` for ``desk``, and send its mail through ``outgoing``."""
        self._desk = desk
        self._workers = [MailboxWorker(config, desk, progress) for config in mailboxes]
        self._threads: dict[str, Thread] = {}
        self._sender = Sender(desk, outgoing) if outgoing else None

    def run_once(self, bell: Bell) -> list[Looked]:
        """Take in what every mailbox has now; return how each went. ``bell`` ends it early."""
        errors: dict[str, str] = {}
        stopped = False

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

        for worker in self._workers:
            self._start(worker, look)
        while any(thread.is_alive() for thread in self._threads.values()):
            if bell.wait(_NOTICE_END):
                stopped = True
                self._stop()
        self._look_again_once()
        self._close()
        looked = [Looked(worker.name, errors.get(worker.name, "")) for worker in self._workers]
        if self._sender is not None and not stopped:
            # After the mailboxes: what they have just brought is acknowledged too.
            looked.append(Looked("outgoing", self._sender.once(bell)))
        return looked

    def run(self, bell: Bell) -> None:
        """Take in mail as it comes until ``bell`` is rung, then end cleanly."""
        timetable = self._timetable()
        for worker in self._workers:
            self._start(worker, MailboxWorker.run)
        if self._sender is not None:
            self._sender.start()
        timetable.start()
        try:
            while not bell.wait(_FOREVER):
                pass
        finally:
            _log.info("stopping: what is in hand is finished")
            timetable.shutdown(wait=False)
            if self._sender is not None:
                self._sender.stop()
            self._stop()
            if self._sender is not None:
                self._sender.end()
            self._close()

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
            _log.info("%d waits are over", len(ended))
        closed = commands.close_resolved(self._desk)
        if closed:
            _log.info("%d requests that were resolved long ago are closed", len(closed))

    def supervise(self) -> None:
        """Start the thread of a worker anew if it has ended, which it never should."""
        for worker in self._workers:
            if not self._threads[worker.name].is_alive():
                _log.error("%s: its thread has ended; it is started anew", worker.name)
                self._start(worker, MailboxWorker.run)
        if self._sender is not None:
            self._sender.start()

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
        # Daemons: a server that hangs does not keep a stopped poller alive.
        thread = Thread(target=work, args=(worker,), name=f"mailbox-{worker.name}", daemon=True)
        self._threads[worker.name] = thread
        thread.start()

    def _stop(self) -> None:
        """Stop the workers; those that wait for a silent server have their connection cut."""
        for worker in self._workers:
            worker.stop()
        self._join(_TO_FINISH)
        for worker in self._workers:
            worker.cut()
        self._join(_TO_NOTICE)

    def _join(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        for thread in self._threads.values():
            thread.join(max(0.0, until - time.monotonic()))

    def _close(self) -> None:
        for worker in self._workers:
            thread = self._threads.get(worker.name)
            if thread is None or not thread.is_alive():
                worker.close()


def _notice(event: JobEvent) -> None:
    """Log a job that failed or did not run."""
    error = getattr(event, "exception", None)
    if error is None:
        _log.warning("the timetable skipped %s once: the one before is not done", event.job_id)
    elif isinstance(error, DeskwatchError):
        _log.warning("%s: %s", event.job_id, error)
    else:
        _log.error("%s failed (%s)", event.job_id, mishap(error))
