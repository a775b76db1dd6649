"""Who else looks at a request, and who answers it, in words and in initials."""

from __future__ import annotations

import pytest

from store.records import Reader
from store.rulebook import PersonRule
from store.words import Role
from tui.board.reader_words import in_short, in_words

PEOPLE = {
    login: PersonRule(login, name, (), Role.TECHNICIAN)
    for login, name in (("ana", "Ana Lovelace"), ("ben", "Ben Okafor"), ("chi", "Chi Nguyen"))
}
ANA, BEN, CHI = Reader("ana", writing=True), Reader("ben", writing=True), Reader("chi")


@pytest.mark.parametrize(
    ("readers", "short", "words"),
    [
        ((), "", ""),
        ((CHI,), "CN", "Chi Nguyen is reading this"),
        ((BEN,), "BO writes", "Ben Okafor is writing a reply"),
        ((BEN, CHI), "CN, BO writes", "Ben Okafor is writing a reply · Chi Nguyen is reading this"),
        ((ANA, BEN), "AL BO write", "Ana Lovelace and Ben Okafor are writing a reply"),
    ],
)
def test_readers_and_writers_are_told_apart(readers, short, words):
    """By words, not by colour."""
    assert in_short(readers, PEOPLE) == short
    assert in_words(readers, lambda login: PEOPLE[login].name) == words


def test_somebody_whom_the_policy_does_not_name_has_no_initials():
    """The list has no room for logins."""
    assert in_short((Reader("eve"), Reader("eve", writing=True)), PEOPLE) == ""
