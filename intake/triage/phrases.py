"""Finding the policy's words in what people write: whole words, any case, with or without accents.

Scripts that write without spaces (Chinese, Japanese, Thai ...) match anywhere in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f]"
)
#: Letters that are no base letter with an accent, and are typed as one.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
#: Voicing marks of kana are letters of their own, not accents.
_KANA_MARKS = "\u3099\u309a"
_HEBREW_PREFIXES = "ובכלמשה"
_SHORTEST_PLURAL = 5


def fold(text: str) -> str:
    """Return ``text`` in lower case and without accents; kana and Hangul stay whole."""
    if text.isascii():
        return text.lower()
    marked = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    bare = "".join(
        char for char in marked if char in _KANA_MARKS or unicodedata.category(char) != "Mn"
    )
    return unicodedata.normalize("NFC", bare)


@dataclass(frozen=True)
class Wording:
    """A text ready to be searched."""

    text: str

    @cached_property
    def folded(self) -> str:
        """The text in lower case without accents."""
        return fold(self.text)

    @cached_property
    def words(self) -> list[str]:
        """Its words, folded, in order."""
        return _WORD.findall(self.folded)


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
                self._starting.setdefault(words[0], []).append((words, phrase))
        for choices in self._starting.values():
            choices.sort(key=lambda choice: -len(choice[0]))
        self._anywhere.sort(key=lambda pair: -len(pair[0]))

    def find(self, wording: Wording) -> list[str]:
        """Return each phrase that occurs, as the policy writes it, in order of first sight."""
        found: dict[str, None] = {}
        words = wording.words
        starting = self._starting
        index = 0
        while index < len(words):
            word = words[index]
            choices = starting.get(word) or self._inflected(word)
            index += self._longest(choices, words, index, found) if choices else 1
        if self._anywhere and not wording.folded.isascii():
            rest = wording.folded
            for folded, phrase in self._anywhere:
                if folded in rest:
                    found[phrase] = None
                    rest = rest.replace(folded, " ")
        return list(found)

    def _inflected(self, word: str) -> list[tuple[tuple[str, ...], str]] | None:
        """Look a word up without its plural ``s``, or its Hebrew article or preposition."""
        if word[-1] == "s" and len(word) >= _SHORTEST_PLURAL:
            return self._starting.get(word[:-1])
        if word[0] in _HEBREW_PREFIXES:
            return self._starting.get(word[1:]) or (
                self._starting.get(word[2:]) if word[1:2] and word[1] in _HEBREW_PREFIXES else None
            )
        return None

    @staticmethod
    def _longest(
        choices: list[tuple[tuple[str, ...], str]],
        words: list[str],
        index: int,
        found: dict[str, None],
    ) -> int:
        for parts, phrase in choices:
            size = len(parts)
            if size == 1 or _same(parts[1:], words[index + 1 : index + size]):
                found[phrase] = None
                return size
        return 1


def _same(wanted: tuple[str, ...], words: list[str]) -> bool:
    """Compare the words after the first, a plural ``s`` at the end of the last allowed."""
    if len(wanted) != len(words):
        return False
    last = words[-1]
    return list(wanted[:-1]) == words[:-1] and last in {wanted[-1], wanted[-1] + "s"}


def first_found(groups: Mapping[str, Phrases], wording: Wording) -> tuple[str, str] | None:
    """Return the first group, in the mapping's order, with a phrase in the text, and that phrase."""
    for key, phrases in groups.items():
        if found := phrases.find(wording):
            return key, found[0]
    return None
