"""Every key with what it does, out of the registry; typing finds one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Input, Static

from tui.board.action import Action, Scope, meet
from tui.board.actions import SECTIONS
from tui.board.keymap import Keymap
from tui.board.screens import ink
from tui.board.screens.fields import Line
from tui.board.screens.hints import Hint, Hints
from tui.board.screens.labelled import Labelled
from tui.board.screens.page import Page

if TYPE_CHECKING:
    from tui.board.app import BoardApp


def found(typed: str, keymap: Keymap) -> dict[str, list[Action]]:
    """Return the actions by section in whose keys or words all that is typed occurs."""
    wanted = typed.casefold().split()

    def fits(action: Action) -> bool:
        keys = keymap.shown(action)
        text = f"{action.label} {action.help}".casefold()
        return all(word in text or word in map(str.casefold, keys) for word in wanted)

    sections = {name: [each for each in part if fits(each)] for name, part in SECTIONS.items()}
    return {name: part for name, part in sections.items() if part}


class HelpScreen(Page):
    """The keys, those that work on the screen it was asked from first. Esc goes back."""

    CSS_PATH: ClassVar[CSSPathType] = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+g", "back", show=False),
        Binding("down", "scroll('down')", show=False, priority=True),
        Binding("up", "scroll('up')", show=False, priority=True),
        Binding("pagedown", "scroll('page_down')", show=False, priority=True),
        Binding("pageup", "scroll('page_up')", show=False, priority=True),
    ]

    def __init__(self, scope: Scope) -> None:
        """Help on the queue or on a request."""
        super().__init__()
        self._scope = scope

    def compose(self) -> ComposeResult:
        """Lay out title and field, the keys, and hints."""
        with Horizontal(id="find"):
            yield Static(Content.styled("Keys", "bold"), id="title")
            yield Line(placeholder="type to find: claim, snooze, !")
        yield VerticalScroll(can_focus=False)
        yield Hints(*self.hints())

    def hints(self) -> Iterable[Hint]:
        """Return the keys to tell about."""
        yield Hint("↑↓", "scroll")
        yield Hint("esc", "back", "screen.back")
        yield Hint("[keys]", "in the config changes keys")

    async def on_mount(self) -> None:
        """Show every key."""
        await self._show("")

    async def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits what is typed."""
        event.stop()
        await self._show(event.value)

    async def _show(self, typed: str) -> None:
        keymap = cast("BoardApp", self.app).keymap
        sections = found(typed, keymap)
        width = max(len(_keys(each, keymap)) for part in SECTIONS.values() for each in part) + 2
        page: list[Static | Labelled] = []
        for name in sorted(sections, key=lambda name: not self._works_here(sections[name])):
            page.append(Static(Content(name), classes="caption"))
            rows = Labelled(width, label_style=ink.KEY)
            rows.show([(_keys(each, keymap), Content(each.help)) for each in sections[name]])
            page.append(rows)
        if not page:
            page.append(Static(Content("No key does that.")))
        scroller = self.query_one(VerticalScroll)
        with self.app.batch_update():
            await scroller.remove_children()
            await scroller.mount_all(page)

    def _works_here(self, actions: Sequence[Action]) -> bool:
        return any(meet(each.scope, self._scope) for each in actions)


def _keys(action: Action, keymap: Keymap) -> str:
    return " ".join(keymap.shown(action))
