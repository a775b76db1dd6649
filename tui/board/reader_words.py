"""How it is said who else looks at a request, and who writes a reply to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from store.records import Reader
from store.rulebook import PersonRule
from tui.board.cells import settled


def in_short(readers: Sequence[Reader], people: Mapping[str, PersonRule]) -> str:
    """Say it behind a subject, in initials: "CN", "CN, BO writes"."""

    def initials(*, writing: bool) -> list[str]:
        known = [each for each in readers if each.login in people and each.writing is writing]
        return [people[each.login].initials for each in known]

    writers = initials(writing=True)
    verb = [] if not writers else ["writes" if len(writers) == 1 else "write"]
    parts = (" ".join(initials(writing=False)), " ".join([*writers, *verb]))
    return ", ".join(filter(None, parts))


def in_words(readers: Sequence[Reader], name: Callable[[str], str]) -> str:
    """Say it in a sentence: "Ben Okafor is writing a reply · Chi Nguyen is reading this"."""

    def said(what: str, *, writing: bool) -> str:
        names = [settled(name(each.login)) for each in readers if each.writing is writing]
        verb = "is" if len(names) == 1 else "are"
        return f"{' and '.join(names)} {verb} {what}" if names else ""

    parts = (said("writing a reply", writing=True), said("reading this", writing=False))
    return " · ".join(filter(None, parts))
