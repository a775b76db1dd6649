"""A small app for the screens to stand on: a desk made by hand instead of a store."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from textual.app import App
from textual.content import Content
from textual.pilot import Pilot
from textual.screen import Screen
from textual.worker import Worker

from store.clock import SetClock
from store.errors import NotFound
from store.mail_records import CannedAnswer
from store.records import Actor, Address, MessageView, Reader, RequestView
from store.words import Direction, Role
from tests.tui.screens.samples import NOW, request_view, rulebook
from tui.board.keymap import keymap
from tui.board.reply.draft import Answer, Draft
from tui.board.screens.palette import ActionCommands
from tui.board.screens.request import RequestScreen
from tui.board.themes import THEMES
from tui.board.widgets.footer import AT_THE_END, Footer
from tui.board.widgets.header import Header, Standing
from tui.board.widgets.views import views


@dataclass
class HandMadeDesk:
    """Requests by number, originals by message id."""

    views: dict[int, RequestView] = field(default_factory=lambda: {1042: request_view()})
    originals: dict[int, bytes] = field(default_factory=dict)
    canned: tuple[CannedAnswer, ...] = ()

    def request(self, number: int) -> RequestView:
        """Return a request as ``store.queries`` would."""
        if number not in self.views:
            raise NotFound(f"There is no request #{number}")
        return self.views[number]

    def original(self, message_id: int) -> bytes:
        """Return a mail as ``store.queries`` would."""
        if message_id not in self.originals:
            raise NotFound("This message did not come by mail")
        return self.originals[message_id]


@dataclass
class Link:
    """Asks the desk at once."""

    desk: HandMadeDesk

    async def ask(self, question: Callable[[Any], Any]) -> Any:
        """Return the answer."""
        return question(self.desk)


@dataclass
class Around:
    """Tells the heads the time and who sits here."""

    app: Stage

    def tell_footer(
        self, screen: Screen[object], actions: Sequence[str], end: Sequence[str] = AT_THE_END
    ) -> None:
        """Tell these keys."""
        screen.query_one(Footer).tell(actions, self.app.keymap, end=end)

    def views(self, here: str) -> Content:
        """Return the views."""
        return views(here, self.app.keymap, 42, None, 3)

    def tell_headers(self, screens: Iterable[Screen[object]]) -> None:
        """Tell it on these screens."""
        standing = Standing(self.app.clock.now(), self.app.rules, self.app.me, mail=None)
        for screen in screens:
            screen.query_one(Header).tell(standing, wide=not screen.has_class("-narrow"))


@dataclass
class Backstage:
    """Takes replies as if they were sent; ``sends`` says whether they are."""

    answers: list[Answer] = field(default_factory=list)
    sends: bool = True

    @property
    def handlers(self) -> Backstage:
        """Return what sends."""
        return self

    async def send(self, _rows: object, answer: Answer) -> bool:
        """Keep what is to be sent."""
        self.answers.append(answer)
        return self.sends


class Stage(App[None]):
    """Stands in for the board. Actions that are not the screen's own are only kept."""

    COMMANDS: ClassVar = {ActionCommands}

    def __init__(self, desk: HandMadeDesk | None = None, theme: str = "dark") -> None:
        super().__init__()
        self.animation_level = "none"
        for each in THEMES:
            self.register_theme(each)
        self.theme = theme
        self.desk = desk or HandMadeDesk()
        self.link = Link(self.desk)
        self.rules = rulebook()
        self.clock = SetClock(NOW)
        self.me = Actor("ana", "Ana Lovelace", Role.LEAD)
        self.keymap = keymap({})
        self.around = Around(self)
        self.backstage = Backstage()
        self.zone = ZoneInfo(self.rules.timezone)
        self.drafts: dict[int, Draft] = {}
        self.readers: dict[int, tuple[Reader, ...]] = {}
        self.looked_at: list[int | None] = []
        self.writes = False
        self.performed: list[str] = []
        self.answers: list[Any] = []

    async def action_perform(self, id_: str) -> None:
        """Do what is the screen's own; keep the rest."""
        owners = [self.screen, *self.screen.query("ReplyEditor")]
        do = next((getattr(each, f"do_{id_}", None) for each in reversed(owners)), None)
        do = do or getattr(self.screen, f"do_{id_}", None)
        if do is None:
            self.performed.append(id_)
        elif inspect.isawaitable(result := do()):
            await result

    def say(self, text: str, about: str = "", *, refused: bool = False) -> None:
        """Show a toast."""
        self.notify(f"{text} {about}", markup=False)

    def begin(self, work: Any, name: str = "") -> None:
        """Begin what asks and waits."""
        self.run_worker(work, name=name, group="work")

    def tell_failure(self, event: Worker.StateChanged) -> None:
        """Fail, with what a screen's worker failed with."""
        if event.worker.error is not None:
            raise event.worker.error

    async def answer_of(self, dialog: Any) -> Any:
        """Return what is answered in ``dialog``."""
        return await self.push_screen_wait(dialog)

    def look_at(self, number: int | None, *, writing: bool = False) -> None:
        """Keep what the board says it shows."""
        if self.looked_at[-1:] != [number]:
            self.looked_at.append(number)
        self.writes = writing

    def neighbour(self, number: int, step: int) -> int | None:
        """Return the next number in the order of numbers."""
        numbers = sorted(self.desk.views)
        at = numbers.index(number) + step
        return numbers[at] if 0 <= at < len(numbers) else None

    def rows(self) -> tuple[()]:
        """Return no requests."""
        return ()


def painted(app: App[Any]) -> str:
    """Return the text on the screen."""
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in lines)


async def shown(pilot: Pilot[Any], number: int = 1042) -> Any:
    """Open a request and wait until it is there."""
    await pilot.app.push_screen(RequestScreen(number))
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    return pilot.app.screen


def talk(count: int) -> tuple[MessageView, ...]:
    """Return ``count`` messages of five lines each."""
    grace = Address("Grace Hopper", "grace.hopper@northgate.example")
    return tuple(
        MessageView(id_, Direction.IN, grace, NOW, "\n".join(f"{id_}.{n}" for n in range(5)), "")
        for id_ in range(1, count + 1)
    )


async def known(value: Any) -> Any:
    """Answer as the store does."""
    return value
