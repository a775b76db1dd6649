"""Fifty at once: one wins, the others are told who did; ids become visible in order."""

from __future__ import annotations

import multiprocessing
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from store import commands
from store.desk import Desk
from store.errors import CommandRefused, LostRace
from store.facts.engine import open_store
from store.facts.history import event
from store.records import Actor, Done
from tests.rulebook import PEOPLE, a_rulebook
from tests.store.looking import history, how, verified
from tests.store.people import a_request, the

EVERYBODY = [Actor(login, rule.name) for login, rule in PEOPLE.items()]


def _claim(desk: Desk, number: int, who: Actor) -> str:
    try:
        commands.claim(desk, who, the(number, 1))
    except LostRace as lost:
        return f"lost: {lost}"
    return "won"


def _claim_many(url: str, first: int, count: int, place: int, start: object, answers: object):
    """Run in a process of its own: claim every request, in an order of its own."""
    desk = Desk(open_store(url), a_rulebook())
    who = EVERYBODY[place % len(EVERYBODY)]
    numbers = [first + (place * 7 + step) % count for step in range(count)]
    start.wait(20)
    won = lost = 0
    for number in numbers:
        try:
            commands.claim(desk, who, the(number, 1))
            won += 1
        except CommandRefused:
            lost += 1
    desk.close()
    answers.put((won, lost))


def test_fifty_claims_of_one_request_have_one_winner(desk, database_url):
    """Fifty boards in fifty threads, each with its own connection."""
    number = a_request(desk)
    ready = threading.Barrier(10)

    def claims(place: int) -> list[str]:
        mine = Desk(open_store(database_url), a_rulebook())
        ready.wait(20)
        try:
            return [_claim(mine, number, Actor(f"p{place * 5 + step}", "P")) for step in range(5)]
        finally:
            mine.close()

    with ThreadPoolExecutor(10) as pool:
        answers = [answer for some in pool.map(claims, range(10)) for answer in some]
    winner = how(desk, number)["assignee"]
    told = {answer for answer in answers if answer != "won"}
    assert Counter(answer[:4] for answer in answers) == {"won": 1, "lost": 49}
    assert all(answer.startswith(f"lost: {winner} claimed #{number} ") for answer in told)
    assert len(history(desk, number)) == 2


def test_processes_that_claim_the_same_requests_get_each_once(desk, database_url):
    """Boards are processes: no error reaches anybody, and every request has one claim."""
    first = a_request(desk, "No 0")
    count, boards = 25, 4
    for place in range(1, count):
        a_request(desk, f"No {place}")
    # Forked off a clean process that has imported everything once, not off this one.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    start, answers = context.Barrier(boards), context.Queue()
    processes = [
        context.Process(
            target=_claim_many, args=(database_url, first, count, place, start, answers)
        )
        for place in range(boards)
    ]
    for process in processes:
        process.start()
    results = [answers.get(timeout=60) for _ in processes]
    for process in processes:
        process.join(20)
    assert sum(won for won, _ in results) == count
    assert sum(lost for _, lost in results) == count * (boards - 1)
    assert all(len(history(desk, number)) == 2 for number in range(first, first + count))
    assert verified(desk) == []


def test_events_become_visible_in_the_order_of_their_ids(desk, database_url):
    """A board that has seen event 7 has missed none below it."""
    numbers = [a_request(desk, f"No {place}") for place in range(4)]
    done = threading.Event()
    gaps: list[tuple[int, int]] = []

    def watch() -> None:
        board = open_store(database_url)
        seen = 0
        while not done.is_set():
            with board.reading() as connection:
                query = select(event.c.id).where(event.c.id > seen).order_by(event.c.id)
                new = connection.scalars(query).all()
            if new and list(new) != list(range(seen + 1, new[-1] + 1)):
                gaps.append((seen, new[-1]))
            seen = new[-1] if new else seen
        board.close()

    def work(place: int) -> None:
        mine = Desk(open_store(database_url), a_rulebook())
        for step in range(15):
            result = commands.note(mine, EVERYBODY[place], the(numbers[place]), f"note {step}")
            assert isinstance(result, Done)
        mine.close()

    watcher = threading.Thread(target=watch)
    watcher.start()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    done.set()
    watcher.join(20)
    assert gaps == []
    assert [each.version for each in history(desk, numbers[0])] == list(range(1, 17))
