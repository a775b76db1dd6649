"""The board's only way to the store: one thread that asks and orders, one that listens.

What the screen asks (``ask``) comes before what the link does by itself: looking for changes
when the feed says so, counting now and then. Everything that comes of it is posted to the app
as the records of ``tui.board.news``, in the order in which it happened. While the store
cannot be reached, questions fail at once and the link keeps trying; the app hears of the
beginning and the end of such a time. The keyboard never waits for any of this.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from threading import Condition, Thread
from typing import TYPE_CHECKING, Any, TypeVar

from store.errors import DeskwatchError, StoreError, StoreUnreachable
from tui.board import news
from tui.board.news import News
from tui.board.session import Session

if TYPE_CHECKING:
    from store.desk import Desk
    from store.facts.feed import Feed

Answer = TypeVar("Answer")
Step = Callable[["Desk"], Iterable[News]]

#: Between two attempts to reach a store that does not answer.
RETRY_S = 2.0
#: The counts are taken anew at least so often, and after changes at most so often.
COUNT_AT_LEAST_S, COUNT_AT_MOST_S = 5.0, 1.0
#: The feed is waited for in turns of so long.
_WAIT_S = 5.0
#: What is being written when the board closes gets so long to be finished.
_FAREWELL_S = 1.0


@dataclass(frozen=True, slots=True)
class _Question:
    """Something the screen asks, and where the answer goes."""

    ask: Callable[[Desk], Any]
    answer: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop

    def reply(self, result: Any, error: BaseException | None = None) -> None:
        """Hand over the answer, unless nobody waits for it any more."""
        with suppress(RuntimeError):  # the loop is closed, and so is the board
            self.loop.call_soon_threadsafe(self._set, result, error)

    def _set(self, result: Any, error: BaseException | None) -> None:
        if self.answer.done():
            return
        if error is None:
            self.answer.set_result(result)
        else:
            self.answer.set_exception(error)


class Link:
    """Two threads, and the store behind them."""

    def __init__(self, session: Session, post: Callable[[News], object]) -> None:
        """Serve ``session``; ``post`` takes news for the app from any thread."""
        self._session = session
        self._post = post
        self._turn = Condition()
        # All of these are only touched with the turn.
        self._questions: deque[_Question] = deque()
        self._wanted: dict[Step, None] = {}
        """What the link has to do by itself, in the order it came."""
        self._stopping = False
        self._feed: Feed | None = None
        # These only by the worker, but for reading.
        self._lost: StoreError | None = None
        self._counted = 0.0
        self._asked_at: float | None = None
        self._worker = Thread(target=self._work, name="store", daemon=True)
        self._listener = Thread(target=self._listen, name="feed", daemon=True)

    def start(self) -> None:
        """Begin: open the store, and tell the app."""
        self._worker.start()

    def stop(self) -> None:
        """End both threads; what the screen has asked so far is done first."""
        with self._turn:
            self._stopping = True
            self._turn.notify_all()
            if self._feed is not None:
                self._feed.close()
        for thread in (self._worker, self._listener):
            if thread.ident is not None:
                thread.join(_FAREWELL_S)

    def ask(self, question: Callable[[Desk], Answer]) -> asyncio.Future[Answer]:
        """Return what ``question`` answers in the store's thread, or raise what it raises.

        While the store cannot be reached it raises StoreUnreachable at once.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Answer] = loop.create_future()
        with self._turn:
            self._questions.append(_Question(question, answer, loop))
            self._turn.notify_all()
        return answer

    def look(self) -> None:
        """Look for changes now, without waiting for the feed."""
        self._want(self._session.look)

    def count(self) -> None:
        """Take the counts beside the queue anew."""
        self._want(self._session.count)

    def look_at(self, number: int | None, *, writing: bool = False) -> None:
        """Tell the other boards which request is on this one's screen; None: the queue."""
        self._session.looking_at, self._session.writing = number, writing
        self._want(self._session.greet)

    def reindex(self) -> None:
        """Read the order of all live requests anew."""
        self._want(self._session.index)

    @property
    def database(self) -> str:
        """The address of the store, without a password; there is one as soon as it is open."""
        return self._session.database

    def silent_s(self) -> float:
        """Return for how long the store has not answered what it was asked last."""
        asked_at = self._asked_at
        return 0.0 if asked_at is None else time.monotonic() - asked_at

    # ------------------------------------------------------------------ the worker

    def _want(self, step: Step) -> None:
        with self._turn:
            self._wanted[step] = None
            self._turn.notify_all()

    def _work(self) -> None:
        try:
            desk = self._open()
            while self._questions or not self._stopping:
                self._serve(desk)
        except DeskwatchError as error:
            self._post(news.Refused(str(error)))
        except Exception as error:  # noqa: BLE001 -- a thread's errors are nobody else's
            self._post(news.Broken(error))
        finally:
            self._session.close()

    def _open(self) -> Desk:
        desk, opened = self._session.open()
        self._post(opened)
        self._listener.start()
        for step in (self._session.count, self._session.mine, self._session.index):
            self._want(step)
        return desk

    def _serve(self, desk: Desk) -> None:
        """Do the next thing there is to do, or wait for one."""
        if self._lost is not None:
            self._reach(desk)
            return
        question, step = self._next()
        if question is not None:
            self._answer(question, desk)
        elif step is not None:
            self._do(step, desk)

    def _reach(self, desk: Desk) -> None:
        """Try to reach the store again; wait if that fails."""
        try:
            self._tell(self._session.look(desk))
        except StoreError as error:
            self._lose(error)
            self._rest()
            return
        self._lost = None
        self._want(self._session.count)
        self._post(news.Found())

    def _rest(self) -> None:
        """Wait for the next attempt; what is asked meanwhile fails at once."""
        until, left = time.monotonic() + RETRY_S, RETRY_S
        while left > 0:
            with self._turn:
                if not self._questions and not self._stopping:
                    self._turn.wait(left)
                questions, self._questions = self._questions, deque()
            for question in questions:
                question.reply(None, self._lost)
            left = 0 if self._stopping else until - time.monotonic()

    def _next(self) -> tuple[_Question | None, Step | None]:
        """Wait for something to do."""
        count = self._session.count
        with self._turn:
            while self._questions or not self._stopping:
                if self._questions:
                    return self._questions.popleft(), None
                wanted = [step for step in self._wanted if step != count]
                if wanted:
                    del self._wanted[wanted[0]]
                    return None, wanted[0]
                pause = COUNT_AT_MOST_S if count in self._wanted else COUNT_AT_LEAST_S
                left = self._counted + pause - time.monotonic()
                if left <= 0:
                    self._wanted.pop(count, None)
                    return None, count
                self._turn.wait(left)
        return None, None

    def _answer(self, question: _Question, desk: Desk) -> None:
        self._asked_at = time.monotonic()
        try:
            result = question.ask(desk)
        except StoreUnreachable as error:
            question.reply(None, error)
            self._lose(error)
        except Exception as error:  # noqa: BLE001 -- it belongs to whoever asked
            question.reply(None, error)
        else:
            question.reply(result)
        finally:
            self._asked_at = None

    def _do(self, step: Step, desk: Desk) -> None:
        if step == self._session.count:
            self._counted = time.monotonic()
        if step == self._session.look:
            self._asked_at = time.monotonic()
        try:
            if self._tell(step(desk)) and step == self._session.look:
                self._want(self._session.count)
        except StoreError as error:
            self._lose(error)
        finally:
            self._asked_at = None

    def _tell(self, news_: Iterable[News]) -> int:
        told = 0
        for each in news_:
            self._post(each)
            told += 1
        return told

    def _lose(self, error: StoreError) -> None:
        if self._lost is None:
            self._post(news.Lost(str(error)))
        self._lost = error

    # ------------------------------------------------------------------ the listener

    def _listen(self) -> None:
        while not self._stopping:
            desk = self._session.desk
            if desk is None:
                return
            from store.facts.feed import Feed

            with self._turn:
                if self._stopping:
                    return
                self._feed = feed = Feed(desk.store)
            with suppress(StoreError):
                while not self._stopping:
                    if feed.wait(_WAIT_S):
                        self._want(self._session.look)
            feed.close()
            self._want(self._session.look)  # it will find out what is wrong
            with self._turn:
                self._turn.wait_for(lambda: self._stopping, RETRY_S)
