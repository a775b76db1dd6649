"""``deskwatch policy apply`` and ``show``."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select, update

from store.clock import SetClock, SystemClock
from store.desk import Desk
from store.facts.engine import open_store
from store.facts.login import account_name
from store.facts.team import policy_version
from store.policy.apply import apply_file
from store.policy.load import parse
from store.policy.policy import Agreed
from store.policy.policy import applied as shared
from store.words import Level
from tests.databases import SqliteFiles
from tests.store.people import a_request
from tests.tui.cli.test_json import keys, promised
from tui.cli import policy_apply

DESK = (Path(__file__).parents[2] / "desk.toml").read_text(encoding="utf-8")
EXAMPLE = (Path(__file__).parents[3] / "config.example.toml").read_text(encoding="utf-8")


@pytest.fixture
def database(tmp_path, sqlite_files: SqliteFiles, monkeypatch, shell) -> str:
    """An empty database, named by the environment."""
    url = sqlite_files.new(tmp_path)
    monkeypatch.setenv("DESKWATCH_DATABASE", url)
    return url


@pytest.mark.usefixtures("database")
def test_a_policy_is_applied_once_and_says_what_changed(shell):
    """Applying it again changes nothing; a change names its parts."""
    Path("config.toml").write_text(DESK)
    assert shell("policy", "apply").out == "Policy version 1 holds: the first one.\n"
    again = "Nothing to change: policy version 1 says the same.\n"
    assert shell("policy", "apply").out == again
    Path("new.toml").write_text(DESK.replace('"30m"', '"20m"').replace("Printing", "Printers"))
    assert shell("policy", "apply", "new.toml").out == (
        "Against policy version 1, this changes: services, targets\n"
        "  services  changed: printing: name\n"
        "  targets   P1 first_response: 30m → 20m\n"
        "No open request gets another due time.\n"
        "Policy version 2 holds. Changed: services, targets.\n"
    )


@pytest.mark.usefixtures("database")
def test_where_people_are_called_is_no_change(shell):
    """It stays in the file, so the database cannot differ from it."""
    called = DESK.replace('role = "lead"\n', 'role = "lead"\nnotify = "ntfy://ana"\n', 1)
    Path("config.toml").write_text(called)
    shell("policy", "apply")
    Path("config.toml").write_text(called.replace("Printing", "Printers"))
    assert "people" not in shell("policy", "apply", "--dry-run").out


@pytest.mark.parametrize(
    ("older", "said"),
    [
        ({}, "It says the same, as this version writes it."),
        ({"no_more": 1}, "The one before was written by another version of Deskwatch."),
    ],
)
def test_a_policy_that_another_version_wrote_is_replaced(shell, database, older, said):
    """After an upgrade it says the same in other words, or what nobody reads any more."""
    Path("config.toml").write_text(DESK)
    shell("policy", "apply")
    with closing(open_store(database)) as store, store.writing() as writing:
        kept = writing.connection.execute(select(policy_version.c.policy)).scalar_one()
        text = json.dumps({**json.loads(kept), **older}, indent=1)
        writing.connection.execute(update(policy_version).values(policy=text))
    if not older:
        assert shell("check").lines[2] == "ok   policy: version 1, the same as in the file"
    ran = shell("policy", "apply")
    assert (ran.out, ran.err) == (f"Policy version 2 holds. {said}\n", "")


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(("kind", "called"), [("direct", "drop folder"), ("sent", "Sent folder")])
def test_whose_folder_a_mailbox_is_is_a_change_too(shell, kind, called):
    """It is the one thing of a mailbox that every board shares."""
    Path("config.toml").write_text(DESK)
    shell("policy", "apply")
    Path("config.toml").write_text(
        f'{DESK}[[mailboxes]]\nname = "drop"\nhost = "h"\nuser = "u"\nkeyring = true\n'
        f'kind = "{kind}"\nperson = "ben"\nfolder = "Ben"\n'
    )
    changed = f"Policy version 2 holds. Changed: {called}s."
    assert shell("policy", "apply").lines[-1] == changed
    assert f"# Mailbox drop is the {called} of ben" in shell("policy", "show").out


@pytest.mark.usefixtures("database")
def test_a_wrong_policy_is_not_applied(shell):
    """Every problem is said as compilers do; the one before still holds."""
    Path("config.toml").write_text(DESK)
    shell("policy", "apply")
    Path("config.toml").write_text(
        DESK.replace('"30m"', '"2d"').replace("08:00-16:30", "8-16").replace("lead", "boss")
    )
    ran = shell("policy", "apply")
    assert (ran.status, ran.out) == (1, "")
    lines = ran.err.splitlines()
    assert len(lines) == 7
    assert all(line.startswith("config.toml:") for line in lines)
    assert shell("policy", "show").lines[0].startswith("# Policy version 1, applied ")


@pytest.mark.parametrize("text", [DESK, EXAMPLE])
@pytest.mark.usefixtures("database")
def test_the_policy_that_holds_is_shown_as_a_config(shell, text):
    """It can be read, compared and used again."""
    Path("config.toml").write_text(text)
    shell("policy", "apply")
    ran = shell("policy", "show")
    assert ran.lines[0].endswith(f" UTC by {account_name()}")
    # Where people are called is nowhere but in the file.
    shown, applied = (shared(parse(each, "x.toml")) for each in (ran.out, text))
    for part in Agreed.model_fields:
        assert getattr(shown, part) == getattr(applied, part)


@pytest.mark.usefixtures("database")
def test_the_policy_is_shown_to_programs(shell):
    """Version, when, by whom, and the policy."""
    Path("config.toml").write_text(DESK)
    shell("policy", "apply")
    shown = json.loads(shell("policy", "show", "--json").out)
    assert (shown["version"], shown["applied_by"]) == (1, account_name())
    assert shown["applied_at"].endswith("+00:00")
    assert shown["policy"]["targets"]["P1"]["first_response"] == "30m"


@pytest.mark.usefixtures("database")
def test_without_a_policy_there_is_nothing_to_show(shell):
    """The line says how to change that."""
    ran = shell("policy", "show")
    assert ran.status == 1
    assert ran.err == "deskwatch: no policy applied yet; run: deskwatch policy apply\n"


def test_a_database_that_is_not_there_says_how_to_make_it(shell):
    """Before anything of the policy is tried."""
    Path("config.toml").write_text(DESK)
    ran = shell("policy", "apply")
    assert ran.status == 1
    assert ran.err.endswith("run: deskwatch db upgrade\n")


BUSY = (
    DESK.replace('name = "Ben Carter"', 'name = "Ben Carter"\nrole = "lead"')
    .replace('login = "chi"', 'login = "dee"')
    .replace('"ben", "chi"]', '"ben"]')
    .replace('first_response = "8h"', 'first_response = "5h"')
    .replace("[services.network]", 'special = { 2020-11-26 = "closed" }\n[services.network]')
)


@pytest.fixture
def applied(database) -> str:
    """A database with the desk's policy, and another policy beside it."""
    Path("config.toml").write_text(DESK)
    apply_file(Path("config.toml"), database)
    Path("busy.toml").write_text(BUSY)
    return database


@pytest.fixture
def requests(applied) -> None:
    """Ten requests that nobody has answered yet."""
    now = SystemClock().now()
    with closing(Desk.open(applied, SetClock(now))) as desk:
        for number in range(10):
            a_request(desk, f"request {number}", impact=Level.LOW, urgency=Level.LOW)


@pytest.mark.usefixtures("requests")
def test_what_an_edited_policy_changes(shell):
    """People, services, targets, due times and gaps; many of one kind are cut short."""
    ran = shell("policy", "apply", "--dry-run", "busy.toml")
    assert (ran.status, ran.err) == (0, "")
    people = "new: Chi Nguyen (dee) · gone: Chi Nguyen (chi) · changed: Ben Carter (ben): role"
    assert ran.lines[:4] == [
        "Against policy version 1, this changes: people, calendars, targets, roster",
        f"  people    {people}",
        "  targets   P4 first_response: 8h → 5h",
        "10 open requests are due earlier:",
    ]
    assert re.fullmatch(r"  #1001 P4  due .* \(was: .*\)  request 0", ran.lines[4])
    assert ran.lines[12] == "  … and 2 more"
    assert ran.lines[-1] == "Not applied: policy version 1 still holds."
    assert shell("policy", "show", "--json").out.startswith('{\n  "version": 1,')


@pytest.mark.usefixtures("requests")
def test_what_it_changes_for_programs(shell):
    """The shape that docs/json.md promises, whether it is applied or not."""
    dry = json.loads(shell("policy", "apply", "--dry-run", "--json", "busy.toml").out)
    assert keys(dry) <= keys(promised("policy apply --json"))
    assert (dry["version"], dry["applied"], len(dry["due"])) == (1, False, 10)
    assert dry["due"][0]["effect"] == "earlier"
    assert dry["people"] == {"came": ["dee"], "left": ["chi"], "changed": {"ben": ["role"]}}
    done = json.loads(shell("policy", "apply", "--yes", "--json", "busy.toml").out)
    assert done == {**dry, "version": 2, "applied": True}
    again = json.loads(shell("policy", "apply", "--yes", "--json", "busy.toml").out)
    assert (again["version"], again["applied"], again["due"]) == (2, False, [])


@pytest.mark.usefixtures("applied")
def test_on_a_terminal_it_asks(shell, monkeypatch):
    """Enter is no, so is the end of the input; what says the same needs no question."""
    monkeypatch.setattr(policy_apply, "_on_a_terminal", lambda: True)
    for no in ("n\n", "\n"):
        ran = shell("policy", "apply", "busy.toml", typed=no)
        assert (ran.status, ran.lines[-1]) == (1, "Not applied: policy version 1 still holds.")
    ended = shell("policy", "apply", "busy.toml")
    assert (ended.status, ended.err) == (
        1,
        'deskwatch: no answer to "Apply it? (y/n)": the input has ended; nothing was written\n',
    )
    ran = shell("policy", "apply", "busy.toml", typed="what\nyes\n")
    changed = "Policy version 2 holds. Changed: people, calendars, targets, roster."
    assert (ran.status, ran.lines[-1]) == (0, changed)
    again = "Nothing to change: policy version 2 says the same.\n"
    assert shell("policy", "apply", "busy.toml").out == again
    assert shell("policy", "apply", "--yes").lines[-1].startswith("Policy version 3 holds.")


def test_somebody_else_applies_one_meanwhile(shell, applied, monkeypatch):
    """What was agreed to is not what would happen: nothing is applied."""
    monkeypatch.setattr(policy_apply, "_on_a_terminal", lambda: True)
    other = DESK.replace("Northgate IT", "Southgate IT")

    def answer(question: str) -> str:
        Path("other.toml").write_text(other)
        apply_file(Path("other.toml"), applied)
        return "y"

    monkeypatch.setattr("builtins.input", answer)
    ran = shell("policy", "apply", "busy.toml")
    assert ran.status == 1
    assert ran.err.startswith("deskwatch: somebody applied policy version 2 meanwhile, so nothing")
    assert 'name = "Southgate IT"' in shell("policy", "show").out


@pytest.mark.parametrize("words", [["--json"], ["--yes", "--dry-run"]])
def test_wrong_use_of_apply(shell, capsys, words):
    """It ends with 2 before anything is looked at."""
    with pytest.raises(SystemExit) as ended:
        shell("policy", "apply", *words)
    assert ended.value.code == 2


@pytest.mark.usefixtures("database")
def test_a_first_policy_is_not_compared(shell, monkeypatch):
    """There is nothing to ask about."""
    monkeypatch.setattr(policy_apply, "_on_a_terminal", lambda: True)
    Path("config.toml").write_text(DESK)
    dry = shell("policy", "apply", "--dry-run")
    assert dry.out == "Not applied: it would be the first policy.\n"
    assert shell("policy", "apply").out == "Policy version 1 holds: the first one.\n"
