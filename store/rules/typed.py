"""What somebody types to find requests, taken apart.

Words, in any order, must all be found in the subject, the names and addresses of people, or
the text of one message; the beginning of a word is enough, and case, accents and punctuation
do not matter. Besides words:

    #1042      the request with this number (1042 alone also finds the text "1042")
    @ana       requests that Ana has: the beginning of a login or of a name is enough
    @me        my own
    @nobody    those that nobody has
    @offered   those that somebody needs a hand with
    dept:math  from the departments whose key or name begins so

Filters narrow down what the words find; without words they look at live requests only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from store.rulebook import Rulebook
from store.rules.terms import Sought, query_terms

#: One line about all this, for a field's hint and for ``--help``.
HINT = "words · #1042 · @ana @me @nobody @offered · dept:maths"

#: The largest number both databases can hold.
_MOST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Typed:
    """What to look for. All that is given must be so."""

    words: tuple[Sought, ...] = ()
    number: int | None = None
    """The number asked for with ``#``."""
    perhaps: int | None = None
    """A number that was typed as the only word: the request with it comes first."""
    assignees: frozenset[str] | None = None
    """Logins, "" for nobody; empty if nobody on the desk is called so."""
    departments: frozenset[str] | None = None
    """Keys; empty if no department is called so."""
    offered: bool = False
    """Only what somebody needs a hand with."""

    @property
    def only_filters(self) -> bool:
        """Whether there is no word to look for."""
        return not self.words and self.number is None

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to look for at all."""
        filters = self.assignees is not None or self.departments is not None or self.offered
        return self.only_filters and not filters


def typed(text: str, rules: Rulebook, me: str = "") -> Typed:
    """Take apart what somebody with the login ``me`` typed; nothing can be wrong with it."""
    words: list[str] = []
    number: int | None = None
    assignees: frozenset[str] | None = None
    departments: frozenset[str] | None = None
    offered = False
    for word in text.split():
        key, colon, value = word.partition(":")
        if word.startswith("#") and (found := _number(word[1:])) is not None:
            number = found
        elif word.casefold() == "@offered":
            offered = True
        elif word.startswith("@") and len(word) > 1:
            assignees = _both(assignees, _logins(word[1:].casefold(), rules, me))
        elif colon and value and key.casefold() in {"dept", "department"}:
            departments = _both(departments, _departments(value.casefold(), rules))
        else:
            words.append(word)
    return Typed(
        words=query_terms(" ".join(words)),
        number=number,
        perhaps=_number(words[0]) if len(words) == 1 else None,
        assignees=assignees,
        departments=departments,
        offered=offered,
    )


def _number(word: str) -> int | None:
    if not (word.isascii() and word.isdigit()):
        return None
    number = int(word)
    return number if number <= _MOST else None


def _both(one: frozenset[str] | None, other: frozenset[str]) -> frozenset[str]:
    return other if one is None else one & other


def _logins(name: str, rules: Rulebook, me: str) -> frozenset[str]:
    if name == "nobody":
        return frozenset([""])
    if name == "me":
        return frozenset([me] if me else [])
    people = {
        person.login: [person.login, *person.name.split()] for person in rules.people.values()
    }
    return _beginning(name, people.items())


def _departments(name: str, rules: Rulebook) -> frozenset[str]:
    departments = {one.key: [one.key, one.name] for one in rules.departments.values()}
    return _beginning(name, departments.items())


def _beginning(start: str, named: Iterable[tuple[str, list[str]]]) -> frozenset[str]:
    """Return the keys one of whose names is ``start``, or else begins with it."""
    known = [(key, [name.casefold() for name in names]) for key, names in named]
    exact = frozenset(key for key, names in known if start == names[0])
    return exact or frozenset(
        key for key, names in known if any(name.startswith(start) for name in names)
    )
