"""A dialog whose field and list work together: typing finds, arrows move, Enter picks."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList

from tui.board.screens.choices import Choice, Choices
from tui.board.screens.dialog import Dialog

Result = TypeVar("Result")


class FindingDialog(Dialog[Result]):
    """Answers with the value of the choice under the cursor of its ``Choices``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
    ]

    def on_mount(self) -> None:
        """Leave the focus to the fields: Tab goes from one to the next, and clicks only pick."""
        self.query_one(Choices).can_focus = False

    def action_move(self, step: int) -> None:
        """Move in the list while typing goes on in the field."""
        choices = self.query_one(Choices)
        if step > 0:
            choices.action_cursor_down()
        else:
            choices.action_cursor_up()

    def action_pick(self) -> None:
        """Answer with what is under the cursor."""
        self.query_one(Choices).action_select()

    def picked(self, choice: Choice) -> None:
        """Answer with what was picked."""
        self.answer(choice.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Pick on Enter."""
        event.stop()
        self.action_pick()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take what was picked.

        Textual calls a handler of every class: what is different elsewhere is ``picked``.
        """
        event.stop()
        self.picked(self.query_one(Choices).choices[event.option_index])
