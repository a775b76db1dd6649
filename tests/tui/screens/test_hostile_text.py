"""Nothing that somebody outside writes drives the terminal, or Textual, from any screen."""

from __future__ import annotations

from datetime import UTC

import pytest

from store.cover_records import HandOverView
from store.errors import NotFound
from store.mail_records import CannedAnswer
from store.records import Colleague
from store.text import one_line
from store.words import Level, Role
from tests.tui.screens.hostile import FORBIDDEN, HOSTILE, hostile_view
from tests.tui.screens.samples import MATRIX, NOW, school_hours
from tests.tui.screens.stage import HandMadeDesk, Stage, known, painted
from tests.tui.views.mails import sending
from tui.board.reply.canned import CannedDialog
from tui.board.reply.preview import PreviewDialog
from tui.board.screens.about import about
from tui.board.screens.assign import AssignDialog
from tui.board.screens.attendance import AttendanceDialog
from tui.board.screens.confirm import ConfirmDialog
from tui.board.screens.hand_over import HandOverDialog
from tui.board.screens.merge import MergeDialog
from tui.board.screens.original import OriginalScreen
from tui.board.screens.promise import PromiseDialog
from tui.board.screens.rate import RateDialog, Rating
from tui.board.screens.request import RequestScreen
from tui.board.screens.resolve import ResolveDialog
from tui.board.screens.sending import SendingDialog
from tui.board.screens.snooze import SnoozeDialog
from tui.board.screens.text_entry import TextDialog
from tui.board.screens.wait import WaitDialog

DIALOGS = {
    "confirm": lambda name, text: ConfirmDialog(name, "Sure?"),
    "note": lambda name, text: TextDialog(name, "Note"),
    "assign": lambda name, text: AssignDialog(
        name, known([Colleague(text, text, Role.LEAD, live=1, waiting=1, present=True)]), text
    ),
    "wait": lambda name, text: WaitDialog(name, NOW, school_hours()),
    "promise": lambda name, text: PromiseDialog(name, NOW, school_hours()),
    "snooze": lambda name, text: SnoozeDialog(name, NOW, school_hours()),
    "attendance": lambda name, text: AttendanceDialog(text, NOW, school_hours(), others=True),
    "resolve": lambda name, text: ResolveDialog(name),
    "detail": lambda name, text: ConfirmDialog(name, "Sure?", text),
    "merge": lambda name, text: MergeDialog(name, 1, known([hostile_view(text).row])),
    "canned": lambda name, text: CannedDialog(known([CannedAnswer(text, text, text)])),
    "hand over": lambda name, text: HandOverDialog([HandOverView(1, NOW, name, text)], NOW, UTC),
    "preview": lambda name, text: PreviewDialog(name, "Send it?", text, text),
    "sending": lambda name, text: SendingDialog(sending(1, text=text)),
    "rate": lambda name, text: RateDialog(name, MATRIX, known(Rating(Level.LOW, Level.LOW))),
}


def harmless(app, text) -> bool:
    """Say whether all that is painted is safe, and markup stands there as it was written."""
    said = painted(app)
    return not any(bad in said for bad in FORBIDDEN) and one_line(text).split()[0] in said


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_request_shows_it_harmlessly(size):
    """Subject, people, texts, quotes, attachments and history are painted as plain text."""
    async with (app := Stage()).run_test(size=size) as pilot:
        for text in HOSTILE:
            app.desk.views[1042] = hostile_view(text)
            await app.push_screen(RequestScreen(1042))
            await app.workers.wait_for_complete()
            await pilot.pause()
            await pilot.press("f", "g")
            await pilot.pause()
            first = harmless(app, text)
            await pilot.press("h")
            await pilot.pause()
            assert (text, first, harmless(app, text)) == (text, True, True)
            app.pop_screen()


@pytest.mark.parametrize("text", [each for each in HOSTILE if "[@click" in each or "link=" in each])
async def test_a_click_on_it_does_nothing(text):
    """A click on a hostile subject, name, text or history runs no action."""
    desk = HandMadeDesk({1042: hostile_view(text)})
    async with (app := Stage(desk)).run_test(size=(120, 36)) as pilot:
        await app.push_screen(RequestScreen(1042))
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("g")
        at = painted(app).split("\n")
        places = [
            (row.find("x") if "x" in row else 8, y) for y, row in enumerate(at) if row.strip()
        ]
        for place in places[:8]:
            await pilot.click(offset=place)
        assert (type(app.screen), app._exit, app.performed) == (RequestScreen, False, [])


async def test_an_original_shows_it_harmlessly():
    """Raw headers and text of a hostile mail are painted as plain text."""
    async with (app := Stage()).run_test(size=(80, 24)) as pilot:
        for text in HOSTILE:
            raw = f"X-Evil: {text}\nSubject: {text}\n\nbody".encode("utf-8", "surrogateescape")
            await app.push_screen(OriginalScreen(raw, hostile_view(text).messages[0]))
            await pilot.pause()
            assert (text, harmless(app, text)) == (text, True)
            app.pop_screen()


@pytest.mark.parametrize("raw", [b"", bytes(range(256)), b"\x1b]52;c;eA==\x07\n\n", b"\0" * 9])
async def test_an_original_of_any_bytes_is_shown(raw):
    """Bytes that are no mail at all are painted harmlessly."""
    message = hostile_view("x").messages[0]
    async with (app := Stage()).run_test(size=(80, 24)) as pilot:
        await app.push_screen(OriginalScreen(raw, message))
        await pilot.pause()
        said = painted(app)
        assert [bad for bad in FORBIDDEN if bad in said] == []


@pytest.mark.parametrize("name", DIALOGS)
async def test_a_dialog_shows_it_harmlessly(name):
    """A dialog about a hostile subject, or with a hostile name in it, is painted as plain text."""
    async with (app := Stage()).run_test(size=(120, 36)) as pilot:
        for text in HOSTILE:
            await app.push_screen(DIALOGS[name](about([hostile_view(text).row]), text))
            await pilot.pause()
            assert (text, harmless(app, text)) == (text, True)
            app.pop_screen()


class Refusing(HandMadeDesk):
    """Says what it is told to, whatever it is asked."""

    says = ""

    def original(self, message_id: int) -> bytes:
        """Refuse."""
        raise NotFound(self.says)


async def test_a_toast_shows_it_harmlessly():
    """What the store says about a request is no markup either."""
    app = Stage(Refusing())
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await app.push_screen(RequestScreen(1042))
        await app.workers.wait_for_complete()
        await pilot.pause()
        for text in HOSTILE:
            app.desk.says = one_line(text)
            app.clear_notifications()
            await pilot.press("v")
            await pilot.pause()
            await pilot.pause()
            assert (text, harmless(app, text)) == (text, True)
