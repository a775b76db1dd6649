"""What becomes of mail on the server once it is stored: marked, moved, or left as it is."""

from __future__ import annotations

import pytest

from store.words import Outcome
from tests.intake.agreement import flags
from tests.intake.conftest import health_of, mail, mails, taken_in

pytestmark = pytest.mark.dovecot


def test_stored_mail_is_marked_as_seen(dovecot, configured, user, desk, working):
    """And what a person sets back to unread stays unread."""
    dovecot.deliver(user, mails(3))
    worker = working(configured(dovecot, after="seen"))
    worker.once()
    assert flags(dovecot, user) == {1: True, 2: True, 3: True}
    with dovecot.client(user) as somebody:
        somebody.remove_flags([2], [b"\\Seen"])
    dovecot.deliver(user, [mail(4)])
    worker.once()
    assert flags(dovecot, user) == {1: True, 2: False, 3: True, 4: True}


def test_stored_mail_is_moved(dovecot, configured, user, desk, working):
    """The folder holds what is not in the store yet, and nothing else."""
    dovecot.deliver(user, mails(3))
    worker = working(configured(dovecot, after="move:Archive"))
    worker.once()
    assert (len(flags(dovecot, user)), len(flags(dovecot, user, "Archive"))) == (0, 3)
    assert taken_in(desk) == {Outcome.OPENED: 3}


@pytest.mark.parametrize("after", ["seen", "move:Archive"])
def test_what_a_crash_left_between_commit_and_mark_is_made_up_for(
    dovecot, configured, user, desk, working, after
):
    """Committed by one life of the poller, marked by the next."""
    dovecot.deliver(user, mails(3))
    working(configured(dovecot, after="leave")).once()
    working(configured(dovecot, after=after)).once()
    if after == "seen":
        assert flags(dovecot, user) == {1: True, 2: True, 3: True}
    else:
        assert (len(flags(dovecot, user)), len(flags(dovecot, user, "Archive"))) == (0, 3)
    assert taken_in(desk) == {Outcome.OPENED: 3}


@pytest.mark.parametrize(
    ("after", "rights", "expected"),
    [
        (
            "seen",
            "lr",
            (
                'mail is taken in, but cannot be marked as seen: the folder "INBOX" is read-only '
                'for this account; give it the right to write, or set after = "leave"'
            ),
        ),
        (
            "move:Archive",
            "lr",
            (
                'mail is taken in, but cannot be moved: the folder "INBOX" is read-only for this '
                'account; give it the right to write, or set after = "leave"'
            ),
        ),
        (
            "seen",
            "lrt",
            (
                "mail is taken in, but cannot be marked as seen: the server does not keep that "
                'mark; set after = "leave"'
            ),
        ),
    ],
)
def test_a_folder_that_may_not_be_changed_is_read_and_the_obstacle_shown(
    dovecot, configured, user, desk, working, after, rights, expected
):
    """Mail comes in; the line on every board says what does not work."""
    dovecot.restrict(user, rights)
    dovecot.deliver(user, mails(3))
    working(configured(dovecot, after=after)).once()
    assert taken_in(desk) == {Outcome.OPENED: 3}
    assert health_of(desk).warning == f'mailbox "help": {expected}'


def test_a_missing_target_folder_is_shown_and_keeps_no_mail_out(
    dovecot, configured, user, desk, working
):
    """The mails stay where they are."""
    dovecot.deliver(user, mails(3))
    working(configured(dovecot, after="move:Nowhere")).once()
    assert taken_in(desk) == {Outcome.OPENED: 3}
    assert 'refuses to move mails to the folder "Nowhere"' in health_of(desk).warning
    assert len(flags(dovecot, user)) == 3
