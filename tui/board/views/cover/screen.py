"""The view of cover: now and tonight, the next days by person, burdens, and recent changes.

What it shows is read anew when the policy or cover has changed, by whomever, and when a day
ends. In between only the present moves on, once a minute.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.types import CSSPathType
from textual.widget import Widget
from textual.widgets import Static

from store.errors import DeskwatchError
from store.rules.walltime import zone
from tui.board.action import Scope
from tui.board.actions import bindings
from tui.board.cells import fit
from tui.board.messages import Counted, Ruled, Ticked
from tui.board.screens import ink
from tui.board.views.cover import asking, lists, words
from tui.board.views.cover.canvas import Shown
from tui.board.views.cover.chart import Days
from tui.board.views.cover.chart_view import CoverChart
from tui.board.views.cover.listed import Listed
from tui.board.views.cover.moving import MovingScreen
from tui.board.views.cover.rows import LABELS, Sort
from tui.board.widgets.footer import Footer
from tui.board.widgets.header import Header
from tui.board.widgets.rule import Rule
from tui.board.widgets.views import Views

if TYPE_CHECKING:
    from store.rulebook import Rulebook

#: From this width on, burdens and changes stand side by side.
_WIDE_FROM = 110
_LABEL = 9
#: Lines beside chart and lists; the lists keep a part of the height, and the chart a few lines.
_AROUND, _AROUND_WIDE, _OF_HEIGHT, _LEAST, _LEAST_CHART = 9, 10, 5, 3, 7
#: What a narrow screen says of the list that is not shown.
_OTHER = 14
_ON_WATCH = ("cover_swap", "cover_cover", "cover_absence")
_HINTS = {
    Sort.WATCH: (*_ON_WATCH, "cover_gap", "cover_undo", "hand_over"),
    Sort.GAP: ("cover_add", "cover_gap", "cover_undo", "hand_over"),
    Sort.BEST_EFFORT: ("cover_add", "cover_gap", "cover_undo", "hand_over"),
}
_ELSEWHERE = ("cover_gap", "cover_now", "cover_undo", "cover_back")
_NO_ROSTER = """\
There is no roster yet, so nobody is on watch when the desk is closed.

Write one in the config file, and apply it:  deskwatch policy apply config.toml

    [[roster.rotations]]
    name = "main"
    first_date = 2026-01-05           # who is first begins then
    handoff = "17:00"                 # and hands over at this time
    every_days = 7
    people = ["ana", "ben", "chi"]

Nights, weekends and holidays follow from the desk's own calendar."""

_NOT_KNOWN = """\
Who has the watch is not known yet: the store cannot be reached.

It shows here by itself as soon as that can be."""


class CoverScreen(MovingScreen):
    """Words, the chart, what is under its cursor, and two lists."""

    CSS_PATH: ClassVar[CSSPathType] = "cover.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.COVER)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE_FROM, "-wide")]  # noqa: RUF012 -- Textual's own
    scope = Scope.COVER

    def __init__(self) -> None:
        """Start before anything is known."""
        super().__init__()
        self._read_by: Rulebook | None = None
        """The policy, with its changes of cover, that was read last."""
        self._minute: datetime | None = None
        self._changes_shown = False
        """On a narrow screen: recent changes, instead of burdens."""

    def compose(self) -> ComposeResult:
        """Lay out head, chart, what is said of the cursor, lists and keys."""
        yield Header()
        yield Views()
        yield Rule("┬")
        yield Static(id="head", markup=False)
        yield CoverChart()
        yield Static(_NO_ROSTER, id="notice", markup=False)
        yield Static(id="told")
        yield Rule("┬")
        with Horizontal(id="below"):
            with Vertical(id="burdens"):
                yield Static(classes="title")
                yield Listed()
            with Vertical(id="changes"):
                yield Static(classes="title")
                yield Listed()
        yield Footer()

    def on_mount(self) -> None:
        """Load."""
        self.query_one(CoverChart).focus()
        self.load()

    def fit(self) -> None:
        """Divide the height between the chart and the lists."""
        around = _AROUND_WIDE if self.has_class("-wide") else _AROUND
        lists_ = max(self.size.height // _OF_HEIGHT, _LEAST)
        self.query_one(CoverChart).styles.max_height = max(
            self.size.height - around - lists_, _LEAST_CHART
        )
        self.show()

    # ------------------------------------------------------------------ what the store says

    @on(Ruled)
    @on(Counted)
    @on(Ticked)
    def _look(self) -> None:
        """Read everything anew if it may be different; else let the present move on."""
        now = self._board.clock.now()
        if self.children:
            self.query_one(Views).show(self._board.around.views("view_cover"))
        if self._board.rules is not self._read_by or self._day_is_over(now):
            self.load_soon()
        elif self.children and self._minute != _minute(now):
            self.show()

    def _day_is_over(self, now: datetime) -> bool:
        if self.standing is None:
            return False
        view = self.standing.view
        tz = zone(view.tz)
        return now.astimezone(tz).date() != view.since.astimezone(tz).date()

    async def read(self) -> None:
        """Read how cover stands."""
        self._read_by = self._board.rules
        try:
            self.standing = await asking.standing(self._board.link, self._board.me)
        except DeskwatchError:
            # Once the store can be reached again it is read anew.
            self._read_by = None
            raise
        self.known = True

    # ------------------------------------------------------------------ showing it

    def show(self) -> None:
        """Show what is known, as it is at this moment."""
        now, standing = self._board.clock.now(), self.standing
        self._minute = _minute(now)
        self.query_one(Views).show(self._board.around.views("view_cover"))
        nothing = standing is None and self.ready
        notice = self.query_one("#notice", Static)
        notice.display = nothing
        notice.update(_NO_ROSTER if self.known else _NOT_KNOWN)
        for part in ("#head", "CoverChart", "#told", "#below"):
            self.query_one(part).display = not nothing
        if self.focused is None:  # what is not shown has no focus
            self.query_one(CoverChart).focus()
        if standing is None:
            self._board.around.tell_footer(self, ("cover_back",))
            return
        view, setting = standing.view, self._setting(standing)
        told = words.head(standing.rows, view.coverage.timeline, setting)
        cells = max(self.size.width - 2, 1)
        self.query_one("#head", Static).update(
            Content("\n").join(
                Content.assemble((fit(label, _LABEL), ink.MUTED), said).truncate(
                    cells, ellipsis=True
                )
                for label, said in told
            ),
            layout=False,
        )
        days = Days(dict(view.holidays), view.short_days)
        shown = Shown(
            rows=standing.rows,
            days=days,
            since=view.since,
            until=view.until,
            tz=setting.tz,
            called=lambda key: LABELS.get(key) or setting.names.person(key),
            mine=self._board.me.login,
        )
        self.query_one(CoverChart).show(shown, now)

    @on(Listed.Sized)
    def _sized(self, event: Listed.Sized) -> None:
        event.stop()
        if self.children:
            self._tell()

    @on(CoverChart.Pointed)
    def _pointed(self, event: CoverChart.Pointed) -> None:
        event.stop()
        if self.children:
            self._tell()

    def _tell(self) -> None:
        """Say what is under the cursor, and in the lists what goes with it."""
        chart, standing = self.query_one(CoverChart), self.standing
        row, piece = chart.row, chart.piece
        if standing is None or row is None:
            return
        ask = standing.ask.get(piece.start, ()) if piece is not None else ()
        told = words.told(row, piece, self._setting(standing), ask)
        self.query_one("#told", Static).update(told, layout=False)
        self._list(row.key)
        hints = _HINTS.get(piece.sort, _ELSEWHERE) if piece is not None else _ELSEWHERE
        self._board.around.tell_footer(self, hints)

    def _list(self, key: str) -> None:
        """Show burdens and changes: both, or on a narrow screen the one that is wanted."""
        standing = self.standing
        if standing is None:
            return
        wide = self.has_class("-wide")
        burdens, changes = self.query_one("#burdens"), self.query_one("#changes")
        burdens.display = wide or not self._changes_shown
        changes.display = wide or self._changes_shown
        setting, view = self._setting(standing), standing.view
        listed = burdens.query_one(Listed)
        if burdens.display and listed.size.width:
            cells = listed.cells
            ordered = [each.login for each in lists.by_burden(view.burdens)]
            at = ordered.index(key) + 1 if key in ordered else None
            room = cells if wide else cells - _OTHER
            self._title(burdens, lists.burden_title(view.burdens, setting.names, room))
            listed.show(lists.burden_lines(view.burdens, setting.names, cells, key), at)
        listed = changes.query_one(Listed)
        if changes.display and listed.size.width:
            self._title(changes, Content.styled("RECENT CHANGES", f"{ink.MUTED} bold"))
            listed.show(lists.change_lines(view.changes, setting.now, setting.tz, listed.cells))

    def _title(self, part: Widget, title: Content) -> None:
        """Head a list; on a narrow screen, say which key shows the other."""
        if not self.has_class("-wide"):
            other = "burdens" if self._changes_shown else "changes"
            key = self._board.keymap.first("cover_lists")
            title = Content.assemble(title, "   ", (key, ink.KEY), (f" {other}", ink.MUTED))
        part.query_one(".title", Static).update(title, layout=False)

    @on(CoverChart.Opened)
    async def _opened(self, event: CoverChart.Opened) -> None:
        event.stop()
        piece = self.query_one(CoverChart).piece
        if piece is not None and piece.sort is not Sort.OPEN:
            action = "cover_cover" if piece.sort is Sort.WATCH else "cover_add"
            await self._board.action_perform(action)

    # ------------------------------------------------------------------ what its keys do

    def do_cover_back(self) -> None:
        """Go back."""
        self.dismiss(None)

    def do_cover_lists(self) -> None:
        """Show the other list."""
        self._changes_shown = not self._changes_shown
        self._tell()


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
