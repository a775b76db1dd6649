"""A recorded week: what the desk goes through, and that the board shows each step by itself.

Everything is real: the mailbox, the mail server, the service that pushes go through, and the
poller between them. Only the clock is set.
"""

from __future__ import annotations

from contextlib import redirect_stdout
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from io import StringIO
from pathlib import Path

import pytest

from intake.notifying.notifier import Notifier
from store import queries
from store.clock import SetClock
from store.desk import Desk
from store.policy.outgoing import Outgoing
from store.policy.people import Person
from store.words import State
from tests.intake.notifying.recorded import Player
from tests.servers.dovecot import Dovecot
from tests.servers.pushes import Pushes
from tests.servers.smtp import SmtpServer
from tests.store.looking import verified
from tests.store.watch import ROSTER, at, watched
from tests.tui.board.school import School
from tui.cli.main import main

#: The policy of tests/store/watch.py five weeks earlier, and what is an emergency.
POLICY = (
    ROSTER.replace("2026-11-02", "2026-09-28").replace("2026-12-02", "2026-10-28")
    + """
[services.network]
name = "Network"
words = ["wi-fi"]
urgency = "high"
impact_words = { high = ["whole school"] }
emergency = "high"
"""
)


@dataclass
class Outside:
    """Everything but the boards."""

    dovecot: Dovecot
    user: str
    smtp: SmtpServer
    pushes: Pushes
    clock: SetClock

    def mail(self, sender: str, subject: str, text: str, headers: str = "") -> None:
        """Let a mail come into the desk's mailbox, now by the desk's clock."""
        letter = (
            f"From: {sender}\r\nTo: help@northgate.example\r\nSubject: {subject}\r\n{headers}"
            f"Message-ID: <{len(subject)}@phone.example>\r\n\r\n{text}\r\n"
        )
        self.dovecot.deliver(self.user, [letter.encode()], at=self.clock.now())

    def calls(self, login: str) -> list[Message]:
        """Return the mails that have called somebody."""
        mails = [message_from_bytes(each) for each in self.smtp.mails]
        return [
            each for each in mails if f"{login}@" in each["To"] and "Emergency" in each["Subject"]
        ]

    def called(self, login: str) -> bool:
        """Return whether somebody was called, by push and by mail."""
        return self.told(login, "Emergency [#") and bool(self.calls(login))

    def told(self, login: str, words: str) -> bool:
        """Return whether a push with these words has come."""
        return any(words in each for each in self.pushes.to(login))

    def answer(self, login: str, text: str) -> None:
        """Answer the mail that has called somebody."""
        call = self.calls(login)[-1]
        headers = f"In-Reply-To: {call['Message-ID']}\r\n"
        self.mail(f"{login}@northgate.example", f"Re: {call['Subject']}", text, headers)


@pytest.fixture
def clock() -> SetClock:
    """The week begins."""
    return SetClock(at("2026-10-19 10:42"))


@pytest.fixture
def desk(store) -> Desk:
    """The desk of the week."""
    return watched(store, POLICY)


@pytest.fixture
def outside(desk, clock, dovecot, user, smtp, pushes, configured, working):
    """Mail and phones, and the poller."""
    working(configured(dovecot), runs=True)
    people = [
        Person(name=each.name, login=login, addresses=[*each.addresses], notify=[pushes.url(login)])
        for login, each in desk.rules.people.items()
    ]
    notifier = Notifier(desk, people, Outgoing(host="127.0.0.1", port=smtp.port, security="none"))
    notifier.start()
    yield Outside(dovecot, user, smtp, pushes, clock)
    notifier.end()


async def test_the_week_in_which_the_clocks_change(
    desk, database_url, clock, outside, monkeypatch, tmp_path
):
    """A hole is warned of and filled, an emergency wakes whoever took the night in a swap.

    It goes on to the backup, who answers from the phone; nobody is called twice.
    """
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr("tui.board.link.COUNT_AT_MOST_S", 0.05)

    def prints(when: str) -> str:
        # An open board takes what is printed for its own.
        with redirect_stdout(StringIO()) as printed:
            assert main(["cover", "--at", when, "--database", database_url]) == 0
        return printed.getvalue()

    school = School(database_url, desk.rules, clock)
    await Player(school, prints, outside).play(Path(__file__).with_name("week.txt"))

    (call,), (answered,) = outside.pushes.to("chi"), outside.pushes.to("dee")[1:]
    number = queries.requests(desk, states=[State.RESOLVED])[0].number
    assert call == f"Emergency [#{number}] Wi-Fi is dead"
    assert answered == f"[#{number}] Chi is on it"
    assert {path for path, _, _ in outside.pushes.got} == {"/dee", "/chi"}
    assert [f"{each.who} {each.text}" for each in queries.request(desk, number).history][1:] == [
        "Deskwatch declared an emergency: Network, impact high, by the catalogue",
        "Deskwatch called Dee: mail, json",
        "Deskwatch called Chi: mail, json",
        "Chi is on it",
        "Chi resolved it: fixed",
    ]
    assert verified(desk) == []
