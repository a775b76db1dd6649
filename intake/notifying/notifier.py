"""The notifier: sees who is to be told now, writes it down, and sends what is written down.

It needs no mailbox. What hangs in one place keeps nothing else waiting: each notice goes out in
a thread of its own, a few at a time.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from threading import Event, Lock, Thread

from intake.backoff import Backoff
from intake.bell import Bell
from intake.mishap import mishap
from intake.notifying import mail
from intake.notifying.first_mail import FirstMail
from intake.notifying.places import NoSuchVariable, Place, all_places, filled
from intake.notifying.push import BadAddress, Handed, Outcome, Receiver
from intake.outgoing.handing_over import Lost
from intake.outgoing.leases import is_gone, token
from intake.outgoing.noting import note_down
from store import commands, queries
from store.commands.calling import MAIL
from store.desk import Desk
from store.errors import DeskwatchError, StoreError
from store.facts.feed import Feed
from store.notice_records import NoticeLease
from store.policy.outgoing import Outgoing
from store.policy.people import Person
from store.words import Notice

_log = logging.getLogger(__name__)

#: Seconds between two looks at what is due, whatever the store announces; between two looks at
#: what is at risk; and after each look, however much comes in.
_LOOK_S, _WARN_S, _REST_S = 15.0, 30.0, 0.2
#: How long a notice is this poller's, and then for the last word of a mail server.
_TO_SEND, _TO_FINISH = timedelta(minutes=2), timedelta(minutes=12)
_AT_ONCE = 4
#: Tries of one notice; the next person is called long before.
_ENOUGH = 8
_FIRST, _MOST = timedelta(seconds=5), timedelta(minutes=2)
#: Seconds for what is in hand when everything ends.
_TO_END_S = 6.0
#: Seconds between two glances at whether a single look is done.
_NOTICE_END_S = 0.05


class Notifier:
    """Tells the people of a desk, in threads of its own."""

    def __init__(
        self,
        desk: Desk,
        people: Sequence[Person],
        outgoing: Outgoing | None,
        mail_is_read: Callable[[], bool] = lambda: True,
    ) -> None:
        """Tell ``people`` at the places of the config file; by mail if there is ``outgoing``.

        Calls wait a while, from now on, until ``mail_is_read``.
        """
        self._desk = desk
        self._first_mail = FirstMail(mail_is_read, time.monotonic())
        self._outgoing = outgoing
        self._places = all_places(people, mail=outgoing is not None)
        self._names = {
            login: tuple(place.name for place in some) for login, some in self._places.items()
        }
        self._feed = Feed(desk.store)
        self._stop = Event()
        self._backoff = Backoff(first=1.0, most=15.0)
        self._warned = -_WARN_S
        self._in_hand: set[Thread] = set()
        self._hands = Lock()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Start telling, in a thread that ends with ``end``; once more is no harm."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = Thread(target=self.run, name="notices", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End soon: nothing new is begun. From any thread."""
        self._stop.set()
        self._feed.close()

    def end(self) -> None:
        """Finish what is in hand, if that is soon done, and end the thread."""
        self.stop()
        until = time.monotonic() + _TO_END_S
        for thread in [*([self._thread] if self._thread else []), *self._sending()]:
            thread.join(max(0.0, until - time.monotonic()))

    def once(self, bell: Bell) -> str:
        """Tell what is due now, once; ``bell`` ends it early. Return what is wrong; "" if nothing.

        Raises nothing.
        """
        error = ""
        try:
            self._look()
            while not self._stop.is_set() and (self._begin_sending() or self._sending()):
                if bell.wait(_NOTICE_END_S):
                    self._stop.set()
        except DeskwatchError as trouble:
            error = str(trouble)
        except Exception as trouble:  # noqa: BLE001 - no traceback reaches a user
            error = f"calls: an error nobody has foreseen ({mishap(trouble)})"
        self.end()
        return error

    def run(self) -> None:
        """Tell people as things happen, until stopped. Raises nothing."""
        while self._first_mail.awaited(time.monotonic()) and not self._stop.wait(_REST_S):
            pass
        while not self._stop.is_set():
            pause_s = _REST_S
            try:
                self._look()
                self._begin_sending()
                self._feed.wait(self._until_due())
                self._backoff.reset()
            except DeskwatchError as error:
                pause_s = self._backoff.next(1.0)
                extra = {"error": str(error), "next_try_s": round(pause_s)}
                _log.warning("nobody can be called", extra=extra)
            except Exception as error:  # noqa: BLE001 - whoever calls for help never dies
                pause_s = self._backoff.next(1.0)
                extra = {"error": f"an error nobody has foreseen ({mishap(error)})"}
                _log.error("nobody can be called", extra=extra)
            self._stop.wait(pause_s)

    def _look(self) -> None:
        """Write down who is to be told now; raises StoreError."""
        desk = self._desk
        desk.refresh()
        commands.recover_notices(desk, is_gone)
        if called := commands.call(desk, self._names):
            _log.info("people are called to an emergency", extra={"people": called})
        commands.all_clear(desk, self._names)
        if time.monotonic() - self._warned >= _WARN_S:
            self._warned = time.monotonic()
            commands.warn(desk, self._names)

    def _until_due(self) -> float:
        if len(self._sending()) >= _AT_ONCE:
            return _LOOK_S
        due = queries.next_notice(self._desk)
        if due is None:
            return _LOOK_S
        left = (due - self._desk.clock.now()) / timedelta(seconds=1)
        return min(max(left, 0.05), _LOOK_S)

    # ------------------------------------------------------------------ sending

    def _sending(self) -> list[Thread]:
        with self._hands:
            self._in_hand = {thread for thread in self._in_hand if thread.is_alive()}
            return list(self._in_hand)

    def _begin_sending(self) -> bool:
        """Begin to send what is due, as far as there are hands; say whether anything was begun."""
        begun = False
        desk = self._desk
        while not self._stop.is_set() and len(self._sending()) < _AT_ONCE:
            held = commands.lease_notice(desk, token(), desk.clock.now() + _TO_SEND)
            if held is None:
                break
            thread = Thread(target=self._send, args=(held,), name="notice", daemon=True)
            thread.start()
            with self._hands:
                self._in_hand.add(thread)
            begun = True
        return begun

    def _send(self, held: NoticeLease) -> None:
        try:
            handed = self._hand_over(held)
            if handed is not None:
                note_down(lambda: self._write_down(held, handed), self._stop)
        except StoreError as error:
            _log.warning("a notice is left as it is", extra={"error": str(error)})
        except Exception as error:  # noqa: BLE001 - the lease runs out, and it is seen
            extra = {"error": f"an error nobody has foreseen ({mishap(error)})"}
            _log.error("a notice is left as it is", extra=extra)

    def _hand_over(self, held: NoticeLease) -> Handed | None:
        """Send a notice; return what became of it, None if it is somebody else's by now."""
        desk = self._desk
        place = self._place(held)
        if place is None or (place.name == MAIL and self._outgoing is None):
            return Handed(Outcome.REFUSED, "the poller's config has no such place for them")

        def note() -> bool:
            return commands.hand_over_notice(desk, held, desk.clock.now() + _TO_FINISH)

        if place.name == MAIL and self._outgoing is not None:
            try:
                letter = mail.dispatch(held, place.address, desk.rules)
                return mail.send(self._outgoing, letter, note)
            except Lost:
                return None
        try:
            receiver = Receiver(filled(place.address))
        except (NoSuchVariable, BadAddress) as error:
            return Handed(Outcome.REFUSED, str(error))
        if not note():
            return None
        return receiver.send(held.subject, held.text, urgent=held.kind is Notice.EMERGENCY)

    def _place(self, held: NoticeLease) -> Place | None:
        some = self._places.get(held.login, ())
        return next((place for place in some if place.name == held.place), None)

    def _write_down(self, held: NoticeLease, handed: Handed) -> None:
        desk, extra = self._desk, {"notice": held.id, "to": held.login, "by": held.place}
        match handed.outcome:
            case Outcome.SENT:
                commands.notice_sent(desk, held)
                _log.info("told", extra=extra)
            case Outcome.DOUBT:
                commands.doubt_notice(desk, held, handed.why)
                _log.warning("told or not, nobody knows", extra={**extra, "error": handed.why})
            case Outcome.LATER if held.attempts < _ENOUGH:
                again = desk.clock.now() + _pause(held.attempts)
                commands.put_notice_off(desk, held, handed.why, again)
                _log.info("not told yet", extra={**extra, "error": handed.why})
            case _:
                commands.refuse_notice(desk, held, handed.why)
                _log.warning("not told", extra={**extra, "error": handed.why})


def _pause(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: longer each time, never in step."""
    doubled: int = 2 ** (attempts - 1)
    whole = min(_MOST, _FIRST * doubled)
    return whole * random.uniform(0.5, 1.0)  # noqa: S311 - no secret
