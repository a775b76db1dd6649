"""What a delivery report says: which address, whether for good, and which mail came back.

``report`` reads those of RFC 3464; ``older`` the many that people can read and machines were
not meant to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from intake.reading.bounces.notice import Notice
from intake.reading.bounces.older import is_one, read_older
from intake.reading.bounces.report import read_report
from intake.reading.fields import Block
from intake.reading.ids import message_id
from store.mail_records import Bounce
from store.text import one_line

__all__ = ["Notice", "read_bounce"]

_ID_IN_TEXT = re.compile(
    r"^[>\s|]{0,9}(?:Original-|X-Original-)?Message-ID:\s{1,4}(<[^<>\s]{1,300}>)",
    re.IGNORECASE | re.MULTILINE,
)
_MOST_CHARS = 100_000
_REPORT = re.compile(r"multipart/report\b", re.IGNORECASE)
_RECEIPT = re.compile(r"report-type\s*=\s*\"?disposition-notification", re.IGNORECASE)


def read_bounce(
    notice: Notice, statuses: Sequence[bytes], returned: Sequence[Block]
) -> Bounce | None:
    """Return what a mail says about mail that came back; None if it is no delivery report.

    Args:
        notice: The mail: headers, sender, subject, and its text.
        statuses: Its parts of type message/delivery-status.
        returned: The headers of the mails that it carries.
    """
    content_type = notice.header("content-type")
    is_report = bool(_REPORT.match(content_type)) and not _RECEIPT.search(content_type)
    if not statuses and not is_one(notice, said=is_report and "delivery-status" in content_type):
        return None
    found = read_report(statuses)
    if found is None or not found.recipient:
        older = read_older(notice, returned)
        if found is None:
            found = older
        else:
            found = Bounce(older.recipient, found.status or older.status, found.permanent, "")
    original = _returned_id(returned) or _id_in(notice.text) or _id_said(statuses)
    original = original or notice.answers
    return Bounce(found.recipient, found.status, found.permanent, original)


def _returned_id(returned: Sequence[Block]) -> str:
    for block in returned:
        value = block.first("message-id").decode("ascii", "replace")
        if found := one_line(message_id(value)):
            return found
    return ""


def _id_said(statuses: Sequence[bytes]) -> str:
    """Return what Gmail's report says of the mail, of which it returns nothing at times."""
    return next(
        (found for each in statuses if (found := _id_in(each.decode("utf-8", "replace")))), ""
    )


def _id_in(text: str) -> str:
    match = _ID_IN_TEXT.search(text[:_MOST_CHARS])
    return message_id(match[1]) if match else ""
