"""Files that stand in the text itself, as mail carried them before MIME: uuencode and yEnc.

They are taken out of the text and described; what stands around them stays.
"""

from __future__ import annotations

import re

from intake.reading.headers import clean
from store.records import AttachmentInfo

_BEGIN = re.compile(r"^begin(?:-base64)? [0-7]{3,4} (\S.{0,200}?)[ \t\r]*$", re.MULTILINE)
_END = re.compile(r"^(?:end|====)[ \t\r]*$", re.MULTILINE)
_Y_BEGIN = re.compile(r"^=ybegin (.{0,200}?)name=(.{1,200}?)[ \t\r]*$", re.MULTILINE)
_Y_END = re.compile(r"^=yend .*$", re.MULTILINE)
_Y_SIZE = re.compile(r"\bsize=(\d{1,12})\b")
_MOST_NAME_CHARS = 200
_TYPE = "application/octet-stream"


def without_files(text: str, most: int) -> tuple[str, list[AttachmentInfo]]:
    """Return ``text`` without the files in it, and at most ``most`` of those, described."""
    files: list[AttachmentInfo] = []
    if "begin" not in text:
        return text, files
    for begin, end, size in ((_BEGIN, _END, _uu_size), (_Y_BEGIN, _Y_END, _y_size)):
        kept: list[str] = []
        place = 0
        for _ in range(most - len(files)):
            first = begin.search(text, place)
            if not first:
                break
            last = end.search(text, first.end())
            body = text[first.end() : last.start() if last else len(text)]
            length = size(first, body) if last or begin is _BEGIN else -1
            if length < 0:
                break
            kept.append(text[place : first.start()])
            place = last.end() if last else len(text)
            name = clean(first[first.lastindex or 1].replace("\\", "/").rpartition("/")[2])
            files.append(AttachmentInfo(name[-_MOST_NAME_CHARS:] or "file", _TYPE, length))
        if place:
            text = "".join([*kept, text[place:]])
    return text, files


def _uu_size(begin: re.Match[str], body: str) -> int:
    """Return how many bytes the lines hold; -1 if they are no uuencoded file."""
    if begin[0].startswith("begin-base64"):
        return _base64_size(body)
    size = 0
    for line in body.split("\n"):
        row = line.rstrip("\r")
        if not row.strip("` "):
            continue
        # A line begins with how many bytes it holds; three of them take four characters.
        count = (ord(row[0]) - 32) & 63
        needed = (count + 2) // 3 * 4
        if not needed - 4 <= len(row.rstrip()) - 1 <= needed + 2:
            return -1
        size += count
    return size or -1


def _base64_size(body: str) -> int:
    digits = "".join(body.split()).rstrip("=")
    good = digits and re.fullmatch(r"[A-Za-z0-9+/]+", digits)
    return len(digits) * 3 // 4 if good else -1


def _y_size(begin: re.Match[str], body: str) -> int:
    said = _Y_SIZE.search(begin[1])
    return int(said[1]) if said else len(body)
