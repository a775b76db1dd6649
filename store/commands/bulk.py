"""One command on many requests, taken back together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from store.desk import Desk
from store.errors import CommandRefused, NotFound
from store.records import Actor, Done, Target

#: Requests changed in one transaction: few enough that other boards hardly wait.
_AT_ONCE = 100


def many(
    desk: Desk,
    command: Callable[..., Done],
    actor: Actor,
    targets: Sequence[Target],
    **arguments: Any,
) -> list[Done | CommandRefused | NotFound]:
    """Give ``command`` to each of ``targets``; return for each what was done or why not.

    Args:
        desk: The desk.
        command: ``claim``, ``assign``, ``resolve``, ...
        actor: Who does it.
        targets: The requests.
        arguments: What the command takes after the target, by name.

    Raises:
        StoreError: the database failed; what was done before stays done.
    """
    return each(desk, [partial(command, actor=actor, target=one, **arguments) for one in targets])


def each(
    desk: Desk, deeds: Sequence[Callable[[Desk], Done]]
) -> list[Done | CommandRefused | NotFound]:
    """Do ``deeds``, commands that want the desk only, to be taken back together.

    Returns and raises what ``many`` does.
    """
    results: list[Done | CommandRefused | NotFound] = []
    bulk = None
    for start in range(0, len(deeds), _AT_ONCE):
        with desk.writing() as writing:
            inside = desk.within(writing)
            bulk = bulk or writing.next_id("event")
            writing.bulk = bulk
            for deed in deeds[start : start + _AT_ONCE]:
                # A command refuses before it writes anything, so the others are untouched.
                try:
                    results.append(deed(inside))
                except (CommandRefused, NotFound) as refused:
                    results.append(refused)
    return results
