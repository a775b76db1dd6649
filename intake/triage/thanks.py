"""Thank-you replies: nothing but thanks in them, so a resolved request stays resolved.

Conservative: every word of the new text must belong to thanking, or be somebody's name. One
question mark, one "but", one word that is not known here, and it is a message like any other.
"""

from __future__ import annotations

import re

from intake.triage import thanks_words as words
from store.mail_records import ReadMail
from store.rulebook import Rulebook
from store.rules.phrases import Phrases, Wording, fold, is_unspaced

_THANKS = Phrases(words.THANKS)
_SPACED = frozenset(fold(" ".join((*words.SPACED, *words.THANKS))).replace("'", " ").split())
_UNSPACED = sorted((fold(word) for word in words.UNSPACED), key=len, reverse=True)
_SENT_FROM = tuple(fold(start) for start in words.SENT_FROM)
_SIGN_OFF = tuple(fold(start) for start in words.SIGN_OFF)
_WORD = re.compile(r"\w+")
_NO_WORDS = re.compile(r"[\W_]+")
_MOST_CHARS = 600
_MOST_WORDS = 40
#: A line below the sign-off: a name, a room, a number; not a sentence.
_MOST_SIGNATURE_WORDS = 6


def is_thanks(mail: ReadMail, text: Wording, rules: Rulebook) -> bool:
    """Say whether the new text of a mail only thanks."""
    if len(mail.reply) > _MOST_CHARS or not _THANKS.find(text):
        return False
    if any(not file.type.startswith("image/") for file in mail.attachments):
        return False
    message = _message(mail.reply)
    if message is None or "?" in message or "？" in message:
        return False
    said = _WORD.findall(message)
    if len(said) > _MOST_WORDS:
        return False
    if _means_more(said):
        return False
    names = _names(mail, rules)
    return all(word in _SPACED or word in names or _is_thanking(word, names) for word in said)


def _means_more(said: list[str]) -> bool:
    """Say whether words of thanks, taken together, say something else."""
    if not words.TROUBLE.isdisjoint(said) and words.ENDED.isdisjoint(said):
        return True
    if any(word in said and beside.isdisjoint(said) for word, beside in words.ONLY_BESIDE.items()):
        return True
    return any(f" {asks} " in f" {' '.join(said)} " for asks in words.QUESTIONS)


def _message(reply: str) -> str | None:
    """Return the message without signature, folded; None if what looks like one says more."""
    kept: list[str] = []
    lines = [fold(line.strip()) for line in reply.split("\n") if line.strip()]
    for index, line in enumerate(lines):
        if line in {"--", "—"}:
            break
        if line.startswith(_SENT_FROM):
            continue
        kept.append(line)
        if line.startswith(_SIGN_OFF):
            below = [row for row in lines[index + 1 :] if not row.startswith(_SENT_FROM)]
            return "\n".join(kept) if all(map(_is_signature, below)) else None
    return "\n".join(kept)


def _is_signature(line: str) -> bool:
    if line.startswith(("ps", "p.s")) or line.endswith((".", "!", "?")):
        return False
    return len(_WORD.findall(line)) <= _MOST_SIGNATURE_WORDS


def _names(mail: ReadMail, rules: Rulebook) -> set[str]:
    """Return the words of the names of those who write and are written to."""
    people = [person.name for person in rules.people.values()]
    people += [rules.desk, mail.sender.name, mail.sender.address.partition("@")[0]]
    people += [address.name for address in (*mail.to[:10], *mail.cc[:10])]
    return {word for name in people for word in _WORD.findall(fold(name))}


def _is_thanking(word: str, names: set[str]) -> bool:
    """Say whether a run of a script without spaces is made of words of thanks and names."""
    if not is_unspaced(word):
        return False
    for known in (*sorted(names, key=len, reverse=True), *_UNSPACED):
        if known in word:
            word = word.replace(known, " ")
    return not _NO_WORDS.sub("", word)
