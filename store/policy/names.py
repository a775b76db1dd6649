"""Texts with a form: time zones, mail addresses, keys, log-in names."""

from __future__ import annotations

import re
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import PlainValidator

from store.policy.shown import shown
from store.policy.suggest import nearest
from store.text import is_safe

_ADDRESS = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+")
_DOMAIN = re.compile(r"@[^\s@<>,;\"]+")
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]*")


def zone(value: Any) -> str:
    """Return the name of a time zone of the IANA database."""
    if isinstance(value, str):
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            pass
        else:
            return value
    raise ValueError(f"{shown(value)} is not a time zone; {_zone_meant(value)}")


def _zone_meant(value: Any) -> str:
    zones = available_timezones()
    if isinstance(value, str) and value.strip():
        wanted = value.strip().replace(" ", "_").casefold()
        cities = {name.rpartition("/")[2]: name for name in sorted(zones, reverse=True)}
        city = nearest(wanted.rpartition("/")[2], cities)
        guess = nearest(wanted, zones) or (cities[city] if city else None)
        if guess:
            return f'did you mean "{guess}"?'
    return 'write e.g. "Europe/London"'


def address(value: Any) -> str:
    """Return a mail address in lower case: ``local@domain``, without a display name."""
    if isinstance(value, str) and _ADDRESS.fullmatch(value.strip()) and is_safe(value):
        return value.strip().lower()
    raise ValueError(
        f'{shown(value)} is not a mail address; write it alone, e.g. "help@northgate.example"'
    )


def address_or_domain(value: Any) -> str:
    """Return a mail address, or ``@domain`` for all of a domain, in lower case."""
    if isinstance(value, str) and _DOMAIN.fullmatch(value.strip()) and is_safe(value):
        return value.strip().lower()
    try:
        return address(value)
    except ValueError:
        raise ValueError(
            f"{shown(value)} is neither a mail address nor a domain; write e.g. "
            '"office@northgate.example" or "@maths.northgate.example"'
        ) from None


def key(value: Any) -> str:
    """Return the short name of an entry: lower-case letters, digits, ``_`` and ``-``."""
    if isinstance(value, str) and _KEY.fullmatch(value):
        return value
    raise ValueError(
        f'{shown(value)} cannot be a short name; use a-z, 0-9, "_" and "-", e.g. "printing"'
    )


def login(value: Any) -> str:
    """Return a log-in name as the operating system or PostgreSQL knows it."""
    if isinstance(value, str) and re.fullmatch(r"[^\s\"']{1,64}", value) and is_safe(value):
        return value
    raise ValueError(f'{shown(value)} cannot be a log-in name; write e.g. "ana"')


def auth_server(value: Any) -> str:
    """Return the name by which a server signs Authentication-Results; "" for none."""
    if isinstance(value, str) and (not value or re.fullmatch(r"[\w.:-]{1,255}", value.strip())):
        return value.strip().lower()
    raise ValueError(
        f"{shown(value)} is not the name of a server; write it as it stands in "
        'Authentication-Results, e.g. "mx.northgate.example"'
    )


def said(value: Any) -> str:
    """Return a text of one line that says something."""
    if not isinstance(value, str):
        raise ValueError(f"{shown(value)} is not a text; put it in quotes")  # noqa: TRY004
    if not value.strip():
        raise ValueError("there is nothing between the quotes")
    if "\n" in value or not is_safe(value):
        raise ValueError(f"{shown(value)} has to be one line, without control characters")
    return value.strip()


Zone = Annotated[str, PlainValidator(zone)]
MailAddress = Annotated[str, PlainValidator(address)]
AddressOrDomain = Annotated[str, PlainValidator(address_or_domain)]
Key = Annotated[str, PlainValidator(key)]
Login = Annotated[str, PlainValidator(login)]
AuthServer = Annotated[str, PlainValidator(auth_server)]
Said = Annotated[str, PlainValidator(said)]
