"""An invitation, an answer to one, or a cancellation as one line (RFC 5545, RFC 5546).

Only the first event is told. Times are told as they stand there, with their zone: what the
organiser meant, and no table of zones can get it wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from intake.reading.headers import clean
from intake.reading.parameters import read_value

TYPES = frozenset(("text/calendar", "application/ics", "text/x-vcalendar"))
#: Characters of a calendar that are looked at, and lines.
_MOST_CHARS = 200_000
_MOST_LINES = 5_000
_LINE = re.compile(
    r'([A-Za-z0-9-]{1,40})((?:;[^:"]{0,200}(?:"[^"]{0,200}"[^:"]{0,200}){0,9}){0,1}):(.*)'
)
_FOLD = re.compile(r"\r?\n[ \t]")
_ESCAPED = re.compile(r"\\([nN,;\\])")
_STAMP = re.compile(r"(\d{8})(?:T(\d{4})\d{0,2}(Z?))?")
_DURATION = re.compile(
    r"P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:\d+S)?)?"
)
_METHODS = {
    "REQUEST": "Invitation",
    "CANCEL": "Cancelled",
    "COUNTER": "Another time proposed",
    "DECLINECOUNTER": "Proposed time declined",
    "REFRESH": "Asks for the latest invitation",
    "ADD": "Added to an invitation",
}
_ANSWERS = {
    "ACCEPTED": "Accepted",
    "DECLINED": "Declined",
    "TENTATIVE": "Tentatively accepted",
    "DELEGATED": "Passed on",
}
_OTHER_ANSWER = "Answer to an invitation"
#: How the line about an answer begins and ends.
_ANSWER = re.compile(
    rf"^(?:{'|'.join(_ANSWERS.values())}): .{{1,600}}, by .{{3,200}}$"
    rf"|^{_OTHER_ANSWER}: .{{0,600}}$",
    re.MULTILINE,
)
_REPEATS = {"DAILY": "daily", "WEEKLY": "weekly", "MONTHLY": "monthly", "YEARLY": "yearly"}
_LONGEST_FIELD = 200
_MIDNIGHT = "0000"


@dataclass(frozen=True, slots=True)
class _Property:
    value: str
    parameters: dict[str, str] = field(default_factory=dict)


_NOTHING = _Property("")


def invitation(calendar: str) -> str:
    """Return one line about the first event of ``calendar``; "" if there is none. Never raises."""
    method, event = _event(calendar)
    if not event:
        return ""
    told = [f"{_kind(method, event)}: {_text(event, 'SUMMARY') or '(no title)'}", _when(event)]
    if frequency := _REPEATS.get(_part(event, "RRULE", "FREQ")):
        told.append(f"repeats {frequency}")
    told.append(_text(event, "LOCATION"))
    if method == "REPLY":
        told.append(_person("by", event.get("ATTENDEE", _NOTHING)))
    else:
        told.append(_person("from", event.get("ORGANIZER", _NOTHING)))
    return clean(", ".join(part for part in told if part))


def answer_in(text: str) -> str:
    """Return what ``invitation`` has put into a mail's text about an answer; "" if nothing."""
    found = _ANSWER.search(text)
    return found[0] if found else ""


def _event(calendar: str) -> tuple[str, dict[str, _Property]]:
    """Return the method and the properties of the first event or task."""
    method = ""
    event: dict[str, _Property] = {}
    inside: list[str] = []
    lines = _FOLD.sub("", calendar[:_MOST_CHARS]).replace("\r", "\n").split("\n", _MOST_LINES)
    for line in lines[:_MOST_LINES]:
        match = _LINE.match(line)
        if not match:
            continue
        name = match[1].upper()
        value = match[3].strip()
        if name == "BEGIN":
            inside.append(value.upper())
        elif name == "END":
            if inside:
                inside.pop()
            if value.upper() in {"VEVENT", "VTODO"} and event:
                break
        elif name == "METHOD" and len(inside) <= 1:
            method = value.upper()
        elif inside[-1:] in (["VEVENT"], ["VTODO"]) and name not in event:
            event[name] = _Property(value, dict(read_value("x" + match[2])[1]))
    return method, event


def _kind(method: str, event: dict[str, _Property]) -> str:
    if event.get("STATUS", _NOTHING).value.upper() == "CANCELLED":
        return "Cancelled"
    if method == "REPLY":
        said = event.get("ATTENDEE", _NOTHING).parameters.get("partstat", "").upper()
        return _ANSWERS.get(said, _OTHER_ANSWER)
    return _METHODS.get(method, "Event")


def _text(event: dict[str, _Property], name: str) -> str:
    value = event.get(name, _NOTHING).value
    value = _ESCAPED.sub(lambda match: " " if match[1] in "nN" else match[1], value)
    return clean(value[:_LONGEST_FIELD])


def _part(event: dict[str, _Property], name: str, key: str) -> str:
    for piece in event.get(name, _NOTHING).value.upper()[:_LONGEST_FIELD].split(";"):
        if piece.startswith(f"{key}="):
            return piece.partition("=")[2]
    return ""


def _person(word: str, person: _Property) -> str:
    name = person.parameters.get("cn", "").strip()
    address = person.value
    if address[:7].lower() == "mailto:":
        address = address[7:]
    if name and name.lower() != address.lower():
        return f"{word} {name} <{address}>"[:_LONGEST_FIELD] if address else f"{word} {name}"
    return f"{word} {address}"[:_LONGEST_FIELD] if address else ""


def _when(event: dict[str, _Property]) -> str:
    starts = event.get("DTSTART", _NOTHING)
    start, whole_day, zone = _moment(starts)
    if start is None:
        return starts.value[:40]
    end = _end(event, start)
    if whole_day:
        last = max(end - timedelta(days=1), start) if end > start else start
        return _day(start) if last == start else f"{_day(start)} – {_day(last)}"
    until = ""
    if end > start:
        same = end.date() == start.date()
        until = f"–{end:%H:%M}" if same else f" – {_day(end)} {end:%H:%M}"
    return f"{_day(start)} {start:%H:%M}{until}" + (f" ({zone})" if zone else "")


def _end(event: dict[str, _Property], start: datetime) -> datetime:
    end, _, _ = _moment(event.get("DTEND", event.get("DUE", _NOTHING)))
    if end is not None:
        return end
    length = _DURATION.fullmatch(event.get("DURATION", _NOTHING).value)
    if not length:
        return start
    weeks, days, hours, minutes = (int(part or 0) for part in length.groups())
    try:
        return start + timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)
    except OverflowError:
        return start


def _moment(stamp: _Property) -> tuple[datetime | None, bool, str]:
    """Return the local time, whether it is a whole day, and the zone it is in."""
    match = _STAMP.match(stamp.value)
    if not match:
        return None, False, ""
    try:
        at = datetime.strptime(match[1] + (match[2] or _MIDNIGHT), "%Y%m%d%H%M")  # noqa: DTZ007 - the zone is told beside it
    except ValueError:
        return None, False, ""
    zone = "UTC" if match[3] else stamp.parameters.get("tzid", "")
    return at, match[2] is None, zone.strip("/")[:60]


def _day(at: datetime) -> str:
    return f"{at:%a} {at.day} {at:%b %Y}"
