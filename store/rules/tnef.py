"""How Outlook's winmail.dat is built (MS-OXTNEF), and the files in it.

One walk over the attributes and one over each list of properties, both bounded, nothing
copied twice. (Measured: a library for the format counts to four billion where a crafted list
of properties says so, and copies the rest of the file for every attribute.)
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct, error

TYPES = frozenset(("application/ms-tnef", "application/vnd.ms-tnef"))
NAMES = frozenset(("winmail.dat", "win.dat"))
SIGNATURE = b"\x78\x9f\x3e\x22"
#: Attributes of attachments (section 2.1.3.2): the next one begins, its bytes, its properties.
NEXT_ATTACHMENT, DATA, ATTACHMENT = 0x9002, 0x800F, 0x9005
#: Property types: bytes that a fixed one takes, and those that say how long they are.
_FIXED = {
    **dict.fromkeys((0x01, 0x02, 0x03, 0x04, 0x0A, 0x0B), 4),
    **dict.fromkeys((0x05, 0x06, 0x07, 0x14, 0x40), 8),
    0x48: 16,
}
STRING, UNICODE, TIME = 0x1E, 0x1F, 0x40
_SIZED = frozenset((STRING, UNICODE, 0x0D, 0x102))
_MANY_VALUES, _NAMED = 0x1000, 0x8000
#: The property of an attachment that is an object, and how one begins that is a mail.
OBJECT = 0x3701
_MAIL = bytes.fromhex("0703020000000000c000000000000046")
#: Mails in mails.
DEEPEST = 3
LONG = Struct("<I")
_ATTRIBUTE = Struct("<BHHI")
_PROPERTY = Struct("<HH")
_MOST_ATTRIBUTES = 5_000
_MOST_PROPERTIES = 20_000
_MOST_FILES = 2_000


class Walk:
    """A walk over the bytes of a winmail.dat; counts how much is left to look at."""

    def __init__(self, data: bytes) -> None:
        """Begin at the signature of ``data``."""
        self.data = data
        self._left = _MOST_PROPERTIES

    def attributes(self) -> Iterator[tuple[int, int, int]]:
        """Yield id and span of each attribute; raise ValueError after one that is cut."""
        offset = 6
        for _ in range(_MOST_ATTRIBUTES):
            if offset + _ATTRIBUTE.size > len(self.data):
                return
            _, name, _, length = _ATTRIBUTE.unpack_from(self.data, offset)
            start = offset + _ATTRIBUTE.size
            offset = start + length + 2
            yield name, start, min(start + length, len(self.data))
            if start + length > len(self.data):
                raise ValueError("an attribute is longer than what is there")

    def properties(self, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
        """Yield id, type, and span of the (first) value of each property in a list of them.

        Raises ValueError or ``struct.error`` for a list that is no list.
        """
        data = self.data
        offset = start + 4
        for _ in range(min(LONG.unpack_from(data, start)[0], self._left)):
            if offset + _PROPERTY.size > end:
                return
            self._left -= 1
            kind, key = _PROPERTY.unpack_from(data, offset)
            offset += _PROPERTY.size
            if key >= _NAMED:
                by_string = LONG.unpack_from(data, offset + 16)[0]
                length = LONG.unpack_from(data, offset + 20)[0] if by_string else 0
                offset += 24 + length + -length % 4
            values = 1
            base = kind & ~_MANY_VALUES
            if base != kind or base in _SIZED:
                values = min(LONG.unpack_from(data, offset)[0], max(self._left, 1))
                offset += 4
            self._left -= values - 1
            for place in range(values):
                if base in _SIZED:
                    length = LONG.unpack_from(data, offset)[0]
                    offset += 4
                elif base in _FIXED:
                    length = _FIXED[base]
                else:
                    return  # where the next one begins is not known
                if offset + length > end:
                    raise ValueError("a property is longer than its list")
                if place == 0:
                    yield key, base, offset, offset + length
                offset += length + -length % 4

    def mail(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the span of the mail that an object is; None if it is none."""
        if not self.data.startswith(_MAIL, start):
            return None
        return start + len(_MAIL), end


def files(data: bytes) -> list[bytes]:
    """Return every file of a winmail.dat in order, and then those of the mails in it."""
    found: list[bytes] = []
    mails = [(data, 0)]
    for each, depth in mails:  # grows
        for file, is_mail in _attached(each):
            if len(found) == _MOST_FILES:
                return found
            found.append(file)
            if is_mail and depth < DEEPEST:
                mails.append((file, depth + 1))
    return found


def _attached(data: bytes) -> list[tuple[bytes, bool]]:
    """Return each file, and whether it is a mail; of a damaged one those before the damage."""
    walk = Walk(data)
    found: list[tuple[bytes, bool]] = []
    try:
        for name, start, end in walk.attributes() if data.startswith(SIGNATURE) else ():
            if name == NEXT_ATTACHMENT:
                found.append((b"", False))
            elif found and name == DATA:
                found[-1] = data[start:end], False
            elif found and name == ATTACHMENT:
                for key, _, first, last in walk.properties(start, end):
                    if key == OBJECT:
                        mail = walk.mail(first, last)
                        begin, stop = mail or (first, last)
                        found[-1] = data[begin:stop], mail is not None
    except (error, ValueError):
        return found
    return found
