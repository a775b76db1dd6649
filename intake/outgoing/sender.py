"""The sender: works the outbox off over SMTP, one mail at a time, whatever happens."""

from __future__ import annotations

import contextlib
import logging
import smtplib
import time
from collections.abc import Iterator
from datetime import timedelta
from threading import Event, Thread

from intake.backoff import Backoff
from intake.bell import Bell
from intake.mishap import mishap
from intake.outgoing.compose import compose
from intake.outgoing.handing_over import Handed, Lost, begin
from intake.outgoing.last_word import LastWords
from intake.outgoing.leases import is_gone, token
from intake.outgoing.noting import note_down
from intake.outgoing.patience import is_enough, pause
from intake.outgoing.smtp import WHERE, session
from store import queries
from store.commands import outbox
from store.desk import Desk
from store.errors import DeskwatchError, MailError, MailRefused, StoreError
from store.facts.feed import Feed
from store.mail_records import Lease
from store.policy.outgoing import Outgoing

_log = logging.getLogger(__name__)

#: How long a mail is this poller's: to name everybody and send the text, and then for the
#: server's last word, which may take ten minutes.
_TO_SEND, _TO_FINISH = timedelta(minutes=5), timedelta(minutes=15)
#: Seconds to wait for a connection and for each answer but the last.
_PATIENCE_S = 60.0
#: Seconds between two looks at the outbox when nothing is announced.
_LOOK_S = 30.0
#: Seconds to wait at least after a refused log-in: servers lock accounts that try too often.
_AFTER_REFUSAL_S = 15.0
#: Seconds for the mail in hand when everything ends, and then to notice that its line is cut.
_TO_END_S, _TO_NOTICE_S = 6.0, 2.0
#: Seconds between two glances at whether a single look is done.
_NOTICE_END_S = 0.05


class Sender:
    """Sends the mail of a desk, in a thread of its own."""

    def __init__(self, desk: Desk, config: Outgoing) -> None:
        """Send the mail of ``desk`` through the server of ``config``."""
        self._desk = desk
        self._config = config
        self._feed = Feed(desk.store)
        self._stop = Event()
        self._mail_backoff = Backoff(first=4.0, most=300.0)
        self._store_backoff = Backoff(first=1.0, most=30.0)
        self._client: smtplib.SMTP | None = None
        self._last_words = LastWords()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Start sending, in a thread that ends with ``end``; once more is no harm."""
        if self._thread is None or not self._thread.is_alive():
            # A daemon: a server that hangs does not keep a stopped poller alive.
            self._thread = Thread(target=self.run, name="outgoing", daemon=True)
            self._thread.start()

    def end(self, had_s: float = 0.0) -> None:
        """Finish the mail in hand, if that is soon done, and end the thread.

        ``had_s``: seconds that it has had for that already.
        """
        self.stop()
        if self._thread is None:
            return
        until = time.monotonic() + max(0.0, _TO_END_S - had_s)
        self._thread.join(until - time.monotonic())
        self._last_words.join(max(0.0, until - time.monotonic()))
        self._cut()
        self._last_words.cut()
        self._thread.join(_TO_NOTICE_S)
        self._last_words.join(_TO_NOTICE_S)

    def _cut(self) -> None:
        """Cut the line of the mail in hand."""
        client = self._client
        if self._thread is not None and self._thread.is_alive() and client is not None:
            with contextlib.suppress(OSError, AttributeError):  # it may be gone at any moment
                client.sock.shutdown(2)  # type: ignore[union-attr]

    def stop(self) -> None:
        """End soon: after the mail in hand. From any thread."""
        self._stop.set()
        self._feed.close()

    def once(self, bell: Bell) -> str:
        """Send what is due now, once; ``bell`` ends it early. Return what is wrong, "" if nothing.

        Raises nothing.
        """
        errors: list[str] = []

        def work() -> None:
            try:
                self._work()
            except DeskwatchError as error:
                if isinstance(error, MailError):
                    self._hindered(error)
                errors.append(str(error))
            except Exception as error:  # noqa: BLE001 - no traceback reaches a user
                errors.append(f"{WHERE}: an error nobody has foreseen ({mishap(error)})")
            self._last_words.join()

        self._thread = Thread(target=work, name="outgoing", daemon=True)
        self._thread.start()
        while self._thread.is_alive():
            if bell.wait(_NOTICE_END_S):
                self.end()
                break
        self.stop()
        return next(iter(errors), "")

    def run(self) -> None:
        """Send mail as it is written, until stopped. Raises nothing."""
        while not self._stop.is_set():
            pause_s = 0.0
            try:
                self._work()
                self._feed.wait(self._until_due())
                self._store_backoff.reset()
            except MailError as error:
                pause_s = self._hindered(error)
                extra = {"error": str(error), "next_try_s": round(pause_s)}
                _log.warning("mail cannot be sent", extra=extra)
            except DeskwatchError as error:
                pause_s = self._store_backoff.next(1.0)
                extra = {"error": str(error), "next_try_s": round(pause_s)}
                _log.warning("mail cannot be sent", extra=extra)
            except Exception as error:  # noqa: BLE001 - a sender never dies
                pause_s = self._mail_backoff.next(_AFTER_REFUSAL_S)
                # Without the error's own text, which may hold a mail's.
                extra = {"error": f"an error nobody has foreseen ({mishap(error)})"}
                _log.error("mail cannot be sent", extra=extra)
            self._stop.wait(pause_s)

    def _work(self) -> None:
        """Send everything that is due; raises MailError and StoreError."""
        outbox.recover(self._desk, is_gone)
        while not self._stop.is_set() and self._is_due():
            with self._connected() as client:
                self._mail_backoff.reset()
                while not self._stop.is_set() and self._send_next(client):
                    pass

    def _hindered(self, error: MailError) -> float:
        """Write down why nothing can be sent; return the seconds until the next try."""
        seconds = self._mail_backoff.next(
            _AFTER_REFUSAL_S if isinstance(error, MailRefused) else 1.0
        )
        again = self._desk.clock.now() + timedelta(seconds=seconds)
        try:
            outbox.hinder(self._desk, str(error), again)
        except StoreError as trouble:
            _log.warning("mail cannot be sent", extra={"error": str(trouble)})
        return seconds

    def _until_due(self) -> float:
        due = queries.next_sending(self._desk)
        if due is None:
            return _LOOK_S
        left = (due - self._desk.clock.now()) / timedelta(seconds=1)
        return min(max(left, 0.05), _LOOK_S)

    def _is_due(self) -> bool:
        due = queries.next_sending(self._desk)
        return due is not None and due <= self._desk.clock.now()

    @contextlib.contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        with session(self._config, _PATIENCE_S) as client:
            self._client = client
            try:
                yield client
            finally:
                self._client = None

    def _send_next(self, client: smtplib.SMTP) -> bool:
        """Send the next mail that is due; say whether the connection takes another one."""
        desk = self._desk
        held = outbox.lease(desk, token(), desk.clock.now() + _TO_SEND)
        if held is None:
            return False
        try:
            known = client.has_extn("smtputf8")
            mail = compose(queries.dispatch(desk, held.outbox_id), held.left, smtputf8=known)
        except DeskwatchError:
            raise
        except Exception as error:  # noqa: BLE001 - one odd mail never stops the rest
            outbox.refuse(desk, held, f"it cannot be written as a mail ({mishap(error)})")
            return True
        if client.sock is not None:
            client.sock.settimeout(_PATIENCE_S)
        try:
            begun = begin(
                client,
                mail,
                lambda: outbox.hand_over(desk, held, desk.clock.now() + _TO_FINISH),
            )
        except StoreError:
            # What could not be noted down was not sent either.
            with contextlib.suppress(StoreError):
                outbox.put_off(desk, held, "the database did not answer", desk.clock.now())
            raise
        except Lost:
            _log.warning("another poller has taken a mail over", extra={"mail": held.outbox_id})
            return False
        if isinstance(begun, Handed):
            handed: Handed | None = begun
        else:
            handed = self._last_words.hear(client, begun, lambda late: self._account(held, late))
        if handed is None:
            extra = {"mail": held.outbox_id}
            _log.info("the server thinks about a mail; the others go out meanwhile", extra=extra)
            return False
        self._account(held, handed)
        return handed.alive

    def _account(self, held: Lease, handed: Handed) -> None:
        """Write down what became of a mail, however long the database takes to take it."""
        note_down(lambda: self._write_down(held, handed), self._stop)

    def _write_down(self, held: Lease, handed: Handed) -> None:
        desk, attempts = self._desk, held.attempts + 1
        again = desk.clock.now() + pause(attempts)
        extra = {"kind": held.kind.value, "mail": held.outbox_id}
        if handed.taken:
            outbox.handed_over(desk, held, handed.refused_for, handed.later_for, again)
            _log.info("sent", extra=extra)
        elif handed.doubt:
            outbox.doubt(desk, held, handed.doubt)
            _log.warning("sent or not, nobody knows", extra={**extra, "error": handed.doubt})
        elif handed.refused:
            outbox.refuse(desk, held, handed.refused)
            _log.warning("refused", extra={**extra, "error": handed.refused})
        elif is_enough(attempts, held.kind):
            outbox.refuse(desk, held, f"given up after {attempts} tries: {handed.later}")
            _log.warning("given up", extra={**extra, "error": handed.later})
        else:
            outbox.put_off(desk, held, handed.later, again)
            _log.info("put off", extra={**extra, "error": handed.later})
