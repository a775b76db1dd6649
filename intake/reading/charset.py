"""Bytes to text: the declared charset, else UTF-8, else a guess, else Windows-1252.

No byte is dropped and nothing raises. Names are looked up the way browsers do
(https://encoding.spec.whatwg.org): what calls itself ISO-8859-1 is Windows-1252, GB2312 is
GB18030, and so on, because that is what senders mean.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from intake.reading.charset_guess import guess_charset
from intake.reading.jis import decode_jis
from intake.reading.limits import LIMITS, Limits

_JIS = "iso2022_jp_ext"
#: What a declared name really means.
_MEANT = {
    "ascii": "ascii",
    "us-ascii": "ascii",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso8859_8",
    "iso-8859-8-e": "iso8859_8",
    "iso-8859-6-i": "iso8859_6",
    "iso-8859-6-e": "iso8859_6",
    "logical": "iso8859_8",
    "visual": "iso8859_8",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "euc-cn": "gb18030",
    "chinese": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "euc-kr": "cp949",
    "euc_kr": "cp949",
    "korean": "cp949",
    "windows-949": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "ms_kanji": "cp932",
    "iso-2022-jp": _JIS,
    "iso-2022-jp-ms": _JIS,
    "iso2022_jp": _JIS,
    "cp50220": _JIS,
    "cp50221": _JIS,
    "x-euc-jp": "euc_jp",
    "unicode-1-1-utf-7": "utf_7",
    "utf8mb4": "utf_8",
    "utf": "utf_8",
    "unicode": "utf_16",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "ansi_x3.110-1983": "cp1252",
    "windows-1252http-equivcontent-type": "cp1252",
}
#: Python's codecs that are charsets of mail; the others (punycode, unicode_escape, rot13 ...)
#: must not be reachable by a header.
_CHARSET = re.compile(
    r"ascii|utf-?_?(7|8|8-sig|16|16-le|16-be|32|32-le|32-be)|cp\d+|iso8859[-_]\d+|koi8-[rtu]"
    r"|mac-\w+|gb18030|gbk|gb2312|hz|big5(hkscs)?|euc_(jp|jis_2004|jisx0213|kr)"
    r"|shift_?jis(_2004|x0213)?|iso2022_(jp(_1|_2|_2004|_3|_ext)?|kr)|johab|ptcp154|kz1048|tis-620"
)
#: Charsets whose every text is also plain ASCII bytes, so that ASCII bytes prove nothing.
_IN_ASCII_BYTES = re.compile(r"utf-?_?(7|16|32)|iso2022|hz")
_JIS_ESCAPE = re.compile(rb"\x1b(?:\$[@B]|\([BJI])")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf_32"),
    (codecs.BOM_UTF32_BE, "utf_32"),
    (codecs.BOM_UTF16_LE, "utf_16"),
    (codecs.BOM_UTF16_BE, "utf_16"),
)
_BOM_STARTS = frozenset(mark[:1] for mark, _ in _BOMS)
_LONGEST_NAME = 40
_WESTERN = frozenset(("cp1252", "iso8859-15", "iso8859_15", "iso8859-1"))
_PAIRS = re.compile(rb"[\xc2\xc3\xe2\xf0][\x80-\xbf]")


@lru_cache(maxsize=512)
def codec_of(declared: str) -> str:
    """Return the codec for a declared charset name; "" if there is no such charset."""
    name = declared.strip(" \t\r\n\"'<>[]();,").lower()
    name = _MEANT.get(name, name)
    if not name or len(name) > _LONGEST_NAME or not name.isascii() or "\0" in name:
        return ""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    found = _MEANT.get(found, found)
    return found if _CHARSET.fullmatch(found) else ""


class Decoder:
    """Decodes the texts of one mail, and notes what was wrong with their charsets."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        """Start with no defects and the full allowance of guesses."""
        self.defects: list[str] = []
        self._fallback = ""
        self._guesses = limits.guesses

    def fall_back_to(self, declared: str) -> None:
        """Try this charset before guessing: a mail's raw headers are mostly in its body's."""
        self._fallback = codec_of(declared)

    def decode(self, data: bytes, declared: str = "") -> str:
        """Return ``data`` as text; every byte has its place in it. Never raises."""
        codec = codec_of(declared) if declared else ""
        if codec == _JIS or (data.isascii() and _JIS_ESCAPE.search(data)):
            return decode_jis(data)
        if data.isascii() and not _IN_ASCII_BYTES.match(codec):
            return data.decode("ascii")
        if not codec and declared.strip():
            self._note(f"unknown charset {declared.strip()[:_LONGEST_NAME]!r}")
        marked = _marked(data) if data[:1] in _BOM_STARTS else ""
        if not marked and _is_really_utf_8(data, codec):
            marked = "utf-8"
        for tried in (marked, codec if codec != "ascii" else "", "utf-8"):
            text = _strictly(data, tried) if tried else None
            if text is not None:
                if tried == "utf-8" != codec and codec:
                    self._note(f"text in UTF-8 is declared as {declared.strip()[:_LONGEST_NAME]}")
                return text.removeprefix("\ufeff")
        return self._salvage(data, codec, declared)

    def _salvage(self, data: bytes, codec: str, declared: str) -> str:
        if codec and codec != "ascii":
            # A few damaged characters in text that is otherwise what it says.
            text = data.decode(codec, "deskwatch-1252" if codec == "utf-8" else "replace")
            good = sum(not char.isascii() for char in text)
            bad = _damaged(data, codec)
            if bad * 4 <= good:
                self._note(f"damaged characters in {declared.strip()[:_LONGEST_NAME]} text")
                return text
        guess = self._guess(data)
        self._note(
            f"charset guessed as {guess}" if guess else "charset unknown, read as Windows-1252"
        )
        guessed = _strictly(data, guess) if guess else None
        return guessed if guessed is not None else data.decode("cp1252", "deskwatch-1252")

    def _guess(self, data: bytes) -> str:
        if self._fallback and _strictly(data, self._fallback) is not None:
            return self._fallback
        if self._guesses <= 0:
            return ""
        self._guesses -= 1
        return guess_charset(data)

    def _note(self, defect: str) -> None:
        if defect not in self.defects:
            self.defects.append(defect)


def _marked(data: bytes) -> str:
    return next((name for mark, name in _BOMS if data.startswith(mark)), "")


def _is_really_utf_8(data: bytes, codec: str) -> bool:
    """Say whether bytes that are declared as of a Western charset are UTF-8, as they often are.

    In Windows-1252 they would be pairs such as ``Ã¼``, which nobody writes.
    """
    return codec in _WESTERN and bool(_PAIRS.search(data)) and _strictly(data, "utf-8") is not None


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, ValueError):
        return None


def _damaged(data: bytes, codec: str) -> int:
    return data.decode(codec, "replace").count("\ufffd")


def _as_1252(error: UnicodeError) -> tuple[str, int]:
    """Error handler: the bytes that cannot be decoded, as Windows-1252 or ISO-8859-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(_ONE_BYTE[byte] for byte in bad), error.end


def _one_byte(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_ONE_BYTE = [_one_byte(byte) for byte in range(256)]
codecs.register_error("deskwatch-1252", _as_1252)
