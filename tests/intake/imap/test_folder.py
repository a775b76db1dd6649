"""What is in the folder, and what little is changed there."""

from __future__ import annotations

import pytest

from intake.imap import folder as folder_module
from intake.imap.connect import connect
from intake.imap.folder import Folder
from store.errors import MailRefused
from tests.intake.conftest import mails
from tests.servers.scripted import Scripted


@pytest.fixture
def opened():
    """Opens a folder; closes its connection at the end."""
    connections = []

    def open_folder(config):
        connections.append(connect(config))
        return Folder(connections[-1])

    yield open_folder
    for connection in connections:
        connection.close()


@pytest.mark.dovecot
def test_a_folder_that_is_only_read_is_opened_so(dovecot, configured, opened, user):
    """With ``leave`` the server itself keeps us from changing anything."""
    dovecot.deliver(user, mails(3))
    folder = opened(configured(dovecot))
    selected = folder.select()
    assert (selected.messages, selected.writable) == (3, False)
    folder.mark_seen([1])
    assert folder.uids(3, "UNSEEN") == [1, 2, 3]


@pytest.mark.dovecot
def test_what_may_not_be_changed_is_opened_to_look(dovecot, configured, opened, user):
    """A shared folder without the right to write is read all the same."""
    dovecot.restrict(user, "lr")
    dovecot.deliver(user, mails(3))
    selected = opened(configured(dovecot, after="seen")).select()
    assert (selected.messages, selected.writable, selected.keeps_seen) == (3, False, False)


@pytest.mark.dovecot
def test_uids_come_in_windows(dovecot, configured, opened, user, monkeypatch):
    """A large folder is asked about piece by piece, a hole in it does no harm."""
    monkeypatch.setattr(folder_module, "_WINDOW", 4)
    dovecot.deliver(user, mails(11))
    with dovecot.client(user) as client:
        client.delete_messages([2, 7])
        client.expunge()
    folder = opened(configured(dovecot))
    assert folder.uids(folder.select().messages) == [1, 3, 4, 5, 6, 8, 9, 10, 11]
    assert folder.uids_above(8) == [9, 10, 11]
    assert folder.uids_above(11) == []
    assert folder.uids_above(500) == []


@pytest.mark.dovecot
def test_marking_and_moving_may_be_repeated(dovecot, configured, opened, user):
    """After a crash nobody knows whether it was done."""
    dovecot.deliver(user, mails(4))
    folder = opened(configured(dovecot, after="move:Archive"))
    assert folder.select().keeps_seen
    for _ in range(2):
        folder.mark_seen([1, 2])
        assert folder.uids(4, "UNSEEN") == [3, 4]
    for _ in range(2):
        folder.move([2, 3], "Archive")
    assert folder.uids(4) == [1, 4]
    assert folder.exists("Archive")
    assert not folder.exists("Nowhere")


def test_pymap_moves_too(pymap_server, configured, opened):
    """Another server."""
    with pymap_server.client(None) as client:
        client.create_folder("From")
        client.create_folder("To")
    pymap_server.deliver(mails(2), "From")
    folder = opened(configured(pymap_server, folder="From", after="move:To"))
    first, second = folder.uids(folder.select().messages)
    folder.move([first], "To")
    assert folder.uids(2) == [second]


@pytest.mark.dovecot
@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (
            lambda folder: folder.move([1], "Nowhere"),
            'refuses to move mails to the folder "Nowhere"',
        ),
        (lambda folder: folder.select(), 'refuses to open the folder "Nope"'),
    ],
)
def test_a_missing_folder_is_named(dovecot, configured, opened, user, act, expected):
    """And with the server's words."""
    dovecot.deliver(user, mails(1))
    name = "Nope" if "Nope" in expected else "INBOX"
    folder = opened(configured(dovecot, folder=name, after="seen"))
    if name == "INBOX":
        folder.select()
    with pytest.raises(MailRefused) as raised:
        act(folder)
    assert expected in str(raised.value)


def test_a_server_that_cannot_delete_one_mail_moves_none(configured, opened):
    """Plain EXPUNGE would delete what somebody else has marked."""
    with Scripted() as server:
        folder = opened(configured(server, after="move:Archive"))
        with pytest.raises(MailRefused) as raised:
            folder.move([1], "Archive")
        assert 'set after = "seen" or "leave"' in str(raised.value)


def test_without_move_mails_are_copied_and_deleted_one_by_one(configured, opened):
    """RFC 4315: only these are expunged."""
    rules = {
        "CAPABILITY": b"* CAPABILITY IMAP4rev1 UIDPLUS\r\n{tag} OK done\r\n",
        "UID": b"{tag} OK done\r\n",
    }
    with Scripted(rules, greeting=b"* OK hi\r\n") as server:
        folder = opened(configured(server, after="move:Archive"))
        folder.select()
        folder.move([4, 7], "Archive")
        assert [command for command in server.commands if command.startswith(b"UID")] == [
            b'UID COPY 4,7 "Archive"',
            rb"UID STORE 4,7 +FLAGS.SILENT (\Deleted)",
            b"UID EXPUNGE 4,7",
        ]


def test_a_folder_without_uidvalidity_is_refused(configured, opened):
    """Its mails could not be told apart over time."""
    rules = {"EXAMINE": b"* FLAGS ()\r\n* 1 EXISTS\r\n{tag} OK [READ-ONLY] done\r\n"}
    with Scripted(rules) as server, pytest.raises(MailRefused) as raised:
        opened(configured(server)).select()
    assert "no UIDVALIDITY" in str(raised.value)
