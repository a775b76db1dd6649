"""Probable end-runs: whoever was asked, or a lead, says whether it was one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from store import commands, queries
from store.errors import LostRace, NotAllowed, NotPossible
from store.facts.requests import request
from store.words import Ending, Happened
from tests.conftest import NOW
from tests.store.letters import letter
from tests.store.looking import history, how, verified
from tests.store.people import ANA, BEN, CHI, HOPPER, VISITOR, the

FACTS = ("end_run_person", "end_run_rule", "end_run_certainty")


def run_to_ben(desk, certainty="probable", uid=1):
    """Let a mail come to Ben with a copy to the desk; return the request's number."""
    mail = letter(uid, NOW, message_id=f"r{uid}@x")
    to_ben = dict(zip(FACTS, ("ben", "R2", certainty), strict=True))
    mail = replace(mail, triage=replace(mail.triage, **to_ben))
    return commands.take_in(desk, "help", 1, [mail])[0].number


def facts(desk, number):
    """Return what a request says of the end-run."""
    row = how(desk, number)
    return tuple(row[name] for name in FACTS)


@pytest.mark.parametrize("actor", [BEN, ANA], ids=["ben", "a lead"])
def test_one_that_was_one_is_certain_from_then_on(desk, actor):
    """The history says who said so, and the store agrees with itself."""
    number = run_to_ben(desk)
    done = commands.confirm_end_run(desk, actor, the(number))
    assert done.text == f"#{number} was an end-run to Ben"
    assert facts(desk, number) == ("ben", "R2", "certain")
    last = queries.request(desk, number).history[-1]
    assert (last.what, last.text) == (Happened.JUDGED, "says it was an end-run to Ben")
    assert verified(desk) == []


def test_one_that_was_none_counts_no_more(desk):
    """Nothing of it is left on the request, and its history still tells."""
    number = run_to_ben(desk)
    done = commands.deny_end_run(desk, BEN, the(number))
    assert done.text == f"#{number} was no end-run"
    assert facts(desk, number) == ("", "", "")
    assert history(desk, number)[-1].old["end_run_person"] == "ben"
    assert queries.request(desk, number).history[-1].text == "says it was no end-run"
    assert queries.summary(desk, BEN).end_runs_week == ()
    assert verified(desk) == []


@pytest.mark.parametrize("judge", [commands.confirm_end_run, commands.deny_end_run])
def test_it_is_taken_back_whatever_else_has_happened(desk, clock, judge):
    """A mail that came since has nothing to do with it; another judgement has."""
    number = run_to_ben(desk)
    judge(desk, BEN, the(number))
    clock.advance(timedelta(minutes=1))
    again = letter(2, clock.now(), "Well?", sender=HOPPER, refers_to=("r1@x",))
    commands.take_in(desk, "help", 1, [again])
    (undone,) = commands.undo(desk, BEN)
    assert undone.text == f"#{number}: judgement taken back"
    assert facts(desk, number) == ("ben", "R2", "probable")
    assert queries.request(desk, number).history[-1].text == "took back the judgement"
    commands.confirm_end_run(desk, ANA, the(number))
    assert verified(desk) == []


def test_what_has_ended_can_be_judged_too(desk):
    """It is about how it came, not about the work; its clocks stand as they stood."""
    number = run_to_ben(desk)
    commands.resolve(desk, BEN, the(number), Ending.FIXED)
    before = how(desk, number)
    commands.confirm_end_run(desk, BEN, the(number))
    after = how(desk, number)
    changed = {name for name, value in after.items() if value != before[name]}
    assert changed - {"version", "changed_at"} == {"end_run_certainty"}


def test_nothing_is_learnt_of_it(desk):
    """The next mail of the same sender is as probable as this one was."""
    commands.deny_end_run(desk, BEN, the(run_to_ben(desk)))
    assert facts(desk, run_to_ben(desk, uid=2)) == ("ben", "R2", "probable")


@pytest.mark.parametrize(
    ("actor", "certainty", "error", "words"),
    [
        (CHI, "probable", NotAllowed, "Ben says or a lead"),
        (VISITOR, "probable", NotAllowed, "only looking"),
        (BEN, "certain", NotPossible, "is certain"),
        (BEN, "suspect", NotPossible, "is suspect"),
    ],
)
def test_others_do_not_judge_nor_is_what_is_certain_judged(desk, actor, certainty, error, words):
    """Neither way."""
    number = run_to_ben(desk, certainty)
    for judge in (commands.confirm_end_run, commands.deny_end_run):
        with pytest.raises(error, match=words):
            judge(desk, actor, the(number))
    assert facts(desk, number) == ("ben", "R2", certainty)


def test_what_is_no_end_run_cannot_be_judged(desk):
    """It says so."""
    number = run_to_ben(desk)
    with desk.writing() as writing:
        writing.connection.execute(update(request).values(dict.fromkeys(FACTS, "")))
    with pytest.raises(NotPossible, match="no end-run"):
        commands.confirm_end_run(desk, ANA, the(number))


def test_who_was_faster_is_named(desk, clock):
    """Two judges, one judgement."""
    number = run_to_ben(desk)
    seen = how(desk, number)["version"]
    commands.deny_end_run(desk, ANA, the(number, seen))
    clock.advance(timedelta(seconds=4))
    with pytest.raises(LostRace, match=r"Ana said whether .* was an end-run 4 s ago"):
        commands.confirm_end_run(desk, BEN, the(number, seen))
