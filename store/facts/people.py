"""People, their addresses, departments and services.

People of the desk, departments and services come from the applied policy; requesters are
added as their first mail comes in.
"""

from __future__ import annotations

from sqlalchemy import Text
from sqlmodel import Field

from store.facts.columns import GIVEN, BigId, Row, partial_index, table


class Person(Row, table=True):
    """Somebody who asks, or who works on the desk (then with a ``login``)."""

    __tablename__ = "person"
    __table_args__ = (
        partial_index(
            "uq_person_login",
            "login",
            unique=True,
            where="login <> ''",
        ),
    )

    id: int = Field(sa_type=BigId, primary_key=True, sa_column_kwargs=GIVEN)
    login: str = Field(default="", sa_type=Text)
    """"" for somebody who is not on the desk."""
    name: str = Field(default="", sa_type=Text)
    role: str = Field(default="", sa_type=Text)
    """A ``words.Role``; "" for somebody who is not on the desk."""
    department: str = Field(default="", sa_type=Text)
    """Key of the department; "" if none is known."""
    active: bool = True
    """False once the policy no longer names this person of the desk."""


class MailAddress(Row, table=True):
    """An address, lower case, and whose it is."""

    __tablename__ = "mail_address"

    address: str = Field(sa_type=Text, primary_key=True)
    person_id: int = Field(sa_type=BigId, foreign_key="person.id", index=True)


class Department(Row, table=True):
    """A department of the applied policy."""

    __tablename__ = "department"

    key: str = Field(sa_type=Text, primary_key=True)
    name: str = Field(sa_type=Text)
    active: bool = True


class Service(Row, table=True):
    """An entry of the applied policy's service catalogue."""

    __tablename__ = "service"

    key: str = Field(sa_type=Text, primary_key=True)
    name: str = Field(sa_type=Text)
    description: str = Field(default="", sa_type=Text)
    active: bool = True


person = table(Person)
mail_address = table(MailAddress)
department = table(Department)
service = table(Service)
