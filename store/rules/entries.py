"""From what somebody typed to the end-run that is logged (R7): who asked, whom, when, for what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from store.errors import NotFound, NotPossible
from store.new_requests import EndRunEntry
from store.records import Address
from store.rulebook import Rulebook
from store.rules.catalogue import catalogue_of
from store.rules.directory import Directory
from store.rules.logged import Logged, logged
from store.rules.phrases import Wording, fold
from store.rules.service import find_service

_EXAMPLE = '"hopper: projector in B12, 10m"'


@dataclass(frozen=True, slots=True)
class Jotted:
    """What was typed, before anything is made of it."""

    entry: str
    """A random name."""
    text: str
    at: datetime
    requester: Address | None = None
    """Who was picked of those who may be meant; None: the likeliest."""


def understood(jotted: Jotted, rules: Rulebook, people: Directory, me: str) -> EndRunEntry:
    """Return the end-run that ``me`` (a login) logs.

    Raises:
        NotPossible: it does not say who asked, or for what.
        NotFound: nobody on the desk is called so.
    """
    said = must_be_whole(jotted)
    return EndRunEntry(
        entry=jotted.entry,
        requester=jotted.requester or requester_of(said.who, people),
        what=said.what,
        whom=whom_of(said.whom, rules, me),
        asked_at=_asked_at(said, jotted.at, ZoneInfo(rules.timezone)),
        channel=said.channel,
        minutes=said.minutes,
        ending=said.ending,
        emergency=said.emergency,
        service=service_of(said.what, rules),
    )


def must_be_whole(jotted: Jotted) -> Logged:
    """Return what was typed, taken apart.

    Raises:
        NotPossible: it does not say who asked, or for what.
    """
    said = logged(jotted.text)
    if not said.who and jotted.requester is None:
        raise NotPossible(f"It does not say who asked; write e.g. {_EXAMPLE}")
    if not said.what:
        raise NotPossible(f"It does not say what was asked for; write e.g. {_EXAMPLE}")
    return said


def requester_of(who: str, people: Directory) -> Address:
    """Return the likeliest of those whom ``who`` may mean, or somebody new of that name."""
    for found in people.find(who, 1):
        return Address(found.name, found.address)
    return Address("", who) if "@" in who.strip("@") else Address(who, "")


def whom_of(whom: str, rules: Rulebook, me: str) -> str:
    """Return the login of who was asked; ``me`` where nobody is named.

    Raises:
        NotFound: nobody on the desk is called so, or several are.
    """
    if not whom:
        return me
    wanted = fold(whom)
    names = {
        each.login: [each.login, each.name, *each.name.split()] for each in rules.people.values()
    }
    exact = [login for login, called in names.items() if wanted in map(fold, called)]
    begins = [
        login for login, called in names.items() if any(fold(n).startswith(wanted) for n in called)
    ]
    found = exact or begins
    if len(found) != 1:
        several = " and ".join(rules.people[login].name for login in found)
        raise NotFound(
            f"“{whom}” may be {several}" if found else f"Nobody on the desk is called “{whom}”"
        )
    return found[0]


def service_of(what: str, rules: Rulebook) -> str:
    """Return the key of the service that the words point to; "" for none."""
    return find_service(catalogue_of(rules), Wording(what), Wording(""))[0]


def _asked_at(said: Logged, at: datetime, tz: ZoneInfo) -> datetime:
    """Return when they asked: a time of day that is still to come was yesterday's."""
    if said.asked is None:
        return at
    local = at.astimezone(tz)
    asked = local.replace(hour=said.asked.hour, minute=said.asked.minute, second=0, microsecond=0)
    if asked > local:
        asked -= timedelta(days=1)
    return asked.astimezone(at.tzinfo)


def completed(text: str, rules: Rulebook, people: Directory) -> str:
    """Return what was typed so far with its last word whole, as far as that can be guessed.

    Before the colon that is the name of who asks; after it, a word of the service catalogue.
    """
    who, colon, what = text.partition(":")
    if not colon:
        found = people.find(who, 1)
        return f"{found[0].name or found[0].address}: " if found else text
    begun = re.search(r"\w{2,}$", what)
    if begun is None:
        return text
    start = fold(begun[0])
    words = (word for service in rules.services.values() for word in service.words)
    whole = next((word for word in words if fold(word).startswith(start)), begun[0])
    return text[: len(text) - len(begun[0])] + whole
