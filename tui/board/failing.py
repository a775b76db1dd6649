"""What becomes of an error that nobody foresaw in what a screen does behind its back."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.worker import Worker

if TYPE_CHECKING:
    from textual.widget import Widget

    from tui.board.app import BoardApp


class TellsFailures:
    """For a screen with workers of its own: Textual tells only the screen how they ended."""

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Let the app say it, as it says what stops an action."""
        cast("BoardApp", cast("Widget", self).app).tell_failure(event)
