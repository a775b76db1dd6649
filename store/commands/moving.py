"""Work that changes hands: by a proposal that somebody accepted, or to the person beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Row

from store.commands.attendance import stands
from store.commands.bulk import each
from store.commands.change import Change, change
from store.commands.checks import must_be_live
from store.commands.looking import fresh
from store.commands.ownership import assign, given_to, may_move
from store.desk import Desk
from store.errors import CommandRefused, NotFound, NotPossible
from store.facts.engine import Writing
from store.facts.requests import Request
from store.records import Actor, Done, Target
from store.rules.evening import Move
from store.rules.evening_words import reason
from store.words import Attendance, Happened


def move_all(
    desk: Desk, actor: Actor, moves: Sequence[Move], cause: str
) -> list[Done | CommandRefused | NotFound]:
    """Carry out the moves of a proposal; return for each what was done or why not.

    What has changed since it was proposed stays as it is: somebody else did something to it or
    has it on their screen, or whoever was to get it has gone. All is taken back together.

    Args:
        desk: The desk.
        actor: Who accepts; a lead, or whoever has the requests.
        moves: Those that are wanted.
        cause: Why at all, as it stands behind "gave it to Ana ": "to even out the load".

    Raises:
        StoreError: the database failed; what was done before stays done.
    """
    return each(desk, [partial(_move, actor=actor, move=one, cause=cause) for one in moves])


def give_each(
    desk: Desk, actor: Actor, targets: Sequence[Target], to: Mapping[int, str]
) -> list[Done | CommandRefused | NotFound]:
    """Give each request to the person whose login ``to`` has for its number, as ``assign``.

    Raises:
        StoreError: the database failed; what was done before stays done.
    """
    deeds = [partial(assign, actor=actor, target=one, login=to[one.number]) for one in targets]
    return each(desk, deeds)


def busy(desk: Desk, actor: Actor, boards: Iterable[Row[*tuple[Any, ...]]]) -> dict[int, str]:
    """Return which requests are being answered just now, as rows of ``fresh`` say: who, in words.

    What the actor only has on a screen of their own is none.
    """
    found: dict[int, str] = {}
    for row in boards:
        if row.number is None or (row.login == actor.login and not row.writing):
            continue
        name = "You" if row.login == actor.login else desk.short_name(row.login)
        if row.writing:
            found[row.number] = f"{name} {'write' if name == 'You' else 'writes'} on it"
        else:
            found.setdefault(row.number, f"{name} has it open")
    return found


def _move(desk: Desk, actor: Actor, move: Move, cause: str) -> Done:
    name = desk.short_name(move.target)

    def decide(request: Request, writing: Writing) -> Change:
        must_be_live(request)
        _must_stand(desk, actor, request, writing, move)
        may_move(desk, actor, request)
        why = [cause, reason(move, desk.rules, desk.short_name)]
        return Change(
            Happened.ASSIGNED,
            f"#{request.number} given to {name}",
            given_to(request, move.target),
            {"why": why},
        )

    return change(desk, actor, Target(move.number, move.version), decide)


def _must_stand(desk: Desk, actor: Actor, request: Request, writing: Writing, move: Move) -> None:
    """Raise ``NotPossible`` if what the move was proposed for is not so any more."""
    number, name = request.number, desk.short_name(move.target)
    if request.assignee != move.source:
        has = desk.short_name(request.assignee) if request.assignee else "nobody"
        had = desk.short_name(move.source)
        raise NotPossible(f"#{number} is not {had}'s any more: {has} has it")
    if request.emergency_at is not None:
        raise NotPossible(f"#{number} is an emergency now; only a person moves it")
    if move.target not in desk.rules.people:
        raise NotPossible(f"{name} is not on the desk any more")
    boards = writing.connection.execute(fresh(writing.now)).all()
    if who := busy(desk, actor, boards).get(number):
        raise NotPossible(f"{who}: #{number} stays")
    there = any(row.login == move.target for row in boards)
    if not there or stands(writing, move.target) is not Attendance.IN:
        raise NotPossible(f"{name} is not in any more: #{number} stays")
