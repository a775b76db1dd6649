"""The board with 100 and with 100,000 open requests: first paint, key to repaint, idle load.

    python -m bench.board [--live 100 100000] [--closed 20000] [--starts 7] [--keys 200]
                          [--idle 15] [--folder DIR]

The board runs as its users run it, on a pseudo-terminal, on a SQLite file filled by
``bench.stored``; the sizes take turns, so that whatever else the machine does falls on both.
``--folder`` keeps the databases for the next time.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from bench.stored import EXAMPLE, fill
from bench.terminal import Terminal
from store.policy.apply import apply_file

_ROW = re.compile(r"overdue \d|\d left|due \d|due [A-Z]")
_SIZE = (120, 36)
#: So that fifty clocks are on the screen.
_TALL = (120, 58)
_PATIENCE_S = 60.0
#: What a skeleton, and a store, cannot do without: the yardstick for a machine's speed today.
_FLOORS = ("textual.app", "textual.app, sqlmodel")
#: After the start: the index is read, the counts are taken.
_SETTLED_S = 2.0


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, and print what came of it with the ratios."""
    parser = argparse.ArgumentParser(prog="bench.board", description=__doc__.partition("\n")[0])
    parser.add_argument("--live", type=int, nargs=2, default=(100, 100_000))
    parser.add_argument("--closed", type=int, default=20_000)
    parser.add_argument("--starts", type=int, default=7)
    parser.add_argument("--keys", type=int, default=200)
    parser.add_argument("--idle", type=float, default=15.0)
    parser.add_argument("--folder", type=Path)
    args = parser.parse_args(argv)
    with ExitStack() as stack:
        folder = args.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        few, many = (_Subject(folder, live, args.closed) for live in args.live)
        print(f"{'':26}{few.name:>12}{many.name:>12}{'ratio':>8}   wanted")
        starts = _starts(few, many, args.starts)
        _tell("skeleton, ms", *starts[0], "≤ 300")
        _tell("requests on the screen, ms", *starts[1], "≤ 750, ratio ≤ 1.2")
        for libraries, start in zip(_FLOORS, starts, strict=True):
            floor = _import_ms(libraries, args.starts)
            print(f"  {start[0] / floor:.2f} × importing {libraries} alone ({floor:.0f} ms)")
        few_keys, many_keys = (_keys(each, args.keys) for each in (few, many))
        for name, part in (("key to repaint p50, ms", 0.5), ("key to repaint p95, ms", 0.95)):
            wanted = "≤ 12, ratio ≤ 1.5" if part > 0.5 else ""
            _tell(name, _part(few_keys, part), _part(many_keys, part), wanted)
        idle = [_idle(each, args.idle) for each in (few, many)]
        _tell("idle, % of a core", *(100 * each[0] for each in idle), "≤ 3")
        _tell("idle, MiB", *(each[1] for each in idle), "≤ 80")
    return 0


class _Subject:
    """A database with so many open requests, and the command that opens a board on it."""

    def __init__(self, folder: Path, live: int, closed: int) -> None:
        self.name = f"{live:,}"
        file = folder / f"board-{live}-{closed}.db"
        url = f"sqlite:///{file}"
        if not file.exists():
            print(f"filling {file} ...", file=sys.stderr)
            fill(url, live, closed)
            policy = folder / "config.toml"
            text = EXAMPLE.read_text(encoding="utf-8")
            policy.write_text(text.replace("allow_as = false", "allow_as = true"), "utf-8")
            apply_file(policy, url)
        deskwatch = str(Path(sys.executable).with_name("deskwatch"))
        self._words = (deskwatch, "--database", url, "board", "--as", "ana")

    def open(self, size: tuple[int, int] = _SIZE) -> Terminal:
        """Start a board."""
        return Terminal(self._words, *size)


def _starts(few: _Subject, many: _Subject, times: int) -> tuple[tuple[float, float], ...]:
    """Return medians in ms: the skeleton of both, the first requests of both."""
    seen: dict[str, tuple[list[float], list[float]]] = {}
    for subject in (few, many) * (times + 1):
        terminal = subject.open()
        skeleton = terminal.until(lambda text: "Deskwatch" in text, _PATIENCE_S)
        rows = terminal.until(_ROW.search, _PATIENCE_S)
        terminal.leave("q")
        both = seen.setdefault(subject.name, ([], []))
        both[0].append(skeleton * 1000)
        both[1].append(rows * 1000)
    # The first of each warms the file system's cache.
    medians = [[median(values[1:]) for values in seen[each.name]] for each in (few, many)]
    return (medians[0][0], medians[1][0]), (medians[0][1], medians[1][1])


def _import_ms(libraries: str, times: int) -> float:
    """Return how long Python takes to start and import nothing but these: nobody starts faster."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", f"import {libraries}"], check=True)
        taken.append((time.perf_counter() - began) * 1000)
    return median(taken)


def _keys(subject: _Subject, times: int) -> list[float]:
    """Return the times from key to repaint in ms, sorted: down and up, a screenful now and then."""
    terminal = subject.open()
    terminal.until(_ROW.search, _PATIENCE_S)
    terminal.quiet(_SETTLED_S, _SETTLED_S * 2)
    keys = "jjjkjjjk" + "\x1b[6~" + "jkjk" + "\x1b[5~"
    pressed = re.findall(r"\x1b\[\d~|.", keys)
    answered = [terminal.press(pressed[n % len(pressed)]) for n in range(times)]
    terminal.leave("q")
    if None in answered:
        print(f"{answered.count(None)} keys changed nothing", file=sys.stderr)
    return sorted(each * 1000 for each in answered if each is not None)


def _idle(subject: _Subject, seconds: float) -> tuple[float, float]:
    """Return the part of a core and the MiB of a board that nobody touches."""
    terminal = subject.open(_TALL)
    terminal.until(_ROW.search, _PATIENCE_S)
    terminal.quiet(_SETTLED_S, _SETTLED_S * 2)
    figures = terminal.idle(seconds)
    terminal.leave("q")
    return figures


def _part(values: list[float], part: float) -> float:
    return values[min(round(part * (len(values) - 1)), len(values) - 1)]


def _tell(name: str, few: float, many: float, wanted: str) -> None:
    print(f"{name:26}{few:12.1f}{many:12.1f}{many / few:8.2f}   {wanted}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
