"""What the keys of the view change: swap, cover, absence, addition, and taking back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.errors import DeskwatchError, LostRace
from store.rules.roster import ChangeKind
from tui.board.screens.choices import Choice
from tui.board.telling import names
from tui.board.views.cover import asking, offers
from tui.board.views.cover.chart_view import CoverChart
from tui.board.views.cover.refusing import why_not
from tui.board.views.cover.rows import Piece
from tui.board.views.cover.setting import Setting
from tui.board.views.view import ViewScreen

if TYPE_CHECKING:
    from tui.board.views.cover.asking import CoverStanding
    from tui.board.views.cover.dialog import Answer

NOT_KNOWN = "Who has the watch is not known yet: the store cannot be reached"


class ChangingScreen(ViewScreen):
    """Asks for a change of the stretch under the cursor, and sees to it."""

    standing: CoverStanding | None = None
    known = False
    """Whether the store has said how cover stands; if so, without a standing there is no roster."""

    def _setting(self, standing: CoverStanding) -> Setting:
        """Return what cover is told by just now."""
        board = self._board
        return Setting(standing.roster, board.me, names(board.rules), board.clock.now())

    def do_cover_swap(self) -> None:
        """Swap a stretch for one of somebody else's."""
        self._begin(ChangeKind.SWAP)

    def do_cover_cover(self) -> None:
        """Let somebody come instead."""
        self._begin(ChangeKind.COVER)

    def do_cover_absence(self) -> None:
        """Enter that whoever has the watch cannot come."""
        self._begin(ChangeKind.ABSENT)

    def do_cover_add(self) -> None:
        """Let somebody come where nobody is."""
        self._begin(ChangeKind.ADD)

    def do_cover_undo(self) -> None:
        """Take back what I changed last."""
        self._board.begin(self._take_back())

    def _begin(self, kind: ChangeKind) -> None:
        board = self._board
        if self.standing is None:
            nothing = "There is no roster to change" if self.known else NOT_KNOWN
            board.say(nothing, refused=True)
            return
        piece = self.query_one(CoverChart).piece
        reason = why_not(kind, piece, self._setting(self.standing), board.keymap.first)
        if reason or piece is None:
            board.say(reason, refused=True)
        else:
            board.begin(self._change(kind, piece, self.standing))

    async def _change(self, kind: ChangeKind, piece: Piece, standing: CoverStanding) -> None:
        from tui.board.views.cover.dialog import Asked, CoverDialog

        link, setting = self._board.link, self._setting(standing)
        name = setting.names.person(piece.who)
        titles = {
            ChangeKind.SWAP: f"Swap {name}'s watch for …",
            ChangeKind.COVER: f"Who comes instead of {name}?",
            ChangeKind.ABSENT: f"{name} cannot come",
            ChangeKind.ADD: "Who comes?",
        }

        async def save(changes: Answer) -> None:
            try:
                done = await asking.change(link, self._board.me, changes, standing.view.newest)
            except DeskwatchError as problem:
                # Somebody was faster: the stretch is not what was asked about any more.
                if isinstance(problem, LostRace) or not dialog.is_current:
                    dialog.saved(None)
                    raise
                dialog.refuse(str(problem))
            else:
                self._say_done(done.text)
                dialog.saved(changes)
            finally:
                dialog.saves = False

        # Of a watch that goes on, what has been stays as it was.
        start = max(piece.start, setting.now) if piece.end > setting.now else piece.start
        asked = Asked(
            title=titles[kind],
            about=setting.span(piece.start, piece.end),
            start=setting.local(start),
            end=setting.local(piece.end),
            today=setting.today,
            changes=lambda offer, times: offers.changes(kind, piece, offer, times, setting),
            effect=lambda changes: asking.effect(link, changes),
            told=lambda gap: setting.span(gap.start, gap.end),
            save=save,
        )
        noun = {ChangeKind.SWAP: "for", ChangeKind.ABSENT: ""}.get(kind, "who")
        dialog = CoverDialog(asked, self._offers(kind, piece, standing), noun)
        await self._board.answer_of(dialog)

    async def _offers(
        self, kind: ChangeKind, piece: Piece, standing: CoverStanding
    ) -> Sequence[Choice]:
        board, setting = self._board, self._setting(standing)
        if kind is ChangeKind.ABSENT:
            return [Choice("", "", offers.Offer(piece.who))]
        if kind is ChangeKind.SWAP:
            return offers.stretches(piece, standing.rows, standing.view.until, setting)
        found = await asking.fairest(board.link, piece.start, piece.end)
        return offers.people(piece, found, board.rules.people, setting)

    async def _take_back(self) -> None:
        done = await asking.take_back(self._board.link, self._board.me)
        self._say_done(done.text)

    def _say_done(self, text: str) -> None:
        self._board.link.look()
        self._board.link.count()
        self._board.say(text)
