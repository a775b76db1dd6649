"""Dates as mail programs write them above what they quote or forward, in many languages.

"Montag, 23. November 2026 09:12", "lundi 23 novembre 2026 à 09:12", "11/23/2026 9:12 AM",
"2026年11月23日 9:12". Where they name no time zone, it is that of whoever forwards.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from intake.reading.dates import read_date

#: The first letters of each month's name that tell it from others, without accents.
_MONTHS = {
    1: "jan jaan ian gen ene led янв січ styc oca tammi ιαν sty",
    2: "feb fev veeb uno фев лют lut sub helmi φεβ",
    3: "mar mae mrz mrt bre мар бер maal μαρ",
    4: "apr abr avr dub апр кві kwi nis huhti απρ",
    5: "may mai mei mag maj kve май мая тра touko μαι",
    6: "jun juun iun jui giu cze cervn cerven июн чер haz kesa ιουν",
    7: "jul juul iul juil lug lip cervenc cervenec июл лип tem heina ιουλ",
    8: "aug ago aou sie srp авг сер agu elo αυγ",
    9: "sep set wrz zar сен вер eyl syys σεπ",
    10: "oct okt ott out paz rij окт жов eki loka οκτ",
    11: "nov noi lis ноя лис kas marras νοε listopad",
    12: "dec dets dic dez des dek pro gru дек гру ara joulu δεκ",
}
_NAMES = sorted(
    ((start, month) for month, starts in _MONTHS.items() for start in starts.split()),
    key=lambda pair: -len(pair[0]),
)
_TIME = re.compile(
    r"(?<![\d.+-])([AaPp]\.?[Mm]\.?|上午|下午|午前|午後|오전|오후)?\s?"
    r"(?<![\d.+-])(\d{1,2})\s?"
    r"(?::|h|時|点|시|\.(?=\d\d(?:\.\d\d)?(?![.\d])))\s?(\d{2})?분?(?:[:.]\d{2})?"
    r"\s?([AaPp]\.?\s?[Mm]\b\.?)?"
)
_ASIAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([./-])\s?(\d{1,2})[./-]\s?(\d{4}|\d{2})(?!\d)")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:\.|er|st|nd|rd|th|º|ª)?,?\s*(?:de |d'|di |ב)?([^\W\d_]{3,15})\.?,?\s*"
    r"(?:de |del )?(\d{4})"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,15})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
#: "2026. november 23. 9:12", by Hungarian programs.
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\. ([^\W\d_]{3,15})\.? (\d{1,2})\.")
#: "GMT+1", "UTC-04:30", "-0400" behind a time.
_OFFSET = re.compile(r"(?:\b(?:GMT|UTC)\s?|[:.]\d\d\s)([+\-−])(\d{1,2})(?::?(\d{2}))?\b")
_ZONE = re.compile(r"(?<=\d)\s?(?:[AP]M\s)?([A-ZČ]{3,5})\)?\s*$")
#: What programs call zones, in hours from UTC.
_ZONES = {
    **dict.fromkeys(["GMT", "UTC", "WET", "WEZ"], 0),
    **dict.fromkeys(["CET", "MEZ", "SEČ", "BST", "WEST"], 1),
    **dict.fromkeys(["CEST", "MESZ", "SELČ", "EET", "OEZ"], 2),
    **dict.fromkeys(["EEST", "OESZ", "MSK"], 3),
    **dict.fromkeys(["EST", "CDT"], -5),
    **dict.fromkeys(["MST", "PDT"], -7),
    **dict(zip(["EDT", "MDT", "PST"], [-4, -6, -8], strict=True)),
}
_HEBREW = {
    name: place
    for place, name in enumerate(
        [
            "ינואר",
            "פברואר",
            "מרץ",
            "אפריל",
            "מאי",
            "יוני",
            "יולי",
            "אוגוסט",
            "ספטמבר",
            "אוקטובר",
            "נובמבר",
            "דצמבר",
        ],
        1,
    )
}
_NOON = 12
_FARTHEST = timedelta(hours=14)
_MOST_CHARS = 120
_FIRST_YEAR, _LAST_YEAR = 1980, 2100


def written_date(text: str, zone: str, before: datetime | None) -> datetime | None:
    """Return the instant that ``text`` names, in UTC; None if it names none.

    Args:
        text: The date as a program wrote it.
        zone: Name of the time zone it is meant in, where it names none itself.
        before: When the mail was forwarded: of several readings (3/4/2026) the first that is
            not after it counts.
    """
    text = text[:_MOST_CHARS].strip()
    if exact := read_date(text):
        return exact
    known = _zone_in(text)
    hour, minute, rest = _time(_OFFSET.sub(_without_offset, text))
    for year, month, day in _days(rest, us=bool(re.search(r"[ap]\.?\s?m\b", text, re.IGNORECASE))):
        try:
            local = datetime(year, month, day, hour, minute, tzinfo=known or ZoneInfo(zone))
            found = local.astimezone(UTC)
        except (ValueError, OverflowError):
            continue
        if _FIRST_YEAR <= year < _LAST_YEAR and (before is None or found <= before):
            return found
    return None


def _without_offset(match: re.Match[str]) -> str:
    return match[0][: match.start(1) - match.start()]


def _zone_in(text: str) -> timezone | None:
    """Return the zone that a date itself names."""
    if match := _OFFSET.search(text):
        away = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        return timezone(away if match[1] == "+" else -away) if away <= _FARTHEST else None
    match = _ZONE.search(text)
    hours = _ZONES.get(match[1]) if match else None
    return None if hours is None else timezone(timedelta(hours=hours))


def _time(text: str) -> tuple[int, int, str]:
    """Return hour, minute, and the text without them; midnight if there is no time."""
    for match in reversed(list(_TIME.finditer(text))):
        half, hour, minute = match[1] or match[4] or "", int(match[2]), int(match[3] or 0)
        if hour > 23 or minute > 59:  # noqa: PLR2004 - what a clock shows
            continue
        late = half[:1].lower() == "p" or half in {"下午", "午後", "오후"}
        if late and hour < _NOON:
            hour += _NOON
        elif half and not late and hour == _NOON:
            hour = 0
        return hour, minute, f"{text[: match.start()]} {text[match.end() :]}"
    return 0, 0, text


def _days(text: str, *, us: bool) -> Iterator[tuple[int, int, int]]:
    """Yield what a date may mean as (year, month, day), the likeliest first."""
    for pattern in (_ASIAN, _ISO):
        if match := pattern.search(text):
            yield int(match[1]), int(match[2]), int(match[3])
    if match := _NUMBERS.search(text):
        one, other, year = int(match[1]), int(match[3]), int(match[4])
        year += 2000 if year < 100 else 0  # noqa: PLR2004 - two digits
        month_first = (year, one, other), (year, other, one)
        yield from month_first if us and match[2] == "/" else reversed(month_first)
    if (match := _YEAR_FIRST.search(text)) and (month := _month(match[2])):
        yield int(match[1]), month, int(match[3])
    for match in _DAY_FIRST.finditer(text):
        if month := _month(match[2]):
            yield int(match[3]), month, int(match[1])
    for match in _MONTH_FIRST.finditer(text):
        if month := _month(match[1]):
            yield int(match[3]), month, int(match[2])


def _month(name: str) -> int:
    """Return the number of a month by its name, 0 if it is none."""
    plain = unicodedata.normalize("NFKD", name.lower().replace("ł", "l"))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    if plain in _HEBREW or plain[1:] in _HEBREW:
        return _HEBREW.get(plain) or _HEBREW[plain[1:]]
    return next((month for start, month in _NAMES if plain.startswith(start)), 0)
