"""``deskwatch import``: mail from files, each message once, whatever is broken."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import signal
import tarfile
import time
import zipfile
from pathlib import Path

import pytest

from store import queries
from store.desk import Desk
from store.policy.apply import apply_file
from store.words import Outcome
from tests.intake.conftest import mail, mails
from tests.servers.office import Office

CONFIG = Path(__file__).parents[2] / "desk.toml"
SEPARATOR = b"From grace@maths.example Mon Nov 23 09:00:00 2026\n"


def mbox(count: int, first: int = 1) -> bytes:
    """Return an mbox of small mails."""
    each = (SEPARATOR + one.replace(b"\r\n", b"\n") + b"\n" for one in mails(count, first))
    return b"".join(each)


def zipped(name: str, old: bytes, new: bytes) -> bytes:
    """Return an archive with one mail in it, damaged: ``new`` in place of ``old``."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr(name, mail(1))
    whole = made.getvalue()
    assert old in whole
    return whole.replace(old, new)


@pytest.fixture
def database_url(sqlite_files, tmp_path) -> str:
    """The address of a database with a policy."""
    url = sqlite_files.new(tmp_path)
    apply_file(CONFIG, url)
    return url


@pytest.fixture
def importing(shell, database_url):
    """Runs ``deskwatch import`` with paths."""
    return lambda *words: shell("import", *words, "--database", database_url)


@pytest.fixture
def imported(database_url):
    """Returns what became of all imported mail."""

    def look() -> dict[Outcome, int]:
        desk = Desk.open(database_url)
        try:
            return {which: count for which, count in queries.imported(desk).items() if count}
        finally:
            desk.close()

    return look


def test_the_first_command_on_a_new_database_may_be_an_import(shell, sqlite_files, tmp_path):
    """The config's policy is applied, as the poller does it."""
    url = sqlite_files.new(tmp_path)
    (tmp_path / "one.eml").write_bytes(mail(1))
    done = shell("import", str(tmp_path / "one.eml"), "--database", url, "--config", str(CONFIG))
    assert (done.status, done.out) == (0, "1 opened\n")


def test_an_mbox_is_imported_once(importing, imported, tmp_path):
    """A line says what became of it; the second time nothing does."""
    Path("old.mbox").write_bytes(mbox(5) + SEPARATOR + b"\0\0\0\n")
    first = importing("old.mbox")
    assert (first.status, first.out) == (0, "5 opened, 1 quarantined\n")
    assert first.err.startswith("quarantine: old.mbox mail 6: ")
    again = importing("old.mbox")
    assert (again.status, again.out, again.err) == (0, "0 opened, 6 there already\n", "")
    assert imported() == {Outcome.OPENED: 5, Outcome.QUARANTINED: 1}


def test_the_same_mail_in_another_form_is_a_duplicate(importing, imported):
    """An mbox has other line ends than an .eml file."""
    Path("old.mbox").write_bytes(mbox(2))
    Path("1.eml").write_bytes(mail(1))
    assert importing("old.mbox", "1.eml").out == "2 opened, 1 duplicate\n"
    assert imported() == {Outcome.OPENED: 2, Outcome.DUPLICATE: 1}


def test_copies_in_one_import_are_one_message(importing, imported):
    """However many files hold them."""
    for name in ("a.eml", "b.eml", "c.eml"):
        Path(name).write_bytes(mail(1))
    assert importing("a.eml", "b.eml", "c.eml").out == "1 opened, 2 there already\n"
    assert imported() == {Outcome.OPENED: 1}


def test_a_maildir_with_its_folders(importing):
    """What is still being delivered is left, and so are the server's own files."""
    for folder in ("Mail/cur", "Mail/new", "Mail/tmp", "Mail/.Old/cur", "Mail/.Old/new"):
        Path(folder).mkdir(parents=True)
    Path("Mail/cur/1760000001.M1.host:2,S").write_bytes(mail(1))
    Path("Mail/new/1760000002.M1.host").write_bytes(b"\0garbage")
    Path("Mail/tmp/1760000003.M1.host").write_bytes(mail(3))
    Path("Mail/.Old/cur/1760000004.M1.host:2,").write_bytes(mail(4))
    Path("Mail/dovecot-uidlist").write_text("3 V1 N2")
    done = importing("Mail")
    assert (done.status, done.out) == (0, "2 opened, 1 quarantined\n")
    assert "uidlist" not in done.err


def test_a_folder_of_files_and_what_is_no_mail_in_it(importing):
    """A file with the right name is a mail whatever is in it; others must look like one."""
    Path("box/inner").mkdir(parents=True)
    Path("box/1.eml").write_bytes(mail(1))
    Path("box/broken.eml").write_bytes(b"\xff\xfe\0")
    Path("box/empty.eml").write_bytes(b"")
    Path("box/inner/Inbox").write_bytes(mbox(2, first=10))
    Path("box/inner/17").write_bytes(mail(17))
    Path("box/notes.txt").write_text("Subject: shopping\nmilk\n")
    Path("box/.hidden").write_bytes(mail(5))
    done = importing("box")
    assert done.out == "4 opened, 1 quarantined\n"
    assert sorted(done.err.splitlines())[:2] == [
        "passed over, no mail: box/empty.eml",
        "passed over, no mail: box/notes.txt",
    ]


def test_an_answer_joins_its_question_in_whatever_order_the_files_are(importing):
    """Files of a folder are taken in the order in which their mail arrived."""
    Path("box").mkdir()
    answer = mail(2).replace(b"Message-ID", b"In-Reply-To: <1@maths.example>\r\nMessage-ID")
    Path("box/a.eml").write_bytes(answer.replace(b"09:00:00", b"10:00:00"))
    Path("box/b.eml").write_bytes(mail(1))
    assert importing("box").out == "1 opened, 1 followed up\n"


def test_archives(importing):
    """Packed or not, of mboxes and of files."""
    Path("in").mkdir()
    Path("in/old.mbox").write_bytes(mbox(2))
    Path("in/5.eml").write_bytes(mail(5))
    Path("in/readme").write_text("not a mail")
    with tarfile.open("a.tar", "w") as archive:
        archive.add("in")
    Path("a.tar.xz").write_bytes(lzma.compress(Path("a.tar").read_bytes()))
    with zipfile.ZipFile("a.zip", "w") as packed:
        for file in Path("in").iterdir():
            packed.write(file)
    Path("b.mbox.gz").write_bytes(gzip.compress(mbox(1, first=20)))
    Path("c.eml.bz2").write_bytes(bz2.compress(mail(30)))
    assert importing("a.tar", "b.mbox.gz", "c.eml.bz2").out == "5 opened\n"
    assert importing("a.zip", "a.tar.xz").out == "0 opened, 6 there already\n"


def test_only_a_maildirs_tmp_is_left_out(importing):
    """People export mail to /tmp, and pack it from there."""
    Path("old/tmp").mkdir(parents=True)
    Path("old/tmp/1.eml").write_bytes(mail(1))
    with zipfile.ZipFile("a.zip", "w") as archive:
        archive.writestr("tmp/2.eml", mail(2))
        archive.writestr("Mail/tmp/1760000003.M1.host", mail(3))
        archive.writestr("__MACOSX/tmp/._2.eml", b"\0\5\x16\7")
    assert importing("old", "a.zip").out == "2 opened\n"


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("none.mbox", None, "none.mbox: no such file or directory"),
        ("cut.mbox.gz", gzip.compress(mbox(300))[:-500], "cut.mbox.gz: compressed file ended"),
        ("no.zip", b"PK\x03\x04 is no archive", "no.zip: file is not a zip file"),
        (
            "new.zip",
            zipped("a.eml", b"PK\1\2\24\3\24", b"PK\1\2\24\3\377"),
            "new.zip: zip file version",
        ),
        ("name.zip", zipped("ü.eml", "ü".encode(), b"\xff\xff"), "name.zip: it is damaged"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_rest_is_imported(importing, name, data, expected):
    """Status 1 at the end."""
    if data is not None:
        Path(name).write_bytes(data)
    Path("1.eml").write_bytes(mail(1))
    done = importing(name, "1.eml")
    assert done.status == 1
    assert f"deskwatch: {expected}" in done.err
    assert "Traceback" not in done.err
    # Of a file that breaks off, what comes before is imported.
    assert done.out.startswith(("1 opened", "2"))


def test_no_mail_comes_from_the_future_and_none_is_answered(importing, database_url):
    """It arrived when its servers said."""
    Path("1.eml").write_bytes(mail(1))
    Path("2.eml").write_bytes(mail(2).replace(b"2026", b"2999"))
    importing("1.eml", "2.eml")
    desk = Desk.open(database_url)
    received = sorted(row.received_at.year for row in queries.requests(desk))
    assert received == [2026, desk.clock.now().year]
    assert queries.outbox_counts(desk).waiting == 0
    assert queries.mailbox_health(desk) == []
    desk.close()


def test_json_has_what_the_lines_say(importing):
    """One object at the end."""
    Path("old.mbox").write_bytes(mbox(2) + SEPARATOR + b"\0\0\0\n")
    done = importing("old.mbox", "none", "--json")
    said = json.loads(done.out)
    [held] = said.pop("quarantine")
    assert held["path"] == "old.mbox mail 3"
    assert said == {
        **dict.fromkeys(Outcome, 0),
        "opened": 2,
        "quarantined": 1,
        "known": 0,
        "passed_over": 0,
        "unreadable": [{"path": "none", "error": "no such file or directory"}],
    }
    assert done.status == 1


def test_imported_mail_has_its_line_in_status(importing, shell, database_url):
    """It is no mailbox that nobody reads."""
    Path("1.eml").write_bytes(mail(1))
    importing("1.eml")
    said = shell("status", "--database", database_url)
    assert "imported  1 opened" in said.lines
    assert "connected" not in said.out
    said = json.loads(shell("status", "--json", "--database", database_url).out)
    assert (said["mailboxes"], said["imported"]["opened"]) == ([], 1)


def test_an_import_that_is_killed_goes_on_where_it_was(shell, tmp_path):
    """Exactly one row for each message, whenever it dies."""
    office = Office(tmp_path, port=1, user="help")
    apply_file(office.config, office.url)
    (tmp_path / "old.mbox").write_bytes(mbox(1500))
    for after in (1, 700):
        process = office.start("import", str(tmp_path / "old.mbox"))
        while office.counts()[0] < after:
            assert process.poll() is None
            time.sleep(0.005)
        process.kill()
        process.communicate()
    assert shell("import", tmp_path / "old.mbox", "--config", office.config).status == 0
    assert office.counts() == (1500, 1500)


def test_an_import_ends_on_ctrl_c_with_what_it_has(tmp_path):
    """No traceback; the line says what came in so far."""
    office = Office(tmp_path, port=1, user="help")
    apply_file(office.config, office.url)
    (tmp_path / "old.mbox").write_bytes(mbox(3000))
    process = office.start("import", str(tmp_path / "old.mbox"))
    while office.counts()[0] < 1:
        assert process.poll() is None
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "opened" in out
    assert "Stopped; run it again for the rest." in err
    assert "Traceback" not in err
    rows, requests = office.counts()
    assert rows == requests


@pytest.mark.dovecot
def test_mail_that_is_in_the_mailbox_too_is_a_duplicate(shell, dovecot, tmp_path):
    """Whichever comes first."""
    dovecot.deliver("twice", mails(3))
    office = Office(tmp_path, port=dovecot.port, user="twice")
    assert office.run("intake", "--once").returncode == 0
    (tmp_path / "old.mbox").write_bytes(mbox(5))
    done = shell("import", tmp_path / "old.mbox", "--config", office.config)
    assert done.out == "2 opened, 3 duplicate\n"
    dovecot.deliver("twice", [mail(5)])
    assert "duplicate=1" in office.run("intake", "--once").stderr
