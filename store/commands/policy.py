"""Applying a policy: a new version of it, and the people, departments and services it names."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from store.commands.change import may_write
from store.commands.rebuild import rebuild_clocks
from store.facts.engine import Store, Writing
from store.facts.people import department, mail_address, person, service
from store.facts.team import policy_version
from store.policy.stored import rulebook_of
from store.records import Actor
from store.rulebook import PersonRule, Rulebook


def apply_policy(store: Store, policy_json: str, actor: Actor) -> int:
    """Make a policy the one that holds; return its version.

    If it is the one that holds already, nothing is written. Every live request's clocks are
    worked out anew. People, departments and services that it does not name any more stay in
    the store, inactive, for the requests that name them.

    Args:
        store: The store.
        policy_json: As ``store.policy.stored.to_store`` makes it.
        actor: Who applies it.

    Raises:
        ConfigError: this is not a policy of this version of Deskwatch.
        NotAllowed: the actor may only look.
        StoreError: the database failed; the policy before still holds.
    """
    may_write(actor)
    with store.writing() as writing:
        holds = select(policy_version.c.policy).where(
            policy_version.c.version == writing.policy_version
        )
        if writing.connection.scalar(holds) == policy_json:
            return writing.policy_version
        version = writing.ids("policy")
        rules = rulebook_of(policy_json, version)
        writing.connection.execute(
            insert(policy_version).values(
                version=version, at=writing.now, actor=actor.login, policy=policy_json
            )
        )
        _enter_people(writing, rules)
        _enter(
            writing.connection,
            department,
            {key: {"name": each.name} for key, each in rules.departments.items()},
        )
        _enter(
            writing.connection,
            service,
            {
                key: {"name": each.name, "description": each.description}
                for key, each in rules.services.items()
            },
        )
        rebuild_clocks(writing, rules)
        return version


def _enter(connection: Connection, table: Table, named: dict[str, dict[str, Any]]) -> None:
    """Enter what the policy names by key; what it does not name is inactive."""
    connection.execute(update(table).where(table.c.key.not_in(named)).values(active=False))
    there = set(connection.scalars(select(table.c.key)))
    for key, columns in named.items():
        if key in there:
            changed = update(table).where(table.c.key == key).values(**columns, active=True)
            connection.execute(changed)
        else:
            connection.execute(insert(table).values(key=key, **columns, active=True))


def _enter_people(writing: Writing, rules: Rulebook) -> None:
    connection = writing.connection
    left = (person.c.login != "") & person.c.login.not_in(rules.people)
    connection.execute(update(person).where(left).values(active=False))
    for rule in rules.people.values():
        person_id = _enter_person(writing, rule)
        for address in rule.addresses:
            _enter_address(connection, address, person_id)


def _enter_person(writing: Writing, rule: PersonRule) -> int:
    """Enter a person of the desk: known by login, or by an address they wrote from before."""
    connection = writing.connection
    columns = {
        "login": rule.login,
        "name": rule.name,
        "role": rule.role.value,
        "department": rule.department,
        "active": True,
    }
    known: int | None = connection.scalar(select(person.c.id).where(person.c.login == rule.login))
    if known is None:
        known = connection.scalar(
            select(person.c.id)
            .join(mail_address, mail_address.c.person_id == person.c.id)
            .where(mail_address.c.address.in_(rule.addresses), person.c.login == "")
            .limit(1)
        )
    if known is not None:
        connection.execute(update(person).where(person.c.id == known).values(columns))
        return known
    new = writing.ids("person")
    connection.execute(insert(person).values(id=new, **columns))
    return new


def _enter_address(connection: Connection, address: str, person_id: int) -> None:
    moved = update(mail_address).where(mail_address.c.address == address)
    if connection.execute(moved.values(person_id=person_id)).rowcount == 0:
        connection.execute(insert(mail_address).values(address=address, person_id=person_id))
