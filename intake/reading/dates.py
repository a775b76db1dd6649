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
_ISO = re.compile(
    r"\s*(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d{1,9})? ?(Z|UTC|[+-]\d\d:?\d\d)", re.IGNORECASE
)
#: "GMT+1", "UTC+01:00", and zones that lost a digit.
_FROM_GREENWICH = re.compile(r"\b(?:GMT|UTC) ?([+-])(\d{1,2})(?::?(\d\d))?(?!\d)")
_SHORT_ZONE = re.compile(r"(?<=\d )([+-])(\d{1,3})(?=\s*(?:\(|$))")
#: The day of the week says nothing, and is written in any language and with any dots.
_WEEKDAY = re.compile(r"\s*[^\W\d]{2,12}\.?,?\s*(?=\d{1,2}\s?[^\W\d])")
_TWELVE_HOURS = re.compile(r"\b(\d{1,2})(:\d\d(?::\d\d)?) ?([AP])\.?M\b\.?", re.IGNORECASE)
_GLUED = re.compile(r"^\s*(\d{1,2})[ -]?([^\W\d]{3,10}\.?)[ -]?(\d{2,4})\b")
#: The form that nearly all mail has; the other rules need not look at it.
_USUAL = re.compile(
    r"\s*(?:[A-Z][a-z]{2},)? ?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):([0-5]\d)"
    r" ([+-])([01]\d)([0-5]\d)(?: \(.*)?"
)
_MONTH_NUMBERS = {
    name: number
    for number, name in enumerate(
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], 1
    )
}
_MOST_CHARS = 100
#: Before mail had this form, and after anybody will read it: clocks that were never set.
_FIRST_YEAR, _LAST_YEAR = 1980, 2100


def read_date(value: str) -> datetime | None:
    """Return the instant, or None for a date without a zone, an absurd or an unreadable one."""
    value = value[:_MOST_CHARS].replace('"', "")
    at: datetime | None
    try:
        if (usual := _USUAL.fullmatch(value)) and usual[2] in _MONTH_NUMBERS:
            at = _usual(usual)
        elif iso := _ISO.match(value):
            at = _iso(iso)
        else:
            at = _rfc(_TWELVE_HOURS.sub(_of_24, value))
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
    return at if at and _FIRST_YEAR <= at.year < _LAST_YEAR else None


def _usual(match: re.Match[str]) -> datetime:
    day, month, year, hour, minute, second, sign, hours, minutes = match.groups()
    east = timedelta(hours=int(hours), minutes=int(minutes))
    at = datetime(
        int(year), _MONTH_NUMBERS[month], int(day), int(hour), int(minute), int(second), tzinfo=UTC
    )
    return at + east if sign == "-" else at - east


def _rfc(value: str) -> datetime | None:
    value = _FROM_GREENWICH.sub(_zone, value)
    if not _ZONE.search(value):
        value = _COLON_ZONE.sub(r"\1\2", _NAMED_ZONE.sub(lambda match: _ZONES[match[1]], value))
        if not _ZONE.search(value):
            value = _SHORT_ZONE.sub(_zone, value)
        if not _ZONE.search(value):
            # The parser would take it for UTC, which it hardly ever is.
            return None
    parts = parsedate_tz(value)
    if parts is None:
        parts = parsedate_tz(_mended(value))
    if parts is None:
        return None
    zone = timezone(timedelta(seconds=parts[9] or 0))
    year, month, day, hour, minute, second = parts[:6]
    return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone).astimezone(UTC)


def _mended(value: str) -> str:
    """Return a date without what other languages and clocks make of it."""
    value = _GLUED.sub(r"\1 \2 \3", _WEEKDAY.sub("", value, count=1)).replace(". ", " ")
    return _MONTH.sub(lambda match: _MONTHS[match[1].lower()], value)


def _of_24(match: re.Match[str]) -> str:
    hour = int(match[1]) % 12 + (12 if match[3] in "pP" else 0)
    return f"{hour:02}{match[2]}"


def _zone(match: re.Match[str]) -> str:
    """Return a zone with all four digits; of three the first is the hour."""
    digits = match[2]
    if len(digits) > 2:  # noqa: PLR2004 - "+100"
        return f"{match[1]}{digits:0>4}"
    minutes = match[3] if match.re is _FROM_GREENWICH and match[3] else "00"
    return f"{match[1]}{digits:0>2}{minutes}"


def _iso(match: re.Match[str]) -> datetime:
    zone = "+00:00" if match[3].upper() in {"Z", "UTC"} else match[3]
    return datetime.fromisoformat(f"{match[1]}T{match[2]}{zone}").astimezone(UTC)
