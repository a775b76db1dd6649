"""``[[mailboxes]]``: the mailboxes that are read."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator

from store.policy.login import ServerLogin
from store.policy.names import Key, Said
from store.policy.shown import shown

#: The kind of a folder of a person's own sent mail.
SENT = "sent"


def _after(value: Any) -> str:
    if isinstance(value, str):
        if value in {"leave", "seen"}:
            return value
        if re.fullmatch(r"move:\S(.*\S)?", value):
            return value
        if value.startswith("move"):
            raise ValueError(f'{shown(value)} names no folder; write e.g. "move:Archive"')
    raise ValueError(f'{shown(value)} is none of "leave", "seen" and "move:FOLDER"')


class MailboxConfig(ServerLogin):
    """One mailbox on an IMAP server."""

    name: Key = Field(
        description="A short name for it, shown in the header, in `deskwatch status` and in "
        "messages. Changing it makes it a different mailbox.",
        examples=["help"],
    )
    port: int = Field(
        default_factory=lambda others: 993 if others.get("security", "tls") == "tls" else 143,
        ge=1,
        le=65535,
        description="Left out: 993 for `tls`, 143 otherwise.",
        examples=[993],
    )
    user: Said = Field(
        description="The account to log in with.", examples=["help@northgate.example"]
    )
    folder: Said = Field(
        default="INBOX",
        description="The folder to read.",
        examples=["INBOX"],
    )
    after: Annotated[str, PlainValidator(_after)] = Field(
        default="leave",
        description="What happens to a mail in the mailbox once it is safely stored: `leave` "
        'it, mark it `seen`, or move it to a folder (`"move:Archive"`).',
        examples=["move:Archive"],
    )
    kind: Literal["desk", "direct", "sent"] = Field(
        default="desk",
        description="`desk` for mail to the desk. `direct` for the drop folder of a person, "
        "into which they put what was sent to them instead of the desk. `sent` for the folder of "
        "a person's own sent mail, which they name themselves: what answers a request there is an "
        "answer of theirs, and of everything else nothing is kept.",
        examples=["direct"],
    )
    person: str = Field(
        default="",
        description='With `kind = "direct"` or `"sent"`: the log-in name of the person whose '
        "folder it is.",
        examples=["ana"],
    )
