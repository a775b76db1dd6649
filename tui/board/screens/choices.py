"""A list to pick from with one key, the arrows or the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.board.cells import settled, settled_lines
from tui.board.screens import ink

_MARKED = Content.styled("▌ ", ink.KEY)
_UNMARKED = Content("  ")


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to pick: its key, its name, a few words about it, and what picking it gives.

    ``why_not`` greys it out and stands in place of ``detail``.
    """

    key: str
    label: str
    value: Any
    detail: str = ""
    why_not: str = ""


class Choices(OptionList):
    """Choices, one a line, in columns: key, label, detail."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
    ]

    def __init__(self, choices: Sequence[Choice], id: str | None = None) -> None:  # noqa: A002 -- Textual's name for it
        """Show ``choices``."""
        super().__init__(compact=True, markup=False, id=id)
        self.choices: tuple[Choice, ...] = ()
        self._prompts: list[Content] = []
        self._marked: int | None = None
        self.show(choices)

    def show(self, choices: Sequence[Choice]) -> None:
        """Show these choices instead; the cursor goes to the first that can be picked."""
        self.choices = tuple(choices)
        key_width = max((len(choice.key) for choice in choices), default=0)
        labels = [Content(settled(choice.label)) for choice in choices]
        label_width = max((label.cell_length for label in labels), default=0)
        self._prompts = [
            _line(choice, key_width, label.pad_right(label_width - label.cell_length))
            for choice, label in zip(choices, labels, strict=True)
        ]
        self._marked = None
        self.clear_options()
        self.add_options(
            Option(_UNMARKED + prompt, disabled=bool(choice.why_not))
            for choice, prompt in zip(choices, self._prompts, strict=True)
        )
        self.action_first()

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Mark the line of the cursor, for terminals whose colours do not show it."""
        super().watch_highlighted(highlighted)
        for index, mark in ((self._marked, _UNMARKED), (highlighted, _MARKED)):
            if index is not None and index < len(self._prompts):
                self.replace_option_prompt_at_index(index, mark + self._prompts[index])
        self._marked = highlighted

    def by_key(self, key: str) -> Choice | None:
        """Return the choice that ``key`` picks; None if there is none or it cannot be had."""
        for choice in self.choices:
            if choice.key == key and not choice.why_not:
                return choice
        return None


def _line(choice: Choice, key_width: int, label: Content) -> Content:
    parts = []
    if key_width:
        parts.append(Content.styled(choice.key.ljust(key_width), ink.KEY))
    parts.append(label)
    if said := choice.why_not or choice.detail:
        # Not ``settled``: figures stand in columns by their spaces.
        parts.append(Content.styled(settled_lines(said).replace("\n", " "), ink.MUTED))
    return Content("  ").join(parts)
