"""The rows that a batch adds, gathered first and written with few statements."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy import func as sql

from store.commands.change import event_row
from store.commands.clock_cache import clock_columns, histories
from store.commands.fresh import fresh_clock_columns
from store.commands.messages import Said, message_row, outbox_row
from store.commands.outbox import came_back
from store.commands.taking_in.cases import Case
from store.commands.taking_in.outages import Outages
from store.facts import search
from store.facts.engine import Writing
from store.facts.history import event
from store.facts.mail import ledger, outbox
from store.facts.messages import attachment, message, original
from store.facts.people import mail_address, person
from store.facts.requests import CLOCK_COLUMNS, request
from store.facts.rows import insert_rows
from store.mail_records import Taken
from store.records import DESK
from store.rulebook import Rulebook
from store.rules.answering import Valve
from store.rules.prepared import Arrival, Prepared
from store.rules.terms import index_terms
from store.rules.timeline import Happening
from store.text import one_line
from store.words import Direction, Happened

#: The rate valve lets so many automatic answers through within this time.
_VALVE_COUNTS = timedelta(hours=1)
#: What a follow-up may change of a request's row.
_CHANGED = (
    "version",
    "state",
    "live",
    "changed_at",
    "resolved_at",
    "ending",
    "wait_until",
    "snoozed_until",
    "acknowledged_by",
    "promised_at",
    "messages",
    *CLOCK_COLUMNS,
)


class Batch:
    """The rows of one batch. Whatever refers to a row by its id can be added right away."""

    def __init__(
        self,
        rules: Rulebook,
        writing: Writing,
        mailbox: str,
        uidvalidity: int,
        *,
        answering: bool,
        sent_by: str = "",
    ) -> None:
        """Begin a batch of ``mailbox``, to be written in the transaction ``writing``.

        ``answering`` says whether what opens a request may be acknowledged; ``sent_by`` is the
        login of whose Sent folder it is.
        """
        self.rules = rules
        self.writing = writing
        self.mailbox = mailbox
        self.uidvalidity = uidvalidity
        self.answering = answering
        self.sent_by = sent_by or rules.sent_folders.get(mailbox, "")
        self.desk_people = {address for each in rules.people.values() for address in each.addresses}
        """Addresses of the people on the desk."""
        self.outages = Outages(rules, writing)
        self.ledger: list[dict[str, Any]] = []
        self._people: list[dict[str, Any]] = []
        self._addresses: list[dict[str, Any]] = []
        self._originals: list[dict[str, Any]] = []
        self._messages: list[dict[str, Any]] = []
        self._attachments: list[dict[str, Any]] = []
        self._outbox: list[dict[str, Any]] = []
        self._valve: Valve | None = None
        self._terms: list[tuple[int, str]] = []
        self._cases: dict[int, Case] = {}
        self._came_back: list[tuple[str, str, str]] = []
        self._departments: dict[str, str] = {}

    def keep(self, prepared: Prepared) -> int:
        """Add an original that the store does not have; return its id."""
        item = prepared.item
        original_id = self.writing.ids("original")
        self._originals.append(
            {
                "id": original_id,
                "sha256": item.sha256,
                "size": item.size,
                "truncated": item.truncated,
                "data": prepared.compressed,
            }
        )
        return original_id

    def add_person(self, address: str, name: str) -> int:
        """Add somebody who has not written before; return the person's id."""
        person_id = self.writing.ids("person")
        self._people.append(
            {
                "id": person_id,
                "login": "",
                "name": name,
                "role": "",
                "department": self.department(address),
                "active": True,
            }
        )
        if address:
            self._addresses.append({"address": address, "person_id": person_id})
        return person_id

    def department(self, address: str) -> str:
        """Return the key of the department that an address belongs to; "" for none."""
        if address not in self._departments:
            found = self.rules.department_of(address)
            self._departments[address] = found.key if found else ""
        return self._departments[address]

    def add_message(
        self,
        number: int,
        at: datetime,
        arrival: Arrival,
        terms: str,
        direction: Direction = Direction.IN,
    ) -> int:
        """Add a mail to the conversation of request ``number``; return the message's id."""
        letter, mail = arrival.letter, arrival.letter.mail
        message_id = self.writing.ids("message")
        self._messages.append(
            {
                "id": message_id,
                "number": number,
                "direction": direction,
                "at": at,
                "sender_name": letter.sender_name,
                "sender_address": letter.sender,
                "recipients": letter.recipients,
                "subject": letter.subject,
                "text": mail.reply,
                "quoted": mail.quoted,
                "message_id": letter.key,
                "forwards": letter.forwards or None,
                "original_id": arrival.original_id,
                "withdrawn": False,
                "split_from": None,
                "defects": list(mail.defects),
            }
        )
        self._attachments += [
            {
                "message_id": message_id,
                "position": position,
                "name": one_line(each.name),
                "type": one_line(each.type),
                "size": each.size,
            }
            for position, each in enumerate(mail.attachments)
        ]
        self._terms.append((message_id, terms))
        return message_id

    def add_note(self, number: int, at: datetime, text: str, about: Arrival) -> int:
        """Add a note of the desk about a mail from a program; return the message's id."""
        message_id = self.writing.ids("message")
        self._messages.append(
            {
                "id": message_id,
                "number": number,
                "direction": Direction.NOTE,
                "at": at,
                "sender_name": DESK.name,
                "sender_address": "",
                "recipients": [],
                "subject": about.letter.subject,
                "text": text,
                "quoted": "",
                # Nobody's answer to such a mail is about the request because of that alone.
                "message_id": "",
                "forwards": None,
                "original_id": about.original_id,
                "withdrawn": False,
                "split_from": None,
                "defects": [],
            }
        )
        self._terms.append((message_id, index_terms(about.letter.subject, text)))
        return message_id

    def came_back(self, key: str, recipient: str, why: str) -> None:
        """Remember that a mail of ours, by the key of its Message-ID, was not delivered."""
        self._came_back.append((key, recipient, why))

    def add_our_mail(self, number: int, at: datetime, said: Said) -> int:
        """Add a mail of the desk to request ``number``, to be sent; return the message's id."""
        message_id = self.writing.ids("message")
        self._messages.append(message_row(message_id, number, at, said))
        if said.mail is not None:
            self._outbox.append(outbox_row(self.writing, message_id, said.mail))
        self._terms.append((message_id, index_terms(said.sender.name, said.text)))
        return message_id

    @property
    def valve(self) -> Valve:
        """How many automatic answers went out in the last hour, those of the batch included."""
        if self._valve is None:
            self._valve = automatic_answers(self.writing)
        return self._valve

    def touch(self, case: Case) -> None:
        """Remember that ``case`` has something to write."""
        self._cases[case.number] = case

    def account(self, prepared: Prepared, original_id: int, taken: Taken) -> None:
        """Add the ledger row of a message."""
        item, letter = prepared.item, prepared.letter
        self.ledger.append(
            {
                "mailbox": self.mailbox,
                "uidvalidity": self.uidvalidity,
                "uid": item.uid,
                "outcome": taken.outcome,
                "reason": one_line(taken.reason),
                "number": taken.number,
                "arrived_at": item.arrived_at,
                "taken_at": self.writing.now,
                "sender": letter.sender if letter else "",
                "subject": letter.subject if letter else "",
                "fingerprint": prepared.fingerprint,
                "original_id": original_id,
            }
        )

    def write(self) -> None:
        """Write everything, the ledger too."""
        self.write_requests()
        insert_rows(self.writing.connection, ledger, self.ledger)

    def write_requests(self) -> None:
        """Write everything but the ledger, which may have these messages already."""
        connection = self.writing.connection
        opened = [case for case in self._cases.values() if case.opened]
        changed = [case for case in self._cases.values() if not case.opened]
        earlier = histories(connection, [case.number for case in changed])
        for case in self._cases.values():
            case.columns.update(self._clocks(case, earlier.get(case.number, [])))
        insert_rows(connection, person, self._people)
        insert_rows(connection, mail_address, self._addresses)
        insert_rows(connection, original, self._originals)
        insert_rows(connection, request, [case.columns for case in opened])
        insert_rows(connection, message, self._messages)
        insert_rows(connection, attachment, self._attachments)
        insert_rows(connection, outbox, self._outbox)
        if changed:
            connection.execute(_UPDATE, [_as_parameters(case) for case in changed])
        insert_rows(
            connection, event, [row for case in self._cases.values() for row in _event_rows(case)]
        )
        search.add(connection, self._terms)
        for key, recipient, why in self._came_back:
            came_back(self.writing, key, recipient, why)

    def _clocks(self, case: Case, earlier: list[Happening]) -> dict[str, Any]:
        # An acknowledgement moves no clock.
        if case.opened and all(each.what is Happened.ACKNOWLEDGED for each in case.added[1:]):
            row = case.columns
            return fresh_clock_columns(self.rules, row["priority"], row["received_at"])
        return clock_columns([*earlier, *case.added], self.rules)


def automatic_answers(writing: Writing) -> Valve:
    """Return how many automatic answers went out in the last hour."""
    # Not those of a time that a wrong clock has dreamt of.
    first, last = writing.now - _VALVE_COUNTS, writing.now + _VALVE_COUNTS
    query = (
        select(outbox.c.to_address, sql.count())
        .where(outbox.c.automatic, outbox.c.created_at > first, outbox.c.created_at <= last)
        .group_by(outbox.c.to_address)
    )
    by_address: dict[str, int] = {row[0]: row[1] for row in writing.connection.execute(query)}
    return Valve(sum(by_address.values()), by_address)


_UPDATE = (
    update(request)
    .where(request.c.number == bindparam("its_number"))
    .values({name: bindparam(f"new_{name}") for name in _CHANGED})
)


def _as_parameters(case: Case) -> dict[str, Any]:
    return {f"new_{name}": case.columns[name] for name in _CHANGED} | {"its_number": case.number}


def _event_rows(case: Case) -> list[dict[str, Any]]:
    first = case.columns["version"] - len(case.added) + 1
    return [
        event_row(happened, case.number, first + place, case.by.get(happened.id, DESK), None)
        for place, happened in enumerate(case.added)
    ]
