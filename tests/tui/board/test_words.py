"""What toasts, head and side say."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store.errors import LostRace, NotPossible
from store.mail_records import MailboxHealth, Unsent
from store.records import Done, EventView
from store.words import Happened, Outcome
from tests.tui.screens.samples import NOW
from tui.board.mail_words import Mail, age, mail_words, waiting_for_people
from tui.board.toasts import summed_up, taken_back, told

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


# ---------------------------------------------------------------------------- toasts


def done(number, text=""):
    """Return what a command returns."""
    return Done(number, 2, 1, text or f"#{number} claimed")


@pytest.mark.parametrize(
    ("results", "line"),
    [
        ([done(1), done(2)], "2 claimed"),
        (
            [done(1), LostRace("Ben claimed #2 4 s ago")],
            "1 claimed; #2 not: Ben claimed it 4 s ago",
        ),
        (
            [NotPossible("#1 is yours already"), NotPossible("Ben has #2")],
            "#1 not: it is yours already; #2 not: Ben has it",
        ),
        (
            [done(1), *(NotPossible(f"#{n} is closed") for n in range(2, 7))],
            (
                "1 claimed; #2 not: it is closed; #3 not: it is closed; "
                "#4 not: it is closed; 2 others not"
            ),
        ),
    ],
)
def test_a_bulk_command_is_summed_up_in_one_line(results, line):
    """How many were done, and why the others were not."""
    assert summed_up("claimed", list(range(1, len(results) + 1)), results) == line


@pytest.mark.parametrize(
    ("results", "line"),
    [
        ([done(1, "#1: claim taken back")], "#1: claim taken back"),
        (
            [NotPossible("The claim of #1 cannot be taken back: Ben took #1 over 2 s ago")],
            "The claim of #1 cannot be taken back: Ben took #1 over 2 s ago",
        ),
        (
            [done(1), done(2), NotPossible("The claim of #3 cannot be taken back: x")],
            "2 taken back; The claim of #3 cannot be taken back: x",
        ),
    ],
)
def test_an_undo_says_what_it_took_back(results, line):
    """One command, or a bulk command as far as it could be."""
    assert taken_back(results) == line


@pytest.mark.parametrize(
    ("what", "who", "text", "line"),
    [
        (Happened.TAKEN_OVER, "Ben", "took it over from Ana", "Ben took over #1042"),
        (Happened.FOLLOWED_UP, "Grace", "wrote again", "Grace wrote again on #1042"),
        (Happened.FOLLOWED_UP, "Monitor", "reported it again", "Monitor reported #1042 again"),
        (
            Happened.FOLLOWED_UP,
            "Grace",
            "wrote again; it is open again",
            "Grace wrote again; #1042 is open again",
        ),
        (
            Happened.EMERGENCY,
            "Ben",
            "declared an emergency: turn it off",
            "Ben declared an emergency on #1042: turn it off",
        ),
        (
            Happened.BOUNCED,
            "Mailer-Daemon",
            "Could not be delivered to a@b: 5.1.1",
            "#1042: Could not be delivered to a@b: 5.1.1",
        ),
        (
            Happened.DELIVERY,
            "Deskwatch",
            "could not deliver the reply: 550 no",
            "Deskwatch could not deliver the reply on #1042: 550 no",
        ),
        (Happened.THANKED, "Grace", "said thanks", "Grace said thanks for #1042"),
        (Happened.CLAIMED, "Ben", "claimed it", "Ben claimed #1042"),
        (Happened.ASSIGNED, "Ben", "gave it to Ana", "Ben gave #1042 to Ana"),
        (Happened.RESOLVED, "Ben", "resolved it: fixed", "Ben resolved #1042: fixed"),
        (Happened.NOTED, "Ben", "wrote a note", "Ben wrote a note on #1042"),
        (Happened.UNDONE, "Ben", "took back the claim", "Ben took back the claim on #1042"),
    ],
)
def test_what_others_do_is_toldwith_the_number(what, who, text, line):
    """Whatever the history's words are."""
    assert told(EventView(1, 1042, NOW, who, what, text)) == line


# ---------------------------------------------------------------------------- mail


def mailbox(name="help", seen=2, *, connected=True, error="", since=None, warning=""):
    """Return how a mailbox stands; ``seen`` seconds ago, failing ``since`` so many ago."""
    contact = None if seen is None else NOW - timedelta(seconds=seen)
    nothing = dict.fromkeys(Outcome, 0)
    failing = None if since is None else NOW - timedelta(seconds=since)
    return MailboxHealth(name, connected, 0, nothing, contact, error, None, failing, warning)


@pytest.mark.parametrize(
    ("mailboxes", "words", "well"),
    [
        ([mailbox()], "mail ✓ 2 s", True),
        ([mailbox(), mailbox("old", 50)], "mail ✓ 50 s", True),
        ([mailbox(seen=6 * 60)], "mail: silent for 6 min", False),
        ([mailbox(), mailbox("old", 400)], "mail old: silent for 6 min", False),
        ([mailbox(seen=7200, connected=False)], "mail: not read for 2 h", False),
        ([mailbox(seen=None)], "mail: not read yet", False),
        ([mailbox(error="log-in refused")], "mail: log-in refused", False),
        ([mailbox(), mailbox("old", error="no\x1b[2J folder")], "mail old: no[2J folder", False),
        ([mailbox(seen=400), mailbox("old", error="no folder")], "mail old: no folder +1", False),
        ([mailbox(error="refused", since=5)], "mail: refused", False),
        ([mailbox(error='mailbox "help": refused', since=7200)], "mail: for 2 h: refused", False),
        ([mailbox(error="refused", since=864_000)], "mail: for 10 days: refused", False),
        ([mailbox(warning="log-in expires in 6 days")], "mail: log-in expires in 6 days", False),
        # A poller that died cannot take its warning back: that nobody reads mail is worse.
        ([mailbox(seen=400, warning="it expires")], "mail: silent for 6 min", False),
        ([mailbox(warning="x"), mailbox("old", 400)], "mail old: silent for 6 min +1", False),
        ([mailbox(seen=400), mailbox("old", error="refused")], "mail old: refused +1", False),
        ([mailbox(), mailbox("old", warning="it expires")], "mail old: it expires", False),
        (
            [mailbox(warning="log-in expires in 6 days (the app's secret); make a new one")],
            "mail: log-in expires in 6 days (the app's secret); make a new one",
            False,
        ),
        ([], "mail: nobody reads it yet", False),
    ],
)
def test_how_mail_stands_is_said_in_words(mailboxes, words, well):
    """The mailbox that is worst off counts."""
    told = mail_words(Mail(tuple(mailboxes)), NOW)
    assert (told.forms[0], told.well) == (words, well)


SHORT = [
    (Mail((mailbox(),)), "mail ✓"),
    (Mail((mailbox(seen=400),)), "mail: 6 min silent"),
    (Mail((mailbox(seen=None),)), "mail: not read yet"),
    (Mail((mailbox(error='mailbox "help": x refuses the log-in of y; z'),)), "log-in refused"),
    (Mail((mailbox(warning="log-in expires in 3 days (x); y"),)), "log-in ends soon"),
    (Mail((mailbox(error="the certificate of x is not valid"),)), "not secure"),
    (Mail((mailbox(error="x:993 does not answer; check"),)), "not reached"),
    (Mail((mailbox(error="a new kind of trouble"),)), "in trouble"),
    (Mail((mailbox(),), Unsent(3, NOW - HOUR)), "3 stuck"),
    (Mail((mailbox(),), Unsent(failed=1, maybe_sent=2)), "3 not sent"),
    (Mail((mailbox(),), Unsent(), 7), "7 held"),
]


@pytest.mark.parametrize(("mail", "shortest"), SHORT)
def test_every_trouble_has_a_form_for_narrow_screens(mail, shortest):
    """The last takes a quarter of the screen; each is shorter than the one before."""
    forms = mail_words(mail, NOW).forms
    assert (forms[-1], len(forms[-1]) <= 20) == (shortest, True)
    assert list(forms) == sorted(forms, key=len, reverse=True)


@pytest.mark.parametrize(
    ("mail", "count"),
    [
        (Mail((mailbox(),), Unsent(4, NOW)), 0),
        (Mail((mailbox(seen=400), mailbox("b", error="x")), Unsent(failed=1, maybe_sent=2), 7), 12),
    ],
)
def test_what_waits_for_people_is_counted(mail, count):
    """What is only on its way is not."""
    assert waiting_for_people(mail, NOW) == count


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(0), "0 s"),
        (timedelta(seconds=59), "59 s"),
        (90 * timedelta(seconds=1), "1 min"),
        (HOUR, "1 h"),
        (47 * HOUR, "47 h"),
        (72 * HOUR, "3 days"),
    ],
)
def test_an_age_is_toldin_its_unit(span, words):
    """No more exactly than anybody needs."""
    assert age(span) == words
