"""Recognising what programs, servers and lawyers put above and below people's words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intake.reading.phrases import footers, signing
from intake.reading.phrases.matching import Begun, Found, Spread, any_of, plain

#: Characters of a line that are looked at.
_MOST_CHARS = 2_000
#: Characters of the line that a telephone writes, without and with its links.
_LONGEST_SENT, _LONGEST_LINE = 110, 400
#: Lines of a banner on top of a mail, and what one that is wrapped has at least.
_MOST_BANNER_LINES = 6
#: Spaces in the first words of a banner that say enough.
_TELLING = 2
#: Bytes of first words that say too little.
_SHORT = 8
_WRAPPED = 50
_TARGET = re.compile(r"\s*[<(\[](?:https?://|mailto:)[^<>()\[\]\s]*[>)\]]|\s*https?://\S+")
_SENT = Begun(signing.SENT_WITH)
_GET = Begun(signing.GET)
_SENT_LAST = signing.SENT_WITH_LAST
_DEVICE = re.compile(rf"(?<![^\W_]){any_of(signing.DEVICES)}", re.IGNORECASE)
_ASIAN_DEVICE = re.compile(any_of(signing.DEVICES), re.IGNORECASE)
_PRODUCT = re.compile(r"outlook|bluemail|mail|spark|proton")
_LEGAL = Found([*footers.LEGAL, *footers.LISTS])
_LEGAL_OPENINGS = Found(footers.LEGAL_OPENINGS)
_LEGAL_KEYS = _LEGAL.keys | _LEGAL_OPENINGS.keys
_LIST_RULE = re.compile(r"_{20,}$")
_LIST_LINE = re.compile(
    r"mailing list|mailinglist|mailing-list|/listinfo/|unsubscribe", re.IGNORECASE
)
_BANNER = Begun(footers.BANNERS)
_BEFORE_BANNER = " *_>#!⚠\ufe0f-"
_ENDED = (".", "!", "。", "！", "]", "】", ">")


def is_sent_with(row: str) -> bool:
    """Say whether a line is what a telephone or a program writes below every mail."""
    if len(row) > (_LONGEST_LINE if "http" in row else _LONGEST_SENT):
        return False
    text = _TARGET.sub("", row) if "http" in row else row
    text = plain(text.strip(" -–—_*"))
    if not text or len(text) > _LONGEST_SENT or text[-1] in "?？:：":
        return False
    offered = _GET.size(text) and text[-1] not in ".!" and _PRODUCT.search(text)
    if not (offered or _SENT.size(text) or text.endswith(_SENT_LAST)):
        return False
    return bool((_DEVICE if text.isascii() else _ASIAN_DEVICE).search(text))


def legal_at(spread: Spread) -> int:
    """Return the word of a text with which a legal footer, or a list's, begins; or -1."""
    if _LEGAL_KEYS.isdisjoint(spread.words) and spread.is_ascii:
        return -1
    text = spread.text
    at = _LEGAL.find(spread)
    if at < 0:
        at = _LEGAL_OPENINGS.find(spread)
        if at < 0 or not _any(footers.LEGAL_AROUND, text[at:]):
            return -1
    return text.count(" ", 1, at + 1)


def may_be_legal(paragraph: str, spread: Spread) -> bool:
    """Say whether a paragraph, and the same spread, may stand in a legal footer."""
    # Most paragraphs are not legal at all, and the roots that all the stems have are fewer.
    if spread.is_ascii and not _any(footers.LEGAL_ROOTS, paragraph.lower()):
        return False
    return _any(footers.LEGAL_AROUND, spread.text)


def is_list_footer(rows: Sequence[str]) -> bool:
    """Say whether a paragraph is what a mailing list adds: a rule, then how to leave it."""
    return bool(
        _LIST_RULE.match(rows[0])
        and len(rows) > 1
        and any(_LIST_LINE.search(row[:_MOST_CHARS]) for row in rows)
    )


def banner(rows: Sequence[str], start: int, end: int) -> int:
    """Return how many lines from ``start`` warn that the mail is from outside; 0 for none."""
    first = plain(rows[start][:_MOST_CHARS])
    opening = first.lstrip(_BEFORE_BANNER)
    begins = _BANNER.size(opening[:_LONGEST_SENT])
    if not begins:
        return 0
    size = 1
    while (
        size < _MOST_BANNER_LINES
        and start + size < end
        and rows[start + size].strip()
        and not _is_whole(rows[start + size - 1], rows[start + size])
    ):
        size += 1
    text = plain(" ".join(rows[start : start + size])[:_MOST_CHARS])
    told = first[0] in "[【" or opening.count(" ", 0, begins) >= _TELLING
    told = told or (len(opening[:begins].encode()) > _SHORT and _any(footers.RISKY, text))
    if not told and opening[begins:].strip(" *!.:-]"):
        return 0  # People write about mail from outside, too.
    return size if _any(footers.OUTSIDE, text) else 0


def _is_whole(row: str, below: str) -> bool:
    """Say whether a banner ends with ``row``: its sentence ends, or it was not wrapped."""
    ended = len(row) < _WRAPPED or row.rstrip().endswith(_ENDED)
    below = plain(below[:_MOST_CHARS])
    return ended and not _any(footers.RISKY, below)


def _any(stems: Sequence[str], text: str) -> bool:
    for stem in stems:  # noqa: SIM110 - a generator takes as long as the search
        if stem in text:
            return True
    return False
