"""The line at the foot of a dialog: each key with what it does, and each can be clicked."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.events import Click
from textual.style import Style
from textual.widgets import Static

from tui.board.screens import ink


@dataclass(frozen=True, slots=True)
class Hint:
    """A key, what it does, and the action a click on it runs ("" if it is only said)."""

    key: str
    label: str
    action: str = ""


class Hints(Static):
    """Hints in one line, as many as fit."""

    def __init__(self, *hints: Hint) -> None:
        """Show ``hints`` from left to right."""
        parts = [
            Content.assemble((hint.key, ink.KEY), " ", hint.label).stylize(
                Style.from_meta({"runs": hint.action})
            )
            for hint in hints
        ]
        super().__init__(Content("   ").join(parts))

    async def on_click(self, event: Click) -> None:
        """Do what the hint says."""
        if action := event.style.meta.get("runs"):
            event.stop()
            await self.run_action(action)
