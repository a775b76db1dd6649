"""Words as full-text search keeps and seeks them; the same on both databases.

A text becomes a set of folded terms: case, accents, width and vowel points do not count
("Äpfel" is found by ``apfel``, ``ﾌﾟﾘﾝﾀ`` by ``プリンタ``). Scripts written without spaces
(Chinese, Japanese, Thai, Lao, Burmese, Khmer) become overlapping pairs of characters, so that
any stretch of two or more is found wherever it stands; a single character is found too. All
other words are found by how they begin, from two letters on.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from store.rules.ascii_words import AsciiWords

#: Characters of one text that are looked at: more is rarely words a person seeks by.
LONGEST_TEXT = 20_000
#: Longer words are kept in pieces of this many characters (PostgreSQL allows 2 KB a lexeme).
_LONGEST_TERM = 40

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007"
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_ASCII = AsciiWords()
_ASCII_PIECE = re.compile(rf".{{1,{_LONGEST_TERM}}}")
#: Vowel signs of the Indian scripts and Tibetan are marks to Python, but letters to readers.
_RUN = re.compile(r"[\w\u0900-\u0dff\u0f00-\u0fff]+")
_PART = re.compile(rf"(?P<stretch>[{_UNSPACED}]+)|[^{_UNSPACED}]{{1,{_LONGEST_TERM}}}")
#: Accents, and the points of Hebrew and Arabic, which many leave out.
_OPTIONAL = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670]+"
)


@dataclass(frozen=True, slots=True)
class Sought:
    """A term to look for: the whole of a kept term, or (``prefix``) how one begins."""

    term: str
    prefix: bool


def index_terms(*texts: str) -> str:
    """Return the terms of ``texts`` in a line with single spaces between them.

    Terms hold letters, digits and marks only: no ASCII but ``a-z0-9``. One may come again: both
    databases keep it once, and find it again faster than it is found here.
    """
    text = "\n".join([text[:LONGEST_TEXT] for text in texts])
    if text.isascii() and not _ASCII.has_longer(text, _LONGEST_TERM):
        return _ASCII.in_line(text)
    words, stretches = _words(text)
    if not stretches:
        return " ".join(words)
    found = dict.fromkeys(words)
    for stretch in stretches:
        # Every character begins a pair or stands alone at the end, so that one by itself is
        # found as the beginning of a term, like any unfinished word.
        found.update(dict.fromkeys([*_pairs(stretch), stretch[-1]]))
    return " ".join(found)


def query_terms(text: str) -> tuple[Sought, ...]:
    """Return what must all be found for ``text``, as somebody types it; none if it has no words.

    Whatever is not a letter or digit (quotes, operators, emoji) only separates words.
    """
    words, stretches = _words(text[:LONGEST_TEXT])
    found = dict.fromkeys(Sought(word, prefix=_is_beginning(word)) for word in words)
    for stretch in stretches:
        pairs = _pairs(stretch)
        found.update(dict.fromkeys(Sought(pair, prefix=False) for pair in pairs))
        if not pairs:
            found[Sought(stretch, prefix=True)] = None
    return tuple(found)


def folded(text: str) -> tuple[list[str], list[str]]:
    """Return the words of ``text`` in their order, and its stretches of unspaced scripts."""
    return _words(text[:LONGEST_TEXT])


def _is_beginning(word: str) -> bool:
    """Say whether more than ``word`` may be meant; half of all words begin like one letter."""
    return len(word) > 1 or not word.isascii()


def _words(text: str) -> tuple[list[str], list[str]]:
    """Return the folded words of ``text``, and its stretches of unspaced scripts."""
    if text.isascii():
        words = _ASCII.of(text)
        if _ASCII.has_longer(text, _LONGEST_TERM):
            words = [piece for word in words for piece in _ASCII_PIECE.findall(word)]
        return words, []
    plain = _OPTIONAL.sub("", unicodedata.normalize("NFKD", text)).casefold().replace("_", " ")
    words = []
    stretches: list[str] = []
    for run in _RUN.findall(unicodedata.normalize("NFC", plain)):
        if run.isascii() and len(run) <= _LONGEST_TERM:
            words.append(run)
            continue
        for part in _PART.finditer(run):
            (stretches if part["stretch"] else words).append(part[0])
    return words, stretches


def _pairs(stretch: str) -> list[str]:
    return [stretch[at : at + 2] for at in range(len(stretch) - 1)]
