"""Fifty boards claim the same thousand requests at once: each is claimed exactly once.

    python bench/claims.py [--boards 50] [--requests 1000] [URL]

Without URL: a temporary SQLite file. Every board is a process with a connection of its own and
goes through all requests in an order of its own. Prints how many claims won and lost, what else
was raised (nothing should be), and how long a claim took.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from sqlalchemy import func, select

from store import commands
from store.desk import Desk
from store.errors import CommandRefused, LostRace
from store.facts.engine import open_store
from store.facts.history import event
from store.facts.schema import upgrade
from store.new_requests import NewRequest
from store.records import DESK, Actor, Address, Target
from tests.rulebook import a_rulebook


def board(url: str, numbers: list[int], place: int, start: Any, answers: Any) -> None:
    """Claim every request as somebody of one's own; answer with outcomes and times."""
    desk = Desk(open_store(url), a_rulebook())
    me = Actor(f"board{place}", f"Board {place}")
    order = random.Random(place).sample(numbers, len(numbers))
    outcomes: Counter[str] = Counter()
    times = []
    start.wait()
    for number in order:
        begin = time.perf_counter()
        try:
            commands.claim(desk, me, Target(number, 1))
            outcomes["won"] += 1
        except LostRace:
            outcomes["lost"] += 1
        except CommandRefused as refused:
            outcomes[f"refused: {refused}"] += 1
        except Exception as error:  # noqa: BLE001 - this is what is looked for
            outcomes[f"{type(error).__name__}: {error}"] += 1
        times.append(time.perf_counter() - begin)
    desk.close()
    answers.put((outcomes, times))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", nargs="?")
    parser.add_argument("--boards", type=int, default=50)
    parser.add_argument("--requests", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = options.url or f"sqlite:///{folder}/bench.db"
        upgrade(url)
        desk = Desk(open_store(url), a_rulebook())
        asks = Address("Grace Hopper", "hopper@maths.northgate.example")
        numbers = [
            commands.open_request(desk, DESK, NewRequest(asks, f"Request {place}")).number
            for place in range(options.requests)
        ]
        desk.close()
        context = multiprocessing.get_context("fork")
        start, answers = context.Barrier(options.boards + 1), context.Queue()
        boards = [
            context.Process(target=board, args=(url, numbers, place, start, answers))
            for place in range(options.boards)
        ]
        for each in boards:
            each.start()
        start.wait()
        begin = time.perf_counter()
        results = [answers.get() for _ in boards]
        took = time.perf_counter() - begin
        for each in boards:
            each.join()
        desk = Desk(open_store(url), a_rulebook())
        with desk.store.reading() as connection:
            claimed = select(func.count()).where(event.c.what == "claimed")
            events = connection.scalar(claimed)
        desk.close()
    outcomes = sum((outcome for outcome, _ in results), Counter())
    times = sorted(each for _, some in results for each in some)
    print(f"{options.boards} boards, {options.requests} requests, {events} claimed: {outcomes}")
    print(f"  {len(times) / took:,.0f} claims/s; one: median {statistics.median(times) * 1e3:.1f}")
    print(f"  ms, p99 {times[int(len(times) * 0.99)] * 1e3:.0f} ms, longest {times[-1]:.2f} s")


if __name__ == "__main__":
    main()
