"""Addresses of mail systems: who delivery reports come from."""

from __future__ import annotations

import re

#: No person has this address ...
NOBODY = re.compile(r"mailer[-_.]?daemon(?:@|$)", re.IGNORECASE)
#: ... and of these a person may be behind one: more must speak for a report.
DAEMON = re.compile(
    r"(?:mailer[-_.]?daemon|mail[-_.]?daemon|m?daemon|mmdf|post[-_]?master"
    r"|microsoftexchange[0-9a-f]{10,40}|mail[-_. ]?(?:delivery|system|administrator)[\w. -]*"
    r"|bounces?(?:[-+=][^@]*)?|smtp(?:[-_.]?(?:daemon|gateway))?"
    r"|undeliverable|non-?delivery[\w.-]*)(?:@|$)",
    re.IGNORECASE,
)


def is_daemon(address: str) -> bool:
    """Say whether an address is that of a mail system."""
    return DAEMON.match(address) is not None
