"""The rows of some thousand requests, as the commands would have written them one by one."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bench.believable import Asked
from store.commands.change import as_json, event_row
from store.commands.clock_cache import clock_columns
from store.commands.mailboxes import count_in
from store.facts import search
from store.facts.engine import Writing
from store.facts.history import event
from store.facts.mail import ledger, outbox
from store.facts.messages import message, original
from store.facts.requests import INITIAL, request
from store.facts.rows import insert_rows
from store.records import DESK, Actor, Address
from store.rulebook import Rulebook
from store.rules.terms import index_terms
from store.rules.threads import raw_fingerprint
from store.rules.timeline import Happening
from store.words import LIVE_STATES, Direction, Happened, Outcome

_MAILBOX, _UIDVALIDITY = "help", 1


class Case:
    """A request of a lot, and its history so far."""

    def __init__(self, lot: Lot, number: int, facts: dict[str, Any], at: datetime) -> None:
        self.columns = {**INITIAL, **facts, "number": number, "version": 0, "changed_at": at}
        self.history: list[Happening] = []
        self.actors: list[str] = []
        self._lot = lot

    def happens(
        self,
        at: datetime,
        login: str,
        what: Happened,
        new: dict[str, Any],
        detail: dict[str, Any] | None = None,
    ) -> None:
        """Add an event by ``login`` ("": the desk) that sets the columns ``new``."""
        changed = {name: value for name, value in new.items() if self.columns[name] != value}
        if what is Happened.RECEIVED:
            changed = new
        self.history.append(
            Happening(
                id=self._lot.writing.ids("event"),
                at=at,
                what=what,
                old={n: as_json(self.columns[n]) for n in changed if self.history},
                new={n: as_json(value) for n, value in changed.items()},
                detail=detail or {},
            )
        )
        self.actors.append(login)
        self.columns.update(changed)
        self.columns["version"] += 1
        self.columns["changed_at"] = at


class Lot:
    """The rows of some thousand requests, written in one go."""

    def __init__(self, rules: Rulebook, writing: Writing) -> None:
        self.writing = writing
        self._rules = rules
        self._cases: list[Case] = []
        self._messages: list[dict[str, Any]] = []
        self._originals: list[dict[str, Any]] = []
        self._ledger: list[dict[str, Any]] = []
        self._outbox: list[dict[str, Any]] = []
        self._terms: list[tuple[int, str]] = []

    def case(self, facts: dict[str, Any], at: datetime, who: str) -> Case:
        """Add a request that ``who`` asked with these facts."""
        case = Case(self, self.writing.ids("request"), facts, at)
        self._cases.append(case)
        message_id = self.writing.next_id("message")
        detail = {"from": who, "why": [], "message": message_id}
        case.happens(at, "", Happened.RECEIVED, facts, detail)
        return case

    def mail(self, case: Case, asked: Asked) -> None:
        """Add the mail that opened ``case``: original, ledger row, message."""
        number = case.columns["number"]
        raw = (
            f"Message-ID: <{number}@bench.example>\nFrom: {asked.requester.address}\n"
            f"Subject: {asked.subject}\n\n{asked.text}\n"
        ).encode()
        sha256 = hashlib.sha256(raw).digest()
        original_id = self.writing.ids("original")
        self._originals.append(
            {
                "id": original_id,
                "sha256": sha256,
                "size": len(raw),
                "truncated": False,
                "data": zlib.compress(raw, 1),
            }
        )
        self._ledger.append(
            {
                "mailbox": _MAILBOX,
                "uidvalidity": _UIDVALIDITY,
                "uid": number,
                "outcome": Outcome.OPENED.value,
                "reason": "",
                "number": number,
                "arrived_at": case.columns["received_at"],
                "taken_at": case.columns["received_at"],
                "sender": asked.requester.address,
                "subject": asked.subject,
                "fingerprint": raw_fingerprint(sha256),
                "original_id": original_id,
            }
        )
        self.message(case, asked, original_id)

    def message(self, case: Case, asked: Asked, original_id: int | None) -> None:
        """Add what was asked as the first message."""
        number, at = case.columns["number"], case.columns["received_at"]
        key = f"{number}@bench.example" if original_id else ""
        self._add(
            number,
            Direction.IN,
            at,
            asked.requester,
            subject=asked.subject,
            text=asked.text,
            key=key,
            original_id=original_id,
        )

    def _add(
        self,
        number: int,
        direction: Direction,
        at: datetime,
        sender: Address,
        *,
        subject: str,
        text: str,
        key: str,
        original_id: int | None = None,
    ) -> int:
        message_id = self.writing.ids("message")
        self._messages.append(
            {
                "id": message_id,
                "number": number,
                "direction": direction.value,
                "at": at,
                "sender_name": sender.name,
                "sender_address": sender.address,
                "recipients": [],
                "subject": subject,
                "text": text,
                "quoted": "",
                "message_id": key,
                "forwards": None,
                "original_id": original_id,
                "withdrawn": False,
                "split_from": None,
                "defects": [],
            }
        )
        self._terms.append((message_id, index_terms(subject, sender.name, sender.address, text)))
        return message_id

    def answer(self, case: Case, asked: Asked, at: datetime, login: str) -> None:
        """Add a technician's reply, sent by mail."""
        number, who = case.columns["number"], asked.requester
        case.happens(at, login, Happened.REPLIED, {}, {"message": self.writing.next_id("message")})
        case.columns["messages"] += 1
        desk, person = self._rules.addresses[0], self._rules.people[login]
        message_id = self._add(
            number,
            Direction.OUT,
            at,
            Address(person.name, desk),
            subject=f"Re: {asked.subject} [#{number}]",
            text="Which room is it, and since when?",
            key=f"deskwatch.{number}@bench.example",
        )
        self._outbox.append(
            {
                "id": self.writing.ids("outbox"),
                "message_id": message_id,
                "kind": "reply",
                "automatic": False,
                "to_address": who.address,
                "recipients": [[who.name, who.address]],
                "remaining": [],
                "in_reply_to": f"{number}@bench.example",
                "reference_ids": [f"{number}@bench.example"],
                "state": "sent",
                "created_at": at,
                "next_try_at": at,
                "attempts": 1,
                "lease": "",
                "leased_until": None,
                "handing_over": False,
                "error": "",
                "sent_at": at,
            }
        )

    def write(self) -> None:
        """Write everything."""
        for case in self._cases:
            case.columns["live"] = case.columns["state"] in LIVE_STATES
            case.columns |= clock_columns(case.history, self._rules)
        arrivals = [(Outcome.OPENED, row["arrived_at"]) for row in self._ledger]
        count_in(self.writing, _MAILBOX, _UIDVALIDITY, arrivals)
        insert_rows(self.writing.connection, original, self._originals)
        insert_rows(self.writing.connection, request, [case.columns for case in self._cases])
        insert_rows(self.writing.connection, message, self._messages)
        insert_rows(
            self.writing.connection,
            event,
            [row for case in self._cases for row in _event_rows(case)],
        )
        insert_rows(self.writing.connection, outbox, self._outbox)
        insert_rows(self.writing.connection, ledger, self._ledger)
        search.add(self.writing.connection, self._terms)


def _event_rows(case: Case) -> Iterable[dict[str, Any]]:
    for version, (happened, login) in enumerate(zip(case.history, case.actors, strict=True), 1):
        actor = Actor(login, "") if login else DESK
        yield event_row(happened, case.columns["number"], version, actor, None)
