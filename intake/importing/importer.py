"""From messages in files to the ledger: each distinct one once, however often it is imported."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Protocol

from intake.imap.fetched import Fetched
from intake.importing.dates import arrival
from intake.importing.found import Message, PassedOver, Trouble
from intake.importing.sources import Found, files, messages
from intake.reading_ahead import read_ahead
from intake.taking import take
from intake.understanding import Understanding
from store import commands, queries
from store.desk import Desk
from store.mail_records import Taken
from store.words import IMPORTED, Outcome

#: All imported mail is in one mailbox; a message's UID there is made of its content.
UIDVALIDITY = 1
_BATCH, _BATCH_BYTES = 200, 4 * 1024 * 1024
#: Bytes of an ordinary mail, to guess how many there are.
_ORDINARY = 8_000


class Watcher(Protocol):
    """Somebody who wants to see how it goes on."""

    def total(self, size: int) -> None:
        """The files have ``size`` bytes in all."""

    def read(self, size: int) -> None:
        """``size`` more bytes are read."""

    def taken(self, mails: int) -> None:
        """``mails`` more are in the store."""

    def trouble(self, place: str, reason: str) -> None:
        """What is at ``place`` cannot be read."""

    def quarantined(self, place: str, reason: str) -> None:
        """The mail at ``place`` could not be understood; it is kept."""

    def passed_over(self, place: str) -> None:
        """In the file at ``place`` is no mail."""


class Importer:
    """Takes in mail from files. What it has taken in stays, whenever it is stopped."""

    def __init__(self, desk: Desk, watcher: Watcher) -> None:
        """Import for ``desk``."""
        self._desk = desk
        self._watcher = watcher
        self._on_the_way: dict[int, str] = {}
        """By UID: where the messages are from that are not committed yet."""
        self.outcomes: Counter[Outcome] = Counter()
        self.known = 0
        """Messages that were imported before, or are there twice."""
        self.troubles = 0

    def run(self, paths: Iterable[Path]) -> None:
        """Import everything at ``paths``.

        Raises:
            StoreError: the store takes nothing now; what was committed before stays.
        """
        found = self._files(paths)
        total = sum(_size(file) for file, _ in found)
        self._watcher.total(total)
        understanding = Understanding(
            self._desk.rules, IMPORTED, whole="in the file that was imported"
        )
        batches = self._batches(self._messages(found))
        with closing(
            read_ahead(batches, total // _ORDINARY, understanding, self._desk.clock)
        ) as understood:
            for batch in understood:
                taken = take(self._desk, IMPORTED, UIDVALIDITY, batch, self._write, answering=False)
                self._count(taken)

    def _files(self, paths: Iterable[Path]) -> list[tuple[Path, bool]]:
        """Return the files, and of each whether it was named itself."""
        found = []
        for path in paths:
            here, troubles = files(path, self._desk.clock.now())
            found += [(file, file == path) for file in here]
            for trouble in troubles:
                self._cannot(trouble)
        return found

    def _messages(self, found: Iterable[tuple[Path, bool]]) -> Iterator[Message]:
        for file, named in found:
            for each in messages(file, self._watcher.read, named=named):
                if isinstance(each, Message):
                    yield each
                else:
                    self._cannot(each)

    def _cannot(self, found: Found) -> None:
        if isinstance(found, PassedOver):
            self._watcher.passed_over(found.place)
        elif isinstance(found, Trouble):
            self.troubles += 1
            self._watcher.trouble(found.place, found.reason)

    def _batches(self, found: Iterable[Message]) -> Iterator[list[Fetched]]:
        batch: list[Message] = []
        size = 0
        for message in found:
            batch.append(message)
            size += len(message.raw)
            if len(batch) >= _BATCH or size >= _BATCH_BYTES:
                yield from self._fresh(batch)
                batch, size = [], 0
        yield from self._fresh(batch)

    def _fresh(self, batch: Sequence[Message]) -> Iterator[list[Fetched]]:
        """Yield the messages of a batch that were not imported before, questions first."""
        now = self._desk.clock.now()
        digests = {hashlib.sha256(message.raw).digest(): message for message in batch}
        known = queries.imported_already(self._desk, digests)
        fresh = {digest: digests[digest] for digest in digests if digest not in known}
        uids = self._uids(fresh)
        fetched = [
            Fetched(
                uids[digest],
                arrival(message.raw, message.hint, now),
                message.size,
                message.raw,
                message.truncated,
            )
            for digest, message in fresh.items()
            if uids[digest] not in self._on_the_way
        ]
        self.known += len(batch) - len(fetched)
        if fetched:
            places = {uids[digest]: message.place for digest, message in fresh.items()}
            self._on_the_way |= {each.uid: places[each.uid] for each in fetched}
            yield sorted(fetched, key=lambda each: each.arrived_at or now)

    def _uids(self, digests: Iterable[bytes]) -> dict[bytes, int]:
        """Return the UID of each message, by the SHA-256 of its content.

        Should the UIDs of two messages ever be the same, the second one gets the next.
        """
        uids = {digest: uid_of(digest) for digest in digests}
        taken = queries.taken_uids(self._desk, IMPORTED, UIDVALIDITY, list(uids.values()))
        for digest, uid in uids.items():
            free = uid
            while free in taken:
                free += 1
                taken |= queries.taken_uids(self._desk, IMPORTED, UIDVALIDITY, [free])
            uids[digest] = free
        return uids

    def _count(self, taken: Sequence[Taken]) -> None:
        for each in taken:
            place = self._on_the_way.pop(each.uid, "")
            self.outcomes[each.outcome] += 1
            if each.outcome is Outcome.QUARANTINED:
                self._watcher.quarantined(place, each.reason)
        self._watcher.taken(len(taken))

    def _write(self) -> None:
        """Write something harmless: it tells whether the store takes anything."""
        commands.mailbox_closed(self._desk, IMPORTED)


def uid_of(digest: bytes) -> int:
    """Return a UID made of a SHA-256: 62 bits of it, never 0."""
    return (int.from_bytes(digest[:8]) >> 2) + 1


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
