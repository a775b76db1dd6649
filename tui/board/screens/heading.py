"""The head of a request: what it is, how it stands, who asks, and who else is looking."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from store.records import RequestView
from store.rulebook import Rulebook
from tui.board.cells import settled
from tui.board.screens import facts, ink
from tui.board.screens.levels import weight

#: Columns from which facts and history stand beside the conversation.
WIDE = 100


class ReadersRule(Widget):
    """The line under the head; it carries who else is looking, so that nothing moves."""

    said: reactive[str] = reactive("")

    def render(self) -> Content:
        """Draw the line, the words near its right end."""
        words = f" {self.said} " if self.said else ""
        right = "──" if words else ""
        left = "─" * max(self.size.width - Content(words).cell_length - len(right), 0)
        return Content.assemble((left, ink.RULE), (words, ink.TELL), (right, ink.RULE))


class Heading(Vertical):
    """Two lines and a rule."""

    def compose(self) -> ComposeResult:
        """Lay out subject and standing, requester and claim, and the rule."""
        with Horizontal():
            yield Static(id="subject")
            yield Static(id="standing")
        with Horizontal():
            yield Static(id="requester")
            yield Static(id="claimed")
        yield ReadersRule()

    def show(self, view: RequestView, rules: Rulebook) -> None:
        """Show the head of ``view``."""
        row = view.row
        subject = settled(row.subject) or "(no subject)"
        self.query_one("#subject", Static).update(
            Content.assemble((f"#{row.number} ", ink.MUTED), (subject, "bold"))
        )
        rated = Content.styled(
            f" ({weight(view.impact, view.urgency)})" if self.app.size.width >= WIDE else "",
            ink.MUTED,
        )
        self.query_one("#standing", Static).update(
            Content.assemble(
                (facts.priority(view), ink.LATE if row.emergency else "bold"),
                rated,
                f"   {facts.standing(view, rules)}",
            )
        )
        self.query_one("#requester", Static).update(Content(facts.requester(view, rules)))
        self.query_one("#claimed", Static).update(Content(facts.claimed(view)))

    def tell_readers(self, words: str) -> None:
        """Say who else is looking, in these words."""
        self.query_one(ReadersRule).said = words
