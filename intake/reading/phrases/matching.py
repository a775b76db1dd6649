"""Patterns and indexes made from the tables of phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable

from store.rules.ascii_words import AsciiWords

#: Scripts that put no space between words.
UNSPACED = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"\w[\w'/-]*")
_INSIDE = "'/-"
_ASCII = AsciiWords(f"_{_INSIDE}")


def any_of(phrases: Iterable[str]) -> str:
    """Return a pattern for any of the phrases, longest first."""
    return "(?:" + "|".join(map(_escaped, _longest_first(phrases))) + ")"


def any_word_of(phrases: Iterable[str]) -> str:
    """Return a pattern for any of the phrases as whole words, longest first."""
    ordered = _longest_first(phrases)
    spaced = [_escaped(phrase) for phrase in ordered if not UNSPACED.search(phrase)]
    joined = [_escaped(phrase) for phrase in ordered if UNSPACED.search(phrase)]
    return "(?:" + "|".join([rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)", *joined]) + ")"


def plain(text: str) -> str:
    """Return text for comparing: no case, one form of the apostrophe, single spaces."""
    return " ".join(text.casefold().replace("’", "'").split())


class Spread:
    """The words of a text as phrases are compared, in order."""

    def __init__(self, text: str) -> None:
        """Take a text apart."""
        self.words = words_of(text)
        self.is_ascii = text.isascii()

    @property
    def text(self) -> str:
        """The words with one space around each."""
        return " ".join(["", *self.words, ""])


def words_of(text: str) -> list[str]:
    """Return the words of a text, without case and with one form of the apostrophe."""
    if text.isascii():
        spaced = f" {_ASCII.spaced(text)}"
        if any(mark in spaced and f" {mark}" in spaced for mark in _INSIDE):
            return [word for each in spaced.split() if (word := each.lstrip(_INSIDE))]
        return spaced.split()
    return _WORD.findall(text.casefold().replace("’", "'"))


class Found:
    """Finds any of many phrases in text; the time hardly depends on their number."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Index the phrases by their longest words, which are the rarest."""
        self._by_word: dict[str, list[str]] = {}
        self._unspaced: list[str] = []
        for phrase in _longest_first(phrases):
            words = words_of(phrase)
            if UNSPACED.search(phrase):
                self._unspaced.append(words[0])
            else:
                self._by_word.setdefault(max(words, key=len), []).append(f" {' '.join(words)} ")
        self.keys = frozenset(self._by_word)
        """Without any of these there is no phrase in text that is spaced."""

    def find(self, spread: Spread) -> int:
        """Return where in a text that is spread the first phrase begins; -1 for none."""
        hits = self.keys.intersection(spread.words)
        if not hits and spread.is_ascii:
            return -1
        text = spread.text
        places = [text.find(phrase) for word in hits for phrase in self._by_word[word]]
        if UNSPACED.search(text):
            places += [text.find(phrase) for phrase in self._unspaced]
        return min((place for place in places if place >= 0), default=-1)


class Begun:
    """Finds the phrase that a line begins with."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Index the phrases by their first words."""
        folded = [plain(phrase) for phrase in _longest_first(phrases)]
        self._by_word: dict[str, list[str]] = {}
        for phrase in folded:
            if not UNSPACED.search(phrase):
                self._by_word.setdefault(first_word(phrase), []).append(phrase)
        self._unspaced = tuple(phrase for phrase in folded if UNSPACED.search(phrase))
        self.first_words = frozenset(self._by_word)
        """Plain ASCII text that begins with none of these begins with no phrase."""

    def size(self, text: str) -> int:
        """Return the length of the phrase that ``plain`` text begins with; 0 for none."""
        for phrase in self._by_word.get(first_word(text), ()):
            if text.startswith(phrase):
                return len(phrase)
        if text and not text[0].isascii():
            return next((len(one) for one in self._unspaced if text.startswith(one)), 0)
        return 0


def first_word(text: str) -> str:
    """Return the first word of ``plain`` text, without the signs behind it."""
    return text.split(" ", 1)[0].rstrip(",.!;:~*_")


def _longest_first(phrases: Iterable[str]) -> list[str]:
    return sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))


def _escaped(phrase: str) -> str:
    """Return the pattern of a phrase, with either form of the apostrophe and any space."""
    return re.escape(phrase).replace("'", "['’]").replace(r"\ ", r"\s")
