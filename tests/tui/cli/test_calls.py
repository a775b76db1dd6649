"""``deskwatch ack``, ``check --notify`` and what ``check`` and ``status`` say of calls."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from store import commands
from store.desk import Desk
from store.policy.apply import apply_file
from tests.servers.pushes import Pushes
from tests.servers.smtp import SmtpServer
from tests.store.people import ANA, a_request, the

DESK = (Path(__file__).parents[2] / "desk.toml").read_text(encoding="utf-8")
ANAS = 'role = "lead"\n'


@pytest.fixture
def config(shell, sqlite_files, tmp_path):
    """Writes ``config.toml`` with places for Ana, and more; with its database, applied."""

    def write(*places: str, more: str = "") -> None:
        desk = DESK.replace(ANAS, f"{ANAS}notify = {json.dumps(places)}\n", 1)
        Path("config.toml").write_text(f"{desk}\n{more}", encoding="utf-8")
        apply_file(Path("config.toml"), sqlite_files.new(tmp_path))

    return write


def opened():
    """Return the desk of the folder."""
    return closing(Desk.open(f"sqlite:///{Path('deskwatch.db').absolute()}"))


def test_ack_says_who_is_on_it(shell, config):
    """Once; of what is no emergency it says so."""
    config()
    with opened() as desk:
        number = a_request(desk)
        commands.emergency(desk, ANA, the(number), "nobody can work")
        other = a_request(desk)
    ran = shell("ack", f"#{number}", "--as", "ben")
    assert (ran.status, ran.lines) == (
        0,
        [f"You are on #{number}; the others who were called hear of it"],
    )
    assert shell("ack", str(number), "--as", "ana").err.splitlines() == [
        f"deskwatch: Ben is on #{number} already"
    ]
    assert shell("ack", str(other), "--as", "ben").status == 1
    assert "nobody is on it" not in shell("status").out


def test_a_test_goes_to_every_place_and_each_says_what_happened(shell, config):
    """What works, what refuses, what is wrong, what is not set; no address is printed."""
    with Pushes() as works, Pushes() as refuses, SmtpServer() as smtp:
        refuses.status = 403
        outgoing = f'[outgoing]\nhost = "127.0.0.1"\nport = {smtp.port}\nsecurity = "none"\n'
        places = [works.url("ana"), refuses.url("ana"), "foo://hunter2", "json://${NOT_SET}"]
        config(*places, more=outgoing)
        ran = shell("check", "--notify", "Ana")
        assert works.to("ana") == ["A test of Deskwatch"]
        assert len(smtp.mails) == 1
    assert (ran.status, ran.lines) == (
        1,
        [
            "ok   config: config.toml: 3 people, 2 services, 0 mailboxes",
            (
                "ok   calls to ana by mail: a test is on its way (ana@northgate.example): did it "
                "arrive?"
            ),
            "ok   calls to ana by json: a test is on its way: did it arrive?",
            (
                "FAIL calls to ana by json 2: the service answered 403: it does not accept our key "
                "or password → look the address up at https://appriseit.com/services/"
            ),
            (
                "FAIL calls to ana by foo: Apprise does not understand this address → look its "
                "form up at https://appriseit.com/services/"
            ),
            (
                "FAIL calls to ana by json 3: the environment variable NOT_SET is not set → export "
                "NOT_SET=... where the poller starts"
            ),
            "",
            "3 of 6 need attention.",
        ],
    )


def test_a_test_needs_somebody_with_a_place(shell, config):
    """Both say what to do."""
    config()
    assert '"eve" is not one of the people' in shell("check", "--notify", "eve").out
    assert "ben has no place to be called" in shell("check", "--notify", "ben").out


def test_check_looks_at_the_addresses_and_sends_nothing(shell, config):
    """The right ones by kind; whoever cannot be called at all is named."""
    with Pushes() as pushes:
        config(pushes.url("ana"), "foo://hunter2")
        ran = shell("check")
        assert pushes.got == []
    assert "FAIL calls to ana by foo: Apprise does not understand this address" in ran.out
    assert "FAIL calls: ben, chi cannot be called: no [outgoing] and no notify" in ran.out
    assert "hunter2" not in ran.out


def test_check_says_that_a_roster_calls_nobody(shell, config):
    """Whoever writes down who has the watch may believe that they are called."""
    config()
    ran = shell("check")
    said = "FAIL calls: nobody can be called: no [outgoing] and no notify"
    assert f"{said} → write notify = [...] under [[people]]" in ran.lines
    assert ran.status == 1


def test_check_is_silent_about_calls_where_there_is_no_roster(shell, config):
    """Nobody is to be called there."""
    config()
    text = Path("config.toml").read_text(encoding="utf-8")
    Path("config.toml").write_text(text.partition("[roster]")[0], encoding="utf-8")
    assert "calls" not in shell("check").out


def test_places_are_nowhere_but_in_the_file(shell, config):
    """Not in the database, not in what is shown of the policy, not in what is wrong with it."""
    config("json://user:hunter2@127.0.0.1/x")
    assert b"hunter2" not in Path("deskwatch.db").read_bytes()
    assert "hunter2" not in shell("policy", "show").out
    text = Path("config.toml").read_text(encoding="utf-8")
    Path("config.toml").write_text(text.replace('["json://', '["json:/'), encoding="utf-8")
    ran = shell("check")
    assert "address number 1 is not one of Apprise, SERVICE://…" in ran.out
    assert "hunter2" not in ran.out


def test_status_tells_of_emergencies_that_nobody_is_on(shell, config):
    """And of calls that reached nobody, with the reason."""
    config()
    with opened() as desk:
        number = a_request(desk, "Wi-Fi down")
        commands.emergency(desk, ANA, the(number), "nobody can work")
    ran = shell("status")
    assert f"emergency  #{number} nobody is on it: Wi-Fi down" in ran.lines
    told = json.loads(shell("status", "--json").out)["calls"]
    assert told == {"unanswered": [number], "stuck": []}
