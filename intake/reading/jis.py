"""ISO-2022-JP as Japanese mailers send it (RFC 1468, and Microsoft's CP50220).

Python's codec refuses the rows that vendors added (``①``, ``㈱``, ``髙``), which stand in
every second business mail; the same characters decode in CP932.
"""

from __future__ import annotations

import re

_ESCAPE = re.compile(rb"\x1b(\$\([A-Z@]|\$[@AB]|\([ABIJ]|\x28\x48)")


def decode_jis(data: bytes) -> str:
    """Decode ISO-2022-JP, vendor rows and half-width kana included; never raises."""
    out: list[str] = []
    mode = b"(B"
    pieces = _ESCAPE.split(data)
    for index, piece in enumerate(pieces):
        if index % 2:
            mode = piece
        elif mode in {b"$B", b"$@"}:
            out.append(_two_byte(piece))
        elif mode == b"(I":
            out.append(bytes(byte | 0x80 for byte in piece).decode("cp932", "replace"))
        elif mode.startswith(b"$"):
            out.append((b"\x1b" + mode + piece + b"\x1b(B").decode("iso2022_jp_2", "replace"))
        else:
            out.append(piece.decode("cp1252", "replace"))
    return "".join(out)


#: Of JIS X 0208: the first row, the last row and column before Shift_JIS leaves a gap.
_FIRST, _LAST_LOW = 0x21, 0x5E


def _two_byte(piece: bytes) -> str:
    """Decode pairs of JIS X 0208 bytes by way of Shift_JIS; line ends may stand between."""
    out = bytearray()
    index = 0
    while index < len(piece):
        row = piece[index] & 0x7F
        if row < _FIRST or index + 1 >= len(piece):
            out.append(row)
            index += 1
            continue
        column = piece[index + 1] & 0x7F
        index += 2
        out.append(((row + 1) >> 1) + (0x70 if row <= _LAST_LOW else 0xB0))
        if row % 2:
            out.append(column + (0x1F if column <= _LAST_LOW + 1 else 0x20))
        else:
            out.append(column + 0x7E)
    return out.decode("cp932", "replace")
