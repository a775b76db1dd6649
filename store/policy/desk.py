"""``[desk]`` and ``[database]``: who we are and where we keep what we know."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, PlainValidator

from store.policy.names import AuthServer, MailAddress, Said, Zone
from store.policy.section import Section
from store.policy.shown import shown


class Desk(Section):
    """The desk itself."""

    name: Said = Field(
        description="What people call you. It stands in the header of every board.",
        examples=["Northgate School IT"],
    )
    timezone: Zone = Field(
        description="Where the desk is: calendars without a time zone of their own, the roster "
        "and the times on the board follow it. A name of the IANA time zone database.",
        examples=["Europe/London"],
    )
    addresses: list[MailAddress] = Field(
        min_length=1,
        description="The mail addresses the desk publishes: the front door. A request that went "
        "to a person and to none of these is an end-run.",
        examples=[["help@northgate.example"]],
    )
    calendar: str = Field(
        default="",
        description="The calendar of the hours when somebody is at the desk. Targets may name "
        "it, or just say `desk`. Left out: the only calendar there is, or the one called "
        "`desk`; without any calendar Monday to Friday, 08:00-17:00.",
        examples=["office"],
    )
    trusted_auth: AuthServer = Field(
        default="",
        description="The mail server of yours whose checks of the sender are believed: its name "
        "as it stands first in the `Authentication-Results` header of mail you receive. For "
        'Microsoft 365, which writes no name, `"microsoft365"`. A sender from your own domains '
        "that fails the checks is then marked as maybe forged. Left out: no such header is "
        "believed.",
        examples=["mx.northgate.example"],
    )
    allow_as: bool = Field(
        default=False,
        description="Whether `deskwatch board --as NAME` may say who you are. Otherwise you are "
        "who the operating system (or, on PostgreSQL, the log-in role) says.",
        examples=[True],
    )


def _url(value: Any) -> str:
    text = value if isinstance(value, str) and "://" in value else "://"
    scheme, _, rest = text.partition("://")
    if scheme == "sqlite":
        if rest in {"", "/", "/:memory:"}:
            raise ValueError(
                "a database in memory is forgotten at once; write e.g. sqlite:///deskwatch.db"
            )
        if not rest.startswith("/"):
            raise ValueError(
                f'{shown(value)} needs three slashes before the file; write "sqlite:///{rest}"'
            )
        return str(value)
    if scheme not in {"postgresql", "postgresql+psycopg"}:
        raise ValueError(
            f"{shown(scheme + '://…' if scheme else value)} is no database we can use; write "
            '"sqlite:///deskwatch.db" or "postgresql://host/database"'
        )
    try:
        _ = urlsplit(value).port
    except ValueError:
        raise ValueError(
            'the server in it is written wrongly; write e.g. "postgresql://host:5432/database"'
        ) from None
    account, at, _ = rest.partition("/")[0].rpartition("@")
    if at and account.partition(":")[2]:
        raise ValueError(
            "a password does not belong in this file (and everybody who used it would be the "
            'same person to the board); write "postgresql://host/database" and keep each '
            "person's password in their ~/.pgpass"
        )
    return str(value)


class Database(Section):
    """Where requests, history and the applied policy are kept."""

    url: Annotated[str, PlainValidator(_url)] = Field(
        default="sqlite:///deskwatch.db",
        description="A SQLite file (`sqlite:///deskwatch.db`, from this file's folder; four "
        "slashes for an absolute path) for one machine, or PostgreSQL "
        "(`postgresql://host/database`) for a team on several. Without a password: each person "
        "has their own log-in role and keeps its password in `~/.pgpass`. "
        "`--database` and `DESKWATCH_DATABASE` come before it.",
        examples=["sqlite:///deskwatch.db"],
    )
