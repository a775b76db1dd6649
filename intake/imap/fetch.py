r"""Fetching messages: in bounded batches, never setting ``\Seen``, past the one that fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from intake.imap.answers import Answers, fetch
from intake.imap.connect import Connection
from intake.imap.fetched import Fetched
from intake.imap.folder import Folder
from intake.imap.refusals import server_said
from intake.imap.suspects import Suspects
from intake.imap.trouble import place, plain_words
from store.errors import MailRefused


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is fetched at a time; sizes in bytes."""

    batch: int = 200
    """Messages in one command."""
    batch_bytes: int = 4 * 1024 * 1024
    whole: int = 48 * 1024 * 1024
    """Messages larger than this are not fetched whole."""
    start: int = 1024 * 1024
    """What is fetched of those: headers, and the start of the text."""
    chunk: int = 1024 * 1024
    """What is fetched at a time of messages larger than a batch."""


BOUNDS = Bounds()

#: Messages whose sizes are asked for in one command, which is one line (RFC 7162 section 4).
_SIZES = 600


@dataclass(frozen=True, slots=True)
class _Known:
    uid: int
    size: int
    arrived_at: datetime | None


#: What a library raises about one answer while the connection lives; a broken one is an
#: IMAPClientAbortError or an OSError, to be asked about first.
_ITS_OWN = (IMAPClientError, ValueError, IndexError, KeyError, TypeError)
_How = Callable[[Sequence[_Known]], list[Fetched]]


class Fetcher:
    """Fetches messages of an open folder."""

    def __init__(self, folder: Folder, suspects: Suspects, bounds: Bounds = BOUNDS) -> None:
        """Fetch from ``folder``; ``suspects`` outlives the connection."""
        self._folder = folder
        self._connection: Connection = folder.connection
        self._suspects = suspects
        self._bounds = bounds
        self._well = False
        self._settled: set[int] = set()
        """Messages of this batch that failed on their own."""

    def messages(self, uids: Sequence[int]) -> Iterator[list[Fetched]]:
        """Yield the messages of ``uids`` in batches, each within the bounds.

        Messages that have left the folder are left out. One that arrives in no way is left
        out too, to be asked for again at the next look, until its chances are used up: then
        it comes with its ``failure``.

        Raises:
            MailUnreachable: the connection broke; ask again on a new one.
            MailRefused: the server refuses every message.
        """
        lost = [uid for uid in uids if self._suspects.hopeless(uid)]
        turn = self._suspects.in_turn([uid for uid in uids if not self._suspects.hopeless(uid)])
        for start in range(0, len(turn), _SIZES):
            for batch in self._batches(self._sizes(turn[start : start + _SIZES])):
                with plain_words(self._connection.config, "hand out its mails"):
                    fetched = self._batch(batch)
                if fetched:
                    yield fetched
        if lost:
            with plain_words(self._connection.config, "hand out its mails"):
                given_up = [self._given_up(uid) for uid in lost]
            yield given_up
            self._suspects.answered(lost)

    def _sizes(self, uids: Sequence[int]) -> list[_Known]:
        self._suspects.asking(())
        with plain_words(self._connection.config, "tell the sizes of its mails"):
            answers = self._fetch(uids, "RFC822.SIZE", "INTERNALDATE")
        # One whose size the server does not tell is fetched in chunks.
        unknown = self._bounds.batch_bytes + 1
        return [
            _Known(
                uid, answers[uid].get(b"RFC822.SIZE") or unknown, answers[uid].get(b"INTERNALDATE")
            )
            for uid in uids
            if uid in answers
        ]

    def _batches(self, known: Sequence[_Known]) -> Iterator[list[_Known]]:
        batch: list[_Known] = []
        total = 0
        for one in known:
            most = self._suspects.together(one.uid, self._bounds.batch)
            if batch and (len(batch) >= most or total + one.size > self._bounds.batch_bytes):
                yield batch
                batch, total = [], 0
            batch.append(one)
            total += one.size
        if batch:
            yield batch

    def _batch(self, batch: Sequence[_Known]) -> list[Fetched]:
        self._suspects.asking(one.uid for one in batch)
        self._settled.clear()
        how = self._large if batch[0].size > self._bounds.batch_bytes else self._small
        fetched = self._tried(batch, how)
        # Asked for and not returned: often only slow to come, e.g. just delivered.
        for one in self._missing(batch, fetched):
            fetched += self._tried([one], how)
        for one in self._missing(batch, fetched):
            self._absent(one)
        self._suspects.answered(one.uid for one in fetched)
        return fetched

    def _missing(self, batch: Sequence[_Known], fetched: Sequence[Fetched]) -> list[_Known]:
        here = self._settled.union(one.uid for one in fetched)
        return [one for one in batch if one.uid not in here]

    def _tried(self, batch: Sequence[_Known], how: _How) -> list[Fetched]:
        """Fetch a batch; where that fails, its halves, down to the one message that does it."""
        try:
            fetched = how(batch)
        except (IMAPClientAbortError, OSError):
            raise
        except _ITS_OWN as error:
            # Refused, or not understood; the connection lives: the answer was complete.
            if len(batch) > 1:
                half = len(batch) // 2
                return self._tried(batch[:half], how) + self._tried(batch[half:], how)
            self._failed(batch[0], server_said(error))
            return []
        self._well = self._well or bool(fetched)
        return fetched

    def _small(self, batch: Sequence[_Known]) -> list[Fetched]:
        answers = self._fetch([one.uid for one in batch], "BODY.PEEK[]")
        return [
            Fetched(one.uid, one.arrived_at, len(raw), raw)
            for one in batch
            if (raw := answers.get(one.uid, {}).get(b"BODY[]")) is not None
        ]

    def _large(self, batch: Sequence[_Known]) -> list[Fetched]:
        """Fetch one message in chunks: a slow line shows life, and its size is our choice."""
        one, step = batch[0], self._bounds.chunk
        enough = self._bounds.start if one.size > self._bounds.whole else self._bounds.whole
        chunks: list[bytes] = []
        got = 0
        while got < enough:
            answer = self._fetch([one.uid], f"BODY.PEEK[]<{got}.{step}>").get(one.uid, {})
            chunk = answer.get(b"BODY[]<%d>" % got)
            if chunk is None:
                return []
            chunks.append(chunk)
            got += len(chunk)
            if len(chunk) < step:
                return [Fetched(one.uid, one.arrived_at, got, b"".join(chunks))]
        # One byte more tells a message that ends here from one that goes on.
        rest = self._fetch([one.uid], f"BODY.PEEK[]<{got}.1>").get(one.uid, {})
        truncated = bool(rest.get(b"BODY[]<%d>" % got))
        return [Fetched(one.uid, one.arrived_at, max(one.size, got), b"".join(chunks), truncated)]

    def _absent(self, one: _Known) -> None:
        """Decide about a message that the server returned without its content, twice."""
        if self._folder.has(one.uid):
            self._failed(one, "it is listed, but comes without content")
        else:
            self._suspects.answered([one.uid])

    def _failed(self, one: _Known, said: str) -> None:
        if not self._server_is_well(one.uid):
            raise MailRefused(
                f"{place(self._connection.config)}: the server hands out no mails ({said}); "
                "it is tried again"
            )
        self._settled.add(one.uid)
        self._suspects.failed(one.uid)

    def _server_is_well(self, but: int) -> bool:
        """Say whether other messages can be had, so that a failure is the one message's own."""
        if self._well:
            return True
        others = [uid for uid in self._connection.client.search(["1:2"]) if uid != but]
        try:
            self._well = not others or others[0] in self._fetch(others[:1], "BODY.PEEK[]<0.1>")
        except (IMAPClientAbortError, OSError):
            raise
        except IMAPClientError:
            self._well = False
        return self._well

    def _given_up(self, uid: int) -> Fetched:
        """Return what can be had of a message that cannot be fetched: at best its headers."""
        answer: dict[bytes, Any] = {}
        if self._suspects.last_chance(uid):
            self._suspects.asking([uid])
            try:
                answer = self._fetch([uid], "INTERNALDATE", "BODY.PEEK[HEADER]").get(uid, {})
            except IMAPClientAbortError:
                raise
            except _ITS_OWN:
                answer = {}
            self._suspects.answered(())
        headers = answer.get(b"BODY[HEADER]") or b""
        return Fetched(
            uid,
            answer.get(b"INTERNALDATE"),
            len(headers),
            headers,
            truncated=True,
            failure="the mail server lists it, but does not hand it out",
        )

    def _fetch(self, uids: Sequence[int], *items: str) -> Answers:
        return fetch(self._connection.client, uids, *items)
