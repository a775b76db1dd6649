"""Fetching: bounded, without a trace in the mailbox, past what cannot be fetched."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

import pytest

from intake.imap.connect import Patience, connect
from intake.imap.fetch import Bounds, Fetcher
from intake.imap.fetched import Fetched
from intake.imap.folder import Folder
from intake.imap.suspects import Suspects
from store.errors import MailRefused, MailUnreachable
from tests.intake.conftest import mail, mails
from tests.servers.scripted import Scripted


@contextlib.contextmanager
def _open(config) -> Iterator[Folder]:
    connection = connect(config, Patience(connect=5, answer=5))
    folder = Folder(connection)
    folder.select()
    try:
        yield folder
    finally:
        connection.close()


def _all(folder: Folder, uids, bounds=None, suspects=None) -> list[Fetched]:
    fetcher = Fetcher(folder, suspects or Suspects(), bounds or Bounds())
    return [message for batch in fetcher.messages(uids) for message in batch]


@pytest.mark.dovecot
def test_fetching_leaves_no_trace(dovecot, configured, user):
    """Every message comes whole, and none is marked as seen."""
    sent = mails(30)
    dovecot.deliver(user, sent)
    with _open(configured(dovecot)) as folder:
        fetched = _all(folder, range(1, 31))
    assert [message.raw for message in fetched] == sent
    assert [message.size for message in fetched] == [len(raw) for raw in sent]
    assert all(message.arrived_at.utcoffset() is not None for message in fetched)
    with dovecot.client(user) as client:
        assert [
            flags for flags in client.get_flags(range(1, 31)).values() if b"\\Seen" in flags
        ] == []


@pytest.mark.dovecot
def test_batches_stay_within_count_and_bytes(dovecot, configured, user):
    """Many small ones are bounded by number, large ones by size."""
    dovecot.deliver(user, [*mails(25), *(mail(n, "x" * 4000) for n in range(26, 31))])
    with _open(configured(dovecot)) as folder:
        fetcher = Fetcher(folder, Suspects(), Bounds(batch=10, batch_bytes=10_000))
        batches = list(fetcher.messages(range(1, 31)))
    assert [len(batch) for batch in batches] == [10, 10, 7, 2, 1]
    assert [message.uid for batch in batches for message in batch] == list(range(1, 31))


@pytest.mark.dovecot
@pytest.mark.parametrize(
    ("size", "kept", "truncated"),
    [
        (3_000, 3_000, False),
        (4_000, 4_000, False),  # a whole number of chunks
        (10_000, 10_000, False),  # exactly what is still fetched whole
        (10_001, 2_000, True),
    ],
)
def test_large_messages_come_in_chunks_and_huge_ones_not_whole(
    dovecot, configured, user, size, kept, truncated
):
    """Of a huge message headers and the start of the text are fetched; its true size is kept."""
    whole = mail(1)
    whole += b"x" * (size - len(whole) - 2) + b"\r\n"
    dovecot.deliver(user, [whole])
    bounds = Bounds(batch_bytes=1_000, whole=10_000, start=2_000, chunk=1_000)
    with _open(configured(dovecot)) as folder:
        [fetched] = _all(folder, [1], bounds)
    assert (len(fetched.raw), fetched.truncated) == (kept, truncated)
    assert fetched.raw == whole[:kept]
    assert fetched.size == size


@pytest.mark.dovecot
def test_messages_that_left_meanwhile_are_left_out(dovecot, configured, user):
    """Deleted by somebody between the look and the fetch."""
    dovecot.deliver(user, mails(10))
    with _open(configured(dovecot)) as folder:
        uids = folder.uids(10)
        with dovecot.client(user) as somebody:
            somebody.delete_messages([3, 4])
            somebody.expunge()
        assert [message.uid for message in _all(folder, uids)] == [1, 2, 5, 6, 7, 8, 9, 10]


def test_pymap_hands_out_its_mails(pymap_server, configured):
    """Another server, another order of answers."""
    with pymap_server.client(None) as client:
        client.create_folder("Fetching")
    pymap_server.deliver(mails(5), "Fetching")
    with _open(configured(pymap_server, folder="Fetching")) as folder:
        assert [message.raw for message in _all(folder, folder.uids(5))] == mails(5)


# ------------------------------------------------------------ servers that do not behave


def _uids(command: bytes) -> list[int]:
    """Return the UIDs a UID FETCH names."""
    return [int(uid) for uid in re.search(rb"FETCH ([\d,]+)", command)[1].split(b",")]


def _fetch_rule(body):
    """Answer fetches of sizes, and of bodies by ``body(uid)``: bytes, or None to hang up."""

    def answer(tag: bytes, command: bytes) -> bytes | None:
        lines = []
        for uid in _uids(command):
            if b"RFC822.SIZE" in command:
                lines.append(b"* %d FETCH (UID %d RFC822.SIZE 100)\r\n" % (uid, uid))
                continue
            said = body(uid, command)
            if said is None:
                return None
            if said.startswith(tag):
                return said
            lines.append(said)
        return b"".join(lines) + tag + b" OK done\r\n"

    return answer


def _body(uid: int) -> bytes:
    text = b"Subject: %d\r\n\r\nx\r\n" % uid
    return b"* %d FETCH (UID %d BODY[] {%d}\r\n%s)\r\n" % (uid, uid, len(text), text)


def _search(tag: bytes, command: bytes) -> bytes:
    """Answer a search for one UID with it, and another with the first two messages."""
    one = re.search(rb"UID (\d+)$", command)
    return b"* SEARCH " + (one[1] if one else b"1 2") + b"\r\n" + tag + b" OK done\r\n"


def _rounds(config, uids, suspects: Suspects, most: int = 20) -> tuple[list[Fetched], int]:
    """Fetch like the worker does: again on a new connection as long as one breaks."""
    got: dict[int, Fetched] = {}
    for count in range(1, most + 1):
        left = [uid for uid in uids if uid not in got]
        if not left:
            return sorted(got.values(), key=lambda message: message.uid), count - 1
        try:
            with _open(config) as folder:
                for batch in Fetcher(folder, suspects, Bounds(batch=8)).messages(left):
                    got.update({message.uid: message for message in batch})
        except MailUnreachable:
            assert suspects.broke()
    raise AssertionError(f"still not there: {left}")


def test_a_message_that_breaks_the_connection_is_found_and_given_up(configured):
    """The batch is halved until it stands alone; all others arrive."""

    def body(uid, command):
        return None if uid == 11 else _body(uid)

    suspects = Suspects()
    with Scripted({"UID FETCH": _fetch_rule(body), "UID SEARCH": _search}) as server:
        fetched, rounds = _rounds(configured(server), range(1, 21), suspects)
    assert [message.uid for message in fetched] == list(range(1, 21))
    assert [(message.uid, message.raw) for message in fetched if message.failure] == [(11, b"")]
    assert rounds == 8
    assert [uid for uid in range(1, 21) if uid != 11 and suspects.hopeless(uid)] == []


@pytest.mark.parametrize(
    "refusal",
    [b"{tag} NO [SERVERBUG] cannot open it\r\n", b"{tag} BAD parser broke\r\n"],
)
def test_a_message_that_is_refused_is_given_up_with_its_headers(configured, refusal):
    """The others of its batch arrive in the same round."""

    def body(uid, command):
        if uid != 3:
            return _body(uid)
        if b"HEADER" in command:
            head = b"Subject: broken\r\n\r\n"
            return b"* 3 FETCH (UID 3 BODY[HEADER] {%d}\r\n%s)\r\n" % (len(head), head)
        return refusal

    def rule(tag, command):
        return _fetch_rule(
            lambda uid, command: (
                said.replace(b"{tag}", tag) if (said := body(uid, command)) else said
            )
        )(tag, command)

    suspects = Suspects()
    with Scripted({"UID FETCH": rule, "UID SEARCH": _search}) as server:
        config = configured(server)
        with _open(config) as folder:
            first = _all(folder, range(1, 6), suspects=suspects)
        assert [message.uid for message in first] == [1, 2, 4, 5]
        [given_up], rounds = _rounds(config, [3], suspects)
    assert rounds == 3
    assert given_up.raw == b"Subject: broken\r\n\r\n"
    assert given_up.failure == "the mail server lists it, but does not hand it out"


def test_a_server_in_trouble_gives_nobody_up(configured):
    """Where every message is refused, the trouble is the server's and none is to blame."""
    suspects = Suspects()
    with Scripted(
        {
            "UID FETCH .*SIZE": _fetch_rule(lambda uid, command: b""),
            "UID FETCH": b"{tag} NO [UNAVAILABLE] throttled\r\n",
            "UID SEARCH": _search,
        }
    ) as server:
        for _ in range(5):
            with _open(configured(server)) as folder, pytest.raises(MailRefused) as raised:
                _all(folder, range(1, 6), suspects=suspects)
    assert str(raised.value) == (
        'mailbox "help": the server hands out no mails ([UNAVAILABLE] throttled); it is tried again'
    )
    assert not suspects.anybody()


@pytest.mark.parametrize(
    "answer", [b"* 2 FETCH (UID 2 BODY[] NIL)\r\n", b"* 2 FETCH (UID 2 FLAGS (\\Seen))\r\n", b""]
)
def test_a_message_without_content_is_asked_for_again_and_then_given_up(configured, answer):
    """``BODY[] NIL``, flags only, or no answer: neither gone nor lost."""
    suspects = Suspects()
    rule = _fetch_rule(lambda uid, command: answer if uid == 2 else _body(uid))
    with Scripted({"UID FETCH": rule, "UID SEARCH": _search}) as server:
        config = configured(server)
        with _open(config) as folder:
            assert [m.uid for m in _all(folder, [1, 2, 3], suspects=suspects)] == [1, 3]
        asked = [command for command in server.commands if command.startswith(b"UID FETCH 2 (BODY")]
        assert len(asked) == 1
        [given_up], _ = _rounds(config, [2], suspects)
    assert given_up.failure


def test_a_message_slow_to_come_is_there_at_the_second_asking(configured):
    """Nothing is blamed for it."""
    asked: list[int] = []

    def body(uid, command):
        asked.append(uid)
        return b"" if asked.count(uid) == 1 else _body(uid)

    suspects = Suspects()
    with (
        Scripted({"UID FETCH": _fetch_rule(body), "UID SEARCH": _search}) as server,
        _open(configured(server)) as folder,
    ):
        assert [message.uid for message in _all(folder, [1], suspects=suspects)] == [1]
    assert not suspects.anybody()


def test_a_size_that_is_not_told_means_chunks(configured):
    """Some servers answer with other things than were asked for."""
    text = b"Subject: hello\r\n\r\nworld\r\n"

    def rule(tag, command):
        if b"SIZE" in command:
            return b"* 1 FETCH (UID 1 FLAGS ())\r\n" + tag + b" OK done\r\n"
        start, count = map(int, re.search(rb"<(\d+)\.(\d+)>", command).groups())
        part = text[start : start + count]
        answer = b"* 1 FETCH (UID 1 BODY[]<%d> {%d}\r\n%s)\r\n" % (start, len(part), part)
        return answer + tag + b" OK done\r\n"

    with Scripted({"UID FETCH": rule}) as server, _open(configured(server)) as folder:
        [fetched] = _all(folder, [1], Bounds(chunk=10))
    assert (fetched.raw, fetched.truncated, fetched.arrived_at) == (text, False, None)
