"""A store with many requests, for benchmarks: as if a desk had worked with it for years.

    python -m bench.stored URL [--live 100000] [--closed 900000]

The database is made and brought up to date, and the policy of config.example.toml applied.
Everything in it is as the commands would have written it, so that ``deskwatch db verify`` finds
nothing; it is only written by the thousand. Live requests came by mail, with originals and
ledger; those that are closed came over the counter and by phone, and have none.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
import zlib
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Table, insert, text

from bench.believable import Asked, Townspeople
from store.commands.change import as_json, event_row
from store.commands.clock_cache import clock_columns
from store.commands.mailboxes import count_in
from store.desk import Desk
from store.facts import search
from store.facts.engine import Writing
from store.facts.history import event
from store.facts.mail import ledger
from store.facts.messages import message, original
from store.facts.people import mail_address, person
from store.facts.requests import INITIAL, request
from store.facts.schema import upgrade
from store.policy.apply import apply_file
from store.records import DESK, Actor
from store.rulebook import Rulebook
from store.rules.terms import index_terms
from store.rules.threads import raw_fingerprint
from store.rules.timeline import Happening
from store.words import LIVE_STATES, Channel, Direction, Ending, Happened, Level, Outcome, State

EXAMPLE = Path(__file__).parent.parent / "config.example.toml"
_AT_ONCE = 5_000
_MAILBOX, _UIDVALIDITY = "help", 1
_MAIL = (*[Channel.DESK_MAIL] * 9, Channel.DIRECT_MAIL)
_COUNTER = (Channel.WALK_UP, Channel.PHONE, Channel.CHAT)


def fill(url: str, live: int, closed: int, seed: int = 1) -> None:
    """Add requests to the database at ``url``, the closed ones first; make it if there is none."""
    upgrade(url)
    apply_file(EXAMPLE, url)
    with closing(Desk.open(url)) as desk:
        filler = _Filler(desk, random.Random(seed))
        for count in _lots(closed):
            filler.add(count, live=False)
        for count in _lots(live):
            filler.add(count, live=True)
        _tidy(desk)


def _lots(total: int) -> Iterable[int]:
    return (min(_AT_ONCE, total - start) for start in range(0, total, _AT_ONCE))


def _tidy(desk: Desk) -> None:
    """Do what the databases do by themselves in time: statistics, the log written back."""
    words = (
        "PRAGMA wal_checkpoint(TRUNCATE)" if desk.store.dialect == "sqlite" else "VACUUM ANALYZE"
    )
    with desk.store.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(words))


class _Filler:
    def __init__(self, desk: Desk, chance: random.Random) -> None:
        self._desk = desk
        self._chance = chance
        self._town = Townspeople(desk.rules, chance)
        self._logins = sorted(desk.rules.people)
        self._person_ids: dict[str, int] = {}
        self._now = desk.clock.now()

    def add(self, count: int, *, live: bool) -> None:
        """Add ``count`` requests in one transaction."""
        with self._desk.writing() as writing:
            if not self._person_ids:
                self._enter_people(writing)
            lot = _Lot(self._desk.rules, writing)
            for _ in range(count):
                asked = self._town.ask()
                if live:
                    self._open(lot, asked)
                else:
                    self._ended(lot, asked)
            lot.write()

    def _enter_people(self, writing: Writing) -> None:
        rules = self._desk.rules
        rows, addresses = [], []
        for who in self._town.people:
            person_id = self._person_ids[who.address] = writing.ids("person")
            department = rules.department_of(who.address)
            rows.append(
                {
                    "id": person_id,
                    "login": "",
                    "name": who.name,
                    "role": "",
                    "department": department.key if department else "",
                    "active": True,
                }
            )
            addresses.append({"address": who.address, "person_id": person_id})
        writing.connection.execute(insert(person), rows)
        writing.connection.execute(insert(mail_address), addresses)

    def _open(self, lot: _Lot, asked: Asked) -> None:
        """Add a live request: new, claimed, waiting or put aside."""
        chance = self._chance
        age = timedelta(minutes=chance.expovariate(1 / (40 * 60)))
        received = self._now - age
        case = self._received(
            lot, asked, received, chance.choice((Channel.DESK_MAIL,) * 9 + (Channel.DIRECT_MAIL,))
        )
        lot.mail(case, asked)
        turn = chance.random()
        if turn < 0.55:
            return
        login = chance.choice(self._logins)
        at = received + age * 0.3
        case.happens(at, login, Happened.CLAIMED, {"assignee": login, "state": State.OPEN.value})
        if turn < 0.80:
            return
        at = received + age * 0.6
        if turn < 0.93:
            until = self._now + timedelta(hours=chance.randint(24, 72)) if turn < 0.86 else None
            case.happens(
                at,
                login,
                Happened.WAIT_STARTED,
                {"state": State.WAITING_REQUESTER.value, "wait_until": until},
            )
            return
        until = self._now + timedelta(minutes=chance.randint(30, 3000))
        case.happens(at, login, Happened.SNOOZED, {"snoozed_until": until})

    def _ended(self, lot: _Lot, asked: Asked) -> None:
        """Add a request that was resolved at some time in the last years, and is closed."""
        chance = self._chance
        received = self._now - timedelta(minutes=chance.randint(10 * 24 * 60, 4 * 365 * 24 * 60))
        case = self._received(lot, asked, received, chance.choice(_COUNTER))
        lot.message(case, asked, None)
        login = chance.choice(self._logins)
        at = received + timedelta(minutes=chance.randint(5, 4000))
        new = {
            "state": State.RESOLVED.value,
            "ending": chance.choice(list(Ending)).value,
            "resolved_at": at,
            "assignee": login,
        }
        case.happens(at, login, Happened.RESOLVED, new)
        case.happens(at + timedelta(days=5), "", Happened.CLOSED, {"state": State.CLOSED.value})

    def _received(self, lot: _Lot, asked: Asked, at: datetime, channel: Channel) -> _Case:
        rules, chance = self._desk.rules, self._chance
        service = rules.services.get(asked.service)
        impact = chance.choice(list(Level))
        urgency = chance.choice(list(Level))
        department = rules.department_of(asked.requester.address)
        to = chance.choice(self._logins) if channel is Channel.DIRECT_MAIL else ""
        facts = {
            "state": State.NEW.value,
            "kind": service.kind.value if service else "incident",
            "impact": impact.value,
            "urgency": urgency.value,
            "priority": rules.matrix[impact, urgency].value,
            "claimed_urgent": "URGENT" in asked.subject,
            "subject": asked.subject,
            "requester_id": self._person_ids[asked.requester.address],
            "requester_name": asked.requester.name,
            "requester_address": asked.requester.address,
            "department": department.key if department else "",
            "service": asked.service,
            "channel": channel.value,
            "end_run_person": to,
            "end_run_rule": "R4" if to else "",
            "end_run_certainty": "certain" if to else "",
            "received_at": at,
            "linked_to": None,
        }
        return lot.case(facts, at, asked.requester.name)


class _Case:
    """A request of a lot, and its history so far."""

    def __init__(self, lot: _Lot, number: int, facts: dict[str, Any], at: datetime) -> None:
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


class _Lot:
    """The rows of some thousand requests, written in one go."""

    def __init__(self, rules: Rulebook, writing: Writing) -> None:
        self.writing = writing
        self._rules = rules
        self._cases: list[_Case] = []
        self._messages: list[dict[str, Any]] = []
        self._originals: list[dict[str, Any]] = []
        self._ledger: list[dict[str, Any]] = []
        self._terms: list[tuple[int, str]] = []

    def case(self, facts: dict[str, Any], at: datetime, who: str) -> _Case:
        case = _Case(self, self.writing.ids("request"), facts, at)
        self._cases.append(case)
        message_id = self.writing.next_id("message")
        detail = {"from": who, "why": [], "message": message_id}
        case.happens(at, "", Happened.RECEIVED, facts, detail)
        return case

    def mail(self, case: _Case, asked: Asked) -> None:
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

    def message(self, case: _Case, asked: Asked, original_id: int | None) -> None:
        message_id = self.writing.ids("message")
        who = asked.requester
        self._messages.append(
            {
                "id": message_id,
                "number": case.columns["number"],
                "direction": Direction.IN.value,
                "at": case.columns["received_at"],
                "sender_name": who.name,
                "sender_address": who.address,
                "recipients": [],
                "subject": asked.subject,
                "text": asked.text,
                "quoted": "",
                "message_id": f"{case.columns['number']}@bench.example" if original_id else "",
                "original_id": original_id,
                "withdrawn": False,
                "defects": [],
            }
        )
        terms = index_terms(asked.subject, who.name, who.address, asked.text)
        self._terms.append((message_id, terms))

    def write(self) -> None:
        for case in self._cases:
            case.columns["live"] = case.columns["state"] in LIVE_STATES
            case.columns |= clock_columns(case.history, self._rules)
        arrivals = [(Outcome.OPENED, row["arrived_at"]) for row in self._ledger]
        count_in(self.writing, _MAILBOX, _UIDVALIDITY, arrivals)
        self._insert(original, self._originals)
        self._insert(request, [case.columns for case in self._cases])
        self._insert(message, self._messages)
        self._insert(event, [row for case in self._cases for row in _event_rows(case)])
        self._insert(ledger, self._ledger)
        search.add(self.writing.connection, self._terms)

    def _insert(self, table: Table, rows: list[dict[str, Any]]) -> None:
        if rows:
            self.writing.connection.execute(insert(table), rows)


def _event_rows(case: _Case) -> Iterable[dict[str, Any]]:
    for version, (happened, login) in enumerate(zip(case.history, case.actors, strict=True), 1):
        actor = Actor(login, "") if login else DESK
        yield event_row(happened, case.columns["number"], version, actor, None)


def main() -> int:
    """Fill the database that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m bench.stored", description=__doc__)
    parser.add_argument("url", help="sqlite:///FILE or postgresql://...")
    parser.add_argument("--live", type=int, default=100_000)
    parser.add_argument("--closed", type=int, default=900_000)
    args = parser.parse_args()
    began = time.perf_counter()
    fill(args.url, args.live, args.closed)
    seconds = time.perf_counter() - began
    print(f"{args.live:,} live and {args.closed:,} closed requests in {seconds:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
