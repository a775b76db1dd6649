"""What the view of cover refuses, and whom it offers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from store.rules.burden import Candidate
from store.rules.roster import Change, ChangeKind
from tests.store.people import ANA, BEN
from tests.tui.views.cover.test_words import AGREED, BENS, HOLE, OPEN, at, naive, piece, setting
from tui.board.views.cover import offers
from tui.board.views.cover.refusing import why_not
from tui.board.views.cover.rows import Row, Sort


@pytest.mark.parametrize(
    ("kind", "one", "me", "reason"),
    [
        ("cover", None, ANA, "There is no watch in this row"),
        ("add", OPEN, ANA, "The desk is open then"),
        ("add", BENS, ANA, "Ben has the watch then; «cover_cover» lets"),
        ("swap", HOLE, ANA, "Nobody has the watch then; «cover_add» adds"),
        ("absent", AGREED, BEN, "Nobody has the watch then"),
        ("absent", replace(BENS, who="dee"), BEN, "Only a lead enters that others are absent"),
        ("absent", replace(BENS, who="dee"), ANA, ""),
        ("absent", BENS, BEN, ""),
        ("cover", replace(BENS, who="dee"), BEN, ""),
        ("add", HOLE, BEN, ""),
        ("add", AGREED, BEN, ""),
    ],
)
def test_a_change_that_cannot_be_says_why(kind, one, me, reason):
    """Naming the key that helps, as it is set."""
    said = why_not(ChangeKind(kind), one, setting(me=me), "«{}»".format)
    assert said.startswith(reason)
    assert bool(said) == bool(reason)


def test_what_is_over_is_for_leads():
    """They correct what was."""
    later = "2026-11-30 10:00"
    key = "«{}»".format
    assert why_not(ChangeKind.COVER, BENS, setting(later), key) == ""
    assert "a lead can correct" in why_not(ChangeKind.COVER, BENS, setting(later, BEN), key)


CANDIDATES = (
    Candidate("dee", 38.0, 49.0, "11 h less than the fair share"),
    Candidate("chi", 49.2, 49.0, "carries the fair share"),
)


def told(choices) -> list[tuple[str, str, bool]]:
    """Return what choices say, and whether they can be picked."""
    return [(each.label, each.detail, not each.why_not) for each in choices]


def test_a_lead_may_ask_anybody_the_fairest_first():
    """Each with why; whoever has the watch is no choice."""
    found = offers.people(BENS, CANDIDATES, ["ana", "ben", "chi", "dee", "eli"], setting())
    assert told(found) == [
        ("Dee", "  38 h of 49 h   11 h less than the fair share", True),
        ("chi", "  49 h of 49 h   carries the fair share", True),
        ("Ana (me)", "takes no turns", True),
        ("eli", "takes no turns", True),
    ]


def test_a_technician_lets_anybody_come_instead_and_else_comes_alone():
    """What cannot be picked comes last."""
    own = offers.people(BENS, CANDIDATES, ["dee", "ben"], setting(me=BEN))
    free = offers.people(HOLE, CANDIDATES, ["dee", "ben"], setting(me=BEN))
    assert all(can for *_, can in told(own))
    assert [(label, can) for label, _, can in told(free)] == [
        ("Ben (me)", True),
        ("Dee", False),
        ("chi", False),
    ]


def test_stretches_to_swap_for_are_the_likest_first():
    """Of others, to come, and known whole; of a technician's own, if it is somebody else's."""
    evening = piece(Sort.WATCH, "2026-12-01 17:00", "2026-12-02 08:00", "dee")
    saturday = piece(Sort.WATCH, "2026-12-05 08:00", "2026-12-06 08:00", "dee")
    over = piece(Sort.WATCH, "2026-11-24 17:00", "2026-11-25 08:00", "dee")
    cut = piece(Sort.WATCH, "2026-12-09 17:00", "2026-12-10 00:00", "dee")
    shown = (Row("ben", (BENS,)), Row("dee", (over, evening, saturday, cut)))
    until = at("2026-12-10 00:00")
    found = offers.stretches(BENS, shown, until, setting())
    assert [each.value.taken for each in found] == [saturday, evening]
    assert found[0].detail == "Sat 5 Dec 08:00 – Sun 6 Dec 08:00   24 h, weekend"
    mine = offers.stretches(saturday, shown, until, setting(me=BEN))
    assert [each.value for each in mine] == [offers.Offer("ben", BENS)]


TIMES = (naive("2026-11-28 14:00"), naive("2026-11-28 22:00"))


@pytest.mark.parametrize(
    ("kind", "one", "offer", "changes"),
    [
        ("add", HOLE, offers.Offer("dee"), [("add", *TIMES, "dee", "")]),
        ("absent", BENS, offers.Offer("ben"), [("absent", *TIMES, "ben", "")]),
        ("cover", BENS, offers.Offer("dee"), [("cover", *TIMES, "dee", "ben")]),
        (
            "swap",
            BENS,
            offers.Offer("dee", piece(Sort.WATCH, "2026-12-05 08:00", "2026-12-06 08:00", "dee")),
            [
                ("swap", *TIMES, "dee", "ben"),
                ("swap", naive("2026-12-05 08:00"), naive("2026-12-06 08:00"), "ben", "dee"),
            ],
        ),
    ],
)
def test_what_was_picked_becomes_changes(kind, one, offer, changes):
    """A swap is two."""
    made = offers.changes(ChangeKind(kind), one, offer, TIMES, setting())
    assert list(made) == [Change(ChangeKind(each), *rest) for each, *rest in changes]
