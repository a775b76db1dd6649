"""Delivery reports for machines (RFC 3464): a group of fields for each recipient."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from store.mail_records import Bounce
from store.text import one_line

_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60})\s*:[ \t]*(.*)")
_FOLD = re.compile(r"\n[ \t]+")
#: RFC 3463: class, subject, detail. Not the tail of an IP address or of a version.
STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
REPLY_CODE = re.compile(r"(?<![\d.])([45])[0-5]\d(?=[\s-])")
_ADDRESS = re.compile(r"[^\s<>;,\"]{1,256}@[^\s<>;,\"]{1,256}")
#: RFC 3461 section 4: characters that an original recipient must not hold as they are.
_XTEXT = re.compile(r"\+(2B|3D)")
_XTEXT_AT = re.compile(r"\+([0-9A-F]{2})")
#: RFC 6533: a character of an internationalised address.
_UNICODE = re.compile(r"\\x\{([0-9A-Fa-f]{2,6})\}")
_RECIPIENTS = ("final-recipient", "original-recipient", "x-actual-recipient")
_MOST_GROUPS = 500
_HIGHEST = 0x10FFFF

#: What happened, the worst first.
_FAILED, _DELAYED, _DONE = range(3)
_ACTIONS = (
    (("fail", "error", "undeliver", "bounce"), _FAILED),
    (("delay",), _DELAYED),
    (("deliver", "relay", "expand"), _DONE),
)


@dataclass(frozen=True, slots=True)
class _Group:
    """The fields of one recipient, the first of each name."""

    fields: dict[str, str] = field(default_factory=dict)

    @property
    def recipient(self) -> str:
        for name in _RECIPIENTS:
            if found := _address(self.fields.get(name, ""), original=name.startswith("original")):
                return found
        return ""

    @property
    def status(self) -> str:
        for name in ("status", "diagnostic-code"):
            if match := STATUS.search(self.fields.get(name, "")):
                return match[1]
        return ""

    @property
    def outcome(self) -> int:
        action = self.fields.get("action", "").lower()
        for beginnings, outcome in _ACTIONS:
            if action.startswith(beginnings):
                return outcome
        return {"4": _DELAYED, "2": _DONE}.get(self.status[:1], _FAILED)

    @property
    def permanent(self) -> bool:
        if self.outcome != _FAILED:
            return False
        if self.status:
            return self.status.startswith("5")
        code = REPLY_CODE.search(self.fields.get("diagnostic-code", "") + " ")
        return not code or code[1] == "5"


def read_report(statuses: Sequence[bytes]) -> Bounce | None:
    """Return what the report says of the first recipient that was not reached, or of the first.

    None if there is nothing in it about any recipient.
    """
    groups = [group for status in statuses for group in _groups(status)]
    if not groups:
        return None
    worst = min(groups, key=lambda group: group.outcome)
    return Bounce(worst.recipient, worst.status, worst.permanent, "")


def _groups(status: bytes) -> Iterator[_Group]:
    """Yield the groups about recipients; some programs forget the blank lines between them."""
    text = _FOLD.sub(" ", status.decode("utf-8", "replace").replace("\r\n", "\n"))
    group = _Group()
    count = 0
    for line in [*text.split("\n"), ""]:
        match = _FIELD.match(line)
        name = match[1].lower() if match else ""
        if not line.strip() or (name in _RECIPIENTS and name in group.fields):
            if any(each in group.fields for each in (*_RECIPIENTS, "action", "status")):
                yield group
                count += 1
                if count >= _MOST_GROUPS:
                    return
            group = _Group()
        if match:
            group.fields.setdefault(name, match[2].strip())


def _address(value: str, *, original: bool) -> str:
    """Return the address in ``rfc822; ana@x.example``, ``utf-8; ...`` or what stands for it."""
    kind, semicolon, address = value.partition(";")
    if not semicolon:
        address = kind
    address = address.strip().strip("<>")
    if original:
        pattern = _XTEXT if "@" in address else _XTEXT_AT
        address = pattern.sub(lambda match: chr(int(match[1], 16)), address)
    if "\\x{" in address:
        address = _UNICODE.sub(lambda match: _char(int(match[1], 16)), address)
    found = _ADDRESS.search(address)
    return one_line(found[0])[:500] if found else ""


def _char(code: int) -> str:
    return chr(code) if code <= _HIGHEST else "\ufffd"
