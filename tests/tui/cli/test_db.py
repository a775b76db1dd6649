"""``deskwatch db``: made, brought up to date, checked."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sqlalchemy import update

from store.desk import Desk
from store.facts.requests import request
from store.facts.schema import SCHEMA
from store.policy.apply import apply_file
from tests.store.people import a_request

CONFIG = Path(__file__).parents[2] / "desk.toml"


def test_upgrade_makes_a_database_and_says_what_comes_next(shell, tmp_path):
    """The second time there is nothing to do."""
    url = f"sqlite:///{tmp_path}/desk.db"
    made = shell("db", "upgrade", "--database", url)
    again = shell("db", "upgrade", "--database", url)
    name = f"the database {tmp_path}/desk.db"
    assert (made.status, made.lines) == (
        0,
        [f"made {name} (schema {SCHEMA}); next: deskwatch policy apply"],
    )
    assert (again.status, again.lines) == (0, [f"{name} is up to date (schema {SCHEMA})"])


def test_upgrade_finds_the_database_in_the_config(shell, tmp_path):
    """As every command does, relative to the config file."""
    (tmp_path / "config.toml").write_text(CONFIG.read_text(encoding="utf-8"), encoding="utf-8")
    assert shell("db", "upgrade").status == 0
    assert (tmp_path / "deskwatch.db").exists()


def test_verify_agrees_with_a_sound_store(shell, database_url):
    """And says how much it has looked at."""
    apply_file(CONFIG, database_url)
    with closing(Desk.open(database_url)) as desk:
        a_request(desk)
    ran = shell("db", "verify", "--database", database_url)
    said = ["1 requests and originals agree with history and ledger"]
    assert (ran.status, ran.lines, ran.err) == (0, said, "")


def test_verify_names_what_differs(shell, database_url):
    """A line each, and exit status 1; nothing is mended behind anybody's back."""
    apply_file(CONFIG, database_url)
    with closing(Desk.open(database_url)) as desk:
        a_request(desk)
        with desk.store.writing() as writing:
            writing.connection.execute(update(request).values(assignee="chi"))
    for _ in range(2):
        ran = shell("db", "verify", "--database", database_url)
        assert (ran.status, ran.lines, ran.err) == (
            1,
            ["#1001: assignee is chi, by its history it is "],
            "1 thing differs; nothing was changed\n",
        )


def test_verify_repairs_when_asked(shell, database_url):
    """The history is the truth; afterwards all agree."""
    apply_file(CONFIG, database_url)
    with closing(Desk.open(database_url)) as desk:
        a_request(desk)
        with desk.store.writing() as writing:
            writing.connection.execute(update(request).values(assignee="chi", due_at=None))
    ran = shell("db", "verify", "--repair", "--database", database_url)
    assert (ran.status, ran.err) == (0, "requests repaired: 1; problems left: 0\n")
    assert shell("db", "verify", "--database", database_url).status == 0


def test_verify_of_a_database_without_a_policy_says_what_to_do(shell, database_url):
    """Clocks cannot be worked out without targets."""
    ran = shell("db", "verify", "--database", database_url)
    assert ran.status == 1
    assert ran.err.startswith("deskwatch: no policy applied yet; run: deskwatch policy apply")
