"""Figures of a year at a school, made by hand, for the tests of the view of fairness."""

from __future__ import annotations

from dataclasses import replace

from store.endings_records import (
    Carried,
    Ended,
    EndingsView,
    Reopened,
    Repeats,
    Rests,
    Returned,
    Shoulders,
)
from store.fairness_records import Claims, ClaimsView
from store.records import Actor
from store.rulebook import PersonRule, Rulebook, ServiceRule
from store.rules.concentration import concentration
from store.rules.periods import Period
from store.words import Role
from tests.tui.screens.samples import NOW, rulebook

SINCE = NOW - Period.TWELVE_WEEKS.value
ANA = Actor("ana", "Ana Lovelace", Role.LEAD)
BEN = Actor("ben", "Ben Okafor")

CLAIMS = ClaimsView(
    SINCE,
    Claims("", 1204, 61, 12, 12 / 61),
    (Claims("maths", 402, 31, 9, 9 / 31), Claims("", 802, 30, 3, 0.1)),
)
SERVICES = (
    Ended("projectors", 612, 102, 98, 380, 32, 102 / 200),
    Ended("printing", 415, 60, 240, 90, 25, 60 / 300),
    Ended("", 162, 30, 42, 60, 30, 30 / 72),
    Ended("accounts", 15, 4, 9, 2, 0, None),
    Ended("web", 3, None, None, None, None, None),
)
TEAM = Ended("", 1207, 197, 391, 532, 87, 197 / 588)
ASKED = {1: 160, 2: 81, 3: 40, 4: 20, 6: 15, 9: 10, 14: 9, 40: 5, 149: 1}
ENDINGS = EndingsView(
    since=SINCE,
    all_together=TEAM,
    services=SERVICES,
    requests=1207,
    requesters=341,
    many=concentration(ASKED),
    shoulders=Shoulders(
        1207,
        7,
        2,
        concentration({420: 1, 310: 1, 190: 1, 130: 1, 102: 1, 40: 1, 15: 1}),
        (
            Carried("ben", 420, 420 / 1207),
            Carried("chi", 310, 310 / 1207),
            Carried("ana", 190, 190 / 1207),
            Carried("eve", 40, 40 / 1207),
        ),
    ),
    rests=(
        Rests("projectors", 612, 7, 3, is_alone=False, alone="", by_alone=0, others=()),
        Rests("printing", 415, 5, 2, is_alone=False, alone="", by_alone=0, others=()),
        Rests("accounts", 15, 2, 1, is_alone=True, alone="ben", by_alone=14, others=("chi",)),
    ),
    repeats=(
        Repeats("printing", 22, 104, 81, 81 / 104, 3),
        Repeats("projectors", 9, 34, 8, 8 / 34, 0),
        Repeats("accounts", 1, 3, None, None, 0),
    ),
    returned=Returned("", 171, 149, 149 / 171, 350, 140, 0.4),
    returned_by_service=(
        Returned("printing", 51, 47, 47 / 51, 220, 99, 0.45),
        Returned("accounts", 4, None, None, 8, 3, None),
    ),
    reopened=Reopened(1244, 37, 37 / 1244, 58),
)
NOTHING = EndingsView(
    since=SINCE,
    all_together=Ended("", 0, None, None, None, None, None),
    services=(),
    requests=0,
    requesters=0,
    many=None,
    shoulders=Shoulders(0, 0, None, None, ()),
    rests=(),
    repeats=(),
    returned=Returned("", 0, None, None, 0, None, None),
    returned_by_service=(),
    reopened=Reopened(0, None, None, 0),
)


def rules() -> Rulebook:
    """Return the rules of the school, with more services and one more name."""
    known = rulebook()
    services = {
        **known.services,
        "printing": ServiceRule("printing", "Printing"),
        "accounts": ServiceRule("accounts", "Accounts and passwords", skill="directory"),
        "web": ServiceRule("web", "Website"),
    }
    eve = PersonRule("eve", "Eve Holm", ("eve@northgate.example",), Role.TECHNICIAN)
    return replace(known, services=services, people={**known.people, "eve": eve})
