"""Our own Message-IDs: made so that nobody can guess one, and known again without a store.

``deskwatch.1042.RANDOM@DOMAIN``: the domain is that of the desk's first address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_OURS = re.compile(r"deskwatch\.(\d{1,19})\.[0-9a-f]{20}@(.+)", re.IGNORECASE)

#: Bytes of chance in each id.
RANDOM_BYTES = 10


def message_id(number: int, random: bytes, address: str) -> str:
    """Return a Message-ID without brackets for a mail about request ``number``.

    Args:
        number: Of the request.
        random: ``RANDOM_BYTES`` bytes that nobody can guess.
        address: The desk's first address.
    """
    return f"deskwatch.{number}.{random.hex()}@{_domain(address)}"


def is_ours(found: str, addresses: Iterable[str]) -> bool:
    """Say whether ``found``, without brackets, is a Message-ID of the desk with ``addresses``.

    Another desk of the same domain makes ids of the same form: where a mail says in its
    X-Deskwatch header whose it is, that comes first.
    """
    match = _OURS.fullmatch(found.strip())
    return match is not None and match[2].lower() in {_domain(each) for each in addresses}


def _domain(address: str) -> str:
    """Return the domain of an address, in ASCII where it can be: headers hold nothing else."""
    domain = address.rpartition("@")[2].lower()
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain
