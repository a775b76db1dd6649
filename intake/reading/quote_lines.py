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
_RULE = re.compile(r"\s*(?:[_\-=*─—]\s?){5,}\s*")
_WROTE = re.compile(_words(markers.WROTE), re.IGNORECASE)
_OPENS = re.compile(rf"[\s*_]*(?:{_words(markers.OPENINGS)}|ב-)", re.IGNORECASE)
_OPENING = re.compile(rf"{_OPENS.pattern}|\W?\w{{0,12}}\.?,? ?\d{{1,4}}(?!\d)", re.IGNORECASE)
_ENDS_IN_ADDRESS = re.compile(r".{0,390}<[^<>\s]{1,100}@[^<>\s]{1,100}>\s?[:：]")
_DATED = re.compile(
    r"\d{1,2}\s?[:.h時点시]\s?\d{2}|(?<!\d)(?:19|20)\d{2}(?!\d)|\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}"
)
_ADDRESS = re.compile(r"[^\s<>@]{1,100}@[^\s<>@]{1,100}")
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


def is_rule(row: str) -> bool:
    """Say whether a line is a drawn rule."""
    return bool(_RULE.fullmatch(row))


def ends_mail(row: str) -> bool:
    """Say whether a line says that everything below it is the mail being answered."""
    if len(row) > _MOST_CHARS or row.lstrip()[:1] not in _DRAWN:
        return False
    inner = _between_marks(row)
    if _ORIGINAL.match(inner) or _ABOVE.search(inner):
        return True
    # GroupWise writes ">>> Ana 23.11.2026 09:12 >>>", Zoho "---- On ... Ana wrote ----".
    closed = row.rstrip()[-1:] in _DRAWN or row.lstrip().startswith(">>> ")
    return closed and bool(_DATED.search(inner)) and (">>>" in row or bool(_WROTE.search(inner)))


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
    joined = ""
    for size in range(1, _MOST_LINES + 1):
        index = start + size - 1
        if index >= len(rows) or not rows[index].strip() or is_quote(rows[index]):
            return 0
        joined = f"{joined} {rows[index].strip()}" if joined else rows[index].strip()
        if len(joined) > _MOST_CHARS:
            return 0
        if joined.endswith(_COLON):
            if any(
                _OPENS.match(row) and attribution(rows, start + 1 + skipped)
                for skipped, row in enumerate(rows[start + 1 : index + 1])
            ):
                return 0
            return size if _is_attribution(joined, rows, index + 1) else 0
        if size == 1 and not (
            _OPENING.match(joined) or _ADDRESS.search(joined) or _WROTE.search(joined)
        ):
            return 0
    return 0


def _is_attribution(text: str, rows: Sequence[str], after: int) -> bool:
    verb = bool(_WROTE.search(text))
    dated = bool(_DATED.search(text))
    addressed = bool(_ADDRESS.search(text))
    if quote_follows(rows, after):
        return verb or addressed or (dated and bool(_OPENING.match(text)))
    opens = bool(_OPENING.match(text))
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


def is_forward_subject(subject: str) -> bool:
    """Say whether a subject's outermost prefix is that of a forwarded mail."""
    return _first_prefix(subject) in _FORWARD_PREFIXES


def is_reply_subject(subject: str) -> bool:
    """Say whether a subject's outermost prefix is that of an answer."""
    return _first_prefix(subject) in _REPLY_PREFIXES


def _first_prefix(subject: str) -> str:
    match = _PREFIX.match(subject[:200])
    return match[1].lower() if match else ""
