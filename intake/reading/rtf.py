r"""The words of a text in Rich Text Format, as Outlook packs it into winmail.dat.

HTML that Exchange wrapped in it (MS-OXRTFEX) comes out as HTML. One walk, linear; pictures,
style sheets and fonts are left out.
"""

from __future__ import annotations

import re
from struct import Struct

from intake.reading.charset import Decoder

_HEADER = Struct("<III")
_COMPRESSED, _PLAIN = 0x75465A4C, 0x414C454D
#: The dictionary that every compressed text begins with (MS-OXRTFCP section 2.1.2.1).
_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_WINDOW = 4_096
_MOST_BYTES = 1024 * 1024
_TOKEN = re.compile(
    rb"\\(?:'([0-9a-fA-F]{2})|([a-zA-Z]{1,32})(-?\d{1,10})? ?|([^a-zA-Z]))"
    rb"|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.DOTALL,
)
#: Groups that hold no words.
_UNSEEN = frozenset(
    (
        *(b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header"),
        *(b"footer", b"themedata", b"datastore", b"latentstyles"),
    )
)
_SAYS = {
    b"par": "\n",
    b"line": "\n",
    b"row": "\n",
    b"sect": "\n",
    b"tab": "\t",
    b"cell": "\t",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"endash": "–",
    b"emdash": "—",
    b"bullet": "•",
}
_SIGNS = {b"~": b" ", b"_": b"-", b"\n": b"\n", b"\r": b"\n", b"\\": b"\\", b"{": b"{", b"}": b"}"}
_DEEPEST = 200


def inflate(data: bytes) -> bytes:
    """Undo the compression of MS-OXRTFCP, up to a megabyte; b"" if it is none. Never raises."""
    if len(data) < _HEADER.size + 4:
        return b""
    _, size, kind = _HEADER.unpack_from(data)
    if kind == _PLAIN:
        return data[16 : 16 + min(size, _MOST_BYTES)]
    if kind != _COMPRESSED:
        return b""
    out = bytearray(_DICTIONARY)
    skip = len(out)
    most = skip + min(size, _MOST_BYTES)
    place = 16
    while place < len(data) and len(out) < most:
        place = _inflate_eight(data, place, out)
    return bytes(out[skip:most])


def _inflate_eight(data: bytes, place: int, out: bytearray) -> int:
    """Undo a byte of flags and the eight pieces that it is about; return where the next is."""
    flags = data[place]
    place += 1
    for bit in range(8):
        if place >= len(data):
            break
        if not flags >> bit & 1:
            out.append(data[place])
            place += 1
            continue
        pair = int.from_bytes(data[place : place + 2], "big")
        place += 2
        written = len(out)
        back = (written - (pair >> 4)) % _WINDOW
        if not 0 < back <= written:
            return len(data)  # the end, or nonsense
        for step in range((pair & 15) + 2):
            out.append(out[written - back + step])
    return place


def words_of(rtf: bytes, decoder: Decoder) -> tuple[str, bool]:
    """Return what ``rtf`` says, and whether that is HTML that was wrapped in it. Never raises."""
    if not rtf.startswith(b"{\\rtf"):
        return "", False
    walk = _Walk(decoder, is_html=b"\\fromhtml1" in rtf[:1_000])
    for match in _TOKEN.finditer(rtf):
        walk.take(match)
    walk.flush()
    return "".join(walk.out), walk.is_html


class _Walk:
    def __init__(self, decoder: Decoder, *, is_html: bool) -> None:
        self.decoder = decoder
        self.is_html = is_html
        self.out: list[str] = []
        self.bytes = bytearray()
        self.charset = "cp1252"
        self.hidden = [False]
        self.starred = False
        """The group that begins may be left out by who does not know its first word."""
        self.for_others = False
        """What stands here is for readers that do not know the HTML beside it."""
        self.skip = 0

    def take(self, token: re.Match[bytes]) -> None:
        _, word, number, sign, brace, _ = token.groups()
        starred, self.starred = self.starred, sign == b"*"
        if brace == b"{":
            self.hidden.append(self.hidden[-1] or len(self.hidden) > _DEEPEST)
        elif brace:
            if len(self.hidden) > 1:
                self.hidden.pop()
        elif word == b"htmlrtf":
            self.for_others = number != b"0"
        elif word == b"htmltag":
            self.hidden[-1] = self.hidden[-1] or not self.is_html
        elif word in _UNSEEN or (word and starred):
            self.hidden[-1] = True
        elif word == b"ansicpg" and number:
            self.charset = f"cp{number.decode()}"
        elif not self.hidden[-1] and not self.for_others:
            self.write(token)

    def write(self, token: re.Match[bytes]) -> None:
        code, word, number, sign, _, text = token.groups()
        if word == b"u" and number:
            self.flush()
            self.out.append(chr(int(number) % 0x10000))
            self.skip = 1  # one character follows for readers that know no Unicode
        elif word in _SAYS:
            self.flush()
            self.out.append(_SAYS[word])
        elif not word:
            piece = bytes.fromhex(code.decode()) if code else text or _SIGNS.get(sign or b"", b"")
            self.bytes += piece[self.skip :]
            self.skip = 0

    def flush(self) -> None:
        if self.bytes:
            self.out.append(self.decoder.decode(bytes(self.bytes), self.charset))
            self.bytes.clear()
