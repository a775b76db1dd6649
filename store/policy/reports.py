"""``[[reports]]``: automatic reports that open requests."""

from __future__ import annotations

from pydantic import Field

from store.policy.names import AddressOrDomain, Said
from store.policy.section import Section


class Report(Section):
    """Whose automatic reports are work for the desk. Those of all others are only kept."""

    name: Said = Field(
        description="What they are called. Reports of one alert (the same subject but for "
        "numbers, times and words like PROBLEM and OK) join the request that is open for it.",
        examples=["Backup"],
    )
    senders: list[AddressOrDomain] = Field(
        alias="from",
        min_length=1,
        description="Who sends them: whole addresses, or `@domain` for everything from a "
        "domain that only programs use.",
        examples=[["backup@northgate.example", "@monitoring.northgate.example"]],
    )
    subject: list[Said] = Field(
        default=[],
        description="Only those with one of these words in the subject. Left out: all of "
        "them. Reports that all is well (OK, RECOVERY, success ...) join an open request and "
        "never open one.",
        examples=[["backup"]],
    )
    service: str = Field(
        default="",
        description="The key of the service they are about. Left out: what their words point "
        "to, as in any mail.",
        examples=["files"],
    )
