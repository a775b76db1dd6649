"""What merely downloads a mailbox, to measure taking it in against: each returns mails a second.

``mbsync`` (Debian's isync) and getmail6 write a Maildir with fsync; IMAPClient in a plain loop
keeps nothing. A program that is not there is left out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from imapclient import IMAPClient

from tests.servers.dovecot import Dovecot

#: getmail asks for one mail at a time: of so many its rate is told.
_SOME = 1_000
_NOBODY = "nobody"
#: Mails in one command of the plain loop, as the poller has in one.
_BATCH = 200
_MBSYNC = """
FSync yes

IMAPAccount far
Host 127.0.0.1
Port {port}
User {user}
Pass {password}
SSLType None
AuthMechs LOGIN

IMAPStore far
Account far

MaildirStore near
Path {folder}/
Inbox {folder}/INBOX
SubFolders Verbatim

Channel all
Far :far:
Near :near:
Patterns INBOX
Create Near
Sync Pull
SyncState *
"""
_GETMAIL = """
[retriever]
type = SimpleIMAPRetriever
server = 127.0.0.1
port = {port}
username = {user}
password = {password}
mailboxes = ("INBOX",)
[destination]
type = Maildir
path = {folder}/mail/
{user_line}
[options]
delete = false
verbose = 0
max_messages_per_session = {some}
"""


def mbsync(server: Dovecot, user: str, mails: int) -> float | None:
    """Have mbsync download everything."""
    if not shutil.which("mbsync"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "mbsyncrc"
        config.write_text(
            _MBSYNC.format(
                port=server.port, user=user, password=server.password, folder=f"{folder}/mail"
            )
        )
        (Path(folder) / "mail").mkdir()
        began = time.perf_counter()
        subprocess.run(["mbsync", "-q", "-c", str(config), "all"], check=True)
        return mails / (time.perf_counter() - began)


def getmail(server: Dovecot, user: str, mails: int) -> float | None:
    """Have getmail6 download the first thousand."""
    if not shutil.which("getmail"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        parts = [Path(folder) / "mail" / part for part in ("cur", "new", "tmp")]
        for part in parts:
            part.mkdir(parents=True)
        is_root = os.geteuid() == 0
        if is_root:  # it does not deliver as root
            Path(folder).chmod(0o755)
            for place in (Path(folder) / "mail", *parts):
                shutil.chown(place, _NOBODY)
        config = Path(folder) / "getmailrc"
        config.write_text(
            _GETMAIL.format(
                port=server.port,
                user=user,
                password=server.password,
                folder=folder,
                some=_SOME,
                user_line=f"user = {_NOBODY}" if is_root else "",
            )
        )
        command = ["getmail", "--getmaildir", folder, "--rcfile", str(config), "--quiet"]
        began = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        seconds = time.perf_counter() - began
        came = len([*(Path(folder) / "mail" / "new").iterdir()])
        assert came == min(_SOME, mails), came
        return came / seconds


def imapclient(server: Dovecot, user: str, mails: int) -> float | None:
    """Fetch everything with IMAPClient as its manual does, and drop it."""
    began = time.perf_counter()
    with IMAPClient("127.0.0.1", server.port, ssl=False) as client:
        client.login(user, server.password)
        client.select_folder("INBOX", readonly=True)
        uids = client.search()
        for start in range(0, len(uids), _BATCH):
            client.fetch(uids[start : start + _BATCH], ["BODY.PEEK[]"])
    assert len(uids) == mails, len(uids)
    return mails / (time.perf_counter() - began)
