"""Finding the policy's words in what people write: whole words, any case, with or without accents.

Scripts that write without spaces (Chinese, Japanese, Thai ...) match anywhere in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from store.rules.ascii_words import AsciiWords

_WORD = re.compile(r"\w+")
_ASCII = AsciiWords("_")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f]"
)
#: Letters that are no base letter with an accent, and are typed as one.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_UNDIVIDED = re.compile("[łøđıæœþ]")
#: Combining accents and vowel points: Latin, Greek, Cyrillic, Hebrew, Arabic. The voicing marks
#: of kana make other letters, so they stay.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_HEBREW = re.compile("[\u05d0-\u05ea]{2,}")
#: "and", "in", "as", "to", "from", "that", "the": written as part of the word after them.
_PREFIXES = "ובכלמשה"
_SHORTEST_WITH_PLURAL = 4


def fold(text: str) -> str:
    """Return ``text`` in lower case and without accents; kana and Hangul stay whole."""
    if text.isascii():
        return text.lower()
    text = text.casefold()
    if _UNDIVIDED.search(text):
        text = text.translate(_LETTERS)
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", text)))


def is_unspaced(text: str) -> bool:
    """Say whether a text has letters of a script that is written without spaces."""
    return bool(_UNSPACED.search(text))


class Wording:
    """A text ready to be searched: folded once, its words in order and as a set."""

    def __init__(self, text: str) -> None:
        """Prepare a text."""
        self.folded = folded = fold(text)
        self.plain = folded.isascii()
        self.words = _ASCII.of(folded) if self.plain else _WORD.findall(folded)
        self.distinct = frozenset(self.words)

    def then(self, other: Wording) -> Wording:
        """Return this wording followed by another."""
        both = Wording("")
        both.folded = f"{self.folded}\n{other.folded}"
        both.words = self.words + other.words
        both.distinct = self.distinct | other.distinct
        both.plain = self.plain and other.plain
        return both


class _Phrase(NamedTuple):
    """A phrase to look for, anchored at its rarest word: the longest."""

    words: tuple[str, ...]
    anchor: int
    written: str


class Phrases:
    """Words and phrases to look for; of overlapping ones the longest counts."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Take phrases as the policy writes them."""
        self._anchored: dict[str, list[_Phrase]] = {}
        self._anywhere: list[tuple[str, str]] = []
        for written in dict.fromkeys(phrases):
            folded = fold(written).strip()
            if _UNSPACED.search(folded):
                self._anywhere.append((folded, written))
            elif words := tuple(_WORD.findall(folded)):
                anchor = max(range(len(words)), key=lambda place: len(words[place]))
                phrase = _Phrase(words, anchor, written)
                last = anchor == len(words) - 1
                for form in _inflected(words[anchor]) if last else (words[anchor],):
                    self._anchored.setdefault(form, []).append(phrase)
        self._anchors = frozenset(self._anchored)
        self._anywhere.sort(key=lambda pair: -len(pair[0]))

    def find(self, wording: Wording) -> list[str]:
        """Return each phrase that occurs, as the policy writes it, in order of first sight."""
        anchors = self._anchors & wording.distinct
        anywhere = self._anywhere and not wording.plain
        if not anchors and not anywhere:
            return []
        found: dict[str, None] = {}
        if anchors:
            self._find_words(wording.words, anchors, found)
        if anywhere:
            rest = wording.folded
            for folded, written in self._anywhere:
                if folded in rest:
                    found[written] = None
                    rest = rest.replace(folded, " ")
        return list(found)

    def _find_words(
        self, words: list[str], anchors: frozenset[str], found: dict[str, None]
    ) -> None:
        seen: list[tuple[int, int, str]] = []
        for index, word in enumerate(words):
            if word in anchors:
                for phrase in self._anchored[word]:
                    start = index - phrase.anchor
                    if start >= 0 and _stands_at(phrase.words, words, start):
                        seen.append((start, -len(phrase.words), phrase.written))
        after = 0
        for start, less_words, written in sorted(seen):
            if start >= after:
                found[written] = None
                after = start - less_words


def _stands_at(phrase: tuple[str, ...], words: list[str], start: int) -> bool:
    """Say whether a phrase stands there, its last word maybe with an ``s``."""
    size = len(phrase)
    if size == 1:
        return True
    last = start + size - 1
    if last >= len(words) or words[last] not in (phrase[-1], phrase[-1] + "s"):
        return False
    return tuple(words[start:last]) == phrase[:-1]


def _inflected(word: str) -> list[str]:
    """Return a word with its plural or genitive ``s``, a Hebrew one with what is glued to it."""
    if _HEBREW.match(word):
        glued = ["", *_PREFIXES]
        for _ in range(2):
            glued = list(
                dict.fromkeys([*glued, *(more + one for more in _PREFIXES for one in glued)])
            )
        return [prefix + word for prefix in glued]
    return [word, word + "s"] if len(word) >= _SHORTEST_WITH_PLURAL else [word]


def first_found(groups: Mapping[str, Phrases], wording: Wording) -> tuple[str, str] | None:
    """Return the first group in the mapping's order with a phrase in the text, and that phrase."""
    for key, phrases in groups.items():
        if found := phrases.find(wording):
            return key, found[0]
    return None
