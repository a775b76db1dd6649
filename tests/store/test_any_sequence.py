"""Whatever people and mails do to requests, in whatever order: the store agrees with itself."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import func, select

from store import commands
from store.clock import SetClock
from store.desk import Desk
from store.errors import CommandRefused, NotFound
from store.facts.engine import open_store
from store.facts.mail import ledger
from store.facts.messages import message
from store.facts.requests import request
from store.mail_records import MailPlace
from store.records import Address
from store.words import Direction, Ending, Level, Machine, Outcome, State
from tests.conftest import NOW
from tests.databases import SqliteFiles
from tests.rulebook import a_rulebook
from tests.store.letters import letter, unreadable
from tests.store.looking import verified
from tests.store.outages import DARK
from tests.store.people import ANA, BEN, HOPPER, the

PEOPLE = (HOPPER, Address("Erich Voss", "voss@northgate.example"))
ACTORS = st.sampled_from([ANA, BEN])
A_FEW = st.integers(0, 5)
ALL_OF_IT = replace(DARK, words=())
TO_BEN = {"end_run_person": "ben", "end_run_rule": "R2", "end_run_certainty": "probable"}


class AnySequence(RuleBasedStateMachine):
    """Requests, mails, mergers, splits and what is taken back."""

    files: SqliteFiles

    def __init__(self) -> None:
        """Begin with a database of its own."""
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = SetClock(NOW)
        store = open_store(self.files.new(Path(self.folder.name)), self.clock)
        self.desk = Desk(store, a_rulebook())
        self.uids = 0

    def teardown(self) -> None:
        """Throw the database away."""
        self.desk.close()
        self.folder.cleanup()

    @initialize()
    def two_requests(self):
        """There is something to merge and to split."""
        self.mail(0, 0, kind="new")
        self.mail(1, 0, kind="new")
        self.mail(0, 1, kind="answer")

    @rule(
        who=st.integers(0, 1),
        about=A_FEW,
        kind=st.sampled_from(["new", "answer", "tag", "thanks", "away", "alert", "ruin", "beside"]),
    )
    def mail(self, who, about, kind):
        """A mail comes."""
        self.uids += 1
        now = self.clock.advance(timedelta(minutes=7))
        more = {
            "new": {},
            "beside": {},
            "answer": {"refers_to": (f"{about + 1}@mail.northgate.example",)},
            "tag": {"tags": (1001 + about,)},
            "thanks": {"refers_to": (f"{about + 1}@mail.northgate.example",), "thanks": True},
            "away": {
                "refers_to": (f"{about + 1}@mail.northgate.example",),
                "machine": Machine.AUTO_REPLY,
                "ignore": "an automatic reply",
            },
            "alert": {"machine": Machine.REPORT, "alert": f"disk {about % 2}"},
        }
        if kind == "ruin":
            item = unreadable(self.uids, now, raw=b"\0" * self.uids)
        else:
            item = letter(self.uids, now, f"Mail {self.uids}", sender=PEOPLE[who], **more[kind])
        if kind == "beside":
            item = replace(item, triage=replace(item.triage, **TO_BEN))
        commands.take_in(self.desk, "help", 7, [item])

    @rule(actor=ACTORS, number=A_FEW, what=st.integers(0, 20), other=A_FEW)
    def work(self, actor, number, what, other):
        """Somebody does something, if it can be done."""
        soon = self.clock.advance(timedelta(minutes=3)) + timedelta(days=1)
        target = the(1001 + number)
        deeds = (
            lambda: commands.merge(self.desk, actor, target, into=1001 + other),
            lambda: commands.split(self.desk, actor, target),
            lambda: commands.undo(self.desk, actor),
            lambda: commands.wait(self.desk, actor, target, State.WAITING_REQUESTER),
            lambda: commands.resolve(self.desk, actor, target, Ending.FIXED, "Done"),
            lambda: commands.reply(self.desk, actor, target, "Hello"),
            lambda: commands.claim(self.desk, actor, target),
            lambda: commands.rate(self.desk, actor, target, Level.HIGH, Level.LOW),
            lambda: commands.note(self.desk, actor, target, "Hm"),
            lambda: commands.undo(self.desk, actor),
            lambda: commands.offer(self.desk, actor, target),
            lambda: commands.take_over(self.desk, actor, target),
            lambda: commands.emergency(self.desk, actor, target, "All is dark"),
            lambda: commands.stand_down(self.desk, actor, target, "It is not"),
            lambda: commands.declare_outage(self.desk, actor, target, ALL_OF_IT),
            lambda: commands.join_outage(self.desk, actor, target),
            lambda: commands.not_outage(self.desk, actor, target),
            lambda: commands.end_outage(self.desk, actor, target),
            lambda: commands.promise(self.desk, actor, target, soon),
            lambda: commands.confirm_end_run(self.desk, actor, target),
            lambda: commands.deny_end_run(self.desk, actor, target),
        )
        try:
            deeds[what]()
        except (CommandRefused, NotFound):
            return

    @rule(actor=ACTORS, uid=st.integers(1, 8), wish=st.integers(0, 2))
    def look_again(self, actor, uid, wish):
        """Somebody wants a mail looked at again; the poller does."""
        place = MailPlace("help", 7, uid)
        wanted = (commands.retry, commands.open_mail, commands.discard)[wish]
        try:
            wanted(self.desk, actor, place)
        except (CommandRefused, NotFound):
            return
        commands.look_again(self.desk, place, letter(uid, self.clock.now(), f"Again {uid}"))

    @invariant()
    def the_store_agrees_with_itself(self):
        """Every row is what its events say, and every mail is in one place."""
        assert verified(self.desk) == []
        with self.desk.store.reading() as connection:
            counted = select(func.count()).select_from
            assert connection.scalar(counted(ledger)) == self.uids
            part = [Outcome.OPENED.value, Outcome.FOLLOWED_UP.value]
            accounted = connection.scalar(counted(ledger).where(ledger.c.outcome.in_(part)))
            came = message.c.direction == Direction.IN.value
            assert connection.scalar(counted(message).where(came)) == accounted
            merged = select(request.c.number).where(request.c.state == State.MERGED.value)
            with_messages = counted(message).where(message.c.number.in_(merged))
            assert connection.scalar(with_messages) == 0


def test_any_sequence(sqlite_files):
    """Random work, hundreds of steps."""
    AnySequence.files = sqlite_files
    case = AnySequence.TestCase()
    case.settings = settings(
        max_examples=12,
        stateful_step_count=14,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    case.runTest()
