"""What a person can still make of a mail that cannot be read: who wrote it, about what, its start.

It is asked for by a person who has seen that the mail is a ruin, so anything is better than
nothing, and nothing here may fail.
"""

from __future__ import annotations

import re
from email.utils import parseaddr

from intake.triage.rating import UNKNOWN_SERVICE
from store.mail_records import ReadMail, Triage
from store.records import Address
from store.rulebook import Rulebook
from store.text import lines, one_line
from store.words import Channel

_SHOWN = 4_000
_LOOKED_AT = 200_000
_FROM = re.compile(r"^from\s*:(.{1,500})$", re.IGNORECASE | re.MULTILINE)
_SUBJECT = re.compile(r"^subject\s*:(.{1,500})$", re.IGNORECASE | re.MULTILINE)


def salvaged(raw: bytes, reason: str, rules: Rulebook) -> tuple[ReadMail, Triage]:
    """Return a mail made of what can be seen in ``raw``, which was not read for ``reason``."""
    seen = lines(_decoded(raw[:_LOOKED_AT]))
    sender = _sender(seen)
    subject = _SUBJECT.search(seen)
    note = f"[This mail could not be read ({reason}). Below is how it begins.]"
    text = f"{note}\n\n{seen[:_SHOWN].strip()}".strip()
    mail = ReadMail(
        message_id="",
        in_reply_to=(),
        references=(),
        date=None,
        sender=sender,
        reply_to=None,
        to=(),
        cc=(),
        subject=one_line(subject[1]) if subject else "A mail that could not be read",
        text=text,
        reply=text,
        quoted="",
        defects=(reason,),
    )
    impact, urgency = UNKNOWN_SERVICE.impact, UNKNOWN_SERVICE.urgency
    triage = Triage(
        service="",
        kind=UNKNOWN_SERVICE.kind,
        impact=impact,
        urgency=urgency,
        priority=rules.matrix[impact, urgency],
        claimed_urgent=False,
        channel=Channel.DESK_MAIL,
        requester=sender,
        tags=(),
        why=("nothing in it could be read by rule",),
    )
    return mail, triage


def _decoded(raw: bytes) -> str:
    raw = raw.replace(b"\0", b"")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _sender(seen: str) -> Address:
    found = _FROM.search(seen)
    name, address = parseaddr(found[1]) if found else ("", "")
    return Address(one_line(name), one_line(address))
