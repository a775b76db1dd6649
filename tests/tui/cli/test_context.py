"""Which config, which database, and who sits here."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from store.desk import Desk
from store.errors import ConfigError, NotAllowed, NotFound, StoreError
from store.facts.login import account_name, login_name
from store.policy.apply import apply_file
from store.words import Role
from tests.databases import SqliteFiles
from tui.cli.context import actor, config_path, database_url, open_desk

DESK = (Path(__file__).parents[2] / "desk.toml").read_text(encoding="utf-8")


def _args(config: str | None = None, database: str | None = None) -> argparse.Namespace:
    return argparse.Namespace(config=config, database=database)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch) -> Path:
    """An empty home, and in it the folder we are in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "DESKWATCH_CONFIG", "DESKWATCH_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_a_config_that_is_named_comes_first(home, monkeypatch):
    """On the command line, then in the environment, then where it usually is."""
    usual = home / ".config" / "deskwatch" / "config.toml"
    usual.parent.mkdir(parents=True)
    usual.touch()
    assert config_path(_args()) == usual
    Path("config.toml").touch()
    assert config_path(_args()) == Path("config.toml")
    monkeypatch.setenv("DESKWATCH_CONFIG", "~/named.toml")
    assert config_path(_args()) == home / "named.toml"
    assert config_path(_args("given.toml")) == Path("given.toml")


def test_the_folder_for_configs_may_be_elsewhere(home, monkeypatch):
    """XDG_CONFIG_HOME says where."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "settings"))
    usual = home / "settings" / "deskwatch" / "config.toml"
    usual.parent.mkdir(parents=True)
    usual.touch()
    assert config_path(_args()) == usual


def test_without_any_config_the_places_are_named(home):
    """And how to get one."""
    with pytest.raises(ConfigError) as error:
        config_path(_args())
    assert str(error.value) == (
        f"no config file (looked for config.toml and {home}/.config/deskwatch/config.toml); "
        "'deskwatch init' writes one, --config names one"
    )


def test_a_database_that_is_named_needs_no_config(home, monkeypatch):
    """Boards need only its address."""
    Path("config.toml").write_text(DESK)
    assert database_url(_args()) == f"sqlite:///{home}/deskwatch.db"
    monkeypatch.setenv("DESKWATCH_DATABASE", "postgresql://db/desk")
    Path("config.toml").unlink()
    assert database_url(_args()) == "postgresql://db/desk"
    assert database_url(_args(database="sqlite:///given.db")) == "sqlite:///given.db"


def test_a_desk_without_a_policy_says_what_to_run(home, sqlite_files: SqliteFiles):
    """The database alone does not say who is on the desk."""
    with pytest.raises(StoreError, match="no policy applied yet; run: deskwatch policy apply"):
        open_desk(_args(database=sqlite_files.new(home)))


def _named(login: str, text: str = DESK) -> str:
    """Return the tests' desk with ``login`` in the place of ana."""
    return text.replace('login = "ana"', f'login = "{login}"').replace('"ana",', f'"{login}",')


def _desk(url: str, text: str = DESK) -> Desk:
    Path("config.toml").write_text(text)
    apply_file(Path("config.toml"), url)
    return open_desk(_args(database=url))


def test_a_person_is_who_the_database_says(database_url):
    """The role that logged in, or the operating system's account; with their name and role."""
    with closing(_desk(database_url)) as desk:
        login = login_name(desk.store)
        stranger = actor(desk)
    assert (stranger.login, stranger.name, stranger.read_only) == (login, login, True)
    with closing(_desk(database_url, _named(login))) as desk:
        me = actor(desk)
    assert (me.login, me.name, me.role, me.read_only) == (login, "Ana Lovelace", Role.LEAD, False)


@pytest.fixture
def desk(home, sqlite_files: SqliteFiles) -> Iterator[Desk]:
    """The tests' desk."""
    with closing(_desk(sqlite_files.new(home))) as opened:
        yield opened


@pytest.mark.parametrize("name", ["ben", "BEN", "Ben Carter", "ben carter", "Ben"])
def test_where_the_policy_lets_them_people_say_who_they_are(desk, name):
    """By log-in name, by name, or by a first name nobody else has."""
    me = actor(desk, name)
    assert (me.login, me.name, me.read_only) == ("ben", "Ben Carter", False)


def test_a_name_that_nobody_has_is_refused(desk):
    """With the one that was probably meant."""
    said = r'--as benn: nobody on the desk has this name; did you mean "ben"\?'
    with pytest.raises(NotFound, match=said):
        actor(desk, "benn")


def test_people_are_who_they_are_where_the_policy_says_so(home, sqlite_files):
    """The reason and the setting are in the line; being oneself is always allowed."""
    strict = _named(account_name(), DESK.replace("allow_as = true", "allow_as = false"))
    with closing(_desk(sqlite_files.new(home), strict)) as desk:
        said = f"--as ben: you are {account_name()} here, and the policy"
        with pytest.raises(NotAllowed, match=said):
            actor(desk, "ben")
        assert actor(desk, account_name()).name == "Ana Lovelace"
        assert actor(desk, "Ana").name == "Ana Lovelace"


def test_the_environment_does_not_say_who_somebody_is(monkeypatch):
    """USER and LOGNAME are easily set."""
    for name in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(name, "somebody-else")
    assert account_name() != "somebody-else"
