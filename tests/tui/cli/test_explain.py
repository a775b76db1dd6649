"""``deskwatch explain``: how mails would be understood, and why."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from intake.imap import fetch
from store.text import is_safe
from tests.intake.reading.bounces.reports import report
from tests.intake.reading.builders import REAL_MAILS, mail, multipart, part
from tests.tui.cli.test_json import keys, promised
from tui.cli.main import main

SMALLEST = """
[desk]
name = "Northgate IT"
timezone = "Europe/London"
addresses = ["help@northgate.example"]

[database]
url = "sqlite:///deskwatch.db"

[[mailboxes]]
name = "help"
host = "127.0.0.1"
port = 1143
security = "none"
user = "help"
password_env = "HELP_PASSWORD"

[[people]]
name = "Ana Lovelace"
login = "ana"
addresses = ["ana@northgate.example"]
"""
DROP_FOLDER = """
[[mailboxes]]
name = "ana-direct"
host = "127.0.0.1"
port = 1143
security = "none"
user = "ana"
password_env = "HELP_PASSWORD"
kind = "direct"
person = "ana"
"""


@pytest.fixture
def explain(shell):
    """The command, in a folder with the smallest config and no database."""
    Path("config.toml").write_text(SMALLEST, encoding="utf-8")
    return lambda *words: shell("explain", *words)


def written(**mails: bytes) -> list[str]:
    """Write the mails to files and return their names."""
    for name, raw in mails.items():
        Path(name).write_bytes(raw)
    return list(mails)


FORWARD = mail(
    "Yours, I think.\n\n---------- Forwarded message ----------\n"
    "From: Grace Hopper <grace@maths.example>\nDate: Mon, 23 Nov 2026 at 10:30\n"
    "Subject: Projector dead\nTo: ana@northgate.example\n\nIt is dark.\n",
    From="Ana Lovelace <ana@northgate.example>",
    Subject="Fwd: Projector dead",
)


def test_a_sent_folder_opens_no_request(explain):
    """There is nothing to explain of what lies in it."""
    sent = DROP_FOLDER.replace('"direct"', '"sent"\nfolder = "Sent"')
    Path("config.toml").write_text(SMALLEST + sent, encoding="utf-8")
    written(one=FORWARD)
    ran = explain("--mailbox", "ana-direct", "one")
    assert ran.status == 1
    assert "--mailbox ana-direct: this is a Sent folder" in ran.err


def test_every_key_that_is_promised(explain):
    """In any mail, and in a file that is none; no database is made."""
    names = written(forward=FORWARD, bounce=report("Final-Recipient: rfc822;b@x.example"), none=b"")
    lines = [json.loads(line) for line in explain("--json", *names).lines]
    top = set(promised("explain --json FILE..."))
    assert [set(line) for line in lines] == [top] * 3
    assert keys(lines[0]) >= {".end_run.rule", ".requester.address", ".from.name", ".to[].name"}
    assert sorted(each.name for each in Path().iterdir()) == sorted([*names, "config.toml"])


def test_a_forward_in_full(explain):
    """Who asked, whom, and by which rule it is known."""
    found = json.loads(explain("--json", *written(a=FORWARD)).out)
    assert found["file"] == "a"
    assert found["outcome"] == "opened"
    assert found["date"] == "2026-11-23T10:42:00+00:00"
    assert found["asked_at"] == "2026-11-23T10:30:00+00:00"
    assert found["from"] == {"name": "Ana Lovelace", "address": "ana@northgate.example"}
    assert found["requester"] == {"name": "Grace Hopper", "address": "grace@maths.example"}
    assert found["end_run"] == {"rule": "R1", "person": "ana", "certainty": "certain"}
    assert found["message_id"] == "1@school.example"


def test_a_bounce_in_full(explain):
    """Which address, with what status, for good, and which mail."""
    fields = "Final-Recipient: rfc822; bob@x.example\nAction: failed\nStatus: 5.1.1"
    found = json.loads(explain("--json", *written(a=report(fields))).out)
    assert found["bounce"] == {
        "recipient": "bob@x.example",
        "status": "5.1.1",
        "permanent": True,
        "original_message_id": "orig@deskwatch.northgate.example",
    }


def test_one_bad_file_stops_nothing(explain):
    """A line for each in the order given, and exit status 1 for what could not be opened."""
    Path("folder").mkdir()
    names = ["missing", "folder", "nul\0", *written(a=mail(), junk=b"\xff" * 99, empty=b"")]
    done = explain("--json", *names)
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert [line["file"] for line in lines] == names
    assert [line["outcome"] for line in lines] == ["quarantined"] * 3 + ["opened"] + [
        "quarantined"
    ] * 2
    assert all(line["reason"] for line in lines if line["outcome"] == "quarantined")
    assert (done.status, done.err) == (1, "deskwatch: 3 of 6 files could not be opened\n")


def test_what_is_no_mail_is_no_failure(explain):
    """It was looked at: the exit status is 0."""
    assert explain("--json", *written(junk=b"\xff" * 99)).status == 0


@pytest.mark.usefixtures("explain")
def test_standard_input(monkeypatch, capsys):
    """Named by a dash."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(mail("Hello."))))
    assert main(["explain", "--json", "-"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["file"], found["text"]) == ("-", "Hello.")


def test_as_if_found_in_a_drop_folder(explain):
    """Where a mail is found decides whether it went past the desk."""
    Path("config.toml").write_text(SMALLEST + DROP_FOLDER, encoding="utf-8")
    (name,) = written(a=mail(To="ana@northgate.example"))
    desk = json.loads(explain("--json", name).out)
    direct = json.loads(explain("--json", "--mailbox", "ana-direct", name).out)
    assert desk["end_run"] is None
    assert direct["end_run"] == {"rule": "R4", "person": "ana", "certainty": "certain"}


def test_a_mailbox_that_is_not_there(explain):
    """It says which there are."""
    done = explain("--mailbox", "helb", *written(a=mail()))
    assert done.status == 1
    assert 'the config has no such mailbox; did you mean "help"' in done.err.lower()


def test_the_page_for_people(explain):
    """What becomes of the mail, the facts, and every reason."""
    fields = "Final-Recipient: rfc822; bob@x.example\nAction: failed\nStatus: 5.1.1"
    names = written(forward=FORWARD, bounce=report(fields), reply=REAL_MAILS["reply"], none=b"")
    out = explain(*names, "missing").out
    for words in (
        "forward\n  It would open a request: P4, incident",
        "  Asked by     Grace Hopper <grace@maths.example>",
        "  End-run      R1, certain, of Ana Lovelace",
        "  Date         Mon 23 Nov 2026 10:42 (Europe/London)",
        "  Asked on     Mon 23 Nov 2026 10:30 (Europe/London)",
        "  Came back    mail to bob@x.example, for good, status 5.1.1, it was orig@deskwatch.",
        "the subject is tagged [#1042]: it joins that request if its sender is part of it",
        "  Why\n    ",
        "  New text\n    Yes, room 12.",
        "  Quoted\n    On Mon, 23 Nov 2026",
        "none\n  It would be kept in quarantine (the message is empty)",
        "missing\n  It cannot be opened",
    ):
        assert words in out


def test_long_lists_are_cut_on_the_page_only(explain):
    """JSON has all of it."""
    people = ", ".join(f"p{each}@x.example" for each in range(50))
    (name,) = written(a=mail("line\n" * 100, To=people))
    page = explain(name).out
    assert "p5@x.example and 44 more" in page
    assert "… and 60 more lines" in page
    found = json.loads(explain("--json", name).out)
    assert (len(found["to"]), found["text"].count("line")) == (50, 100)


def test_nothing_drives_the_terminal(explain):
    """Not even the name of a file."""
    raw = multipart(
        "mixed",
        part("a\x1b[2Jb\u202ec"),
        part("x", Content_Type='a/b; name="\x1b]52;c;x\x07.txt"'),
        Subject="=?utf-8?q?=1B[31m=C2=9B2J?=",
        Message_ID="<\x1b[2J@x>",
    )
    names = [*written(a=raw), "\x1b[2J", "\udcff"]
    assert is_safe(explain(*names).out)
    assert is_safe(explain("--json", *names).out)


def test_a_huge_file_is_read_as_the_poller_does(explain, monkeypatch):
    """Its start only, and it says so."""
    monkeypatch.setattr(fetch, "BOUNDS", fetch.Bounds(whole=5_000, start=1_000))
    (name,) = written(a=mail("word " * 2_000))
    found = json.loads(explain("--json", name).out)
    assert (found["outcome"], found["text"].count("word") < 300) == ("opened", True)
    assert "only its start is here" in found["defects"][-1]
