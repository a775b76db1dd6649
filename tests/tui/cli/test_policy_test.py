"""``deskwatch policy test``: what-if cases from a file or a pipe."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.tui.cli.test_json import keys, promised

CASES = Path(__file__).parents[2] / "store/rules/cases.jsonl"
GOOD = CASES.read_text(encoding="utf-8").splitlines()[0]
ASKED = json.dumps({**json.loads(GOOD), "expected": {"due": "2000-01-01T00:00Z"}})


def test_cases_that_agree(shell):
    """A line of JSON for each case, in order, and all is well."""
    ran = shell("policy", "test", CASES)
    answers = [json.loads(line) for line in ran.lines]
    asked = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    assert [answer["id"] for answer in answers] == [case["id"] for case in asked]
    assert {answer["agrees"] for answer in answers} == {True}
    assert keys(answers[1]) == keys(promised("policy test FILE"))
    assert (ran.status, ran.err) == (0, "")


def test_a_malformed_case_does_not_stop_the_rest(shell):
    """It gets its error; the end says how many, with status 1."""
    Path("cases.jsonl").write_text(f"{{\n\n{GOOD}\n", encoding="utf-8")
    ran = shell("policy", "test", "cases.jsonl", "--json")
    broken, good = (json.loads(line) for line in ran.lines)
    assert (broken["id"], good["agrees"]) == (None, True)
    assert broken["error"].startswith("this is not a line of JSON")
    assert (ran.status, ran.err) == (1, "deskwatch: of 2 cases, 1 malformed\n")


def test_a_case_that_does_not_agree(shell):
    """It says so, and the result it has instead."""
    Path("cases.jsonl").write_text(ASKED, encoding="utf-8")
    ran = shell("policy", "test", "cases.jsonl")
    answer = json.loads(ran.out)
    assert (answer["agrees"], answer["result"]) == (False, {"due": "2025-06-16T15:30Z"})
    assert (ran.status, ran.err) == (1, "deskwatch: of 1 cases, 1 not as expected\n")


def test_bytes_that_are_no_text(shell):
    """They are a malformed case like any other; a byte order mark is no harm."""
    Path("cases.jsonl").write_bytes(b"\xef\xbb\xbf" + GOOD.encode() + b"\n\xff\xfe\n")
    ran = shell("policy", "test", "cases.jsonl")
    assert json.loads(ran.lines[0])["agrees"]
    assert ran.err == "deskwatch: of 2 cases, 1 malformed\n"


def test_a_file_that_is_not_there(shell):
    """One line, and what to do."""
    ran = shell("policy", "test", "missing.jsonl")
    said = "missing.jsonl: No such file or directory; name a file of what-if cases"
    assert (ran.status, ran.out, ran.err) == (1, "", f"deskwatch: {said}\n")


def test_a_pipe():
    """A dash is standard input; no config and no database are needed."""
    ran = subprocess.run(
        [sys.executable, "-m", "tui.cli.main", "policy", "test", "-"],
        input=f"{GOOD}\n{GOOD}\n".encode(),
        capture_output=True,
        check=True,
    )
    assert [json.loads(line)["agrees"] for line in ran.stdout.splitlines()] == [True, True]
