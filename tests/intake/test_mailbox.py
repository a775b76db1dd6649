"""One mailbox: nothing lost, nothing twice, whatever others do to it."""

from __future__ import annotations

from functools import partial

import pytest

from intake.imap.connect import Patience, connect
from intake.mailbox import MailboxWorker
from store import queries
from store.errors import MailError, MailRefused, MailUnreachable
from store.records import DESK
from store.words import Outcome
from tests.intake.agreement import flags
from tests.intake.conftest import Followed, both_stores, health_of, mail, mails, taken_in, until
from tests.servers.scripted import Scripted

pytestmark = pytest.mark.dovecot


@both_stores
def test_a_thousand_mails_are_a_thousand_rows(dovecot, configured, user, desk, working):
    """Looked at again, nothing is taken in again."""
    dovecot.deliver(user, mails(1000))
    progress = Followed()
    config = configured(dovecot)
    working(config, progress).once()
    assert taken_in(desk) == {Outcome.OPENED: 1000}
    assert (progress.expected, progress.done) == (1000, 1000)
    working(config, progress).once()
    assert taken_in(desk) == {Outcome.OPENED: 1000}
    assert (progress.expected, progress.done) == (1000, 1000)
    assert queries.summary(desk, DESK).live == 1000
    health = health_of(desk)
    assert (health.server, health.ledger, health.error) == (1000, 1000, "")


def test_what_others_have_read_is_taken_in_all_the_same(dovecot, configured, user, desk, working):
    r"""``\\Seen`` is people's, and is left as it is."""
    dovecot.deliver(user, mails(6))
    with dovecot.client(user) as somebody:
        somebody.add_flags([2, 5], [b"\\Seen"])
    working(configured(dovecot)).once()
    assert taken_in(desk) == {Outcome.OPENED: 6}
    seen = [uid for uid, is_seen in flags(dovecot, user).items() if is_seen]
    assert seen == [2, 5]


def test_mail_that_others_take_away_meanwhile_stops_nothing(
    dovecot, configured, user, desk, working
):
    """Moved or deleted between the look and the fetch."""
    dovecot.deliver(user, mails(350))

    def meddle() -> None:
        with dovecot.client(user) as somebody:
            somebody.move(range(320, 330), "Archive")
            somebody.delete_messages(range(340, 345))
            somebody.expunge()

    working(configured(dovecot), Followed(100, meddle)).once()
    assert taken_in(desk) == {Outcome.OPENED: 335}


def test_mail_that_comes_meanwhile_is_found(dovecot, configured, user, desk, working):
    """By the next look at the latest."""
    dovecot.deliver(user, mails(150))
    progress = Followed(100, lambda: dovecot.deliver(user, mails(5, first=500)))
    config = configured(dovecot)
    working(config, progress).once()
    working(config).once()
    assert taken_in(desk) == {Outcome.OPENED: 155}


@both_stores
def test_a_folder_made_anew_is_read_anew_and_opens_nothing_twice(
    dovecot, configured, user, desk, working
):
    """A changed UIDVALIDITY: the mails are recognised by their content."""
    with dovecot.client(user, None) as client:
        client.create_folder("Desk")
    dovecot.deliver(user, mails(5), "Desk")
    config = configured(dovecot, folder="Desk")
    worker = working(config)
    worker.once()
    with dovecot.client(user, None) as client:
        client.delete_folder("Desk")
        client.create_folder("Desk")
    dovecot.deliver(user, [*mails(5), mail(6)], "Desk")
    worker.once()
    assert taken_in(desk) == {Outcome.DUPLICATE: 5, Outcome.OPENED: 1}
    assert queries.summary(desk, DESK).live == 6
    health = health_of(desk)
    assert (health.server, health.ledger) == (6, 6)


def test_a_folder_made_anew_behind_our_back_is_noticed(dovecot, configured, user, desk, working):
    """The next look opens it anew instead of asking the deleted one."""
    with dovecot.client(user, None) as client:
        client.create_folder("Desk")
    dovecot.deliver(user, mails(2), "Desk")
    worker = working(configured(dovecot, folder="Desk"), runs=True)
    until(lambda: taken_in(desk) == {Outcome.OPENED: 2})
    with dovecot.client(user, None) as client:
        client.delete_folder("Desk")
        client.create_folder("Desk")
    dovecot.deliver(user, [mail(3)], "Desk")
    worker.look()
    until(lambda: taken_in(desk) == {Outcome.OPENED: 1})
    assert queries.summary(desk, DESK).live == 3


def test_the_same_content_under_two_ids_opens_twice_only_if_it_differs(
    dovecot, configured, user, desk, working
):
    """One mail delivered to two mailboxes is one request."""
    dovecot.deliver(user, [mail(1), mail(1), mail(1, "Something else, with the same id.")])
    working(configured(dovecot)).once()
    assert taken_in(desk) == {Outcome.OPENED: 2, Outcome.DUPLICATE: 1}


# ------------------------------------------------------------------ servers that go away


@both_stores
def test_a_new_mail_is_taken_in_while_listening(dovecot, configured, user, desk, working):
    """By IDLE: nobody looks for minutes."""
    worker = working(configured(dovecot), runs=True)
    until(lambda: [each for each in queries.mailbox_health(desk) if each.connected])
    dovecot.deliver(user, [mail(1)])
    until(lambda: taken_in(desk) == {Outcome.OPENED: 1}, 5)
    dovecot.deliver(user, mails(30, first=2))
    until(lambda: taken_in(desk) == {Outcome.OPENED: 31}, 5)
    until(lambda: health_of(desk).server == 31)
    worker.stop()
    until(lambda: not health_of(desk).connected)


def test_a_server_that_stops_and_comes_back_while_we_listen(
    own_dovecot, configured, user, desk, working, fast
):
    """The outage is shown; what came meanwhile is found."""
    own_dovecot.deliver(user, mails(2))
    working(configured(own_dovecot), runs=True)
    until(lambda: taken_in(desk) == {Outcome.OPENED: 2})
    own_dovecot.stop()
    until(lambda: "nothing takes connections" in health_of(desk).error)
    assert not health_of(desk).connected
    own_dovecot.deliver(user, mails(3, first=10))
    own_dovecot.start()
    until(lambda: taken_in(desk) == {Outcome.OPENED: 5})
    until(lambda: health_of(desk).error == "" and health_of(desk).connected)


@both_stores
def test_a_server_that_stops_while_we_fetch(own_dovecot, configured, user, desk, working, fast):
    """What was committed stays, the rest comes when it is back, nothing twice."""
    own_dovecot.deliver(user, mails(500))
    stops = Followed(200, own_dovecot.stop)
    working(configured(own_dovecot), stops, runs=True)
    until(lambda: stops.done >= 200)
    until(lambda: health_of(desk).error != "")
    assert sum(taken_in(desk).values()) < 500
    own_dovecot.start()
    until(lambda: taken_in(desk) == {Outcome.OPENED: 500})


def test_a_wrong_password_is_shown_on_every_board(
    dovecot, configured, user, desk, working, monkeypatch
):
    """In the words that say what to do."""
    config = configured(dovecot)
    monkeypatch.setenv("MAIL_PASSWORD", "wrong")
    with pytest.raises(MailRefused):
        working(config).once()
    assert health_of(desk).error == (
        f'mailbox "help": 127.0.0.1 refuses the log-in of {user} '
        '("[AUTHENTICATIONFAILED] Authentication failed."); check user and password'
    )


def test_a_message_that_always_breaks_the_connection_is_quarantined(configured, desk, working):
    """All others are in; so says a single look, too."""

    def fetch(tag: bytes, command: bytes) -> bytes | None:
        uids = [int(uid) for uid in command.split()[2].split(b",")]
        lines = []
        for uid in uids:
            if b"SIZE" in command:
                lines.append(b"* %d FETCH (UID %d RFC822.SIZE 99)" % (uid, uid))
            elif uid == 7:
                return None
            else:
                text = mail(uid)
                lines.append(b"* %d FETCH (UID %d BODY[] {%d}\r\n%b)" % (uid, uid, len(text), text))
        return b"\r\n".join([*lines, tag + b" OK done\r\n"])

    everything = b" ".join(b"%d" % uid for uid in range(1, 21))
    rules = {"UID FETCH": fetch, "UID SEARCH": b"* SEARCH " + everything + b"\r\n{tag} OK done\r\n"}
    with Scripted(rules) as server:
        working(configured(server)).once()
    assert taken_in(desk) == {Outcome.OPENED: 19, Outcome.QUARANTINED: 1}
    [held] = queries.mails(desk, [Outcome.QUARANTINED])
    assert (held.place.uid, held.reason) == (
        7,
        "the mail server lists it, but does not hand it out",
    )


def test_a_server_that_breaks_on_everything_is_given_up_for_now(configured, desk, working):
    """A single look ends with an error instead of trying for ever."""
    rules = {"UID SEARCH": b"* SEARCH 1 2 3\r\n{tag} OK done\r\n", "UID FETCH": None}
    with Scripted(rules) as server, pytest.raises(MailUnreachable):
        working(configured(server)).once()
    assert taken_in(desk) == {}


@pytest.fixture
def fast(monkeypatch):
    """Tries again at once."""
    monkeypatch.setattr("intake.mailbox.Backoff.next", lambda self, at_least=0.0: 0.05)


def test_a_worker_stops_while_it_waits_to_try_again(configured, desk):
    """However long the pause."""
    worker = MailboxWorker(configured(None, port=1), desk)
    worker.stop()
    worker.run()
    worker.close()


_NONSENSE = (
    b"\r\n",
    b"* \r\n",
    b"nonsense\r\n",
    b"* 1 FETCH\r\n{tag} OK done\r\n",
    b"* 1 FETCH (UID\r\n{tag} OK done\r\n",
    b"* 1 FETCH (UID x BODY[] {3}\r\nabc)\r\n{tag} OK done\r\n",
    b"* 1 FETCH (UID 1 BODY[] {30}\r\nabc)\r\n{tag} OK done\r\n",
    b"* 1 FETCH (UID 1 BODY[] {999999999999}\r\n",
    b"* SEARCH one two\r\n{tag} OK done\r\n",
    b"* SEARCH 1 -1 99999999999999999999\r\n{tag} OK done\r\n",
    b"* OK [UIDVALIDITY x] hm\r\n{tag} OK done\r\n",
    b"{tag} OK done\r\n",
    b"{tag} NO no\r\n",
    b"{tag} BAD bad\r\n",
    b"* BYE enough\r\n",
    b"x9999 OK somebody else's\r\n",
    b"\xff\xfe\x00" * 50 + b"\r\n",
    b"* " + b"(" * 5000 + b"\r\n{tag} OK done\r\n",
    b"* 1 FETCH " + b"(" * 5000 + b"\r\n{tag} OK done\r\n",
)


@pytest.mark.parametrize("said", _NONSENSE)
@pytest.mark.parametrize("where", ["EXAMINE", "UID SEARCH", "UID FETCH .*SIZE", "UID FETCH .*BODY"])
def test_nonsense_ends_in_words(configured, desk, working, monkeypatch, where, said):
    """At whatever step: in an error people can read, or nowhere."""
    patience = Patience(connect=0.5, answer=0.1)
    monkeypatch.setattr("intake.mailbox.connect", partial(connect, patience=patience))
    rules = {
        where: said,
        "UID SEARCH": b"* SEARCH 1\r\n{tag} OK done\r\n",
        "UID FETCH .*SIZE": b"* 1 FETCH (UID 1 RFC822.SIZE 9)\r\n{tag} OK done\r\n",
        "UID FETCH .*BODY": b"* 1 FETCH (UID 1 BODY[] {9}\r\nHi: you\r\n)\r\n{tag} OK done\r\n",
    }
    line = ""
    with Scripted(rules) as server:
        try:
            working(configured(server)).once()
        except MailError as error:
            line = str(error)
    assert "\n" not in line
    assert len(line) < 400
