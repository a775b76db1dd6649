"""Delivery reports written for people: qmail, Exim, Notes, Exchange, and gateways of all kinds.

What a mail says is only believed if a mail system sent it: a colleague who forwards a report
asks for help. The address is sought where the known programs put it (``flufl.bounce`` knows
some forty forms), then in the words above the mail that came back. All of it is bounded.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from email.message import Message

from intake.daemons import NOBODY, is_daemon
from intake.reading.addresses import read_addresses
from intake.reading.bounces import wording
from intake.reading.bounces.notice import Notice
from intake.reading.bounces.report import REPLY_CODE, STATUS
from intake.reading.charset import Decoder
from intake.reading.fields import Block
from store.mail_records import Bounce

_DAEMON_NAME = re.compile(
    r"mail(?:er)?[ -](?:delivery|daemon|system|administrator)|postmaster|delivery subsystem"
    r"|^microsoft outlook$|^microsoft exchange|^system administrator$|^systemadministrator$"
    r"|mail delivery|internet mail (?:service|delivery)|microsoft outlook$",
    re.IGNORECASE,
)
_FAILED = wording.pattern(wording.FAILED)
_DELAYED = wording.pattern(wording.DELAYED)
_OPENINGS = wording.pattern(wording.OPENINGS)
#: Where the mail that came back begins, or the part for administrators.
_COPY = re.compile(
    r"^[\s>*]{0,4}(?:[-=_]{2,}\s?.{0,80}(?:original|copy|returned|unsent|message headers|forwarded)"
    r"|(?:this is a copy|below (?:this|the next) line is|a copy of (?:your|the original) message"
    r"|(?:original|old) message (?:headers|details|follows)|received:|return-path:|message header)"
    r"|.{0,20}(?:ursprüngliche nachricht|message d'origine|mensaje original))",
    re.IGNORECASE | re.MULTILINE,
)
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,100}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}")
_ID_LINE = re.compile(
    r"(?:message-id|references|in-reply-to|content-id|x-[\w-]+)\s*:", re.IGNORECASE
)
_TO_LINE = re.compile(r"^[>\s]{0,4}To:(.{1,200})$", re.IGNORECASE | re.MULTILINE)
#: Of the text, what is looked at: the words of a report stand in its first lines.
_MOST_CHARS = 20_000
_MOST_LINES = 300
_LONGEST_LINE = 200
_HEADERS = ("x-failed-recipients", "x-mailer")


def is_one(notice: Notice, *, said: bool) -> bool:
    """Say whether a mail is a delivery report; ``said``: its own Content-Type says so."""
    if said or notice.header("x-failed-recipients"):
        return True
    daemon = is_daemon(notice.sender.address) or _DAEMON_NAME.search(notice.sender.name)
    nobody = "<>" in notice.headers.get("return-path", ())
    if not daemon and not nobody:
        return False
    if NOBODY.match(notice.sender.address) and not _is_receipt(notice):
        return True
    if _FAILED.search(notice.subject) or _DELAYED.search(notice.subject):
        return True
    return bool(_OPENINGS.search(notice.text[:2_000]))


def _is_receipt(notice: Notice) -> bool:
    return "disposition-notification" in notice.header("content-type").lower()


def read_older(notice: Notice, returned: Sequence[Block]) -> Bounce:
    """Return what the words of a report say; what they do not say is ""."""
    rows = list(_rows(notice.text))
    told = "\n".join(rows)
    recipient = _recipient(notice, rows) or _addressee(returned) or _addressee_told(notice)
    status = _status(told) or _status(notice.text[:_MOST_CHARS])
    code = REPLY_CODE.search(told)
    kind = status[:1] or (code[1] if code else "")
    permanent = kind == "5" if kind else not _DELAYED.search(told)
    permanent = permanent and not _DELAYED.search(notice.subject)
    return Bounce(recipient, status, permanent, "")


def _rows(text: str) -> Iterator[str]:
    """Yield the lines above the mail that came back, cut to a length that is safe to search."""
    head = text[:_MOST_CHARS]
    copy = _COPY.search(head)
    if copy and copy.start() > 0:
        head = head[: copy.start()]
    for row in head.split("\n", _MOST_LINES)[:_MOST_LINES]:
        yield row[:_LONGEST_LINE]


def _status(text: str) -> str:
    found = [match[1] for match in STATUS.finditer(text)]
    return next((status for status in found if status[0] in "45"), "")


def _recipient(notice: Notice, rows: Sequence[str]) -> str:
    named = notice.header("x-failed-recipients")
    if named and (found := _ADDRESS.search(named)):
        return found[0]
    ours = {each.address.lower() for each in (*notice.to, notice.sender)}
    known = _known(notice)
    candidates = [
        match[0]
        for row in rows
        if not _ID_LINE.match(row.strip())
        for match in _ADDRESS.finditer(row)
    ]
    for address in candidates:
        if address.lower() in known:
            return address
    for address in candidates:
        if address.lower() not in ours and not is_daemon(address):
            return address
    return min(known, default="")


def _known(notice: Notice) -> frozenset[str]:
    """Return the addresses that ``flufl.bounce`` finds, in lower case.

    It gets a mail made of what has been read, short lines and few of them: it looks through
    every line once for each form that it knows.
    """
    from flufl.bounce import all_failures

    # It logs the traceback of each form that raises; there is nothing for anybody to do.
    logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)
    mail = Message()
    mail["From"] = notice.sender.address
    for name in _HEADERS:
        if value := notice.header(name):
            mail[name] = value
    is_multipart = notice.header("content-type").lower().startswith("multipart/")
    text = "\n".join(
        row[:_LONGEST_LINE] for row in notice.text[:_MOST_CHARS].split("\n")[:_MOST_LINES]
    )
    inner = Message()
    inner["Content-Type"] = "text/plain"
    inner["Content-Description"] = "Notification"
    inner.set_payload(text.encode("ascii", "replace").decode("ascii"))
    if is_multipart:
        mail["Content-Type"] = "multipart/mixed"
        mail.attach(inner)
    else:
        mail["Content-Type"] = "text/plain"
        mail.set_payload(inner.get_payload())
    try:
        delayed, failed = all_failures(mail)
    except Exception:  # noqa: BLE001 - it raises whatever its forms happen to raise
        return frozenset()
    return frozenset(address.decode("ascii", "replace").lower() for address in (failed or delayed))


def _addressee_told(notice: Notice) -> str:
    """Return whom the mail that came back was for, by the copy of it in the words."""
    ours = notice.sender.address.lower()
    for match in _TO_LINE.finditer(notice.text[:_MOST_CHARS]):
        found = _ADDRESS.findall(match[1])
        if len(found) == 1 and found[0].lower() != ours:
            return str(found[0])
    return ""


def _addressee(returned: Sequence[Block]) -> str:
    """Return whom the mail that came back was for, if it was for one."""
    for block in returned:
        value = block.first("to").decode("utf-8", "replace")
        found = read_addresses("".join(value.splitlines()), Decoder(), 2)
        if len(found) == 1 and "@" in found[0].address:
            return found[0].address
    return ""
