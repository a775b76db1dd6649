"""The view of intake: its lines in words, its cursor, its keys, and that it is live."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from store.mail_records import STUCK_AFTER
from store.words import Delivery, Outcome
from tests.tui.screens.hostile import FORBIDDEN, HOSTILE
from tests.tui.screens.samples import NOW
from tests.tui.screens.stage import Stage, painted
from tests.tui.snapshots import picture
from tests.tui.views.mails import held, mailbox, sending, standing
from tui.board.messages import Counted
from tui.board.screens.original import OriginalScreen
from tui.board.views.intake import asking
from tui.board.views.intake.entries import Kind, MailStanding, entries, unsent
from tui.board.views.intake.listing import Entries
from tui.board.views.intake.screen import IntakeScreen
from tui.board.views.intake.words import line, told

LONDON = ZoneInfo("Europe/London")
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])


@pytest.fixture
def mail(monkeypatch):
    """What the store says of mail; tests change it."""
    now = [standing()]

    async def known(_link):
        return now[0]

    async def kept(_link, _original_id):
        return b"Subject: Toner\r\n\r\nPlease \x1b[2J bring toner"

    monkeypatch.setattr(asking, "standing", known)
    monkeypatch.setattr(asking, "kept", kept)
    return now


async def opened(pilot) -> IntakeScreen:
    """Show the view, and wait until it knows everything."""
    screen = IntakeScreen()
    await pilot.app.push_screen(screen)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    return screen


async def told_again(pilot) -> None:
    """Let the counts come, with which the view is read again."""
    pilot.app.screen.post_message(Counted())
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def under_cursor(app) -> str:
    """Return the key of the line under the cursor."""
    entry = app.screen.query_one(Entries).entry
    return entry.key if entry else ""


# ---------------------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (mailbox(), "✓ help 2 s ago server 1,204 / ledger 1,204 lag 1 s"),
        (
            mailbox(last_contact=NOW - timedelta(minutes=6)),
            "× help silent for 6 min server 1,204 / ledger 1,204 lag 1 s",
        ),
        (
            mailbox(connected=False, last_contact=NOW - timedelta(hours=2), lag=None),
            "× help not read for 2 h server 1,204 / ledger 1,204",
        ),
        (
            mailbox(last_contact=None, connected=False, server=0, lag=None),
            "× help not read yet server 0 / ledger 1,204",
        ),
        (
            mailbox(error="x refuses the log-in of y; z", lag=None),
            "× help log-in refused server 1,204 / ledger 1,204",
        ),
        (
            mailbox(error="x refuses the log-in", failing_since=NOW - timedelta(hours=1), lag=None),
            "× help log-in refused since 09:42 server 1,204 / ledger 1,204",
        ),
        (
            mailbox("ana-sent", sent_of="ana", lag=None),
            "✓ ana-sent 2 s ago, sent by ana server 1,204 / ledger 1,204",
        ),
        (
            mailbox(warning="ends in 3 days", lag=None),
            "! help 2 s ago, ends in 3 days server 1,204 / ledger 1,204",
        ),
    ],
)
def test_a_mailbox_says_how_it_stands(one, words):
    """Last contact or what is wrong, what the server has, what the ledger has, the lag."""
    entry = entries(MailStanding(mailboxes=(one,)))[0]
    assert " ".join(line(entry, 80, NOW, LONDON).plain.split()) == words


@pytest.mark.parametrize(
    ("state", "attempts", "error", "words"),
    [
        (Delivery.UNCERTAIN, 1, "the line broke", "? maybe sent"),
        (Delivery.FAILED, 5, "no such user", "× not delivered"),
        (Delivery.PENDING, 0, "", "not sent yet"),
        (Delivery.PENDING, 0, "log-in refused", "! tried again"),
        (Delivery.PENDING, 3, "greylisted", "! tried again"),
        (Delivery.SENDING, 1, "", "being sent"),
    ],
)
def test_a_mail_of_ours_says_how_far_it_is(state, attempts, error, words):
    """Sign and word."""
    mail = replace(sending(1, state), attempts=attempts, error=error, created_at=NOW)
    entry = entries(MailStanding(outbox=(mail,)))[0]
    assert line(entry, 80, NOW, LONDON).plain.strip().startswith(words)


def test_a_mail_of_ours_that_is_not_out_for_long_is_stuck():
    """As the head of the board and ``deskwatch status`` say."""
    mail = replace(sending(1, Delivery.PENDING), created_at=NOW - STUCK_AFTER)
    entry = entries(MailStanding(outbox=(mail,)))[0]
    assert line(entry, 80, NOW, LONDON).plain.strip().startswith("! stuck")


def test_what_is_out_is_no_matter_of_this_view():
    """Nor what was given up."""
    every = [sending(id_, state) for id_, state in enumerate(Delivery)]
    left = {each.state for each in unsent(every)}
    assert left == set(Delivery) - {Delivery.SENT, Delivery.GIVEN_UP}


@pytest.mark.parametrize("cells", [10, 38, 78, 118, 300])
def test_every_line_fits_its_width(cells):
    """However long what it says is."""
    for entry in entries(standing("x" * 400)):
        assert line(entry, cells, NOW, LONDON).cell_length <= cells


@pytest.mark.parametrize("text", HOSTILE)
def test_no_line_drives_a_terminal(text):
    """Nor does what is said under the list."""
    for entry in entries(standing(text)):
        said = line(entry, 118, NOW, LONDON).plain + told(entry, NOW, LONDON).plain
        assert [bad for bad in FORBIDDEN if bad in said] == []


# ---------------------------------------------------------------------------- the screen


@SIZES
async def test_it_looks_as_it_did(mail, size, pictures):
    """Four kinds under their headings, and all there is to say of the line in hand."""
    async with (app := Stage()).run_test(size=size) as pilot:
        await opened(pilot)
        await pilot.press("j", "j")
        await pilot.pause()
        assert picture(app) == pictures


@SIZES
async def test_hostile_mail_is_shown_harmlessly(mail, size):
    """Names, errors, reasons, senders and subjects are only text."""
    async with (app := Stage()).run_test(size=size) as pilot:
        for text in HOSTILE:
            mail[0] = standing(text)
            await opened(pilot)
            for _ in entries(mail[0]):
                said = painted(app)
                assert [bad for bad in FORBIDDEN if bad in said] == []
                await pilot.press("j")
            app.pop_screen()


async def test_the_cursor_stays_on_its_mail_whatever_comes(mail):
    """New mail above, trouble gone, the same mail told otherwise."""
    async with (app := Stage()).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("G", "k")
        before = under_cursor(app)
        mail[0] = replace(standing(many=40), outbox=())
        await told_again(pilot)
        here = under_cursor(app)
        await pilot.press("j")
        assert (before, here, under_cursor(app)) == (
            "mail help/1/101",
            "mail help/1/101",
            "mail help/1/102",
        )


async def test_the_line_in_hand_stays_where_it_is_on_the_screen(mail):
    """A list that grows above it moves nothing under the eyes."""
    mail[0] = standing(many=40)
    async with (app := Stage()).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        for _ in range(60):
            await pilot.press("j")
        await pilot.pause()
        listed = app.screen.query_one(Entries)
        at = listed.highlighted - listed.scroll_y
        mail[0] = replace(mail[0], mailboxes=(*mail[0].mailboxes, mailbox("sales")))
        await told_again(pilot)
        assert listed.highlighted - listed.scroll_y == at


async def test_a_line_that_is_gone_leaves_the_cursor_where_it_was(mail):
    """On what stands there now."""
    async with (app := Stage()).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("j", "j", "j")
        mail[0] = replace(mail[0], outbox=mail[0].outbox[:1])
        await told_again(pilot)
        assert under_cursor(app) == "outbox 1"


async def test_one_kind_is_shown_alone_and_then_all_again(mail):
    """``f`` goes through the kinds; where there is none, it says so and how to go on."""
    mail[0] = replace(standing(), quarantine=())
    async with (app := Stage()).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        shown = []
        for _ in range(5):
            await pilot.press("f")
            await pilot.pause()
            kinds = {each.kind for each in entries(screen.standing, screen.only)}
            shown.append((screen.only, kinds <= {screen.only} or screen.only is None))
            if screen.only is Kind.QUARANTINE:
                said = painted(app)
                assert "No mail is held" in said
                assert "f goes on to the next kind." in said
        assert shown == [(kind, True) for kind in (*Kind, None)]


async def test_without_a_poller_it_says_how_to_start_one(mail):
    """An empty view names the next step."""
    mail[0] = MailStanding()
    async with (app := Stage()).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert "Start one: deskwatch intake" in painted(app)
        await pilot.press("j", "k", "G", "enter", "R", "d", "S")
        await pilot.pause()
        assert isinstance(app.screen, IntakeScreen)


async def test_a_mail_is_shown_as_it_came(mail):
    """Headers and text, safe; esc goes back to the line."""
    async with (app := Stage()).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("G", "v")
        await pilot.pause()
        assert isinstance(app.screen, OriginalScreen)
        assert "bring toner" in painted(app)
        await pilot.press("escape")
        await pilot.pause()
        assert under_cursor(app) == "mail help/1/102"


async def test_nothing_is_there_twice_and_the_newest_count():
    """Keys of lines differ, so the cursor knows its own."""
    keys = [each.key for each in entries(standing(many=100))]
    assert len(set(keys)) == len(keys) == 302


def test_a_mail_keeps_its_line_when_it_is_put_away():
    """It is the same mail in quarantine and among the ignored."""
    one = MailStanding(quarantine=(held(7),))
    other = MailStanding(ignored=(held(7, Outcome.IGNORED),))
    assert entries(one)[0].key == entries(other)[0].key


@pytest.mark.parametrize("size", [(20, 6), (40, 10), (200, 60)])
async def test_any_size_of_terminal_will_do(mail, size):
    """Nothing breaks where it is tight."""
    async with (app := Stage()).run_test(size=size) as pilot:
        await opened(pilot)
        await pilot.press("j", "G", "f", "f", "g")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert isinstance(app.screen, IntakeScreen)
