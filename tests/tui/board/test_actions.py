"""One registry: what is in it can be done, and nothing else is shown."""

from __future__ import annotations

from itertools import combinations

import pytest

from tests.tui.screens.samples import request_view
from tui.board.action import Scope, meet
from tui.board.actions import ACTIONS, BY_ID, SECTIONS, bindings
from tui.board.going import Going
from tui.board.handlers import Handlers
from tui.board.queue import QueueScreen
from tui.board.refusals import why_not
from tui.board.reply.editor import ReplyEditor
from tui.board.screens.request import RequestScreen
from tui.board.views.cover.screen import CoverScreen
from tui.board.views.end_runs.screen import EndRunsScreen
from tui.board.views.fairness.screen import FairnessScreen
from tui.board.views.intake.screen import IntakeScreen
from tui.board.views.mine.screen import MineScreen
from tui.board.views.workload.screen import WorkloadScreen
from tui.board.widgets.footer import AT_THE_END, ON_NOTHING, ON_REQUESTS

#: Keys that the design gives to what later versions bring.
RESERVED: set[str] = set()

OWNERS = {
    Scope.EVERYWHERE: (Going, "do_"),
    Scope.QUEUE: (QueueScreen, "do_"),
    Scope.REQUEST: (RequestScreen, "do_"),
    Scope.REPLY: (ReplyEditor, "do_"),
    Scope.INTAKE: (IntakeScreen, "do_"),
    Scope.COVER: (CoverScreen, "do_"),
    Scope.FAIRNESS: (FairnessScreen, "do_"),
    Scope.MINE: (MineScreen, "do_"),
    Scope.END_RUNS: (EndRunsScreen, "do_"),
    Scope.WORKLOAD: (WorkloadScreen, "do_"),
    Scope.WORK: (Handlers, ""),
}
#: What the handlers do besides actions.
BESIDES = {"of", "send", "send_kept"}


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_is_done_somewhere(action):
    """The class for its scope has a method of its name."""
    owner, prefix = OWNERS[action.scope]
    assert callable(getattr(owner, prefix + action.id))


def test_nothing_is_done_that_is_not_in_the_registry():
    """Each method of an action has its entry."""
    done = {
        name.removeprefix("do_")
        for owner, prefix in OWNERS.values()
        for name in dir(owner)
        if prefix and name.startswith("do_")
    }
    done |= {name for name in dir(Handlers) if not name.startswith("_")} - BESIDES
    assert done == set(BY_ID)


def test_ids_are_unique():
    """Key settings find one action."""
    assert len(BY_ID) == len(ACTIONS) == sum(map(len, SECTIONS.values()))


def test_no_two_actions_in_one_place_have_the_same_key():
    """One of them would silently never be done."""
    clashes = [
        (one.id, other.id)
        for one, other in combinations(ACTIONS, 2)
        if meet(one.scope, other.scope) and set(one.keys) & set(other.keys)
    ]
    assert clashes == []


def test_keys_of_what_is_to_come_are_left_free():
    """Nobody gets used to another meaning of them."""
    assert {key for action in ACTIONS for key in action.keys} & RESERVED == set()


def test_whatever_esc_does_another_key_does_too():
    """Many terminals make Esc wait for a tenth of a second."""
    slow = [action.id for action in ACTIONS if action.keys[0] == "escape" and len(action.keys) < 2]
    assert slow == []


def test_the_footer_shows_at_most_six_hints_and_the_way_to_all():
    """``? help`` and ``: commands`` are always there."""
    assert (len(ON_REQUESTS), len(ON_NOTHING) <= 6, AT_THE_END) == (6, True, ("help", "palette"))


def test_bindings_are_made_of_the_registry():
    """Each has the action's id, by which key settings change it."""
    made = bindings(Scope.WORK, Scope.QUEUE)
    wanted = [each.id for each in ACTIONS if each.scope in {Scope.WORK, Scope.QUEUE}]
    assert [each.id for each in made] == wanted


def test_without_a_request_there_is_nothing_to_claim():
    """An empty queue says so."""
    from tests.store.people import ANA

    assert why_not(BY_ID["claim"], [], ANA) == "There is no request here"


def test_several_requests_are_left_to_the_store():
    """What can be done to one of them may not be possible for another."""
    from tests.store.people import ANA

    rows = [request_view().row] * 2
    assert why_not(BY_ID["release"], rows, ANA) == ""
