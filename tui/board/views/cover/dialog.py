"""Changing a stretch of cover: who comes, from when to when, and which gaps that opens or closes.

The effect is told while the answer is picked and typed. What would open a gap is asked once
more, over the dialog, so that "no" leads back to it. The dialog stays until the answer is saved:
what the store refuses is not lost, and can be mended.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Input, OptionList, Static

from store.errors import DeskwatchError
from store.rules.attention import rounded
from store.rules.cover_words import period
from store.rules.roster import Change
from tui.board.cells import settled
from tui.board.screens import ink
from tui.board.screens.choices import Choice, Choices
from tui.board.screens.confirm import ConfirmDialog
from tui.board.screens.fields import Line
from tui.board.screens.finding import FindingDialog
from tui.board.screens.hints import Hint
from tui.board.views.cover.offers import Offer
from tui.board.views.cover.times import read, read_end, written
from tui.board.when import NotATimeError

if TYPE_CHECKING:
    from store.rules.cover import GapChange, Stretch

#: People or stretches shown at once.
_ROWS = 6

Answer = tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a dialog is about, and how it finds out what an answer would do."""

    title: str
    about: str
    """The stretch in words."""
    start: datetime
    """From when it is to be at first, naive."""
    end: datetime
    today: date
    changes: Callable[[Offer, tuple[datetime, datetime]], Answer]
    """Returns the changes for an offer and its times."""
    effect: Callable[[Answer], Awaitable[GapChange]]
    """Returns what changes do to the gaps."""
    told: Callable[[Stretch], str]
    """Returns a gap in words."""
    save: Callable[[Answer], Coroutine[None, None, None]]
    """Enters changes, calls ``saved`` or ``refuse``, and ends ``saves`` whatever happens."""


class CoverDialog(FindingDialog[Answer]):
    """Answers with the changes to enter."""

    CSS_PATH: ClassVar[CSSPathType] = ["../../screens/dialog.tcss", "dialog.tcss"]

    def __init__(
        self, asked: Asked, offers: Awaitable[Sequence[Choice]], noun: str = "who"
    ) -> None:
        """Ask ``asked``, offering what ``offers`` gives; with one offer there is no list."""
        super().__init__(asked.title, asked.about)
        self._asked = asked
        self._awaited = offers
        self._noun = noun
        self._offers: list[Choice] = []
        self._weighed: tuple[Answer, GapChange] | None = None
        self.ready = False
        self.saves = False
        """Whether an answer is on its way to the store: what is typed now comes after it."""

    def body(self) -> ComposeResult:
        """Return the field to find somebody, the list, the times, and what comes of it."""
        with Horizontal(classes="field", id="finding"):
            yield Static(self._noun, classes="label", markup=False)
            yield Line(placeholder="type a part of a name", id="find")
        yield Choices(())
        with Horizontal(classes="field", id="times"):
            yield Static("from", classes="label", markup=False)
            yield Line(written(self._asked.start), id="from")
            yield Static("to", classes="label", id="until", markup=False)
            yield Line(written(self._asked.end), id="to")
        yield Static("", classes="said", markup=False)

    def hints(self) -> Iterable[Hint]:
        """Tell how to pick, and how to come to the times."""
        if self._noun:
            yield Hint("↑↓", "move")
        yield Hint("enter", "save", "screen.pick")
        yield Hint("tab", "from, to", "app.focus_next")
        yield from super().hints()

    def on_mount(self) -> None:
        """Wait for what is offered."""
        if not self._noun:
            self.query_one(Choices).display = self.query_one("#finding").display = False
            self.set_focus(self.query_one("#from", Line))
        self._offer()

    @work(exit_on_error=False)
    async def _offer(self) -> None:
        found = await self.known(self._awaited)
        if found is None:
            return
        self._offers = list(found)
        self.query_one(Choices).styles.height = min(max(len(self._offers), 1), _ROWS)
        self._list(self.query_one("#find", Line).value)
        self.ready = True

    # ------------------------------------------------------------------ what is picked and typed

    @on(Input.Changed, "#find")
    def _find(self, event: Input.Changed) -> None:
        event.stop()
        self._list(event.value)

    @on(Input.Changed, "#from")
    @on(Input.Changed, "#to")
    @on(OptionList.OptionHighlighted)
    def _changed(self, event: Input.Changed | OptionList.OptionHighlighted) -> None:
        event.stop()
        self._weigh()

    def _list(self, typed: str) -> None:
        wanted = settled(typed).casefold().split()
        found = [
            each
            for each in self._offers
            if all(word in f"{each.label} {each.detail}".casefold() for word in wanted)
        ]
        self.query_one(Choices).show(found)
        self._weigh()

    @property
    def _picked(self) -> Offer | None:
        choices = self.query_one(Choices)
        at = choices.highlighted
        if at is None or choices.choices[at].why_not:
            return None
        offer = choices.choices[at].value
        return offer if isinstance(offer, Offer) else None

    def _answer(self) -> Answer | None:
        """Return the changes as they are picked and typed; None, said below, if they are none."""
        asked = self._asked
        try:
            start = read(self.query_one("#from", Line).value, asked.start, asked.today)
            end = read_end(self.query_one("#to", Line).value, start, asked.today)
        except NotATimeError as problem:
            self._say(Content(str(problem)), wrong=True)
            return None
        if start >= end:
            self._say(Content("It ends before it begins; give a later end."), wrong=True)
            return None
        offer = self._picked
        if offer is None:
            said = "Nobody like that can be picked." if self._offers else "Nobody can be asked."
            self._say(Content(said), wrong=True)
            return None
        return asked.changes(offer, (start, end))

    @work(exclusive=True, group="weigh", exit_on_error=False)
    async def _weigh(self) -> None:
        """Tell which gaps the answer would open and close."""
        answer = self._answer()
        if answer is None:
            return
        try:
            effect = await self._asked.effect(answer)
        except DeskwatchError as problem:
            self._say(Content(str(problem)), wrong=True)
            return
        self._weighed = (answer, effect)
        if self.is_attached:
            self._tell(answer[0], effect)

    def _tell(self, first: Change, effect: GapChange) -> None:
        """Say when it is to be, as it was understood, and what comes of it."""
        length = rounded(first.end - first.start)
        parts = [Content(f"{period(first.start, first.end, self._asked.today)}, {length}")]
        for verb, gaps, style in (
            ("opens", effect.opened, f"{ink.LATE} bold"),
            ("closes", effect.closed, ""),
        ):
            if gaps:
                said = " · ".join(self._asked.told(gap) for gap in gaps)
                parts.append(Content.assemble(f"{verb} ", (f"▲ {said}", style)))
        if not (effect.opened or effect.closed):
            parts.append(Content("opens no gap, closes none"))
        self._say(Content("   ").join(parts))

    def _say(self, words: Content, *, wrong: bool = False) -> None:
        said = self.query_one(".said", Static)
        said.update(words)
        said.set_class(wrong, "-wrong")

    # ------------------------------------------------------------------ the answer

    def picked(self, choice: Choice) -> None:  # noqa: ARG002 -- it is the one under the cursor
        """Save what was clicked."""
        self.action_pick()

    def action_pick(self) -> None:
        """Save what is under the cursor, once."""
        if not self.saves:
            self._save()

    @work(exclusive=True, group="save", exit_on_error=False)
    async def _save(self) -> None:
        """Save the answer and leave; what would open a gap is asked once more."""
        answer = self._answer()
        if answer is None:
            return
        weighed = self._weighed
        if weighed is None or weighed[0] != answer:
            try:
                effect = await self._asked.effect(answer)
            except DeskwatchError as problem:
                self._say(Content(str(problem)), wrong=True)
                return
        else:
            effect = weighed[1]
        if effect.opened:
            gaps = " · ".join(f"▲ {self._asked.told(gap)}" for gap in effect.opened)
            question = ConfirmDialog("", "This opens a gap. Save it all the same?", gaps)
            if not await self.app.push_screen_wait(question):
                return
        self.saves = True
        # The app sees to it: what is begun is ended, also if this dialog is left meanwhile.
        self.app.run_worker(self._asked.save(answer), group="work", exit_on_error=False)

    def saved(self, answer: Answer | None) -> None:
        """Leave: ``answer`` is saved, or there is nothing any more that it could be about."""
        self.answer(answer)

    def refuse(self, reason: str) -> None:
        """Stay, say why the answer could not be saved, and let it be mended."""
        self._say(Content(reason), wrong=True)
