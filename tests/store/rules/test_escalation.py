"""Who is called to an emergency, and when it goes on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.cover import Roster, Rotation
from store.rules.escalation import OLDEST, Call, Emergency, chain, next_call
from store.rules.hours import compile_hours
from store.rules.roster import Change, ChangeKind
from store.words import Role
from tests.rulebook import OFFICE

DESK = compile_hours(OFFICE)
#: Sunday 25 October 2026, 02:30 in London: the night the clocks go back, and 02:30 is after it.
NIGHT = datetime(2026, 10, 25, 2, 30, tzinfo=UTC)
TEN = timedelta(minutes=10)
ROLES = {"ana": Role.LEAD, "ben": Role.TECHNICIAN, "chi": Role.TECHNICIAN, "dee": Role.TECHNICIAN}
PEOPLE = (("ben",), ("dee",), ("ana",))


def roster(people=("ben", "dee"), **more):
    """Return a roster whose turns change on Mondays at 08:00."""
    main = Rotation("main", date(2026, 10, 19), "08:00", people)
    return Roster(tz="Europe/London", staffed=DESK, rotations=[main], **more)


def gone(start, end, who):
    """Return that somebody is absent on 25 October between two hours."""
    at = datetime(2026, 10, 25)  # noqa: DTZ001 - on the roster's own clock
    hours = (at + timedelta(hours=start), at + timedelta(hours=end))
    return Change(ChangeKind.ABSENT, *hours, who)


def called(*steps, after=TEN):
    """Return calls, a step each, one after the other from ``NIGHT`` on."""
    return tuple(
        Call(step, login, NIGHT + step * after)
        for step, logins in enumerate(steps)
        for login in logins.split()
    )


def following(*steps, now=NIGHT, **more):
    """Return who is called after these, how long after the last, and in which step."""
    calls = called(*steps)
    step = next_call(Emergency(NIGHT, calls, **more), PEOPLE, DESK, now, TEN)
    assert step is not None
    return " ".join(step.who), step.at - NIGHT, step.step


@pytest.mark.parametrize(
    ("what", "people"),
    [
        (roster(), ["ben", "dee", "ana"]),
        (roster(changes=[gone(0, 6, "dee")]), ["ben", "ana"]),
        (roster(changes=[gone(0, 6, "ben")]), ["dee", "ana"]),
        (roster(people=("ben",), changes=[gone(0, 6, "ben")]), ["ana"]),
        (roster(people=("ana", "ben")), ["ana", "ben"]),
        (roster(people=("ben", "ana")), ["ben", "ana"]),
        (roster(people=("gone", "ben")), ["ben", "ana"]),
        (
            roster(
                best_effort=[("sat", "12:00", "mon", "08:00")],
                people=("ben",),
                changes=[gone(0, 24, "ben")],
            ),
            ["ana"],
        ),
        (None, ["ana"]),
    ],
    ids=[
        "all",
        "no backup",
        "a gap",
        "nobody",
        "a lead on watch",
        "a lead as backup",
        "left the desk",
        "best effort",
        "no roster",
    ],
)
def test_cover_then_backup_then_leads_each_once(what, people):
    """Whoever is both is called once; where nobody is on watch it begins further on."""
    assert [" ".join(each) for each in chain(what, ROLES, NIGHT)] == people


def test_a_desk_without_a_lead_calls_everybody():
    """An emergency that calls nobody would be the worst of all."""
    technicians = dict.fromkeys(("ben", "chi"), Role.TECHNICIAN)
    assert chain(None, technicians, NIGHT) == [("ben", "chi")]


@pytest.mark.parametrize(
    ("steps", "who", "minutes"),
    [
        ((), "ben", 0),
        (("ben",), "dee", 10),
        (("ben", "dee"), "ana", 20),
        (("ben", "dee", "ana"), "ben", 30),
        (("ben", "dee", "ana", "ben"), "dee", 40),
        (("chi",), "ben", 10),
        (("ben chi",), "dee", 10),
        (("ben", "dee", "ana") * 3, "ben", 80 + 60),
        (("ben", "dee", "ana") * 3 + ("ben",), "dee", 90 + 60),
    ],
)
def test_it_goes_on_after_the_configured_time(steps, who, minutes):
    """Round after round; after three of them every hour."""
    assert following(*steps) == (who, timedelta(minutes=minutes), len(steps))


def test_what_reached_nobody_is_not_waited_for():
    """A step whose every place failed goes on at once; a new round still takes its time."""
    failed = Emergency(NIGHT, (Call(0, "ben", NIGHT, failed=True),))
    step = next_call(failed, PEOPLE, DESK, NIGHT, TEN)
    assert (step.who, step.at) == (("dee",), NIGHT)
    lonely = next_call(failed, (("ben",),), DESK, NIGHT, TEN)
    assert (lonely.who, lonely.at) == (("ben",), NIGHT + TEN)
    half = Emergency(NIGHT, (Call(0, "ben", NIGHT, failed=True), Call(0, "chi", NIGHT)))
    assert next_call(half, PEOPLE, DESK, NIGHT, TEN).at == NIGHT + TEN


def test_nobody_is_called_while_the_desk_is_there():
    """What was declared while the desk was staffed is called when it closes."""
    declared = datetime(2026, 10, 26, 16, 0, tzinfo=UTC)
    emergency = Emergency(declared)
    closing = datetime(2026, 10, 26, 16, 30, tzinfo=UTC)
    assert next_call(emergency, PEOPLE, DESK, closing - timedelta(seconds=1), TEN) is None
    step = next_call(emergency, PEOPLE, DESK, closing, TEN)
    assert (step.who, step.at <= closing) == (("ben",), True)


def test_the_next_evening_begins_anew():
    """Whoever was called the night before comes first again, and earlier rounds do not count."""
    evening = NIGHT + timedelta(hours=40)
    emergency = Emergency(NIGHT, called(*("ben", "dee", "ana") * 3, "ben"))
    step = next_call(emergency, PEOPLE, DESK, evening, TEN)
    assert (step.who, step.at, step.step) == (("ben",), evening, 10)
    chi = Emergency(NIGHT, (*called("ben"), Call(1, "chi", evening)))
    later = next_call(chi, (("chi",), ("ben",)), DESK, evening, TEN)
    assert (later.who, later.at) == (("ben",), evening + TEN)


def test_somebody_on_it_or_nobody_to_call_ends_it():
    """So does an emergency that nobody has looked at for days: it is on the board."""
    assert next_call(Emergency(NIGHT, (), "ben"), PEOPLE, DESK, NIGHT, TEN) is None
    assert next_call(Emergency(NIGHT), (), DESK, NIGHT, TEN) is None
    late = NIGHT + OLDEST + timedelta(hours=40)
    assert not DESK.is_open(late)
    assert next_call(Emergency(NIGHT), PEOPLE, DESK, late, TEN) is None


@given(
    chain_=st.lists(
        st.lists(st.sampled_from("abcdef"), min_size=1, max_size=3, unique=True).map(tuple),
        min_size=1,
        max_size=4,
    ),
    minutes=st.integers(1, 90),
    fails=st.lists(st.booleans(), min_size=40, max_size=40),
    start=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_everybody_is_called_once_a_round_until_the_desk_opens(chain_, minutes, fails, start):
    """Played forward: never while the desk is there, never out of step, never twice in a round."""
    calls, now, wait = (), start, timedelta(minutes=minutes)
    everybody = {login for group in chain_ for login in group}
    for failed in fails:
        step = next_call(Emergency(start, calls), chain_, DESK, now, wait)
        if step is None:
            assert DESK.is_open(now) or now - start > OLDEST
            now = DESK.next_change(now) if DESK.is_open(now) else now
            if now - start > OLDEST:
                return
            continue
        now = max(now, step.at)
        if DESK.is_open(now):
            continue
        assert step.step == len({each.step for each in calls})
        assert set(step.who) <= everybody
        same_night = [each for each in calls if not DESK.open_between(each.at, now)]
        recent = [each.login for each in same_night][-len(everybody) :]
        if not set(step.who).isdisjoint(recent) and len(same_night) >= len(everybody):
            assert {each.login for each in same_night} == everybody
        calls += tuple(Call(step.step, login, now, failed) for login in step.who)
