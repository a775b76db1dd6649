"""Looks at the three views on a board, and tells every line that the accountant does not expect."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, cast

from textual.pilot import Pilot

from store.end_run_records import Period
from tests.day import pages
from tests.day.basics import NAMES
from tests.day.books import Books
from tests.day.keyboard import until
from tests.day.runs_page import PERIODS, runs_page
from tests.day.words import plain
from tests.tui.board.school import lines
from tui.board.app import BoardApp
from tui.board.views.end_runs.screen import EndRunsScreen
from tui.board.views.mine.screen import MineScreen
from tui.board.views.workload.screen import WorkloadScreen

#: What is drawn beside numbers that are compared: bars, the cursor, rules.
_DRAWN = re.compile("[▌▁▂▃▄▅▆▇█─│]")
_TITLES = "# pri clock subject who · dept to"


async def looked_over(pilot: Pilot[Any], books: Books, me: str) -> list[str]:
    """Return what is not as the accountant says, on the board of ``me``."""
    app = cast("BoardApp", pilot.app)
    found: list[str] = []

    def compare(what: str, expected: Sequence[str], seen: Sequence[str]) -> None:
        found.extend(f"{books.now:%H:%M} {me} {what}: {each}" for each in _differ(expected, seen))

    async def seen(reached: Callable[[], object]) -> list[str]:
        await _settled(pilot, reached)
        painted = lines(app)
        above = next(plain(line) for line in painted if "1 Queue" in line)
        compare("views", [pages.views(books, me)], [above.partition(" 7 Intake")[0]])
        return painted

    compare("beside", pages.beside(books, me), _panel(await seen(lambda: app.queue.index)))

    await pilot.press("2")
    painted = await seen(lambda: isinstance(app.screen, MineScreen) and app.screen.known)
    compare("mine", pages.mine_page(books, me), _by_section(_body(painted)))

    await pilot.press("3")
    for weeks in PERIODS:
        painted = await seen(lambda: _knows_doors(app, weeks))  # noqa: B023
        body = _body(painted)
        end = next(at for at, line in enumerate(body) if line == "HOW IT IS COUNTED")
        compare(f"end-runs of {weeks}", runs_page(books, me, weeks), _by_count(body[:end]))
        compare("how", _HOW, [line for line in body[end:] if re.search(r"\d", line)])
        compare("period", [f"p {PERIODS[weeks]}"], [_period(painted)])
        await pilot.press("p")

    await pilot.press("4")
    painted = await seen(lambda: isinstance(app.screen, WorkloadScreen) and app.screen.known)
    everybody, columns = _columns(painted)
    compare("everybody", [pages.everybody(books)], [everybody])
    for expected, column in zip(pages.columns(books, me), columns, strict=True):
        compare("workload", expected, column)
    return found


#: What of the notes on how it is counted has a number in it.
_HOW = (
    "Focus: 15 min for each who walked up, phoned or chatted; assumed, not measured.",
    "Below 6 only a count is told, a share from 20 on.",
)


def _differ(expected: Sequence[str], seen: Sequence[str]) -> list[str]:
    missing, more = [*expected], []
    for line in seen:
        if line in missing:
            missing.remove(line)
        else:
            more.append(line)
    found = [f"expected {each!r}" for each in missing] + [f"seen {each!r}" for each in more]
    if not found and [*expected] != [*seen]:
        return [f"in another order: {[*seen]}, not {[*expected]}"]
    return found


async def _settled(pilot: Pilot[Any], reached: Callable[[], object]) -> None:
    await until(reached)
    await pilot.pause()


def _period(painted: Sequence[str]) -> str:
    line = next(plain(line) for line in painted if "1 Queue" in line)
    return re.sub(r".* 7 Intake (?:✓|▲ \d+) ?", "", line)


def _body(painted: Sequence[str]) -> list[str]:
    """Return what stands between the two rules, line by line."""
    rules = [at for at, line in enumerate(painted) if line.strip().startswith("────")]
    painted = _hours_joined(painted[rules[0] + 1 : rules[-1]])
    inside = [plain(_DRAWN.sub(" ", line)) for line in painted]
    return [line for line in inside if line and line != _TITLES]


def _by_section(body: Sequence[str]) -> list[str]:
    """Return the lines with those of each section in the order of their words."""
    found: list[str] = []
    section: list[str] = []
    for line in [*body, ""]:
        if re.match(r"[A-Z][A-Z,-]+ [A-Z]|PROMISED", line) or not line:
            found += sorted(section)
            section = []
            found += [line] if line else []
        else:
            section.append(line)
    return found


def _by_count(body: Sequence[str]) -> list[str]:
    """Return the lines; of those that count most first, the same count in the order of words."""
    found: list[tuple[str, str]] = []
    ranked = False
    for line in body:
        if line == line.upper():
            ranked = line in {"BY PERSON", "BY DOOR", "DEPARTMENTS", "WHO ASKED MOST"}
        counted = re.match(r"[^\d#≥]+ (\d+)(?: |$)", line) if ranked else None
        found.append((counted[1] if counted else "", line))
    return [
        line
        for count, same in groupby(found, key=itemgetter(0))
        for _, line in (sorted(same) if count else same)
    ]


def _hours_joined(painted: Sequence[str]) -> list[str]:
    """Return the lines with the hours of the day and what stands above each in one."""
    joined: list[str] = []
    for line in painted:
        if re.fullmatch(r"\s*(\d\d\s+){8,}\d\d\s*", line):
            places = [(found[0], found.start()) for found in re.finditer(r"\d\d", line)]
            above = joined.pop()
            counts = [(hour, above[at : at + 4].strip() or "–") for hour, at in places]
            joined.append(" ".join(f"{hour}:{count}" for hour, count in counts))
        else:
            joined.append(line)
    return joined


def _panel(painted: Sequence[str]) -> list[str]:
    """Return the panels of end-runs and of today beside the queue."""
    seen = [plain(_DRAWN.sub(" ", line.rpartition("│")[2])) for line in painted if "│" in line]
    begin = next(at for at, line in enumerate(seen) if line.startswith("END-RUNS"))
    return [line for line in seen[begin:] if line and not line.startswith("first answer")]


def _knows_doors(app: BoardApp, weeks: int) -> bool:
    screen = app.screen
    if not isinstance(screen, EndRunsScreen) or screen.known is None:
        return False
    whole = screen.known.doors is not None and screen.known.converted is not None
    return whole and screen.known.figures.period is Period(weeks)


def _columns(painted: Sequence[str]) -> tuple[str, list[list[str]]]:
    """Return the line with everybody, and each column's lines, the requests sorted."""
    rules = [at for at, line in enumerate(painted) if line.strip().startswith("────")]
    above, *inside = painted[rules[0] + 1 : rules[-1]]
    cells = len(above) // len(NAMES)
    seen = []
    for place in range(len(NAMES)):
        parts = [line[place * cells : (place + 1) * cells] for line in inside]
        column = [line for line in (plain(part.replace("▌", " ")) for part in parts) if line]
        heads = [line for line in column if not re.match(r"[×!=–z]? ?\d{4} P|nothing", line)]
        seen.append(heads + sorted(column[len(heads) :]))
    return plain(above), seen
