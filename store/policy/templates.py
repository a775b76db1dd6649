"""``[templates]``, ``[[canned]]`` and ``[answers]``: what the desk writes by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, PlainValidator

from store.policy.names import Key, Said
from store.policy.section import Section
from store.policy.shown import shown
from store.policy.suggest import meant
from store.rules import templates
from store.text import lines

#: A paragraph is one line: every mail reader wraps it as wide as its window is.
_ACKNOWLEDGEMENT = """\
Hello {name},

thank you for writing to {desk}. Your request has the number {number}.

Known: {known}

You can expect our first answer by {expected}.
We are closed now and open again {closed_until}.

If there is anything to add, just answer this mail.

{desk}"""
_REDIRECT = """\
Hello {name},

your request has reached us and has the number {number}: you need not send it again.

{text}

Next time please write to {address}. Somebody always sees it there, whoever is away or busy.

{technician}
{desk}"""
_WELCOME = """\
Hello {name},

your request has reached us and has the number {number}: you need not send it again.

{text}

You have not asked us before: welcome! The best way to us is {address}: somebody always \
sees it there, whoever is away.

{technician}
{desk}"""
_RESOLUTION = """\
Hello {name},

your request {number} is resolved.

{text}

If something is still not right, just answer this mail, and it is open again.

{technician}
{desk}"""


def template(besides: Mapping[str, str]) -> PlainValidator:
    """Return what checks a template that may name the common fields and ``besides``."""
    known = (*templates.COMMON, *besides)

    def check(value: Any) -> str:
        if not isinstance(value, str):
            raise ValueError(f"{shown(value)} is not a text; put it in quotes")  # noqa: TRY004
        text = lines(value).strip()
        if not text:
            raise ValueError("there is nothing between the quotes")
        for name in templates.fields_of(text):
            if name not in known:
                raise ValueError(f"there is no field {{{name}}}; {meant(name, known)}")
        return text

    return PlainValidator(check)


def _named(besides: Mapping[str, str]) -> str:
    """Return the fields of a template in words, for the settings page."""
    return ", ".join(f"`{{{name}}}` {what}" for name, what in besides.items())


class Templates(Section):
    """The mails that the desk writes by itself."""

    acknowledgement: Annotated[str, template(templates.ACKNOWLEDGEMENT)] = Field(
        default=_ACKNOWLEDGEMENT,
        description="Sent when a mail opens a request. Fields: "
        f"{_named(templates.COMMON | templates.ACKNOWLEDGEMENT)}. In every template a line with "
        "a field that has nothing to say is left out.",
        examples=["We have it: {number}. First answer by {expected}."],
    )
    redirect: Annotated[str, template(templates.REDIRECT)] = Field(
        default=_REDIRECT,
        description="Sent with one key to somebody who went to a person instead of the desk. "
        f"Further fields: {_named(templates.REDIRECT)}.",
        examples=["We have it: {number}. Next time please write to {address}."],
    )
    welcome: Annotated[str, template(templates.REDIRECT)] = Field(
        default=_WELCOME,
        description="Sent in place of `redirect` to who asks for the first time. Fields as there.",
        examples=["Welcome! We have it: {number}. You always reach us at {address}."],
    )
    resolution: Annotated[str, template(templates.RESOLUTION)] = Field(
        default=_RESOLUTION,
        description="Sent when a request is resolved. Further fields: "
        f"{_named(templates.RESOLUTION)}.",
        examples=["{number} is resolved. {text}"],
    )


class Canned(Section):
    """An answer that is given often."""

    key: Key = Field(description="Its short name.", examples=["password"])
    name: Said = Field(
        description="What the list of canned answers calls it.",
        examples=["How to reset a password"],
    )
    text: Annotated[str, template(templates.CANNED)] = Field(
        description=f"The answer. Fields: {_named(templates.COMMON)}.",
        examples=["Hello {name},\n\nplease use the portal at id.northgate.example."],
    )


class Answers(Section):
    """What the desk sends by itself, and how much of it at most."""

    acknowledge: bool = Field(
        default=True,
        description="Whether a mail that opens a request is acknowledged: with its number, and "
        "when to expect an answer. Automatic mail, list mail, the desk's own people and mail "
        "older than a day never are.",
        examples=[False],
    )
    resolution: bool = Field(
        default=True,
        description="Whether the requester is told when a request is resolved.",
        examples=[False],
    )
    per_address: int = Field(
        default=2,
        ge=1,
        le=1000,
        description="Automatic answers to one address in an hour; further requests of it are "
        "opened without one. With 2 no robot can keep an exchange of mails going.",
        examples=[2],
    )
    per_hour: int = Field(
        default=200,
        ge=1,
        le=100_000,
        description="Automatic answers to everybody in an hour, whatever happens.",
        examples=[200],
    )
