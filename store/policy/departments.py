"""``[departments.KEY]``: where requesters belong."""

from __future__ import annotations

from pydantic import Field

from store.policy.names import AddressOrDomain, Said
from store.policy.section import Section


class Department(Section):
    """A department of the organisation and the addresses that belong to it."""

    name: Said = Field(
        description="Its name, as it stands in the list.",
        examples=["Mathematics"],
    )
    addresses: list[AddressOrDomain] = Field(
        default=[],
        description="Whole addresses, or `@domain` for everybody of a domain; a whole address "
        "goes before a domain.",
        examples=[["@maths.northgate.example", "office@northgate.example"]],
    )
