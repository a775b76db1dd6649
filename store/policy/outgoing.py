"""``[outgoing]``: the server that takes the desk's mail."""

from __future__ import annotations

from pydantic import Field

from store.policy.login import ServerLogin
from store.policy.names import MailAddress

_PORTS = {"tls": 465, "starttls": 587, "none": 25}


class Outgoing(ServerLogin):
    """The SMTP server for mail that the desk sends. Without ``user`` nobody logs in."""

    port: int = Field(
        default_factory=lambda others: _PORTS[others.get("security", "tls")],
        ge=1,
        le=65535,
        description="Left out: 465 for `tls`, 587 for `starttls`, 25 for `none`.",
        examples=[587],
    )
    sender: MailAddress | None = Field(
        default=None,
        description="The address the desk's mail comes from. Left out: the first of the "
        "desk's addresses.",
        examples=["help@northgate.example"],
    )
