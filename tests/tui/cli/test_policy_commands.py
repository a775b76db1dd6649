"""``deskwatch policy apply`` and ``show``."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select, update

from store.facts.engine import open_store
from store.facts.login import account_name
from store.facts.team import policy_version
from store.policy.load import parse
from store.policy.policy import Agreed
from store.policy.policy import applied as shared
from tests.databases import SqliteFiles

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
    changed = "Policy version 2 holds. Changed: services, targets.\n"
    assert shell("policy", "apply", "new.toml").out == changed


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
def test_a_drop_folder_is_a_change_too(shell):
    """It is the one thing of a mailbox that every board shares."""
    Path("config.toml").write_text(DESK)
    shell("policy", "apply")
    Path("config.toml").write_text(
        f'{DESK}[[mailboxes]]\nname = "drop"\nhost = "h"\nuser = "u"\nkeyring = true\n'
        'kind = "direct"\nperson = "ben"\n'
    )
    changed = "Policy version 2 holds. Changed: drop folders.\n"
    assert shell("policy", "apply").out == changed
    assert "# Mailbox drop is the drop folder of ben" in shell("policy", "show").out


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
