"""How requests end for display: support or service, on whom it rests, who comes back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select

from store.desk import Desk
from store.endings_records import (
    Carried,
    Ended,
    EndingsView,
    Reopened,
    Repeats,
    Rests,
    Returned,
    Shoulders,
)
from store.queries import ended
from store.queries.end_runs import may_know, sees_all
from store.records import Actor
from store.rulebook import Rulebook
from store.rules.concentration import concentration
from store.rules.endings import alone, bus_factor
from store.rules.periods import Period
from store.rules.small_numbers import COUNTED_FROM, SHARE_FROM, ordered, part
from store.text import one_line
from store.words import Ending, Happened

_LAST = "\U0010ffff"
_Rows = Sequence[Row[*tuple[Any, ...]]]


def endings(desk: Desk, actor: Actor, period: Period = Period.TWELVE_WEEKS) -> EndingsView:
    """Return how requests ended in a period, and what that says.

    Technicians are named to leads and to themselves only, requesters to nobody.
    """
    now = desk.clock.now()
    since = now - period.value
    with desk.store.reading() as connection:
        rows = connection.execute(ended.endings_query(since)).all()
        counts = connection.execute(ended.requesters_query(since)).all()
        repeats = connection.execute(ended.repeats_query(since)).all()
        often = connection.execute(ended.often_query(since)).all() if _may_be(repeats) else ()
        returned = connection.execute(ended.returned_query(since, now)).all()
        reopened = _reopened(connection, since)
    asked: dict[int, int] = {row.asked: row.requesters for row in counts}
    name = _names(desk.rules)
    return EndingsView(
        since=since,
        all_together=_ended("", rows),
        services=_by_service(rows, name),
        requests=sum(count * people for count, people in asked.items()),
        requesters=sum(asked.values()),
        many=concentration(asked) if sum(asked.values()) >= SHARE_FROM else None,
        shoulders=_shoulders(rows, actor),
        rests=_rests(rows, desk.rules, actor, name),
        repeats=_repeats(repeats, {row.service: row.often for row in often}, name),
        returned=_returned("", returned),
        returned_by_service=_returned_by_service(returned, name),
        reopened=reopened,
    )


def _names(rules: Rulebook) -> Callable[[str], str]:
    """Return what lists are sorted by: the name of a service by its key, those of none last."""
    known = {key: each.name.casefold() for key, each in rules.services.items()}
    return lambda key: known.get(key, key) or _LAST


def _ended(service: str, rows: _Rows) -> Ended:
    """Return how the requests of these rows ended."""
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row.ending] += row.requests
    resolved = counts.total()
    guided, done, fixed, nothing = (part(resolved, counts[each])[0] for each in Ending)
    either = counts[Ending.GUIDED] + counts[Ending.DONE]
    helped = part(either, counts[Ending.GUIDED])[1]
    return Ended(service, resolved, guided, done, fixed, nothing, helped)


def _by_service(rows: _Rows, name: Callable[[str], str]) -> tuple[Ended, ...]:
    each = [_ended(one_line(key), these) for key, these in _grouped(rows).items()]
    return ordered(each, lambda one: one.resolved, lambda one: name(one.service))


def _grouped(rows: _Rows) -> Mapping[str, _Rows]:
    found: dict[str, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in rows:
        found[row.service].append(row)
    return found


def _by_person(rows: _Rows) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in rows:
        if row.assignee:
            counts[row.assignee] += row.requests
    return counts


def _shoulders(rows: _Rows, actor: Actor) -> Shoulders:
    counts = _by_person(rows)
    total, people = counts.total(), len(counts)
    enough = total >= SHARE_FROM and people >= COUNTED_FROM
    each = [
        Carried(one_line(login), count, part(total, count)[1])
        for login, count in counts.items()
        if may_know(actor, login)
    ]
    return Shoulders(
        resolved=total,
        people=people,
        half=bus_factor(counts.values()) if total >= COUNTED_FROM else None,
        found=concentration(Counter(counts.values())) if enough else None,
        each=ordered(each, lambda one: one.resolved, lambda one: one.login),
    )


def _rests(
    rows: _Rows, rules: Rulebook, actor: Actor, name: Callable[[str], str]
) -> tuple[Rests, ...]:
    """Return on how many people each service rests of which enough is resolved."""
    found = []
    for key, these in _grouped(rows).items():
        counts = _by_person(these)
        if key and counts.total() >= COUNTED_FROM:
            found.append(_rest(key, counts, rules, actor))
    return ordered(found, lambda one: one.resolved, lambda one: name(one.service))


def _rest(key: str, counts: Counter[str], rules: Rulebook, actor: Actor) -> Rests:
    who = alone(counts)
    told = who if who and may_know(actor, who) else ""
    has_skill = key in rules.services and rules.services[key].skill
    others = [each for each in rules.people if each != who and rules.knows(each, key)]
    return Rests(
        service=one_line(key),
        resolved=counts.total(),
        people=len(counts),
        half=bus_factor(counts.values()),
        is_alone=bool(who),
        alone=one_line(told),
        by_alone=counts[told] if told else 0,
        others=tuple(others) if who and has_skill and sees_all(actor) else (),
    )


def _may_be(repeats: _Rows) -> bool:
    """Say whether anybody asked so many times at all."""
    return any(row.candidates for row in repeats)


def _repeats(
    rows: _Rows, often: Mapping[str, int], name: Callable[[str], str]
) -> tuple[Repeats, ...]:
    each = []
    for row in rows:
        # Sums of PostgreSQL are decimal.
        requests, done = int(row.requests), int(row.done)
        some = often.get(row.service, 0)
        service, told = one_line(row.service), part(requests, done)
        each.append(Repeats(service, row.people, requests, *told, some))
    return ordered(each, lambda one: one.requests, lambda one: name(one.service))


def _returned(service: str, rows: _Rows) -> Returned:
    ended_so: Counter[str] = Counter()
    back: Counter[str] = Counter()
    for row in rows:
        ended_so[row.ending] += row.requests
        back[row.ending] += row.back
    guided, done = ended_so[Ending.GUIDED], ended_so[Ending.DONE]
    stayed = part(guided, guided - back[Ending.GUIDED])
    came = part(done, back[Ending.DONE])
    return Returned(service, guided, *stayed, done, *came)


def _returned_by_service(rows: _Rows, name: Callable[[str], str]) -> tuple[Returned, ...]:
    """Return those of which there is more to tell than a count."""
    each = [_returned(one_line(key), these) for key, these in _grouped(rows).items()]
    telling = [one for one in each if max(one.guided, one.done) >= COUNTED_FROM]
    return ordered(telling, lambda one: one.guided + one.done, lambda one: name(one.service))


def _reopened(connection: Connection, since: datetime) -> Reopened:
    """Count what was resolved more often than it ended: the rest was opened again."""

    def count(query: Select[int]) -> int:
        return connection.scalar(query) or 0

    resolutions = count(ended.resolutions_query(since))
    resolutions -= count(ended.taken_back_query(Happened.RESOLVED, since))
    again = max(resolutions - count(ended.resolved_query(since)), 0)
    thanks = count(ended.thanks_query(since))
    thanks -= count(ended.taken_back_query(Happened.THANKED, since))
    return Reopened(resolutions, *part(resolutions, again), thanks)
