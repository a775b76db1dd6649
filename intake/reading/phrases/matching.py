"""Patterns and indexes made from the tables of phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: Scripts that put no space between words.
UNSPACED = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"\w[\w'/-]*")


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


def spread(text: str) -> str:
    """Return the words of text, as phrases are compared, with one space around each."""
    return " ".join(["", *_words(text), ""])


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold().replace("’", "'"))


class Found:
    """Finds any of many phrases in text; the time hardly depends on their number."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Index the phrases by their longest words, which are the rarest."""
        self._by_word: dict[str, list[str]] = {}
        self._unspaced: list[str] = []
        for phrase in _longest_first(phrases):
            words = _words(phrase)
            if UNSPACED.search(phrase):
                self._unspaced.append(words[0])
            else:
                self._by_word.setdefault(max(words, key=len), []).append(f" {' '.join(words)} ")
        self._keys = frozenset(self._by_word)

    def find(self, text: str, words: frozenset[str]) -> int:
        """Return where in ``spread`` text of some words the first phrase begins; -1 for none."""
        hits = self._keys & words
        if not hits and text.isascii():
            return -1
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
                self._by_word.setdefault(_first(phrase), []).append(phrase)
        self._unspaced = tuple(phrase for phrase in folded if UNSPACED.search(phrase))

    def size(self, text: str) -> int:
        """Return the length of the phrase that ``plain`` text begins with; 0 for none."""
        for phrase in self._by_word.get(_first(text), ()):
            if text.startswith(phrase):
                return len(phrase)
        if text and not text[0].isascii():
            return next((len(one) for one in self._unspaced if text.startswith(one)), 0)
        return 0


def _first(text: str) -> str:
    return text.split(" ", 1)[0].rstrip(",.!;:~*_")


def _longest_first(phrases: Iterable[str]) -> list[str]:
    return sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))


def _escaped(phrase: str) -> str:
    """Return the pattern of a phrase, with either form of the apostrophe and any space."""
    return re.escape(phrase).replace("'", "['’]").replace(r"\ ", r"\s")
