"""Who asked, where a forwarded mail or a note gives the name alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import insert

from store.facts.people import mail_address, person
from store.records import Address
from tests.conftest import NOW
from tests.store.letters import letter
from tests.store.looking import history, how, rows
from tests.store.people import HOPPER
from tests.store.taking import address_of, take


def _forwarded(uid: int, name: str):
    mail = letter(uid, NOW, "Projector", sender=address_of("ana"))
    return replace(mail, triage=replace(mail.triage, requester=Address(name, "")))


@pytest.mark.parametrize("name", ["Grace Hopper", "Hopper, Grace"])
def test_the_one_person_of_that_name_is_who_asked(desk, name):
    """With the address under which they asked before; the history says so."""
    take(desk, letter(1, NOW))
    take(desk, _forwarded(2, name))
    opened = how(desk, 1002)
    assert opened["requester_address"] == HOPPER.address
    assert opened["department"] == how(desk, 1001)["department"]
    assert opened["requester_id"] == how(desk, 1001)["requester_id"]
    said = f"{name} is {HOPPER.address}: nobody else of that name has asked before"
    assert said in history(desk, 1002)[0].detail["why"]
    assert len(rows(desk, person)) == 1


def test_of_two_namesakes_nobody_is_guessed(desk):
    """Nor somebody whom the desk does not know."""
    other = Address(HOPPER.name, "grace@physics.example")
    take(desk, letter(1, NOW), letter(2, NOW, sender=other))
    take(desk, _forwarded(3, HOPPER.name), _forwarded(4, "Rosalind Franklin"), _forwarded(5, ""))
    assert [how(desk, n)["requester_address"] for n in (1003, 1004, 1005)] == ["", "", ""]


def test_who_has_several_addresses_is_one_person(desk):
    """The first of them by letters is taken."""
    take(desk, letter(1, NOW))
    with desk.writing() as writing:
        other = {"address": "grace@maths.example", "person_id": how(desk, 1001)["requester_id"]}
        writing.connection.execute(insert(mail_address).values(other))
    take(desk, _forwarded(2, HOPPER.name))
    assert how(desk, 1002)["requester_address"] == "grace@maths.example"
