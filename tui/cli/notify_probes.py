"""What ``deskwatch check`` says of the places where people are called, and a test of them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from intake.notifying import mail
from intake.notifying.places import NoSuchVariable, Place, filled, places_of
from intake.notifying.push import BadAddress, Handed, Outcome, Receiver
from store.clock import SystemClock
from store.commands.calling import MAIL
from store.notice_records import NoticeLease
from store.policy.compile import rulebook
from store.policy.people import Person
from store.policy.policy import Policy
from store.words import Notice
from tui.cli.probes import Finding, failure

_SUBJECT = "A test of Deskwatch"
_TEXT = (
    "This is a test: here you would be called to an emergency. Nothing has happened, and there "
    "is nothing to do."
)


def addresses(policy: Policy) -> list[Finding]:
    """Say whether Apprise understands every address under ``notify``; nothing is sent."""
    findings = []
    for person in policy.people:
        places = places_of(person, mail=False)
        wrong = [_wrong(person, place) for place in places]
        findings += [each for each in wrong if each is not None]
        if places and not any(wrong):
            said = _listed(place.name for place in places)
            findings.append(Finding(f"calls to {person.login}", ok=True, text=said))
    lonely = [
        each.login for each in policy.people if not places_of(each, mail=bool(policy.outgoing))
    ]
    # A desk without a roster has chosen that nobody is called.
    if lonely and policy.roster is not None:
        everybody = len(lonely) == len(policy.people)
        said = "nobody can" if everybody else f"{_listed(lonely)} cannot"
        text = f"{said} be called: no [outgoing] and no notify"
        findings.append(failure("calls", f"{text}; write notify = [...] under [[people]]"))
    return findings


def tests(policy: Policy, wanted: str) -> list[Finding]:
    """Send a test to every place of a person; say of each what happened."""
    found = [each for each in policy.people if wanted.casefold() in _names(each)]
    if len(found) != 1:
        people = ", ".join(each.login for each in policy.people)
        return [failure("calls", f'"{wanted}" is not one of the people; they are {people}')]
    person = found[0]
    places = places_of(person, mail=policy.outgoing is not None)
    if not places:
        text = f"{person.login} has no place to be called; write notify = [...] under [[people]]"
        return [failure(f"calls to {person.login}", text)]
    return [_test(policy, person, place) for place in places]


def _names(person: Person) -> set[str]:
    return {person.login.casefold(), person.name.casefold(), person.name.split()[0].casefold()}


def _wrong(person: Person, place: Place) -> Finding | None:
    what = f"calls to {person.login} by {place.name}"
    try:
        Receiver(filled(place.address))
    except (NoSuchVariable, BadAddress) as error:
        return failure(what, str(error))
    return None


def _test(policy: Policy, person: Person, place: Place) -> Finding:
    what = f"calls to {person.login} by {place.name}"
    try:
        handed = _send(policy, person, place)
    except (NoSuchVariable, BadAddress) as error:
        return failure(what, str(error))
    if handed.outcome is Outcome.SENT:
        where = f" ({place.address})" if place.name == MAIL else ""
        return Finding(what, ok=True, text=f"a test is on its way{where}: did it arrive?")
    helps = "look the address up at https://appriseit.com/services/"
    if handed.outcome is not Outcome.REFUSED:
        helps = "check the network, and the address"
    if place.name == MAIL:
        return failure(what, handed.why)
    return Finding(what, ok=False, text=handed.why, fix=helps)


def _send(policy: Policy, person: Person, place: Place) -> Handed:
    if place.name != MAIL or policy.outgoing is None:
        return Receiver(filled(place.address)).send(_SUBJECT, _TEXT, urgent=False)
    rules = rulebook(policy)
    domain = rules.addresses[0].rpartition("@")[2]
    held = NoticeLease(
        id=0,
        token="",
        attempts=1,
        kind=Notice.EMERGENCY,
        login=person.login,
        place=MAIL,
        number=None,
        subject=_SUBJECT,
        text=_TEXT,
        message_id=f"deskwatch.test.{secrets.token_hex(10)}@{domain}",
        written_at=SystemClock().now(),
    )
    return mail.send(policy.outgoing, mail.dispatch(held, place.address, rules), lambda: True)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
