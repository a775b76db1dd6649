"""What is well written in the config file and still cannot be meant."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from store.policy.calendars import Closure
from store.policy.durations import words
from store.policy.locate import Path
from store.policy.policy import Policy
from store.policy.problems import Problem
from store.policy.roster import Change
from store.policy.sense_login import log_in
from store.policy.sense_moves import moves
from store.policy.sense_roster import roster
from store.policy.shown import shown
from store.words import EMERGENCY, Level, Metric, Priority


def doubtful(policy: Policy, invented: frozenset[Path] = frozenset()) -> Iterator[Problem]:
    """Yield a problem for everything that contradicts itself or would be unsafe.

    What stands at the paths ``invented`` is in place of something missing: nothing equals it.
    """
    yield from _doubles(policy, invented)
    for index, box in enumerate(policy.mailboxes):
        yield from log_in(("mailboxes", index), box, invented)
    yield from moves(policy)
    if policy.outgoing:
        yield from log_in(("outgoing",), policy.outgoing, invented)
    yield from _times(policy, invented)
    if policy.roster:
        yield from roster(policy.roster, invented)
    yield from _matrix(policy)
    yield from _targets(policy)


class _Once:
    """Finds what is there a second time."""

    def __init__(self, invented: frozenset[Path]) -> None:
        self._invented = invented
        self._owners: dict[str, str] = {}

    def again(self, path: Path, value: str, owner: str, text: str) -> Iterator[Problem]:
        if any(path[:length] in self._invented for length in range(1, len(path) + 1)):
            return
        first = self._owners.setdefault(value.casefold(), owner)
        if first is not owner:
            yield Problem(path, text.format(value=shown(value), first=first))

    def owner_of(self, value: str) -> str:
        """Return what has an address, or one in an ``@domain``; "" for nothing."""
        wanted = value.casefold()
        return next(
            (
                owner
                for address, owner in self._owners.items()
                if address == wanted or (wanted[:1] == "@" and address.endswith(wanted))
            ),
            "",
        )


def _doubles(policy: Policy, invented: frozenset[Path]) -> Iterator[Problem]:
    yield from _double_mailboxes(policy, invented)
    logins, names, addresses = _Once(invented), _Once(invented), _Once(invented)
    taken = "{value} already belongs to {first}"
    for place, address in enumerate(policy.desk.addresses):
        owner = f"the desk (address number {place + 1})"
        yield from addresses.again(("desk", "addresses", place), address, owner, taken)
    for index, person in enumerate(policy.people):
        here: Path = ("people", index)
        owner = f"{person.name} (person number {index + 1})"
        yield from logins.again((*here, "login"), person.login, owner, taken)
        yield from names.again((*here, "name"), person.name, owner, "{value} is there twice")
        for place, address in enumerate(person.addresses):
            yield from addresses.again((*here, "addresses", place), address, owner, taken)
    yield from _double_reports(policy, invented, addresses)
    keys = _Once(invented)
    for index, canned in enumerate(policy.canned):
        owner = f"canned answer number {index + 1}"
        yield from keys.again(("canned", index, "key"), canned.key, owner, taken)
    whose = _Once(invented)
    for index, each in enumerate(policy.redirects):
        wanted = f"{each.department} {each.language}".strip()
        owner = f"redirect number {index + 1}"
        there = "{first} is for {value}, too"
        yield from whose.again(("redirects", index), wanted or owner, owner, there)
    belongs = _Once(invented)
    for key, department in policy.departments.items():
        for place, address in enumerate(department.addresses):
            path = ("departments", key, "addresses", place)
            yield from belongs.again(path, address, f"department {key}", taken)


def _double_reports(
    policy: Policy, invented: frozenset[Path], addresses: _Once
) -> Iterator[Problem]:
    """Two of one name would join each other's requests; mail of people is no report."""
    names = _Once(invented)
    for index, report in enumerate(policy.reports):
        here: Path = ("reports", index)
        owner = f"report number {index + 1}"
        yield from names.again((*here, "name"), report.name, owner, "{value} is there twice")
        for place, sender in enumerate(report.senders):
            if who := addresses.owner_of(sender):
                text = f"{shown(sender)} belongs to {who}, so mail from it is no report"
                yield Problem((*here, "from", place), text)


def _double_mailboxes(policy: Policy, invented: frozenset[Path]) -> Iterator[Problem]:
    names, folders = _Once(invented), _Once(invented)
    for index, box in enumerate(policy.mailboxes):
        owner = f'mailbox "{box.name}" (number {index + 1})'
        text = "{value} is already the name of {first}; each mailbox needs its own"
        yield from names.again(("mailboxes", index, "name"), box.name, owner, text)
        place = f"{box.host}:{box.port} {box.user} {box.folder}"
        text = "this folder is already read by {first}; every mail would come in twice"
        yield from folders.again(("mailboxes", index, "folder"), place, owner, text)


def _times(policy: Policy, invented: frozenset[Path]) -> Iterator[Problem]:
    for key, calendar in policy.calendars.items():
        for index, closure in enumerate(calendar.closures):
            yield from _order(("calendars", key, "closures", index), closure, invented)
        week = calendar.weekly
        if not any(getattr(week, day) for day in type(week).model_fields):
            text = 'no day of the week is open; write e.g. weekly.mon = "08:00-17:00"'
            yield Problem(("calendars", key, "weekly"), text)
    for index, change in enumerate(policy.roster.changes if policy.roster else []):
        here: Path = ("roster", "changes", index)
        yield from _order(here, change, invented)


def _order(here: Path, times: Closure | Change, invented: frozenset[Path]) -> Iterator[Problem]:
    known = not invented & {(*here, "from"), (*here, "to")}
    if known and times.end <= times.start:
        yield Problem((*here, "to"), "this has to be after from")


def _matrix(policy: Policy) -> Iterator[Problem]:
    """More impact or more urgency must not make something less important."""
    worse = list(reversed(Level))
    for impact in Level:
        for lower, higher in pairwise(worse):
            low = policy.matrix.priority(impact, lower)
            high = policy.matrix.priority(impact, higher)
            if high > low:
                text = f"{high} is less than the {low} of {lower} urgency; more must not be less"
                yield Problem(("matrix", impact.value, higher.value), text)
            low = policy.matrix.priority(lower, impact)
            high = policy.matrix.priority(higher, impact)
            if high > low:
                text = f"{high} is less than the {low} of {lower} impact; more must not be less"
                yield Problem(("matrix", higher.value, impact.value), text)


def _targets(policy: Policy) -> Iterator[Problem]:
    for above, below in pairwise(Priority):
        upper, lower = getattr(policy.targets, above), getattr(policy.targets, below)
        for metric in Metric:
            first, second = getattr(upper, metric), getattr(lower, metric)
            if first and second and upper.calendar == lower.calendar and first > second:
                if above.value in policy.targets.model_fields_set:
                    text = f"{words(first)} is longer than the {words(second)} of {below}"
                    yield Problem(("targets", above.value, metric.value), text)
                else:
                    text = f"{words(second)} is shorter than the {words(first)} of {above}"
                    yield Problem(("targets", below.value, metric.value), text)
    for name in (*Priority, EMERGENCY):
        targets = getattr(policy.targets, name)
        answer, end = targets.first_response, targets.resolution
        if answer and end and answer > end:
            text = f"{words(end)} is shorter than first_response ({words(answer)})"
            yield Problem(("targets", str(name), "resolution"), text)
