"""Recognising the lines with which mail programs begin what they quote.

Every test looks at a few lines of bounded length with patterns that cannot backtrack far, so
crafted text costs no more than ordinary text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from intake.reading import markers

_UNSPACED = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
#: Lines that one attribution may be wrapped over, and characters of all of them.
_MOST_LINES = 4
_MOST_CHARS = 400
#: Lines in which the fields of a quoted header block stand.
_BLOCK_LINES = 14
#: Characters of "Ana Lovelace <ana@school.example> wrote:", which tells no date.
_LONGEST_BARE = 100
#: Fields that make a header block likely enough to read on.
_FEWEST_FIELDS = 2


def _words(phrases: Iterable[str]) -> str:
    """Return a pattern for any of the phrases as whole words, longest first."""
    ordered = sorted(set(phrases), key=len, reverse=True)
    spaced = [_escaped(phrase) for phrase in ordered if not _UNSPACED.search(phrase)]
    joined = [_escaped(phrase) for phrase in ordered if _UNSPACED.search(phrase)]
    return "(?:" + "|".join([rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)", *joined]) + ")"


def _any(phrases: Iterable[str]) -> str:
    return "(?:" + "|".join(map(_escaped, sorted(set(phrases), key=len, reverse=True))) + ")"


def _escaped(phrase: str) -> str:
    """Return the pattern of a phrase, with either form of the apostrophe."""
    return re.escape(phrase).replace("'", "['’]")


#: What separators are drawn with.
_MARKS = "-–—_=*#~> "
_DRAWN = frozenset(_MARKS.strip())
_QUOTE = re.compile(r"\s{0,3}>(?!From )")
_DASHED = re.compile(r"\s{0,8}[-–—_=*]{3}")
_RULE = re.compile(r"\s*(?:[_\-=*─—]\s?){3,}\s*")
_WROTE = re.compile(_words(markers.WROTE), re.IGNORECASE)
_OPENS = re.compile(rf"[\s*_]*(?:{_words(markers.OPENINGS)}|ב-)", re.IGNORECASE)
_OPENS_INSIDE = re.compile(r"\S.{0,300}[\s-](?:On|Am|Le|El|Il|Op|Em|Den) .{0,30}\d")
_OPENING = re.compile(rf"{_OPENS.pattern}|\W?\w{{0,12}}\.?,? ?\d{{1,4}}(?!\d)", re.IGNORECASE)
_ENDS_WITHOUT_COLON = re.compile(
    r"^\d{4}[/-].{5,300}>$|>\s(?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu)$",
    re.IGNORECASE,
)
_ENDS_IN_ADDRESS = re.compile(r".{0,390}<[^<>\s]{1,100}@[^<>\s]{1,100}>\s?[:：]?")
_DATED = re.compile(
    r"\d{1,2}\s?[:.h時点시]\s?\d{2}|(?<!\d)(?:19|20)\d{2}(?!\d)|\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}"
)
_ADDRESS = re.compile(r"[^\s<>@]{1,100}@[^\s<>@]{1,100}")
_CLOSING = frozenset(("--", "––", "——", "__", "=="))
_COLON = (":", "：", ":*", ": *")
_ORIGINAL = re.compile(_any(markers.ORIGINAL), re.IGNORECASE)
_FORWARDED = re.compile(_any(markers.FORWARDED), re.IGNORECASE)
_BEGIN_FORWARDED = re.compile(rf"\s*{_any(markers.BEGIN_FORWARDED)}\s?[:：]\s*", re.IGNORECASE)
_ABOVE = re.compile(_any(markers.REPLY_ABOVE), re.IGNORECASE)
_FIELDS = re.compile(
    r"(?:^|(?<=\s)|(?<=\*))\*?(?:"
    rf"(?P<from>{_any(markers.FROM)})|(?P<date>{_any(markers.DATE)})|(?P<to>{_any(markers.TO)})"
    rf"|(?P<cc>{_any(markers.CC)})|(?P<subject>{_any(markers.SUBJECT)})"
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
    r"\s*(?:\[[^\]]{0,60}\]\s*)*([^\W\d_]{1,20}(?: [^\W\d_]{1,20})?)(?:\[\d+\]|\(\d+\))?\s?[:：]"
)
_FORWARD_PREFIXES = frozenset(markers.FORWARD_PREFIXES)
_REPLY_PREFIXES = frozenset(markers.REPLY_PREFIXES)


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
    if len(row) > _MOST_CHARS or row.lstrip()[:1] not in _DRAWN:
        return False
    inner = _between_marks(row)
    if _ORIGINAL.match(inner) or _ABOVE.search(inner):
        return True
    # GroupWise writes ">>> Ana 23.11.2026 09:12 >>>", Zoho "---- On ... Ana wrote ----".
    if row.lstrip().startswith(">>> "):
        return bool(_DATED.search(inner)) and row.rstrip().endswith((">>>", ":"))
    return row.rstrip()[-2:] in _CLOSING and bool(_WROTE.search(inner))


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
    text = ""
    for size, row in enumerate(rows[start : start + _MOST_LINES], 1):
        if not row.strip() or (is_quote(row) and text.count("<") == text.count(">")):
            break
        text = f"{text} {row.strip()}".lstrip()
        if len(text) > _MOST_CHARS or not _may_begin(text):
            break
        if text.endswith(_COLON) or _ENDS_WITHOUT_COLON.search(text):
            later = range(start + 1, start + size) if not _OPENS.match(text) else ()
            if any(_OPENS.match(rows[line]) and attribution(rows, line) for line in later):
                break
            return size if _is_attribution(text, rows, start + size) else 0
    return 0


def _may_begin(text: str) -> bool:
    if text.endswith("<") or _OPENING.match(text):
        return True
    return bool(_ADDRESS.search(text) or _WROTE.search(text))


def _is_attribution(text: str, rows: Sequence[str], after: int) -> bool:
    verb = bool(_WROTE.search(text))
    dated = bool(_DATED.search(text))
    addressed = bool(_ADDRESS.search(text))
    opens = bool(_OPENING.match(text))
    if quote_follows(rows, after):
        if opens:
            return verb or dated or addressed
        if _OPENS_INSIDE.search(text):
            return False  # Something new stands before it on the same line.
        return (verb or addressed) and (dated or len(text) <= _LONGEST_BARE)
    if opens and dated and _ENDS_IN_ADDRESS.fullmatch(text):
        return True
    return verb and dated and (addressed or opens)


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
    if not colon or name.strip(" *").lower() not in _FIELD_NAMES:
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


def is_from_field(row: str) -> bool:
    """Say whether a line is the sender's field of a quoted mail."""
    name, colon, _ = row.replace("：", ":", 1).partition(":")
    return bool(colon) and name.strip(" *").lower() in _FROM_NAMES


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
    return _first_prefix(subject) in _FORWARD_PREFIXES


def is_reply_subject(subject: str) -> bool:
    """Say whether a subject's outermost prefix is that of an answer."""
    return _first_prefix(subject) in _REPLY_PREFIXES


def _first_prefix(subject: str) -> str:
    match = _PREFIX.match(subject[:200])
    return match[1].lower() if match else ""
