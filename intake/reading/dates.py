"""Dates of mails (RFC 5322 section 3.3 and 4.3), in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

#: Zones that RFC 5322 does not name and senders do.
_ZONES = {
    "CET": "+0100",
    "CEST": "+0200",
    "MEZ": "+0100",
    "MESZ": "+0200",
    "MET": "+0100",
    "MEST": "+0200",
    "WET": "+0000",
    "WEST": "+0100",
    "BST": "+0100",
    "EET": "+0200",
    "EEST": "+0300",
    "MSK": "+0300",
    "IDT": "+0300",
    "JST": "+0900",
    "KST": "+0900",
    "AEST": "+1000",
    "AEDT": "+1100",
}
_NAMED_ZONE = re.compile(r"(?<=\d )(" + "|".join(_ZONES) + r")\b")
_COLON_ZONE = re.compile(r"([+-]\d\d):(\d\d)(?=\D*$)")
_ZONE = re.compile(r"\d ?[+-]\d{4}(?!\d)|\d (?:UTC?|GMT|Z|[AECMP][SD]T)\b", re.IGNORECASE)
#: Months as mailers with a translated clock write them.
_MONTHS = {
    "mär": "Mar",
    "mrz": "Mar",
    "mai": "May",
    "mei": "May",
    "maj": "May",
    "okt": "Oct",
    "ott": "Oct",
    "out": "Oct",
    "dez": "Dec",
    "dic": "Dec",
    "déc": "Dec",
    "févr": "Feb",
    "fév": "Feb",
    "avr": "Apr",
    "abr": "Apr",
    "août": "Aug",
    "ago": "Aug",
    "set": "Sep",
    "gen": "Jan",
    "ene": "Jan",
    "mag": "May",
    "giu": "Jun",
    "lug": "Jul",
}
_MONTH = re.compile(r"\b(" + "|".join(_MONTHS) + r")\w{0,7}\b\.?", re.IGNORECASE)
_ISO = re.compile(r"\d{4}-\d\d-\d\dT")
_MOST_CHARS = 100
#: Before mail had this form, and after anybody will read it: clocks that were never set.
_FIRST_YEAR, _LAST_YEAR = 1980, 2100


def read_date(value: str) -> datetime | None:
    """Return the instant, or None for a date without a zone, an absurd or an unreadable one."""
    value = value[:_MOST_CHARS]
    try:
        at = _iso(value) if _ISO.match(value) else _rfc(value)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
    return at if at and _FIRST_YEAR <= at.year < _LAST_YEAR else None


def _rfc(value: str) -> datetime | None:
    if not _ZONE.search(value):
        value = _COLON_ZONE.sub(r"\1\2", _NAMED_ZONE.sub(lambda match: _ZONES[match[1]], value))
        if not _ZONE.search(value):
            # The parser would take it for UTC, which it hardly ever is.
            return None
    parts = parsedate_tz(value)
    if parts is None:
        parts = parsedate_tz(_MONTH.sub(lambda match: _MONTHS[match[1].lower()], value))
    if parts is None:
        return None
    zone = timezone(timedelta(seconds=parts[9] or 0))
    year, month, day, hour, minute, second = parts[:6]
    return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone).astimezone(UTC)


def _iso(value: str) -> datetime | None:
    at = datetime.fromisoformat(value.split(maxsplit=1)[0])
    return at.astimezone(UTC) if at.tzinfo else None
