"""A proposal: who would give what to whom, why, and everybody's load before and after.

It is accepted whole, or without those that somebody does not want.
"""

from __future__ import annotations

from collections.abc import Awaitable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from store.rules.load import over
from tui.board.cells import fit, settled, width
from tui.board.screens import ink
from tui.board.screens.dialog import Dialog
from tui.board.screens.hints import Hint

if TYPE_CHECKING:
    from store.records import BoardRow
    from store.rules.evening import Move
    from store.workload_records import Proposed
    from tui.board.telling import Names

_AT, _ELSEWHERE = Content.styled("▌", ink.KEY), Content(" ")
#: Cells of a name at most.
_NAME = 10
#: Lines for everybody's loads.
_LOADS = 2
#: Cells of the sheet that are not for text.
_EDGES = 2
_GAP = "   "
#: Requests that stay told one by one.
_STAYS = 3


class ProposalDialog(Dialog["tuple[Move, ...]"]):
    """Answers with the moves that are wanted. Enter takes one out or in, and never accepts."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "accept", show=False),
        Binding("n", "cancel", show=False),
        Binding("space", "flip", show=False, priority=True),
    ]

    def __init__(self, title: str, asked: Awaitable[Proposed], names: Names, nothing: str) -> None:
        """Show what is proposed as soon as it is known.

        Args:
            title: What is proposed: "Even out".
            asked: The proposal.
            names: How people are called.
            nothing: What to say if there is nothing to move.
        """
        super().__init__(title, "looking for what could move …")
        self.ready = False
        self.rows: Mapping[int, BoardRow] = {}
        """Of the requests in the proposal, by number."""
        self._heading = title
        self._asked = asked
        self._names = names
        self._nothing = nothing
        self._known: Proposed | None = None
        self._off: set[int] = set()
        """Numbers of the moves that are not wanted."""

    def body(self) -> ComposeResult:
        """Return the loads, the moves, why the one under the cursor, and what stays."""
        yield Static("", id="loads", markup=False)
        yield Moves()
        yield Static("", id="why", markup=False)
        yield Static("", id="stays", markup=False)

    def hints(self) -> Iterable[Hint]:
        """Tell the keys."""
        yield Hint("y", "accept", "screen.accept")
        yield Hint("n", "no", "screen.cancel")
        yield Hint("space", "leave it out", "screen.flip")
        yield Hint("u", "then takes it back")
        yield from super().hints()

    def on_mount(self) -> None:
        """Wait for the proposal."""
        self._wait()

    @work(exit_on_error=False)
    async def _wait(self) -> None:
        known = await self.known(self._asked)
        if known is None:
            return
        self.ready = True
        if not known.proposal.moves:
            stays = _stays(known)
            text = f"{self._nothing}\n{stays}" if stays else self._nothing
            self.notify(text, severity="warning", markup=False)
            self.answer(None)
            return
        self._known, self.rows = known, known.rows
        stays = _stays(known)
        told = self.query_one("#stays", Static)
        told.update(Content.styled(stays, ink.MUTED))
        told.display = bool(stays)
        self._show()

    def on_resize(self) -> None:
        """Fit the loads to the new width."""
        self._show()

    # ------------------------------------------------------------------ showing it

    @property
    def _chosen(self) -> tuple[Move, ...]:
        moves = self._known.proposal.moves if self._known else ()
        return tuple(move for move in moves if move.number not in self._off)

    def _show(self) -> None:
        """Show what would be with the moves that are wanted."""
        known = self._known
        if known is None:
            return
        after = known.proposal.after(self._chosen)
        largest = max(known.proposal.before.values()), max(after.values())
        count = f"{len(self._chosen)} of {len(known.proposal.moves)} moves"
        title = Content.assemble(
            (self._heading, "bold"),
            (f"  {count}   largest load {largest[0]:.1f} → {largest[1]:.1f}", ink.MUTED),
        )
        self.query_one("#title", Static).update(title)
        self.query_one("#loads", Static).update(self._loads(known, after))
        moves = known.proposal.moves
        self.query_one(Moves).show([self._line(move) for move in moves])

    def _loads(self, known: Proposed, after: Mapping[str, float]) -> Content:
        """Return "Ana 6.5 → 8.5   Ben 14.0 → 9.5" of those whose load would change."""
        parts = []
        for login, before in known.proposal.before.items():
            if abs(before - after[login]) < 0.05:  # noqa: PLR2004 -- what the screen does not show
                continue
            capacity = known.capacity.get(login)
            full = capacity is not None and over(after[login], capacity)
            style = ink.RISK if full else "bold"
            parts.append(
                Content.assemble(
                    self._names.person(login),
                    (f" {before:.1f} → ", ink.MUTED),
                    (f"{after[login]:.1f}{' ▲' if full else ''}", style),
                )
            )
        if not parts:
            return Content.styled("as it is", ink.MUTED)
        return laid_out(parts, self.size.width - _EDGES, _LOADS)

    @property
    def _longest(self) -> int:
        """Cells of the longest name in the proposal, as far as there is room."""
        moves = self._known.proposal.moves if self._known else ()
        names = (self._names.person(one) for each in moves for one in (each.source, each.target))
        return min(max(map(width, names), default=0), _NAME)

    def _line(self, move: Move) -> Content:
        row = self.rows.get(move.number)
        off = move.number in self._off
        source, target = (self._names.person(one) for one in (move.source, move.target))
        cells = 2 * self._longest + 3
        subject = settled(row.subject) if row else ""
        return Content.assemble(
            ("[ ] " if off else "[x] ", ink.MUTED if off else ink.KEY),
            f"#{move.number} ",
            (f"{row.priority if row else '':<3}", ink.MUTED),
            (fit(f"{source} → {target}", cells), ink.MUTED if off else ""),
            " ",
            (subject or "(no subject)", ink.MUTED if off else ""),
        )

    @on(OptionList.OptionHighlighted)
    def _pointed(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if self._known is not None and self.children:
            move = self._known.proposal.moves[event.option_index]
            why = self._known.reasons.get(move.number, "")
            self.query_one("#why", Static).update(Content.styled(settled(why), ink.MUTED))

    # ------------------------------------------------------------------ what its keys do

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_flip()

    def action_flip(self) -> None:
        """Leave the move under the cursor out, or take it in again; go on to the next."""
        moves, at = self.query_one(Moves), self.query_one(Moves).highlighted
        if self._known is None or at is None:
            return
        self._off ^= {self._known.proposal.moves[at].number}
        self._show()
        moves.highlighted = min(at + 1, len(self._known.proposal.moves) - 1)

    def action_accept(self) -> None:
        """Answer with what is wanted; nothing of it is no answer."""
        if self._known is not None:
            self.answer(self._chosen or None)


class Moves(OptionList):
    """The moves, one a line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
    ]

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(compact=True, markup=False)
        self._drawn: list[Content] = []
        self._marked: int | None = None

    def show(self, lines: list[Content]) -> None:
        """Show these lines; only those that differ are drawn anew."""
        if len(lines) != len(self._drawn):
            self._drawn, self._marked = lines, None
            self.clear_options()
            self.add_options(Option(_ELSEWHERE + each) for each in lines)
            self.highlighted = 0
            return
        for at, (old, new) in enumerate(zip(self._drawn, lines, strict=True)):
            if old.plain != new.plain:
                self._drawn[at] = new
                self._put(at)

    def _put(self, at: int) -> None:
        mark = _AT if at == self.highlighted else _ELSEWHERE
        self.replace_option_prompt_at_index(at, mark + self._drawn[at])

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Mark the line of the cursor, for terminals whose colours do not show it."""
        super().watch_highlighted(highlighted)
        for at in {self._marked, highlighted} - {None}:
            if at is not None and at < len(self._drawn):
                self._put(at)
        self._marked = highlighted


def laid_out(parts: Sequence[Content], cells: int, most: int) -> Content:
    """Return the parts in lines, none of them broken; the last line says how many more there are.

    Textual breaks lines at hard spaces, too: a sign would stand under a name it is not about.
    """
    lines = [Content("")]
    for place, part in enumerate(parts):
        gap = _GAP if lines[-1] else ""
        last = len(lines) == most
        left = len(parts) - place
        more = f"{_GAP}and {left - 1} more" if last and left > 1 else ""
        if lines[-1].cell_length + len(gap) + part.cell_length + len(more) <= cells:
            lines[-1] = lines[-1] + gap + part
        elif last:
            lines[-1] = lines[-1] + Content.styled(f"{gap}and {left} more", ink.MUTED)
            break
        else:
            lines.append(part)
    return Content("\n").join(lines)


def _stays(known: Proposed) -> str:
    """Say what cannot be moved, and why."""
    stays = known.proposal.stays
    told = [f"#{each.number}: {settled(each.why)}" for each in stays[:_STAYS]]
    if (more := len(stays) - _STAYS) > 0:
        told.append(f"and {more} more")
    verb = "stays" if len(stays) == 1 else "stay"
    return f"{len(stays)} {verb}. {'; '.join(told)}" if told else ""
