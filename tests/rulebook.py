"""A small policy for tests: four people, two departments, three services, office hours."""

from __future__ import annotations

from datetime import timedelta

from store.policy.compile import templates
from store.policy.templates import Templates
from store.rulebook import AnswerRules, DepartmentRule, PersonRule, Rulebook, ServiceRule
from store.rules.clocks import TargetSet
from store.rules.hours import CalendarSpec, always, compile_hours
from store.words import Kind, Level, Priority, Role

ZONE = "Europe/London"
OFFICE = CalendarSpec(
    tz=ZONE,
    weekly=dict.fromkeys(("mon", "tue", "wed", "thu"), (("08:00", "12:00"), ("12:30", "16:30")))
    | {"fri": (("08:00", "12:00"),), "sat": (), "sun": ()},
    special={},
    holidays=frozenset(),
    closures=(),
)

PEOPLE = {
    "ana": PersonRule("ana", "Ana Lovelace", ("ana@northgate.example",), Role.LEAD),
    "ben": PersonRule("ben", "Ben Okafor", ("ben@northgate.example",), Role.TECHNICIAN),
    "chi": PersonRule("chi", "Chi Nakamura", ("chi@northgate.example",), Role.TECHNICIAN),
    "dee": PersonRule("dee", "Dee Ostrom", ("dee@northgate.example",), Role.TECHNICIAN),
}


def _targets(first: float, resolution: float, calendar: str = "desk") -> TargetSet:
    return TargetSet(
        calendar=calendar,
        first_response=timedelta(hours=first),
        next_response=timedelta(hours=first),
        update=timedelta(hours=resolution / 2),
        resolution=timedelta(hours=resolution),
        anchor="declared" if calendar == "always" else "received",
    )


def a_rulebook() -> Rulebook:
    """Return the rulebook; its version 0 says that it was not read from a store."""
    return Rulebook(
        version=0,
        desk="Northgate IT",
        timezone=ZONE,
        addresses=("help@northgate.example",),
        allow_as=True,
        people=PEOPLE,
        departments={
            "maths": DepartmentRule("maths", "Mathematics", ("@maths.northgate.example",)),
            "office": DepartmentRule("office", "Office", ("voss@northgate.example",)),
        },
        services={
            "printing": ServiceRule("printing", "Printing", ("printer",)),
            "projector": ServiceRule(
                "projector", "Projectors", ("projector",), impact=Level.MEDIUM, urgency=Level.HIGH
            ),
            "laptops": ServiceRule("laptops", "Laptops", ("laptop",), kind=Kind.SERVICE),
        },
        matrix={
            (impact, urgency): list(Priority)[min(row + column, 3)]
            for row, impact in enumerate(Level)
            for column, urgency in enumerate(Level)
        },
        targets={
            "P1": _targets(0.5, 4),
            "P2": _targets(1, 8),
            "P3": _targets(4, 24),
            "P4": _targets(8, 40),
            "emergency": _targets(0.25, 2, calendar="always"),
        },
        hours={"desk": compile_hours(OFFICE), "always": always(ZONE)},
        roster=None,
        keys={},
        sender="help@northgate.example",
        # Tests of mail that the desk sends by itself turn it on.
        answers=AnswerRules(acknowledge=False, resolution=False),
        templates=templates(Templates()),
    )
