"""``[[people]]``: who is on the desk."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from store.policy.calls import Places
from store.policy.names import Key, Login, MailAddress, Said, Zone
from store.policy.section import Section
from store.words import Role


class Person(Section):
    """A technician or a lead."""

    name: Said = Field(
        description="Their name, as colleagues say it. The list shows its first word.",
        examples=["Ana Lovelace"],
    )
    login: Login = Field(
        description="Their log-in name: of the operating system, or their role on PostgreSQL. "
        "It says who a board belongs to.",
        examples=["ana"],
    )
    addresses: list[MailAddress] = Field(
        min_length=1,
        description="Every address at which people write to them; mail from these is from the "
        "desk, mail only to these went around it.",
        examples=[["ana@northgate.example"]],
    )
    role: Annotated[Role, Field(strict=False)] = Field(
        default=Role.TECHNICIAN,
        description="`technician`, or `lead`: a lead may also move other people's work and "
        "edit cover.",
        examples=["lead"],
    )
    department: str = Field(
        default="",
        description="The key of the department they belong to.",
        examples=["office"],
    )
    skills: list[Key] = Field(
        default=[],
        description="What they know how to do; a service may ask for one of these.",
        examples=[["network", "printing"]],
    )
    timezone: Zone | None = Field(
        default=None,
        description="Where they work, if not where the desk is.",
        examples=["Europe/Lisbon"],
    )
    notify: Places = Field(
        default=[],
        description="Where they are called to emergencies besides their mail, as Apprise writes "
        "it: push, chat, SMS. `${NAME}` is taken from the environment. It stays in this file.",
        examples=[["ntfy://desk-ana", "pover://${PUSHOVER_USER}@${PUSHOVER_TOKEN}"]],
        exclude=True,
        repr=False,
    )
    capacity: float = Field(
        default=10.0,
        gt=0,
        le=1000,
        description="How much open work they can carry at once before the board says it is "
        "too much; half for somebody who is there half the time.",
        examples=[10],
    )
