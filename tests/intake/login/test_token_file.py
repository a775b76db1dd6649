"""The file with the tokens: private, whole, and one writer at a time."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.login import token_file
from intake.login.token_file import Kept, glance, held, understood
from store.errors import MailRefused, MailUnreachable
from tests.conftest import NOW
from tests.intake.login.conftest import HERE

KEPT = Kept("google", "app", "help", NOW, NOW, None, {"refresh_token": "one"})


def _keep(path: Path, kept: Kept = KEPT) -> None:
    with held(path, HERE, create=True) as file:
        file.make_room()
        file.save(kept)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("ends", [None, NOW + timedelta(days=7)])
def test_what_is_kept_is_read_again(tmp_path, ends):
    """Every part of it."""
    path, kept = tmp_path / "x.token", replace(KEPT, expires_at=ends)
    _keep(path, kept)
    with held(path, HERE) as file:
        assert file.read() == kept
    assert glance(path) == kept
    assert [each.name for each in tmp_path.iterdir()] == ["x.token"]


def test_nobody_else_can_read_it_at_any_moment(tmp_path, monkeypatch):
    """Whatever the umask, and when it is replaced; one that others could read is closed to them."""
    before = os.umask(0)
    try:
        path = tmp_path / "x.token"
        modes = []
        real = os.fsync
        monkeypatch.setattr(
            os, "fsync", lambda fd: (modes.append(os.fstat(fd).st_mode & 0o777), real(fd))[1]
        )
        _keep(path)
        assert modes[:2] == [0o600, 0o600]
        assert _mode(path) == 0o600
        path.chmod(0o644)
        with held(path, HERE):
            assert _mode(path) == 0o600
    finally:
        os.umask(before)


@given(st.binary(max_size=200))
def test_anything_may_be_in_it(text):
    """It is a sign-in or it is not; nothing is raised."""
    assert understood(text) is None


@pytest.mark.parametrize(
    "change",
    [
        {"signed_in_at": "2026-11-23T10:42:00"},  # no time zone: whose?
        {"expires_at": "soon"},
        {"tokens": ["x"]},
        {"account": 5},
    ],
)
def test_what_is_not_a_token_files_is_nothing(tmp_path, change):
    """However near it comes."""
    import json

    path = tmp_path / "x.token"
    _keep(path)
    said = json.loads(path.read_text()) | change
    assert understood(json.dumps(said).encode()) is None


def test_a_disk_that_is_full_is_found_before_the_old_tokens_are_used_up(tmp_path, monkeypatch):
    """They stay as they were, and the line says what to do."""
    path = tmp_path / "x.token"
    _keep(path)

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(token_file.os, "write", full)
    with held(path, HERE) as file, pytest.raises(MailRefused) as raised:
        file.make_room()
    assert str(raised.value) == (
        f"{HERE}: tokens cannot be kept in {path} (no space left on device); make its folder "
        "writable for the account that runs the poller, or set token_file"
    )
    assert glance(path) == KEPT
    assert [each.name for each in tmp_path.iterdir()] == ["x.token"]


def test_a_file_that_is_missing_or_out_of_reach_says_what_to_do(tmp_path):
    """Nobody signed in, no folder, something else in its place."""
    with pytest.raises(MailRefused, match="nobody has signed in yet; run: deskwatch login help"):
        held(tmp_path / "x.token", HERE).__enter__()
    with pytest.raises(MailRefused, match=r"there is no folder .*/no; make it"):
        held(tmp_path / "no" / "x.token", HERE, create=True).__enter__()
    with pytest.raises(MailRefused, match="give it to the account that runs the poller"):
        held(tmp_path, HERE).__enter__()
    with pytest.raises(MailRefused, match="run: deskwatch login outgoing"):
        held(tmp_path / "x.token", "outgoing mail").__enter__()


def test_one_who_holds_it_too_long_is_not_waited_for(tmp_path, monkeypatch):
    """The log-in is tried again later."""
    path = tmp_path / "x.token"
    _keep(path)
    monkeypatch.setattr(token_file, "_PATIENCE", 0.05)
    with held(path, HERE), pytest.raises(MailUnreachable, match="another process has held"):
        held(path, HERE).__enter__()
    with held(path, HERE) as file:
        assert file.read() == KEPT


def test_whoever_waited_sees_what_was_written(tmp_path):
    """Not the file that was replaced meanwhile."""
    path = tmp_path / "x.token"
    _keep(path)
    seen: list[Kept | None] = []

    def wait() -> None:
        with held(path, HERE) as file:
            seen.append(file.read())

    second = replace(KEPT, tokens={"refresh_token": "two"})
    with held(path, HERE) as file:
        thread = threading.Thread(target=wait)
        thread.start()
        file.save(second)
    thread.join(20)
    assert seen == [second]


def test_what_a_crash_left_does_no_harm(tmp_path):
    """Half a file beside it is written over."""
    path = tmp_path / "x.token"
    _keep(path)
    (tmp_path / "x.token.new").write_bytes(b"x" * 100_000)
    second = replace(KEPT, tokens={"refresh_token": "two"})
    _keep(path, second)
    assert glance(path) == second
    assert [each.name for each in tmp_path.iterdir()] == ["x.token"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_root_leaves_the_file_to_its_owner(tmp_path):
    """``sudo deskwatch check`` must not lock the poller out."""
    path = tmp_path / "x.token"
    _keep(path)
    os.chown(path, 12345, 12345)
    _keep(path, replace(KEPT, account="other"))
    assert (path.stat().st_uid, path.stat().st_gid, _mode(path)) == (12345, 12345, 0o600)


_PROCESS = """
import sys
from intake.login.tokens import access_token
from store.policy.mailboxes import MailboxConfig

config = MailboxConfig.model_validate_json(sys.argv[1])
for _ in range(int(sys.argv[2])):
    access_token(config, config.oauth, "imap", 'mailbox "help"', renew=True)
print("well")
"""


@pytest.mark.parametrize("flow", ["device_code", "refresh_token"])
def test_two_processes_never_lose_a_token_that_was_changed(box, tokens, tmp_path, flow):
    """Every refresh token is good once: a lost one would end the sign-in for both."""
    from intake.login import microsoft

    config = box(flow)
    if flow == "device_code":
        microsoft.sign_in(
            config.oauth, "help", ["imap"], HERE, now=lambda: NOW, tell=lambda *_: None
        )
    else:
        _keep(
            tmp_path / "help.token",
            replace(
                KEPT,
                client_id=config.oauth.client_id,
                tokens={"refresh_token": tokens.refresh_token()},
            ),
        )
    times = 3
    command = [sys.executable, "-c", _PROCESS, config.model_dump_json(), str(times)]
    pollers = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert [poller.communicate(timeout=120) for poller in pollers] == [("well\n", "")] * 2
    assert [asked["grant_type"] for asked in tokens.asked].count("refresh_token") == 2 * times
