"""A store with many requests, for benchmarks: as if a desk had worked with it for years.

    python -m bench.stored URL [--live 100000] [--closed 900000]

The database is made and brought up to date, and the policy of config.example.toml applied.
Everything in it is as the commands would have written it, so that ``deskwatch db verify`` finds
nothing; it is only written by the thousand. Live requests came by mail, with originals and
ledger; those that are closed came over the counter and by phone, and have none.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from bench.believable import Asked, Townspeople
from bench.lots import Case, Lot
from store.desk import Desk
from store.facts.engine import Writing
from store.facts.people import mail_address, person
from store.facts.rows import insert_rows
from store.facts.schema import upgrade
from store.policy.apply import apply_file
from store.words import Channel, Ending, Happened, Level, State

EXAMPLE = Path(__file__).parent.parent / "config.example.toml"
_AT_ONCE = 5_000
_MAIL = (*[Channel.DESK_MAIL] * 9, Channel.DIRECT_MAIL)
_COUNTER = (Channel.WALK_UP, Channel.PHONE, Channel.CHAT)


def fill(url: str, live: int, closed: int, seed: int = 1) -> None:
    """Make the database ``url`` and fill it with requests, the closed ones first."""
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
            lot = Lot(self._desk.rules, writing)
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
        insert_rows(writing.connection, person, rows)
        insert_rows(writing.connection, mail_address, addresses)

    def _open(self, lot: Lot, asked: Asked) -> None:
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
        at = received + age * 0.5
        if turn < 0.93:
            lot.answer(case, asked, at, login)
            at = received + age * 0.6
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

    def _ended(self, lot: Lot, asked: Asked) -> None:
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

    def _received(self, lot: Lot, asked: Asked, at: datetime, channel: Channel) -> Case:
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
