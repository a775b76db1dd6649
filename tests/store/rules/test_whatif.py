"""What-if cases that are wrong, and when an answer is the expected one."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.whatif import agree, answer

LINES = (Path(__file__).parent / "cases.jsonl").read_text(encoding="utf-8").splitlines()
BY_KIND = {}
for _line in LINES:
    BY_KIND.setdefault(json.loads(_line)["kind"], json.loads(_line))


def changed(kind: str, path: str, value: object) -> str:
    """Return a case with one field changed; a value of ``...`` leaves it out."""
    case = copy.deepcopy(BY_KIND[kind])
    *way, last = path.split(".")
    place = case
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    if value is ...:
        del place[last]
    else:
        place[int(last) if last.isdigit() else last] = value
    return json.dumps(case)


@pytest.mark.parametrize(
    ("kind", "path", "value", "said"),
    [
        ("deadline", "kind", "dream", 'kind: there is no kind of case "dream"'),
        ("deadline", "input", 3, "input: this has to be an object {...}"),
        ("deadline", "input.minutes", -1, "input.minutes: this has to be a whole number, 0 or"),
        ("deadline", "input.minutes", True, "input.minutes: this has to be a whole number"),
        ("deadline", "input.minutes", 10**18, "input: a date or a number of minutes is too far"),
        ("deadline", "input.start", ..., 'input: "start" is missing'),
        ("deadline", "input.start", "2025-06-13 20:30", '"2025-06-13 20:30" is not an instant'),
        ("deadline", "input.start", "2025-06-31T20:30Z", "input.start: day is out of range"),
        ("deadline", "input.calendar.tz", "Mars/Base", 'input.calendar: "Mars/Base" is not a time'),
        (
            "deadline",
            "input.calendar.weekly.mon",
            [["08:00"]],
            "input.calendar.weekly.mon[0]: this has to be a list of 2 texts",
        ),
        (
            "deadline",
            "input.calendar.special",
            {"2025-02-30": []},
            'input.calendar.special.2025-02-30: "2025-02-30" is not a day of the calendar',
        ),
        (
            "deadline",
            "input.calendar.closures",
            [["2025-06-13T10:00Z", "2025-06-13T11:00"]],
            '"2025-06-13T10:00Z" is not a local time',
        ),
        ("elapsed", "input.end", "2020-01-01T00:00Z", "input.end: this is before start"),
        ("clock", "input.events", [], 'input.events: the first has to be "received"'),
        ("clock", "input.events.0.kind", "sent", "input.events[0].kind: there is no kind of event"),
        ("clock", "input.events.0.priority", "urgent", 'there is no priority "urgent"'),
        ("clock", "input.events.0.priority", ..., 'input.events[0]: "priority" is missing'),
        (
            "clock",
            "input.policy.low.calendar",
            "nights",
            'input.policy.low.calendar: there is no calendar "nights"',
        ),
        ("clock", "input.policy.low.anchor", "sea", "input.policy.low.anchor: there is no anchor"),
        ("coverage", "input.roster.required", "never", "input.roster.required: this has to be"),
        ("coverage", "input.roster.rotations.0.people", [], 'nobody is in the rotation "main"'),
        ("coverage", "input.roster.rotations.0.people", [""], "people[0]: this has to be a text"),
        ("coverage", "input.roster.best_effort", [["sat", "8", "sun", "8"]], '"8" is not a time'),
        ("coverage", "input.roster.rotations.0.handoff", "5pm", '"5pm" is not a time of day'),
        ("coverage", "input.roster.weights.night", "heavy", "this has to be a number, 0 or more"),
        (
            "coverage",
            "input.roster.changes",
            [{"kind": "gift", "from": "2025-05-13T00:00", "to": "2025-05-14T00:00", "who": "bo"}],
            'input.roster.changes[0].kind: there is no kind of change "gift"',
        ),
    ],
)
def test_what_is_wrong_is_said(kind, path, value, said):
    """One line: where in the case, and what."""
    found = answer(changed(kind, path, value))
    assert said in found.error
    assert json.loads(found.as_json()) == {"id": BY_KIND[kind]["id"], "error": found.error}


@pytest.mark.parametrize("line", ["{", "", "\x00", "3", "null", "[]", '"x"', "[" * 100_000])
def test_what_is_no_case(line):
    """Without an object there is no id."""
    found = answer(line)
    assert found.id is None
    assert found.error


def test_a_lone_surrogate_can_be_printed():
    """Nothing in a case keeps its answer from being written anywhere."""
    case = BY_KIND["deadline"] | {"id": "\ud800"}
    assert answer(json.dumps(case)).as_json().isascii()


_JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["0001-01-01T00:00Z", "9999-12-31T23:59Z", "0001-01-01", "9999-12-31"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


def _places(value, path=()):
    """Yield the way to everything in a case."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else ()
    inner = enumerate(value) if isinstance(value, list) else inner
    for key, each in inner:
        yield from _places(each, (*path, key))


@given(st.sampled_from(sorted(BY_KIND)), st.data())
def test_any_case_gets_an_answer(kind, data):
    """Whatever stands in a field: a result or an error, never an exception."""
    case = copy.deepcopy(BY_KIND[kind])
    *way, last = data.draw(st.sampled_from(list(_places(case["input"]))))
    place = case["input"]
    for step in way:
        place = place[step]
    place[last] = data.draw(_JUNK)
    found = answer(json.dumps(case))
    assert bool(found.error) != (found.result is not None)


@pytest.mark.parametrize(
    ("result", "expected", "same"),
    [
        ({"due": "x", "more": 1}, {"due": "x"}, True),
        ({"due": "x"}, {"due": "x", "due_local": "for people"}, True),
        ({"due": "x"}, {"due": "x", "more": 1}, False),
        ({"due": None}, {"due": "x"}, False),
        ({"due": "x"}, "x", False),
        ([1, 2], [1], False),
        ([1, [2]], [1, [2]], True),
        (1, True, False),
        (True, True, True),
        (191.0, 191, True),
        (0.38, 0.375, True),
        (191.5, 191, False),
        ({"minutes": {"bo": {"night": 1}}}, {"minutes": {}}, False),
        ({"minutes": {"bo": {"night": 1}}}, {"minutes": {"bo": {"night": 1}}}, True),
        ({"minutes": 5}, {"minutes": 5}, True),
    ],
)
def test_agree(result, expected, same):
    """Keys only the result has don't count, except where keys are people."""
    assert agree(result, expected) is same


def test_without_expected_nothing_is_compared():
    """A case may just ask."""
    case = {key: value for key, value in BY_KIND["deadline"].items() if key != "expected"}
    assert list(json.loads(answer(json.dumps(case)).as_json())) == ["id", "result"]
