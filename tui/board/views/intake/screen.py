"""The view of intake: what comes in, what goes out, what is held, and what can be done about it.

It is read anew whenever the counts beside the queue are, at most every second. What changes
something is only asked for here: the poller looks again at mail, and sends mail.
"""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Static

from store.errors import DeskwatchError
from tui.board.action import Scope
from tui.board.actions import bindings
from tui.board.messages import Counted, Ticked
from tui.board.screens import ink
from tui.board.screens.original import OriginalScreen
from tui.board.views.intake import asking, words
from tui.board.views.intake.entries import Kind, MailStanding, entries
from tui.board.views.intake.listing import Entries
from tui.board.views.intake.mending import MendingScreen
from tui.board.widgets.footer import Footer
from tui.board.widgets.header import Header
from tui.board.widgets.rule import Rule
from tui.board.widgets.views import Views

_HINTS = {
    Kind.MAILBOX: ("mail_kind", "mail_back"),
    Kind.OUTBOX: ("mail_sending", "mail_view", "mail_kind", "mail_back"),
    Kind.QUARANTINE: ("mail_view", "mail_retry", "mail_open", "mail_discard", "mail_kind"),
    Kind.IGNORED: ("mail_view", "mail_open", "mail_retry", "mail_kind", "mail_back"),
}
#: What to say where nothing of a kind is there.
_EMPTY = {
    None: "No poller has read a mailbox yet. Start one: deskwatch intake",
    Kind.MAILBOX: "No poller has read a mailbox yet. Start one: deskwatch intake",
    Kind.OUTBOX: "Every mail of ours is out.",
    Kind.QUARANTINE: "No mail is held: all of it could be read.",
    Kind.IGNORED: "No mail was ignored.",
}


class IntakeScreen(MendingScreen):
    """Lines under four headings, and under them all there is to say of the one in hand."""

    CSS_PATH: ClassVar[CSSPathType] = "intake.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.INTAKE)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (words.WIDE_FROM, "-wide")]  # noqa: RUF012 -- Textual's own
    scope = Scope.INTAKE

    def __init__(self) -> None:
        """Start before anything is known."""
        super().__init__()
        self.standing: MailStanding | None = None
        self.only: Kind | None = None
        """The one kind that is shown; None: all."""

    def compose(self) -> ComposeResult:
        """Lay out the head, the list, what is said of its line, and the keys."""
        yield Header()
        yield Views()
        yield Rule("┬")
        yield Entries()
        yield Static(id="notice", markup=False)
        yield Rule("┴")
        yield Static(id="told")
        yield Footer()

    def on_mount(self) -> None:
        """Load."""
        self.query_one(Entries).focus()
        self.load()

    # ------------------------------------------------------------------ what the store says

    @on(Counted)
    def _counted(self) -> None:
        self.load_soon()

    async def read(self) -> None:
        """Read how mail stands."""
        self.standing = await asking.standing(self._board.link)

    @on(Ticked)
    def _ticked(self) -> None:
        if self.standing is not None and self.children:
            self.show()

    # ------------------------------------------------------------------ showing it

    def show(self) -> None:
        """Show what is known, as it is at this moment."""
        self.query_one(Views).show(*self._views())
        if self.standing is None:
            return
        listed = entries(self.standing, self.only)
        shown = self.query_one(Entries)
        now, zone = self._board.clock.now(), self._board.zone
        cells = shown.cells
        shown.show(listed, lambda entry: words.line(entry, cells, now, zone))
        notice = self.query_one("#notice", Static)
        notice.update("" if listed else f"\n  {_EMPTY[self.only]}\n  {self._all_again()}".rstrip())
        notice.display = not listed
        shown.display = bool(listed)

    def _all_again(self) -> str:
        key = self._board.keymap.first("mail_kind")
        return f"{key} goes on to the next kind." if self.only else ""

    def _views(self) -> tuple[Content, Content, Content]:
        key = self._board.keymap.first("mail_kind")
        kind = f" only {self.only}" if self.only else " all kinds"
        right = Content.assemble((key, ink.KEY), (f"{kind} ", "bold" if self.only else ink.MUTED))
        return self._board.around.views("view_intake"), Content(""), right

    @on(Entries.Pointed)
    def _pointed(self, event: Entries.Pointed) -> None:
        event.stop()
        if not self.children:
            return
        entry = self.query_one(Entries).entry
        now, zone = self._board.clock.now(), self._board.zone
        told = words.told(entry, now, zone) if entry else Content("")
        self.query_one("#told", Static).update(told)
        hints = _HINTS[entry.kind] if entry else ("mail_kind", "mail_back")
        self._board.around.tell_footer(self, hints)

    @on(Entries.Opened)
    async def _opened(self, event: Entries.Opened) -> None:
        event.stop()
        await self._board.action_perform("mail_view")

    # ------------------------------------------------------------------ what its keys do

    def do_mail_back(self) -> None:
        """Go back."""
        self.dismiss(None)

    def do_mail_kind(self) -> None:
        """Show the next kind only; after the last, all."""
        kinds = [None, *Kind]
        self.only = kinds[(kinds.index(self.only) + 1) % len(kinds)]
        self.show()

    def do_mail_down(self) -> None:
        """Go to the next line."""
        self.query_one(Entries).action_cursor_down()

    def do_mail_up(self) -> None:
        """Go to the line above."""
        self.query_one(Entries).action_cursor_up()

    def do_mail_page_down(self) -> None:
        """Go down a screenful."""
        self.query_one(Entries).move_page(1)

    def do_mail_page_up(self) -> None:
        """Go up a screenful."""
        self.query_one(Entries).move_page(-1)

    def do_mail_top(self) -> None:
        """Go to the first line."""
        self.query_one(Entries).action_first()

    def do_mail_bottom(self) -> None:
        """Go to the last line."""
        self.query_one(Entries).action_last()

    async def do_mail_view(self) -> None:
        """Show a mail as it came; of one that goes out, its request."""
        entry = self.query_one(Entries).entry
        if entry is None or entry.mailbox is not None:
            return
        if entry.sending is not None:
            self._board.going.open_request(entry.sending.number)
        elif entry.mail is not None:
            try:
                raw = await asking.kept(self._board.link, entry.mail.original_id)
            except DeskwatchError as problem:
                self.notify(str(problem), severity="warning", markup=False)
            else:
                self.app.push_screen(OriginalScreen(raw))
