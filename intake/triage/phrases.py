"""Finding the policy's words in what people write: whole words, any case, with or without accents.

Scripts that write without spaces (Chinese, Japanese, Thai ...) match anywhere in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

_WORD = re.compile(r"\w+")
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
        self.folded = fold(text)
        self.words = _WORD.findall(self.folded)
        self.distinct = frozenset(self.words)
        self.plain = self.folded.isascii()

    def then(self, other: Wording) -> Wording:
        """Return this wording followed by another."""
        both = Wording("")
        both.folded = f"{self.folded}\n{other.folded}"
        both.words = self.words + other.words
        both.distinct = self.distinct | other.distinct
        both.plain = self.plain and other.plain
        return both


class Phrases:
    """Words and phrases to look for; of overlapping ones the longest counts."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Take phrases as the policy writes them."""
        self._starting: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._anywhere: list[tuple[str, str]] = []
        for phrase in dict.fromkeys(phrases):
            folded = fold(phrase).strip()
            if _UNSPACED.search(folded):
                self._anywhere.append((folded, phrase))
            elif words := tuple(_WORD.findall(folded)):
                for first in _inflected(words[0]) if len(words) == 1 else words[:1]:
                    self._starting.setdefault(first, []).append((words, phrase))
        for choices in self._starting.values():
            choices.sort(key=lambda choice: -len(choice[0]))
        self._anywhere.sort(key=lambda pair: -len(pair[0]))

    def find(self, wording: Wording) -> list[str]:
        """Return each phrase that occurs, as the policy writes it, in order of first sight."""
        found: dict[str, None] = {}
        if begun := self._starting.keys() & wording.distinct:
            self._find_words(wording.words, _places(begun, wording.words), found)
        if self._anywhere and not wording.plain:
            rest = wording.folded
            for folded, phrase in self._anywhere:
                if folded in rest:
                    found[phrase] = None
                    rest = rest.replace(folded, " ")
        return list(found)

    def _find_words(self, words: list[str], places: list[int], found: dict[str, None]) -> None:
        after = 0
        for index in places:
            if index < after:
                continue
            for parts, phrase in self._starting[words[index]]:
                size = len(parts)
                if size == 1 or _same(parts[1:], words[index + 1 : index + size]):
                    found[phrase] = None
                    after = index + size
                    break


def _places(wanted: Iterable[str], words: list[str]) -> list[int]:
    """Return where any of the wanted words stand, in order."""
    places: list[int] = []
    for word in wanted:
        index = -1
        for _ in range(words.count(word)):
            index = words.index(word, index + 1)
            places.append(index)
    places.sort()
    return places


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


def _same(wanted: tuple[str, ...], words: list[str]) -> bool:
    """Compare the words after the first, a plural ``s`` at the end of the last allowed."""
    if len(wanted) != len(words) or list(wanted[:-1]) != words[:-1]:
        return False
    return words[-1] in {wanted[-1], wanted[-1] + "s"}


def first_found(groups: Mapping[str, Phrases], wording: Wording) -> tuple[str, str] | None:
    """Return the first group in the mapping's order with a phrase in the text, and that phrase."""
    for key, phrases in groups.items():
        if found := phrases.find(wording):
            return key, found[0]
    return None
