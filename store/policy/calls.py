"""``[calls]``, and the places where people are told of emergencies."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field, PlainValidator

from store.policy.durations import Duration
from store.policy.section import Section
from store.text import is_safe

_PLACE = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)


def places(value: Any) -> list[str]:
    """Return Apprise URLs, of one or a list. No message quotes one: it may hold a password."""
    wanted = [value] if isinstance(value, str) else value
    if not isinstance(wanted, list):
        raise ValueError(  # noqa: TRY004
            'this is not a list of addresses; write e.g. ["ntfy://desk-ana"]'
        )
    for place, url in enumerate(wanted, start=1):
        if not isinstance(url, str) or not _PLACE.fullmatch(url.strip()) or not is_safe(url):
            raise ValueError(
                f"address number {place} is not one of Apprise, SERVICE://…, on one line without "
                'blanks; write e.g. "ntfy://desk-ana"'
            )
    return list(dict.fromkeys(url.strip() for url in wanted))


Places = Annotated[list[str], PlainValidator(places)]


class Calls(Section):
    """How people are called to emergencies while the desk is closed."""

    escalate_after: Duration = Field(
        default=timedelta(minutes=10),
        description="How long somebody has to answer before the next is called: the person on "
        "cover, the backup, the leads, and again. By the clock on the wall, not open time.",
        examples=["10m"],
    )
    warnings: bool = Field(
        default=True,
        description="Whether people hear at the places under `notify` when a request of theirs "
        "has used 75 % and 90 % of its time. Only in their hours, several at once in one notice.",
        examples=[False],
    )
