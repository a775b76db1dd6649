"""Hands on a board: keys, as fast as a line delivers them, and a cursor that is put somewhere."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from typing import Any

from textual.events import Key, Paste
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, TextArea

from store.records import BoardRow
from tui.board.app import BoardApp
from tui.board.views.end_runs.screen import EndRunsScreen
from tui.board.views.mine.screen import MineScreen
from tui.board.views.workload import place as places
from tui.board.views.workload.screen import WorkloadScreen
from tui.board.widgets.listed import Listed

_PATIENCE_S = 60


async def press(app: BoardApp, keys: str) -> None:
    """Press the keys of a line, as fast as a line delivers them; a quoted text comes in one piece.

    The board itself sees to it that each has its effect before the next.
    """
    driver = app._driver
    assert driver is not None
    for text, key in re.findall(r'"([^"]*)"|(\S+)', keys):
        if text:
            await until(lambda: isinstance(app.focused, Input | TextArea))
        event, before = Paste(text) if text else _key(key), app.screen
        event.set_sender(app)
        driver.send_message(event)
        await asyncio.sleep(0.001)
        for _ in range(2):  # one thing that is asked of the store may lead to another
            await until(lambda: not _waits(app) and _opened(app, before))  # noqa: B023
            await asyncio.sleep(0.01)


def _key(key: str) -> Key:
    names = {".": "full_stop", "=": "equals_sign", "?": "question_mark"}
    return Key(names.get(key, key), key if len(key) == 1 else None)


def _waits(app: BoardApp) -> bool:
    """Say whether something that was typed has not had its effect yet."""
    ahead = app._typeahead
    return ahead._following is not None or bool(ahead._kept) or ahead._turn is not None


def _opened(app: BoardApp, before: Screen[Any]) -> bool:
    """Say whether what a key opens is there, if it opens anything."""
    asks = isinstance(app.screen, ModalScreen)
    went = app.screen is not before and not isinstance(before, ModalScreen)
    return asks or went or not _works(app)


def _works(app: BoardApp) -> bool:
    return any(worker.group == "work" and worker.is_running for worker in app.workers)


def busy(app: BoardApp) -> bool:
    """Say whether something that was begun goes on."""
    return _waits(app) or app.work_goes_on or _works(app)


async def until(reached: Callable[[], object]) -> None:
    """Let the boards work until ``reached``; fail if that takes too long."""
    deadline = time.monotonic() + _PATIENCE_S
    while not reached():
        assert time.monotonic() < deadline, "the board never got there"
        await asyncio.sleep(0.005)


async def point(pilot: Pilot[Any], row: BoardRow) -> None:
    """Put the cursor on a request, as soon as the screen has it as it stands now."""
    screen = pilot.app.screen
    number = row.number

    def there() -> bool:
        match screen:
            case EndRunsScreen():
                return number in screen.on_lines
            case WorkloadScreen():
                rows = [each for one in screen.columns.people for each in one.rows]
                return any((each.number, each.version) == (number, row.version) for each in rows)
            case _:
                here = pilot.app.queue.list.rows.get(number)
                return here is not None and here.version == row.version

    if isinstance(screen, EndRunsScreen | WorkloadScreen):
        await until(there)
    match screen:
        case EndRunsScreen():
            screen.query_one(Listed).go_to(f"#{number}")
        case WorkloadScreen():
            columns = screen.columns
            column, at = next(
                (column, at)
                for column, one in enumerate(columns.people)
                for at, each in enumerate(one.rows)
                if each.number == number
            )
            columns._go(places.to(columns.place, columns.people, columns.room, column, at))
        case MineScreen():
            await until(lambda: screen.list._place_of(number) is not None)
            screen.list.point(number)
        case _:
            order = pilot.app.queue.list
            await until(lambda: order.order.place(number) is not None)
            order.go_to(order.order.place(number))
            await until(there)
