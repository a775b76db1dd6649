"""Patterns and indexes made from the tables of phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

#: Scripts that put no space between words.
UNSPACED = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
#: What may stand before the first word of a phrase.
_LEADING = "*_\"'([<|.-–—#> "


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


class Phrases:
    """Finds any of many phrases; the time depends on the text and not on their number.

    The last word of a phrase may be the beginning of a longer one in the text.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        """Index the phrases by their first words."""
        self._by_word: dict[str, list[list[str]]] = {}
        folded = [plain(phrase) for phrase in _longest_first(phrases)]
        for phrase in folded:
            words = phrase.split()
            if not UNSPACED.search(phrase):
                self._by_word.setdefault(words[0].lstrip(_LEADING), []).append(words)
        self._unspaced = tuple(phrase for phrase in folded if UNSPACED.search(phrase))

    def find(self, words: Sequence[str]) -> int:
        """Return the index of the ``plain`` word at which a phrase begins; -1 for none."""
        for index, word in enumerate(words):
            for phrase in self._by_word.get(word.lstrip(_LEADING), ()):
                if _matches(phrase, words, index):
                    return index
            if UNSPACED.search(word) and any(phrase in word for phrase in self._unspaced):
                return index
        return -1

    def start(self, text: str) -> int:
        """Return the length of the phrase that ``plain`` text begins with; 0 for none."""
        first = text.split(" ", 1)[0]
        for phrase in self._by_word.get(first.rstrip(",.!;:~"), ()):
            joined = " ".join(phrase)
            if text.startswith(joined):
                return len(joined)
        if first and not first[0].isascii():
            return next((len(one) for one in self._unspaced if text.startswith(one)), 0)
        return 0


def _matches(phrase: Sequence[str], words: Sequence[str], index: int) -> bool:
    last = len(phrase) - 1
    if index + last >= len(words) or not words[index + last].lstrip(_LEADING).startswith(
        phrase[last].lstrip(_LEADING)
    ):
        return False
    return all(words[index + at] == phrase[at] for at in range(1, last))


def _longest_first(phrases: Iterable[str]) -> list[str]:
    return sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))


def _escaped(phrase: str) -> str:
    """Return the pattern of a phrase, with either form of the apostrophe and any space."""
    return re.escape(phrase).replace("'", "['’]").replace(r"\ ", r"\s")
