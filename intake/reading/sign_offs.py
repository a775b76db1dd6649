"""Recognising how people end a letter: the closing words, their name, who and where they are."""

from __future__ import annotations

import re

from intake.listed import listed
from intake.reading.footer_lines import is_sent_with, legal_at
from intake.reading.phrases import signing
from intake.reading.phrases.matching import UNSPACED, Begun, Spread, first_word

_LONGEST_CLOSING = 60
_MOST_NAME_WORDS = 5
_MOST_NAME_CHARS = 40
_LONGEST_CONTACT = 110
#: Words of a line that says what somebody is, not what they want.
_MOST_WORDS = 7
_MARKS = " *_\t\xa0"
_BETWEEN = " ,.;!~…。！，、-–/&"
_AND = re.compile(r"(?:and|und|et|y|e|en|i|och)\s", re.IGNORECASE)
_CLOSING = Begun(signing.CLOSINGS)
_THANKS = Begun(signing.THANKS)
_ENDINGS = _CLOSING.first_words | _THANKS.first_words
_ASIAN_CLOSING = re.compile(r"(?:お願い(?:いた|致)?します|お願い申し上げます|此致|敬礼)[。.!！]?$")
_PARTICLES = frozenset(
    listed("""
        de, da, do, dos, das, di, del, della, van, von, der, den, ter, ten, la, le, du, el, al, bin,
        ibn, af, av, y, e, i, und, and, zu, zum, zur, of, for, för, für, pour, per, w, z, s., dr.,
        prof.
    """)
)
_SENTENCE_END = re.compile(r"[.!?。！？…:：;]$")
#: Signs between the parts of a line about somebody.
_DIVIDED = re.compile(r"[|·•]|,[^,]+,|;")
_ENDED = re.compile(r"[?!.:。！？：]$")
#: What names of companies end with.
_COMPANY = re.compile(
    r"(?:(?:\b\w\.\s?){1,3}\w{1,3}|\b(?:Ltd|Lda|Ltda|Inc|Corp|Co|Bros|Str|ehf|Oy|plc))\.$"
)
_PHONE = re.compile(r"(?<![\w.])(?:\+\s?\d|\(0?\d|0\d)[\d\s()/.\-–]{5,24}\d(?!\w)")
_LABEL = re.compile(
    r"(?:tel|tél|telefon|téléphone|teléfono|telefono|telefoon|telefone|phone|mobile|mob|mobil"
    r"|mobiel|móvil|telemóvel|cell|cellulare|portable|handy|fax|direct|office|switchboard|e-?mail"
    r"|mail|correo|courriel|web|website|internet|skype|ext|durchwahl|kom|nr tel|mejl"
    r"|t|m|f|p|e|w|d|o|c|电话|電話|手机|手機|邮箱|传真|地址|携帯|内線|住所|メール|טלפון|טל|נייד|פקס|דוא\"ל)"
    r"\.?\s?[:：.|]\s?\S",
    re.IGNORECASE,
)
_WEB = re.compile(r"https?://|\bwww\.|^[\w.-]+\.[a-z]{2,10}$", re.IGNORECASE)
_MAIL = re.compile(r"[^\s<>@]{1,100}@[^\s<>@]{1,100}")
_POSTSCRIPT = re.compile(r"p\.?\s?s\.?\s?[:.\s]|n\.?b\.?\s?[:.]|追伸|נ\.ב", re.IGNORECASE)


def may_end(row: str) -> bool:
    """Say whether a line may be closing words or thanks: cheap, for most lines are neither."""
    if not row.isascii() or not row.isprintable():
        return True
    return first_word(row.strip(_MARKS).lower()) in _ENDINGS


def is_closing(row: str) -> bool:
    """Say whether a line closes a letter."""
    return len(row) <= _LONGEST_CLOSING and (
        _says_only(row, _CLOSING) or bool(_ASIAN_CLOSING.search(row))
    )


def is_thanks(row: str) -> bool:
    """Say whether a line says thanks and no more than that."""
    return len(row) <= _LONGEST_CLOSING and _says_only(row, _THANKS)


def _says_only(row: str, phrases: Begun) -> bool:
    """Say whether a line is one of the phrases, at most with a name behind it."""
    text = " ".join(row.split()).strip(_MARKS)
    size = phrases.size(text.casefold().replace("’", "'"))
    if not size:
        return False
    rest = text[size:]
    if rest[:1].isalnum():
        return False
    rest = _AND.sub("", rest.strip(_BETWEEN)).strip(_BETWEEN)
    return not rest or is_name(rest) or _says_only(rest, _CLOSING) or _says_only(rest, _THANKS)


def is_name(row: str) -> bool:
    """Say whether a line may be a person's name and nothing else."""
    text = row.strip(_MARKS).rstrip(",.")
    if not text or len(text) > _MOST_NAME_CHARS or _SENTENCE_END.search(text) or "@" in text:
        return False
    if any(char.isdigit() for char in text) or "/" in text:
        return False
    words = text.split()
    if len(words) > _MOST_NAME_WORDS:
        return False
    if UNSPACED.search(text):
        return len(text) <= _MOST_NAME_CHARS // 3
    return all(not word[0].islower() or word.lower() in _PARTICLES for word in words) or (
        len(words) == 1 and text.isalpha()
    )


def words_of_name(name: str) -> frozenset[str]:
    """Return the words of a full name, in whatever order it is written; none of a short one."""
    words = name.replace(",", " ").strip(_MARKS).casefold().split()
    return frozenset(words) if 1 < len(words) <= _MOST_NAME_WORDS else frozenset()


def evidence(row: str) -> set[str]:
    """Return which ways to reach somebody a line holds."""
    found = set()
    text = row.strip(_MARKS)[:_LONGEST_CONTACT]
    if _PHONE.search(text):
        found.add("phone")
    if _WEB.search(text):
        found.add("web")
    if _MAIL.search(text):
        found.add("mail")
    if _LABEL.match(text):
        found.add("label")
    return found


def is_contact(row: str) -> bool:
    """Say whether a line may stand in a block that says who and where somebody is."""
    text = row.strip(_MARKS)
    if len(text) > _LONGEST_CONTACT and not evidence(text):
        return legal_at(Spread(text)) == 0
    if _POSTSCRIPT.match(text):
        return False
    if _LABEL.match(text) or is_sent_with(text) or legal_at(Spread(text)) == 0:
        return True
    words = len(text.split())
    if evidence(text):
        said = _MAIL.sub("", _PHONE.sub("", text)).split()
        words = sum(word[0].isalpha() and "://" not in word for word in said)
        most = 2 * _MOST_WORDS if _DIVIDED.search(text) else _MOST_WORDS
        return words <= most and not text.endswith(("?", "？", "!"))
    if UNSPACED.search(text):
        return len(text) <= _MOST_NAME_CHARS and not _ENDED.search(text)
    return words <= _MOST_WORDS and not _ENDED.search(_COMPANY.sub("", text))


def is_title(row: str) -> bool:
    """Say whether a line reads like what somebody is or where they work."""
    text = row.strip(_MARKS)
    words = [word for word in text.split() if word[0].isalpha()]
    if not is_contact(text) or (text[:1].islower() and text[:1].isalpha()):
        return False
    lower = sum(word[0].islower() and word.lower() not in _PARTICLES for word in words)
    return lower * 2 <= len(words)
