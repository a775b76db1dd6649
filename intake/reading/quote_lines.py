"""Recognising the lines with which mail programs begin what they quote.

Every test looks at a few lines of bounded length with patterns that cannot backtrack far, so
crafted text costs no more than ordinary text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from intake.reading.phrases import quoting as markers
from intake.reading.phrases.matching import Found, Spread, any_of, any_word_of

#: Lines that one attribution may be wrapped over, and characters of all of them.
_MOST_LINES = 4
_MOST_CHARS = 400
#: Lines in which the fields of a quoted header block stand.
_BLOCK_LINES = 14
#: Characters of "Ana Lovelace <ana@school.example> wrote:", which tells no date.
_LONGEST_BARE = 100
#: Fields that make a header block likely enough to read on.
_FEWEST_FIELDS = 2


#: What separators are drawn with.
_MARKS = "-‐–—_=*#~> "
_DRAWN = frozenset(_MARKS.strip())
_QUOTE = re.compile(r"\s{0,3}>(?!From )")
_DASHED = re.compile(r"\s{0,8}[-‐–—_=*]{3}")
_RULE = re.compile(r"\s*(?:[_\-=*─—]\s?){3,}\s*")
_WROTE = Found(markers.WROTE)
_OPENS = re.compile(rf"[\s*_]*(?:{any_word_of(markers.OPENINGS)}|ב-)", re.IGNORECASE)
_OPENS_INSIDE = re.compile(r"\S.{0,300}[\s-](?:On|Am|Le|El|Il|Op|Em|Den) .{0,30}\d")
_OPENING = re.compile(rf"{_OPENS.pattern}|\W?\w{{0,12}}\.?,? ?\d{{1,4}}(?!\d)", re.IGNORECASE)
_ENDS_WITHOUT_COLON = re.compile(
    r"^\d{4}[/-].{5,300}>$|>\s(?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu)$",
    re.IGNORECASE,
)
#: How lines of ASCII end that end an attribution.
_LAST = ":*>"
_LAST_WORDS = ("wrote", "schrieb", "scritto", "escreveu")
_TIME = re.compile(r"\d{1,2}\s?[:.h時点시]\s?\d{2}")
_DAY = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)|\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}")
#: Fields of a whole header as servers write it; nothing that is quoted shows them.
_RAW_FIELD = re.compile(
    r"(?:Received|Return-Path|Message-ID|MIME-Version|Content-Type|Delivered-To|DKIM-Signature"
    r"|Authentication-Results|User-Agent|X-[\w-]{1,60})\s?:",
    re.IGNORECASE,
)
_PASTED_LINES = 12
_ENDS_IN_ADDRESS = re.compile(r".{0,390}<[^<>\s]{1,100}@[^<>\s]{1,100}>\s?[:：]?")
_DATED = re.compile(
    r"\d{1,2}\s?[:.h時点시]\s?\d{2}|(?<!\d)(?:19|20)\d{2}(?!\d)|\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}"
)
_ADDRESS = re.compile(r"[^\s<>@]{1,100}@[^\s<>@]{1,100}")
#: "Nov 26, 2026, 10:12 by ana@school.example:", by Tutanota.
_BY_ADDRESS = re.compile(r"\d{4}, \d{1,2}:\d{2} \w{2,9} [^\s<>@]{1,100}@[^\s<>@]{1,100}:$")
#: "Ana Lovelace---26.11.2026 10:12:13---Which room?" above the fields, by Notes.
_NOTES = re.compile(r"[^-]{2,60}---\d{1,4}[./-]\d{1,2}[./-]\d{2,4} [\d:]{4,8}.{0,6}---")
_GROUPWISE = (">>>", ":", ", in message")
_CLOSING = frozenset(("--", "‐‐", "––", "——", "__", "=="))
_COLON = (":", "：", ":*", ": *")
#: What stands around the name of a field: French programs write "De\u00a0:".
_AROUND_NAME = " *\u00a0\u202f"
_ORIGINAL = re.compile(any_of(markers.ORIGINAL), re.IGNORECASE)
_FORWARDED = re.compile(any_of(markers.FORWARDED), re.IGNORECASE)
_BEGIN_FORWARDED = re.compile(rf"\s*{any_of(markers.BEGIN_FORWARDED)}\s?[:：]\s*", re.IGNORECASE)
_ABOVE = re.compile(any_of(markers.REPLY_ABOVE), re.IGNORECASE)
_FIELDS = re.compile(
    r"(?:^|(?<=\s)|(?<=\*))\*?(?:"
    rf"(?P<from>{any_of(markers.FROM)})|(?P<date>{any_of(markers.DATE)})|(?P<to>{any_of(markers.TO)})"
    rf"|(?P<cc>{any_of(markers.CC)})|(?P<subject>{any_of(markers.SUBJECT)})"
    r")\s?\*?\s?[:：]\*?",
    re.IGNORECASE,
)
_FROM_NAMES = frozenset(name.lower() for name in markers.FROM)
_FIELD_NAMES = frozenset(
    name.lower()
    for names in (markers.FROM, markers.DATE, markers.TO, markers.CC, markers.SUBJECT)
    for name in names
)
_PREFIX = re.compile(
    r"\s*(?:\[[^\]]{0,60}\]\s*)*([^\W\d_]{1,20}(?: [^\W\d_]{1,20})?)(?:\[\d+\]|\(\d+\))?\.?\s?[:：]"
)
#: The sender's field of Danish and Norwegian programs.
_DANISH = re.compile(r"^[>*\s\ufdd0-\ufdd2]{0,8}Fra\s?:", re.MULTILINE)
#: Prefixes of what is forwarded, and of answers.
FORWARD_PREFIXES = frozenset(markers.FORWARD_PREFIXES)
REPLY_PREFIXES = frozenset(markers.REPLY_PREFIXES)


def is_quote(row: str) -> bool:
    """Say whether a line begins with a quote mark."""
    return bool(_QUOTE.match(row))


def is_separator(row: str) -> bool:
    """Say whether a line is a drawn rule, or some words between dashes."""
    return bool(_RULE.fullmatch(row)) or (
        len(row) < _MOST_CHARS and bool(_DASHED.match(row)) and row.rstrip()[-1:] in _DRAWN
    )


def ends_mail(row: str) -> bool:
    """Say whether a line says that everything below it is the mail being answered."""
    if len(row) > _MOST_CHARS:
        return False
    if row.lstrip()[:1] not in _DRAWN:
        return "---" in row and bool(_NOTES.match(row))
    inner = _between_marks(row)
    if not inner:
        return False
    if _ORIGINAL.match(inner) or _ABOVE.search(inner):
        return True
    # GroupWise writes ">>> Ana 23.11.2026 09:12 >>>" or ">>> On 23.11.2026 at 09:12, in
    # message", Zoho "---- On ... Ana wrote ----", Zimbra "----- Le 23 Nov 26 ... a écrit :".
    if row.lstrip().startswith(">>> "):
        return bool(_DATED.search(inner)) and row.rstrip().endswith(_GROUPWISE)
    closed = row.rstrip()[-2:] in _CLOSING
    opened = bool(_OPENS.match(inner) and _DATED.search(inner)) and row.rstrip().endswith(_COLON)
    return (closed or opened) and _wrote(inner)


def begins_forward(row: str) -> bool:
    """Say whether a line says that a forwarded mail follows."""
    if len(row) > _MOST_CHARS:
        return False
    if row.lstrip()[:1] in _DRAWN:
        return bool(_FORWARDED.match(_between_marks(row)))
    return row.endswith(_COLON) and bool(_BEGIN_FORWARDED.fullmatch(row))


def _between_marks(row: str) -> str:
    """Return what stands between the dashes of a line that begins with at least two."""
    row = row.strip()
    return row.strip(_MARKS) if row[1:2] in _DRAWN else ""


def attribution(rows: Sequence[str], start: int) -> int:
    """Return how many lines from ``start`` are an attribution ("On ... Ana wrote:"), 0 for none.

    With a quote mark below, a line that ends in a colon and names a writer is enough; without
    one it must begin, and name the time, as the programs write it.
    """
    if not _may_end(rows, start):
        return 0
    text = ""
    for size, row in enumerate(rows[start : start + _MOST_LINES], 1):
        if not row.strip() or (is_quote(row) and text.count("<") == text.count(">")):
            break
        text = f"{text} {row.strip()}".lstrip()
        below = rows[start + size : start + size + 1]
        if len(text) > _MOST_CHARS or not (_may_begin(text) or _is_name_above(below)):
            break
        if below and below[0].strip() in _COLON:
            continue
        if text.endswith(_COLON) or _ENDS_WITHOUT_COLON.search(text):
            if any(_begins_below(rows, start, line) for line in range(start + 1, start + size)):
                break
            return size if _is_attribution(text, rows, start + size) else 0
    return 0


def _may_end(rows: Sequence[str], start: int) -> bool:
    """Say whether an attribution may end in the lines from ``start``: most do not end like one."""
    for row in rows[start : start + _MOST_LINES]:
        text = row.strip()
        if not text:
            return False
        if text[-1] in _LAST or not text.isascii() or text.lower().endswith(_LAST_WORDS):
            return True
    return False


def _begins_below(rows: Sequence[str], start: int, line: int) -> bool:
    """Say whether the attribution that ends the lines from ``start`` begins only at ``line``."""
    above = " ".join(rows[start:line])
    if _DATED.search(above) or _ADDRESS.search(above):
        begins = not _OPENS.match(above.lstrip()) and _OPENS.match(rows[line])
    else:
        whole = not rows[line].startswith("<") and _ADDRESS.search(rows[line])
        begins = _OPENING.match(rows[line]) or (whole and _DATED.search(rows[line]))
    return bool(begins) and attribution(rows, line) > 0


def _may_begin(text: str) -> bool:
    if text.endswith("<") or _OPENING.match(text):
        return True
    return ("@" in text and bool(_ADDRESS.search(text))) or _wrote(text)


def _wrote(text: str) -> bool:
    """Say whether text holds the verb of an attribution."""
    return _WROTE.find(Spread(text)) >= 0


def _is_name_above(below: Sequence[str]) -> bool:
    """Say whether the line below begins with the address of the name above it."""
    return bool(below) and below[0].startswith("<")


def _is_attribution(text: str, rows: Sequence[str], after: int) -> bool:
    verb = _wrote(text)
    dated = bool(_DATED.search(text))
    addressed = bool(_ADDRESS.search(text))
    opens = bool(_OPENING.match(text))
    if quote_follows(rows, after):
        if opens:
            return verb or dated or addressed
        if _OPENS_INSIDE.search(text):
            return False  # Something new stands before it on the same line.
        return (verb or addressed) and (dated or len(text) <= _LONGEST_BARE)
    if dated and (_BY_ADDRESS.search(text) or (opens and _ENDS_IN_ADDRESS.fullmatch(text))):
        return True
    if not verb or not (addressed or opens):
        return False
    # In people's own sentences there is a day or an hour; programs write both, or an address.
    return (dated and addressed) or bool(_TIME.search(text) and _DAY.search(text))


def quote_follows(rows: Sequence[str], after: int) -> bool:
    """Say whether the next line with text, at most two blank ones away, is quoted."""
    for row in rows[after : after + 3]:
        if row.strip():
            return is_quote(row)
    return False


def header_block(rows: Sequence[str], start: int) -> bool:
    """Say whether the fields of a quoted mail begin at ``start``, in any language.

    There must be a sender, a date or recipient, and a subject or an address.
    """
    name, colon, _ = rows[start].replace("：", ":", 1).partition(":")
    if not colon or name.strip(_AROUND_NAME).lower() not in _FIELD_NAMES:
        return False
    seen: set[str] = set()
    addressed = False
    blanks = 0
    for row in rows[start : start + _BLOCK_LINES]:
        text = row[:_MOST_CHARS].strip()
        if not text:
            blanks += 1
            if blanks > 1 and len(seen) < _FEWEST_FIELDS:
                break
            continue
        kinds = {match.lastgroup or "" for match in _FIELDS.finditer(text)}
        if not kinds and blanks and len(seen) > _FEWEST_FIELDS:
            break
        seen |= kinds
        addressed = addressed or bool(_ADDRESS.search(text))
        if "from" in seen and seen & {"date", "to"} and ("subject" in seen or addressed):
            return True
    return False


def is_pasted(rows: Sequence[str], start: int) -> bool:
    """Say whether the fields around ``start`` are a whole header that somebody shows."""
    around = rows[max(0, start - _PASTED_LINES) : start + _PASTED_LINES]
    return any(_RAW_FIELD.match(row) for row in around)


def is_from_field(row: str) -> bool:
    """Say whether a line is the sender's field of a quoted mail."""
    name, colon, _ = row.replace("：", ":", 1).partition(":")
    return bool(colon) and name.strip(_AROUND_NAME).lower() in _FROM_NAMES


def field_value(row: str) -> str:
    """Return what a field says, without further fields on the same line."""
    value = row.replace("：", ":", 1).partition(":")[2][:_MOST_CHARS]
    following = _FIELDS.search(value)
    return (value[: following.start()] if following else value).strip(" *")


def field_kind(row: str) -> str:
    """Return which field of a quoted mail a line is: from, date, to, cc, subject; "" if none."""
    match = _FIELDS.match(row[:_MOST_CHARS].strip())
    return (match.lastgroup or "") if match else ""


def is_forward_subject(subject: str) -> bool:
    """Say whether a subject's outermost prefix is that of a forwarded mail."""
    return first_prefix(subject) in FORWARD_PREFIXES


def forwards(subject: str, text: str) -> bool:
    """Say whether a mail is forwarded by its subject.

    "VS" is an answer of a Finn, unless the fields below are those of a Dane or a Norwegian.
    """
    prefix = first_prefix(subject)
    return prefix in FORWARD_PREFIXES or (
        prefix == markers.EITHER_PREFIX and bool(_DANISH.search(text))
    )


def is_reply_subject(subject: str) -> bool:
    """Say whether a subject's outermost prefix is that of an answer."""
    return first_prefix(subject) in REPLY_PREFIXES


@lru_cache(maxsize=8)
def first_prefix(subject: str) -> str:
    """Return what programs put before a subject, outermost first; "" for nothing.

    Several rules ask it of each mail.
    """
    start = subject[:200]
    if start[:1] == "[" and start.find("]") == len(subject) - 1:
        start = start[1:]  # "[Fwd: Projector]", by SquirrelMail and others of its days.
    match = _PREFIX.match(start) if ":" in start or "：" in start else None
    # A Turkish capital I keeps its dot when it becomes small.
    return match[1].lower().replace("\u0307", "") if match else ""
