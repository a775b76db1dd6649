"""Turning around: who is pointed to the front door, in which words, and who never is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from store import commands, queries
from store.commands.outbox import lease, refuse
from store.errors import CommandRefused, NotPossible
from store.records import Actor, Address
from store.rulebook import AnswerRules, RedirectRule
from store.words import Ending, Happened, Metric, Sends, State
from tests.conftest import NOW
from tests.store.letters import letter
from tests.store.people import ANA, BEN, HOPPER, a_request, the

LOVELACE = Address("Ada Lovelace", "ada@physics.northgate.example")
GERMAN = "Der Beamer in B12 geht nicht, die Klasse wartet. Kannst du bitte kommen?"
TEXTS = (
    RedirectRule("maths", "", "{name}: maths", "{name}: welcome, maths"),
    RedirectRule("", "de", "{name}: deutsch"),
    RedirectRule("maths", "de", "{name}: Mathematik", "{name}: willkommen, Mathematik"),
)


@pytest.fixture
def desk(desk):
    """A desk that acknowledges nothing by itself."""
    desk.rules = replace(desk.rules, answers=AnswerRules(acknowledge=False))
    return desk


def end_run(
    desk,
    uid: int = 9,
    text: str = "Can you come? It does not start and the class is waiting.",
    certainty: str = "certain",
    sender: Address = HOPPER,
) -> int:
    """Take in a mail that went to Ben instead of the desk."""
    mail = letter(uid, desk.clock.now(), text, sender=sender)
    found = replace(
        mail.triage, end_run_person="ben", end_run_rule="R4", end_run_certainty=certainty
    )
    return commands.take_in(desk, "ben", 1, [replace(mail, triage=found)])[0].number


def _mail(desk, number: int):
    return queries.dispatch(
        desk, [each.id for each in queries.outbox(desk, 50) if each.number == number][-1]
    )


def test_a_redirect_confirms_receipt_and_points_to_the_door(desk):
    """Logged as such; it is no answer, so the clocks go on."""
    a_request(desk)
    number = end_run(desk)
    done = commands.redirect(desk, BEN, the(number), "I am at the other school today.")
    assert done.text == f"#{number} redirected to the front door"
    mail = _mail(desk, number)
    assert mail.kind is Sends.REDIRECT
    assert mail.text.startswith(
        f"Hello Grace Hopper,\n\nyour request has reached us and has the number #{number}"
    )
    assert "\n\nI am at the other school today.\n\nNext time please write to help@" in mail.text
    view = queries.request(desk, number)
    assert (view.row.state, view.history[-1].what) == (State.NEW, Happened.REDIRECTED)
    first = next(each for each in view.clocks if each.metric is Metric.FIRST_RESPONSE)
    assert first.stopped_at is None
    assert "\n\n\n" not in mail.text


def test_who_asks_for_the_first_time_is_welcomed(desk):
    """With the number first, and no word of what they did wrong."""
    number = end_run(desk)
    assert queries.redirection(desk, number, "Ben").welcome
    done = commands.redirect(desk, BEN, the(number))
    assert done.text == f"#{number} welcomed and shown the front door"
    text = _mail(desk, number).text
    assert f"has the number #{number}: you need not send it again.\n\nYou have not asked us" in text
    assert "Next time" not in text
    said = queries.request(desk, number).history[-1].text
    assert said == "welcomed the requester and showed the front door"


@pytest.mark.parametrize(
    ("department", "language", "again", "said"),
    [
        ("maths", "de", True, "Mathematik"),
        ("maths", "en", True, "maths"),
        ("physics", "de", True, "deutsch"),
        ("physics", "en", True, "Next time please write to"),
        ("maths", "de", False, "willkommen, Mathematik"),
        ("maths", "en", False, "welcome, maths"),
        ("physics", "de", False, "You have not asked us before"),
        ("physics", "en", False, "You have not asked us before"),
    ],
)
def test_the_closest_text_by_department_and_language_counts(
    desk, department, language, again, said
):
    """Both, then the language of what they wrote, then the department, then the desk's own."""
    desk.rules = replace(desk.rules, redirects=TEXTS)
    sender = HOPPER if department == "maths" else LOVELACE
    if again:
        a_request(desk, requester=sender)
    english = "The projector does not start and the class is waiting."
    number = end_run(desk, text=GERMAN if language == "de" else english, sender=sender)
    shown = queries.redirection(desk, number, "Ben Okafor").text
    commands.redirect(desk, BEN, the(number))
    assert said in shown
    assert _mail(desk, number).text == shown


def test_nobody_is_told_twice_a_week(desk, clock):
    """Whoever does it, about whatever; it is said when they were."""
    first, second = end_run(desk), end_run(desk, 10, "And the printer is broken too.")
    commands.redirect(desk, BEN, the(first))
    clock.advance(timedelta(days=6, hours=23))
    with pytest.raises(NotPossible) as refused:
        commands.redirect(desk, ANA, the(second))
    assert str(refused.value) == (
        "Grace Hopper was pointed to the front door Mon 23 Nov 10:42 (#1001): once a week is enough"
    )
    with pytest.raises(NotPossible, match="once a week is enough"):
        queries.redirection(desk, second, "Ana")
    other = end_run(desk, 11, sender=LOVELACE)
    commands.redirect(desk, ANA, the(other))
    clock.advance(timedelta(hours=1))
    commands.redirect(desk, ANA, the(second))
    assert _mail(desk, second).kind is Sends.REDIRECT


def test_two_technicians_at_once_tell_somebody_once(desk):
    """Of two requests of theirs; who comes second hears of the first."""
    numbers = end_run(desk), end_run(desk, 10)
    both = Barrier(2)

    def tell(actor: Actor, number: int) -> str:
        both.wait(30)
        try:
            return commands.redirect(desk, actor, the(number)).text
        except NotPossible as refused:
            return str(refused)

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(tell, (ANA, BEN), numbers))
    assert sorted("once a week is enough" in each for each in said) == [False, True]
    assert len(queries.outbox(desk, 5)) == 1


def test_who_was_told_of_what_was_no_end_run_after_all_was_told(desk):
    """They have read it, whatever somebody says of it later."""
    first = end_run(desk, certainty="probable")
    commands.redirect(desk, BEN, the(first))
    commands.deny_end_run(desk, BEN, the(first))
    with pytest.raises(NotPossible, match=f"#{first}.: once a week is enough"):
        commands.redirect(desk, ANA, the(end_run(desk, 10)))


def test_what_was_taken_back_or_never_arrived_counts_for_nothing(desk):
    """They know of nothing."""
    number = end_run(desk)
    commands.redirect(desk, BEN, the(number))
    commands.undo(desk, BEN)
    commands.redirect(desk, BEN, the(number))
    leased = lease(desk, "p", NOW + timedelta(minutes=5))
    refuse(desk, leased, "no such mailbox")
    commands.redirect(desk, BEN, the(number))


def test_nobody_is_redirected_from_an_emergency(desk):
    """Help first."""
    number = end_run(desk)
    commands.emergency(desk, BEN, the(number), "Smoke")
    with pytest.raises(NotPossible, match="is an emergency: help first"):
        commands.redirect(desk, BEN, the(number))


def test_an_emergency_declared_while_a_redirect_is_looked_at_is_not_redirected(desk):
    """The preview is older than the command, which looks again."""
    number = end_run(desk)
    seen = the(number, queries.request(desk, number).row.version)
    assert queries.redirection(desk, number, "Ben").text
    commands.emergency(desk, ANA, the(number), "Smoke")
    with pytest.raises(CommandRefused):
        commands.redirect(desk, BEN, seen)
    with pytest.raises(NotPossible, match="is an emergency: help first"):
        queries.redirection(desk, number, "Ben")
    assert queries.outbox(desk, 5) == []


def test_a_redirect_that_waits_does_not_go_out_when_it_is_an_emergency(desk):
    """Sending may be a while off, and help comes first."""
    number = end_run(desk)
    commands.redirect(desk, BEN, the(number))
    commands.emergency(desk, ANA, the(number), "Smoke")
    assert len(queries.request(desk, number).messages) == 1
    assert lease(desk, "p", NOW + timedelta(minutes=5)) is None


def test_only_end_runs_are_redirected(desk):
    """Not who wrote to the desk, or to the desk too (R3), nor what has ended."""
    commands.take_in(desk, "help", 1, [letter(1, NOW)])
    with pytest.raises(NotPossible, match="came to the desk itself"):
        commands.redirect(desk, BEN, the(1001))
    suspect = end_run(desk, certainty="suspect")
    with pytest.raises(NotPossible, match="went to the desk too"):
        commands.redirect(desk, BEN, the(suspect))
    over = end_run(desk, 10)
    commands.resolve(desk, BEN, the(over), Ending.FIXED)
    with pytest.raises(NotPossible, match=r"#1003 is resolved"):
        commands.redirect(desk, BEN, the(over))
