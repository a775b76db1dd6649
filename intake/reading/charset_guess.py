"""The charset of text that declares none and is no UTF-8, by statistics over a sample.

charset-normalizer says which charsets make sense of the bytes; of those that make equal sense
the one is taken in which most letters are the common ones of its language.
"""

from __future__ import annotations

#: What mail without a declared charset is in, likeliest first, and letters that tell it.
_LIKELY = {
    "cp1252": "éèêëàâäáåæçíìîïñóòôöøúùûüßœ",
    "cp1250": "łąęśżźćńřěščžýůőűťďáéíóúöü",
    "cp1251": "оеаинтсрвлкмдпуя",
    "koi8_r": "оеаинтсрвлкмдпуя",
    "cp932": "のにはをたがでてとしれいるなこまう",
    "euc_jp": "のにはをたがでてとしれいるなこまう",
    "gb18030": "的一是不了我在有人这中大个上们打",
    "big5": "的一是不了我在有人這中大個上們打",
    "cp949": "이다는의을에가고하지니요습로안",
    "cp1255": "יוהלאמרתבשנ",
    "cp1253": "αοιετσνηυρλδεό",
    "cp1254": "ışğçöüİĞŞ",
    "cp1256": "ايلمنترو",
    "cp874": "านรกเง",
    "cp1257": "ąčęėįšųūžāēīõä",
}
_SAMPLE = 4_096
_READ = 64 * _SAMPLE


def guess_charset(data: bytes) -> str:
    """Return the codec that makes most sense of ``data``; "" if none does. A few milliseconds."""
    from charset_normalizer import from_bytes

    sample = _sample(data)
    try:
        matches = list(from_bytes(sample, steps=4, chunk_size=512, cp_isolation=list(_LIKELY)))
    except (UnicodeError, LookupError, ValueError, RuntimeError):
        return ""
    if not matches:
        return ""
    best = matches[0]
    equal = {
        codec
        for match in matches
        if (match.chaos, match.coherence) == (best.chaos, best.coherence)
        for codec in (match.encoding, *match.could_be_from_charset)
    }
    likely = [codec for codec in _LIKELY if codec in equal]
    return max(likely, key=lambda codec: _commonness(sample, codec), default=best.encoding)


def _sample(data: bytes) -> bytes:
    """Return the first lines that are not plain ASCII, as far as a guess needs them."""
    sample = bytearray()
    for line in data[:_READ].split(b"\n"):
        if not line.isascii():
            sample += line[:_SAMPLE] + b"\n"
            if len(sample) >= _SAMPLE:
                break
    return bytes(sample)


def _commonness(sample: bytes, codec: str) -> float:
    """Return the share of common letters among those that are not ASCII."""
    text = sample.decode(codec, "replace").lower()
    foreign = [char for char in text if not char.isascii()]
    return sum(char in _LIKELY[codec] for char in foreign) / len(foreign) if foreign else 0.0
