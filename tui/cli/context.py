"""What every command needs: the config, the database's address, the desk, and who I am."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import ConfigError, NotAllowed, NotFound

if TYPE_CHECKING:
    from store.desk import Desk
    from store.policy.policy import Policy
    from store.records import Actor
    from store.rulebook import PersonRule


def config_path(args: argparse.Namespace) -> Path:
    """Return the config file: ``--config``, ``DESKWATCH_CONFIG``, or where it usually is.

    Raises:
        ConfigError: There is none in the usual places. A file that is named is not looked at.
    """
    named = args.config or os.environ.get("DESKWATCH_CONFIG")
    if named:
        return Path(named).expanduser()
    places = usual_places(os.environ)
    for place in places:
        if place.exists():
            return place
    looked = " and ".join(str(place) for place in places)
    raise ConfigError(
        [f"no config file (looked for {looked}); 'deskwatch init' writes one, --config names one"]
    )


def usual_places(environ: Mapping[str, str]) -> tuple[Path, ...]:
    """Return where a config file is looked for when none is named, in this order."""
    home = Path(environ.get("XDG_CONFIG_HOME") or "~/.config").expanduser()
    return Path("config.toml"), home / "deskwatch" / "config.toml"


def load_policy(args: argparse.Namespace) -> Policy:
    """Return the policy in the config file; raises ``ConfigError`` with a line a problem."""
    from store.policy.load import load

    return load(config_path(args))


def database_url(args: argparse.Namespace) -> str:
    """Return the database's address: ``--database``, ``DESKWATCH_DATABASE``, or the config's.

    Raises:
        ConfigError: It is not given, and the config file is missing or wrong.
    """
    return named_database(args) or load_policy(args).database.url


def named_database(args: argparse.Namespace) -> str | None:
    """Return the database's address where it is given outside the config file, else None."""
    return args.database or os.environ.get("DESKWATCH_DATABASE") or None


def open_desk(args: argparse.Namespace) -> Desk:
    """Return the desk: the database, open, with the policy applied to it.

    Raises:
        ConfigError: The database's address is not known.
        StoreError: It cannot be used, or no policy was applied yet.
    """
    from store.desk import Desk

    return Desk.open(database_url(args))


def actor(desk: Desk, as_: str | None = None) -> Actor:
    """Return who sits here; somebody the policy does not name may only look.

    Args:
        desk: The desk.
        as_: Who they say they are (``--as``): a log-in name or a person's name. It takes
            ``allow_as`` in the policy, unless it is who they are anyway.

    Raises:
        NotAllowed: The policy does not let people say who they are.
        NotFound: There is no such person on the desk.
    """
    from store.facts.login import login_name

    login = login_name(desk.store)
    if as_ is None:
        return _actor(desk.rules.people.get(login), login)
    person = _named(desk.rules.people, as_)
    if login not in {person.login, as_} and not desk.rules.allow_as:
        raise NotAllowed(
            f"--as {as_}: you are {login} here, and the policy does not let people say who they "
            "are; leave --as out (or set allow_as = true under [desk] and apply the policy)"
        )
    return _actor(person, person.login)


def _actor(person: PersonRule | None, login: str) -> Actor:
    from store.records import Actor  # here, so that the board's skeleton is painted without

    if person is None:
        return Actor(login=login, name=login, read_only=True)
    return Actor(login=person.login, name=person.name, role=person.role)


def _named(people: Mapping[str, PersonRule], wanted: str) -> PersonRule:
    """Return the person with a log-in name, a whole name, or a first name nobody else has."""
    from store.policy.suggest import meant

    folded = wanted.casefold()
    for form in (_login, _name, _first_name):
        found = [person for person in people.values() if form(person).casefold() == folded]
        if len(found) == 1:
            return found[0]
    raise NotFound(f"--as {wanted}: nobody on the desk has this name; {meant(wanted, people)}")


def _login(person: PersonRule) -> str:
    return person.login


def _name(person: PersonRule) -> str:
    return person.name


def _first_name(person: PersonRule) -> str:
    return person.name.partition(" ")[0]
