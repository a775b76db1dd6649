"""Robots that answer each other: every exchange ends by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path

import pytest

from intake.imap.fetched import Fetched
from intake.outgoing.compose import compose
from intake.understanding import Understanding
from store import queries
from store.clock import SetClock
from store.commands import outbox, take_in
from store.desk import Desk
from store.facts.engine import open_store
from store.rulebook import AnswerRules
from tests.conftest import NOW
from tests.rulebook import a_rulebook

_NORTH, _SOUTH, _ROBOT = "help@north.example", "desk@south.example", "grace@robots.example"
_MOST_ROUNDS = 40


class Installation:
    """A Deskwatch of its own: its mail is handed in as bytes, and comes out as bytes."""

    def __init__(self, url: str, address: str, clock: SetClock) -> None:
        """Open the desk that is written to at ``address``."""
        rules = replace(
            a_rulebook(),
            desk=f"The desk {address}",
            addresses=(address,),
            sender=address,
            people={},
            answers=AnswerRules(),
        )
        self.desk = Desk(open_store(url, clock), rules)
        self.address = address
        self._uid = 0

    def get(self, raw: bytes) -> list[bytes]:
        """Take a mail in; return what is sent because of it."""
        self._uid += 1
        now = self.desk.clock.now()
        fetched = Fetched(self._uid, now, len(raw), raw)
        take_in(self.desk, "help", 1, Understanding(self.desk.rules, "help").of([fetched], now))
        sent = []
        while held := outbox.lease(self.desk, f"lease{self._uid}", now + timedelta(minutes=5)):
            composed = compose(queries.dispatch(self.desk, held.outbox_id), held.left)
            outbox.handed_over(self.desk, held, {}, {}, now)
            # As the server of the recipient writes down what the envelope said.
            sent.append(f"Return-Path: <{composed.sender}>\r\n".encode() + composed.data)
        return sent


def robot(raw: bytes, turn: int, *, polite: bool) -> bytes:
    """Return the out-of-office answer to a mail; a rude robot's looks like anybody's mail."""
    mail = message_from_bytes(raw, policy=default)
    answer = EmailMessage(policy=SMTP)
    answer["From"] = f"Grace Hopper <{_ROBOT}>"
    answer["To"] = str(mail["Reply-To"] or mail["From"])
    answer["Message-ID"] = f"<{turn}@robots.example>"
    answer["Subject"] = f"I am away {turn}"
    if polite:
        answer["Auto-Submitted"] = "auto-replied"
        answer["In-Reply-To"] = str(mail["Message-ID"])
    answer.set_content(f"I am out of the office. This is answer number {turn}.")
    return answer.as_bytes()


def first_mail(sender: str, to: str) -> bytes:
    """Return a mail that begins it all."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = sender, to
    mail["Message-ID"], mail["Subject"] = "<first@robots.example>", "Projector dead"
    mail.set_content("The projector is dead.")
    return mail.as_bytes()


@pytest.fixture
def installed(sqlite_files, tmp_path: Path) -> Iterator[Callable[[str], Installation]]:
    """Makes installations: ``installed(address)``."""
    made: list[Installation] = []

    def install(address: str) -> Installation:
        folder = tmp_path / address
        folder.mkdir()
        made.append(Installation(sqlite_files.new(folder), address, SetClock(NOW)))
        return made[-1]

    yield install
    for each in made:
        with closing(each.desk):
            pass


def exchange(post: dict[str, Callable[[bytes], list[bytes]]], mails: list[bytes]) -> Counter[str]:
    """Deliver mails and what they bring about until nothing moves; count who wrote how many."""
    wrote: Counter[str] = Counter()
    for _ in range(_MOST_ROUNDS):
        if not mails:
            return wrote
        raw, *mails = mails
        mail = message_from_bytes(raw, policy=default)
        for to in mail["To"].addresses:
            answers = post[to.addr_spec](raw) if to.addr_spec in post else []
            wrote[to.addr_spec] += len(answers)
            mails += answers
    pytest.fail(f"it never ends: {wrote}")


@pytest.mark.parametrize("polite", [True, False])
def test_a_robot_and_a_desk_stop_after_two_answers(installed, polite):
    """One that says that it is one gets none at all; one that does not, two."""
    turns = iter(range(1, 1000))
    north = installed(_NORTH)
    post = {
        _NORTH: north.get,
        _ROBOT: lambda raw: [robot(raw, next(turns), polite=polite)],
    }
    wrote = exchange(post, [first_mail(_ROBOT, _NORTH)])
    assert wrote[_NORTH] == (1 if polite else 2)


def test_two_desks_and_a_robot_stop_by_themselves(installed):
    """All three write to each other, the robot without saying that it is one."""
    turns = iter(range(1, 1000))
    post = {
        _NORTH: installed(_NORTH).get,
        _SOUTH: installed(_SOUTH).get,
        _ROBOT: lambda raw: [robot(raw, next(turns), polite=False)],
    }
    begin = [
        first_mail(_SOUTH, _NORTH),
        first_mail(_NORTH, _SOUTH),
        first_mail(_ROBOT, f"{_NORTH}, {_SOUTH}"),
    ]
    wrote = exchange(post, begin)
    assert max(wrote[_NORTH], wrote[_SOUTH]) <= 3
    # To the robot at most two each, and to the other desk one, which it does not answer.


@pytest.mark.parametrize("strip", [[], ["X-Deskwatch"], ["Auto-Submitted", "Precedence"], "all"])
def test_two_desks_stop_also_where_a_relay_takes_headers_away(installed, strip):
    """Whatever is left of what marks our mail."""
    gone = ["X-Deskwatch", "Auto-Submitted", "Precedence", "X-Auto-Response-Suppress"]
    taken = [*gone, "Return-Path", "In-Reply-To", "References"] if strip == "all" else strip

    def relay(get: Callable[[bytes], list[bytes]]) -> Callable[[bytes], list[bytes]]:
        def deliver(raw: bytes) -> list[bytes]:
            mail = message_from_bytes(raw, policy=SMTP)
            for name in taken:
                del mail[name]
            return get(mail.as_bytes())

        return deliver

    post = {_NORTH: relay(installed(_NORTH).get), _SOUTH: relay(installed(_SOUTH).get)}
    wrote = exchange(post, [first_mail(_SOUTH, _NORTH)])
    assert max(wrote.values()) <= 2


def test_a_thousand_robots_meet_the_valve_of_the_desk(installed):
    """Each writes from another address: the desk's own limit holds."""
    north = installed(_NORTH)
    north.desk.rules = replace(north.desk.rules, answers=AnswerRules(per_hour=5))
    sent = sum(
        len(
            north.get(
                first_mail(f"{number}@robots.example", _NORTH).replace(b"first", b"%d" % number)
            )
        )
        for number in range(20)
    )
    assert sent == 5
    said = queries.request(north.desk, 1020).history[0].why[-1]
    assert said == "not acknowledged: the desk has sent 5 automatic answers within the hour"
    north.desk.clock.advance(timedelta(hours=1))
    assert len(north.get(first_mail("x@robots.example", _NORTH).replace(b"first", b"x"))) == 1
