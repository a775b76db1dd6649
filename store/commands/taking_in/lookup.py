"""What the store knows already about the messages of a batch, found with few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Connection, Row, Select, case, select
from sqlalchemy import func as sql

from store.commands.known_outages import affected
from store.commands.taking_in.cases import Case
from store.facts.mail import ledger
from store.facts.messages import message, original
from store.facts.people import mail_address
from store.facts.requests import request
from store.mail_records import Taken
from store.rules import threads
from store.rules.prepared import Prepared
from store.rules.threads import Holder
from store.words import Direction, Outcome

#: Values of one IN list; both databases allow many more.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Seen:
    """A message in the ledger, as a duplicate of it is told about it."""

    mailbox: str
    uidvalidity: int
    uid: int
    number: int | None


@dataclass(slots=True)
class Known:
    """Everything a batch may meet in the store; the batch adds to it as it goes."""

    taken: dict[int, Taken] = field(default_factory=dict)
    """By UID: messages that this mailbox's ledger has already."""
    fingerprints: dict[bytes, Seen] = field(default_factory=dict)
    contents: dict[bytes, Seen] = field(default_factory=dict)
    """By SHA-256 of the original."""
    originals: dict[bytes, int] = field(default_factory=dict)
    """By SHA-256: the id of the original kept."""
    holders: dict[str, Holder] = field(default_factory=dict)
    """By key of a Message-ID: the message that has it."""
    cases: dict[int, Case] = field(default_factory=dict)
    """By number: the requests that messages may belong to."""
    people: dict[str, int] = field(default_factory=dict)
    """By address: the person's id."""
    alerts: dict[str, int] = field(default_factory=dict)
    """By alert: the newest live request that is about it, else the newest."""

    def belongs(self, letter: threads.Letter) -> threads.Belongs:
        """Decide which of the requests a mail belongs to."""
        if not letter.refers_to and not letter.tags:
            return threads.UNKNOWN
        signs = {self.holders[key].number for key in letter.refers_to if key in self.holders}
        return threads.belongs(letter, self.holders, self.with_survivors({*signs, *letter.tags}))

    def with_survivors(self, numbers: set[int]) -> dict[int, threads.Known]:
        """Return what the rules need of some requests and of those they were merged into."""
        found: dict[int, threads.Known] = {}
        waiting = [number for number in numbers if number in self.cases]
        while waiting:
            number = waiting.pop()
            if number not in found:
                found[number] = known = self.cases[number].as_known()
                if known.merged_into in self.cases:
                    waiting.append(known.merged_into)
        return found


def look_up(
    connection: Connection,
    mailbox: str,
    uidvalidity: int,
    batch: Sequence[Prepared],
    *,
    again: bool = False,
) -> Known:
    """Return what is known about ``batch``; ``again``: its messages are in the ledger, all."""
    known = Known()
    here = (ledger.c.mailbox == mailbox) & (ledger.c.uidvalidity == uidvalidity)
    uids = set() if again else {each.item.uid for each in batch}
    for row in _among(connection, select(ledger).where(here), ledger.c.uid, uids):
        known.taken[row.uid] = Taken(row.uid, Outcome(row.outcome), row.reason, row.number)
    fresh = [each for each in batch if each.item.uid not in known.taken]
    _look_up_copies(connection, known, fresh)
    _look_up_threads(connection, known, fresh)
    addresses = {each.letter.requester for each in fresh if each.letter is not None}
    for row in _among(connection, select(mail_address), mail_address.c.address, addresses):
        known.people[row.address] = row.person_id
    return known


def _look_up_copies(connection: Connection, known: Known, fresh: Sequence[Prepared]) -> None:
    """Find earlier copies: by what the sender wrote, and by the very same bytes."""
    first = select(
        ledger.c.fingerprint, ledger.c.mailbox, ledger.c.uidvalidity, ledger.c.uid, ledger.c.number
    ).where(ledger.c.outcome != Outcome.DUPLICATE)
    fingerprints = {each.fingerprint for each in fresh}
    for row in _among(connection, first, ledger.c.fingerprint, fingerprints):
        known.fingerprints[row.fingerprint] = _seen(row)
    hashes = {each.item.sha256 for each in fresh}
    kept = select(original.c.id, original.c.sha256)
    known.originals = {
        row.sha256: row.id for row in _among(connection, kept, original.c.sha256, hashes)
    }
    by_id = {original_id: sha256 for sha256, original_id in known.originals.items()}
    brought = select(
        ledger.c.original_id, ledger.c.mailbox, ledger.c.uidvalidity, ledger.c.uid, ledger.c.number
    ).order_by(ledger.c.taken_at.desc())  # the first one, coming last, stays
    for row in _among(connection, brought, ledger.c.original_id, by_id):
        known.contents[by_id[row.original_id]] = _seen(row)


def _look_up_threads(connection: Connection, known: Known, fresh: Sequence[Prepared]) -> None:
    """Find the messages that mails refer to, and the requests that they may belong to."""
    letters = [each.letter for each in fresh if each.letter is not None]
    keys = {key for letter in letters for key in (letter.key, *letter.refers_to) if key}
    held = (
        select(message.c.message_id, message.c.number, message.c.direction, message.c.split_from)
        .where(message.c.message_id != "")  # as the index has it
        .order_by(message.c.id.desc())  # the first one, coming last, stays
    )
    for row in _among(connection, held, message.c.message_id, keys):
        known.holders[row.message_id] = Holder(
            row.number, row.direction == Direction.OUT, row.split_from
        )
    tagged = {tag for letter in letters for tag in letter.tags}
    alerts = {letter.triage.alert for letter in letters if letter.triage.alert}
    live = sql.max(case((request.c.live, request.c.number)))
    newest = (
        select(request.c.alert, sql.coalesce(live, sql.max(request.c.number)).label("number"))
        .where(request.c.alert != "")  # as the index has it
        .group_by(request.c.alert)
    )
    for row in _among(connection, newest, request.c.alert, alerts):
        known.alerts[row.alert] = row.number
    numbers = {each.number for each in known.holders.values()}
    # Whoever holds a mail of a request need not be known there; and only what programs answer
    # asks how many notes there are.
    asked_for = tagged if all(each.triage.machine is None for each in letters) else numbers | tagged
    look_up_cases(connection, known, tagged | numbers | set(known.alerts.values()), asked_for)


def look_up_cases(
    connection: Connection, known: Known, numbers: set[int], asked_for: set[int]
) -> None:
    """Find requests, and those that they were merged into; the people of those ``asked_for``."""
    names = request.c.keys()
    while numbers := numbers - known.cases.keys():
        people, notices = _people(connection, numbers & asked_for)
        found = list(_among(connection, select(request), request.c.number, numbers))
        for row in found:
            columns = dict(zip(names, row, strict=True))
            requesters = {row.requester_address} - {""}
            part = people[row.number] | requesters
            known.cases[row.number] = Case(
                row.number, columns, part, requesters, opened=False, notices=notices[row.number]
            )
        for row in found:
            if row.outage is not None:
                known.cases[row.number].requesters.update(
                    each.address for each in affected(connection, row.number)
                )
        for there, address in _merged_in(connection, {row.number for row in found}):
            known.cases[there].requesters.add(address)
            known.cases[there].people.add(address)
        numbers = {row.merged_into for row in found if row.merged_into is not None}
        asked_for = asked_for | numbers


def _merged_in(connection: Connection, numbers: Collection[int]) -> Iterator[tuple[int, str]]:
    """Yield who asked for the requests that were merged into some, also those of these."""
    into = {number: number for number in numbers}
    merged = select(request.c.merged_into, request.c.number, request.c.requester_address)
    nearest: Collection[int] = numbers
    while nearest:
        found = list(_among(connection, merged, request.c.merged_into, nearest))
        for row in found:
            into[row.number] = into[row.merged_into]
            if row.requester_address:
                yield into[row.number], row.requester_address
        nearest = [row.number for row in found]


def _people(
    connection: Connection, numbers: Collection[int]
) -> tuple[dict[int, set[str]], dict[int, set[int]]]:
    """Return the addresses of everybody who wrote or received messages of requests.

    And the originals of mail from programs that each request has a note about: those who sent
    such mail are no part of it.
    """
    people: dict[int, set[str]] = defaultdict(set)
    notices: dict[int, set[int]] = defaultdict(set)
    wrote = select(
        message.c.number,
        message.c.direction,
        message.c.sender_address,
        message.c.recipients,
        message.c.original_id,
    )
    for row in _among(connection, wrote, message.c.number, numbers):
        if row.direction == Direction.NOTE:
            if row.original_id is not None:
                notices[row.number].add(row.original_id)
            continue
        people[row.number].add(row.sender_address)
        people[row.number].update(address for _, _, address in row.recipients)
    for addresses in people.values():
        addresses.discard("")
    return people, notices


def _seen(row: Row[*tuple[Any, ...]]) -> Seen:
    return Seen(row.mailbox, row.uidvalidity, row.uid, row.number)


def _among(
    connection: Connection,
    query: Select[*tuple[Any, ...]],
    column: Column[Any],
    values: Collection[Any],
) -> Iterator[Row[*tuple[Any, ...]]]:
    """Yield the rows of ``query`` where ``column`` is one of ``values``."""
    wanted = list(values)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        yield from connection.execute(query.where(column.in_(some))).all()
