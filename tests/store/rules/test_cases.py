"""The what-if cases: every rule of hours, clocks and cover by an example."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from store.rules.whatif import agree, answer
from tests.store.rules import minute_clocks, minute_cover, minute_reference

LINES = (Path(__file__).parent / "cases.jsonl").read_text(encoding="utf-8").splitlines()
CASES = [pytest.param(line, id=json.loads(line)["id"]) for line in LINES]
HORIZON = timedelta(days=40)
STEPPED = {
    "deadline": lambda given: minute_reference.deadline(given, HORIZON),
    "elapsed": minute_reference.elapsed,
    "clock": lambda given: minute_clocks.clock(given, HORIZON),
    "coverage": minute_cover.coverage,
}


@pytest.mark.parametrize("line", CASES)
def test_case(line):
    """What is expected is computed."""
    found = answer(line)
    assert (found.error, found.result, found.agrees) == ("", found.result, True)


@pytest.mark.parametrize("line", [case for case in CASES if case.id != "never open"])
def test_stepping(line):
    """Stepping through the minutes finds the same, so that it may judge random cases."""
    case = json.loads(line)
    stepped = STEPPED[case["kind"]](case["input"])
    assert (stepped, agree(stepped, case["expected"])) == (stepped, True)
