"""Where people are told: the addresses of the config file, and what they are called elsewhere.

An address may hold passwords. It stays here; everything else knows a place by its name.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from store.commands.calling import MAIL
from store.policy.people import Person

_VARIABLE = re.compile(r"\$\{(\w+)\}")


class NoSuchVariable(Exception):
    """An address names a variable that is not set; the message says which."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place where somebody is told."""

    name: str
    """``mail``, or the kind of service: ``ntfy``, and ``ntfy 2`` for a second one."""
    address: str = field(repr=False)
    """Of Apprise; for ``mail`` a mail address."""


def places_of(person: Person, *, mail: bool) -> tuple[Place, ...]:
    """Return where somebody is told; ``mail``: the desk can send mail."""
    found = [Place(MAIL, person.addresses[0])] if mail else []
    counted: Counter[str] = Counter()
    for address in person.notify:
        kind = address.partition("://")[0].lower()
        counted[kind] += 1
        # What is called "mail" is the desk's own mail, which can be answered.
        again = counted[kind] > 1 or kind == MAIL
        found.append(Place(f"{kind} {counted[kind]}" if again else kind, address))
    return tuple(found)


def all_places(people: Iterable[Person], *, mail: bool) -> dict[str, tuple[Place, ...]]:
    """Return where everybody is told, by login."""
    return {person.login: places_of(person, mail=mail) for person in people}


def filled(address: str, environ: Mapping[str, str] = os.environ) -> str:
    """Return an address with the values of the variables that it names.

    Raises:
        NoSuchVariable: one of them is not set, or empty.
    """

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if not environ.get(name):
            raise NoSuchVariable(
                f"the environment variable {name} is not set; export {name}=... where the "
                "poller starts"
            )
        return environ[name]

    return _VARIABLE.sub(value, address)
