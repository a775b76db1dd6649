"""What can be worked out of a message before the writers' line is taken."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime

from store.records import Incoming, ReadMail, Triage
from store.rules.terms import index_terms
from store.rules.threads import Belongs, fingerprint, id_key, raw_fingerprint, refers_to
from store.text import one_line

#: zlib's fastest level with a window of 8 KiB: as small as the full window makes mail, in a
#: third of the time, most of which goes into clearing the window.
_ZLIB_LEVEL, _ZLIB_WBITS, _ZLIB_MEMORY = 1, 13, 7
#: Recipients kept with a message; the rest stay in the original.
_MOST_RECIPIENTS = 100


@dataclass(frozen=True, slots=True)
class Letter:
    """The part of a message that could be read."""

    mail: ReadMail
    triage: Triage
    sender: str
    """Address, lower case."""
    sender_name: str
    requester: str
    """Address, lower case, of who asks."""
    requester_name: str
    subject: str
    """In one line, as the names are."""
    key: str
    """Of its Message-ID; "" if it has none."""
    refers_to: tuple[str, ...]
    recipients: list[list[str]]
    """``[field, name, address]`` of To and Cc, addresses in lower case."""
    terms: str
    """Of what is new in it, for search."""
    all_terms: str
    """Of the quoted remainder too, for a message that opens a request."""

    @property
    def called(self) -> str:
        """The sender as a line of history says it."""
        return self.sender_name or self.sender or "Somebody"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A message of a batch."""

    item: Incoming
    fingerprint: bytes
    compressed: bytes
    letter: Letter | None
    """None for what goes to quarantine."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message that is going to be part of a request."""

    letter: Letter
    arrived_at: datetime
    """Not after now, whatever the mail server's clock says."""
    original_id: int
    where: Belongs


def prepare(item: Incoming) -> Prepared:
    """Work out everything that needs no database."""
    compressor = zlib.compressobj(_ZLIB_LEVEL, zlib.DEFLATED, _ZLIB_WBITS, _ZLIB_MEMORY)
    compressed = compressor.compress(item.raw) + compressor.flush()
    if item.mail is None or item.triage is None:
        return Prepared(item, raw_fingerprint(item.sha256), compressed, None)
    return Prepared(item, fingerprint(item.mail), compressed, _letter(item.mail, item.triage))


def _letter(mail: ReadMail, triage: Triage) -> Letter:
    named = [("to", each) for each in mail.to] + [("cc", each) for each in mail.cc]
    recipients = [
        [field, each.name, each.address.lower()] for field, each in named[:_MOST_RECIPIENTS]
    ]
    sender, asks, subject = mail.sender, triage.requester, one_line(mail.subject)
    people = [sender.name, sender.address, asks.name, asks.address]
    people += [word for _, name, address in recipients for word in (name, address)]
    people += [each.name for each in mail.attachments]
    terms = index_terms(subject, " ".join(people), mail.reply)
    quoted = index_terms(mail.quoted) if mail.quoted else ""
    return Letter(
        mail=mail,
        triage=triage,
        sender=sender.address.lower(),
        sender_name=one_line(sender.name),
        requester=asks.address.lower(),
        requester_name=one_line(asks.name),
        subject=subject,
        key=id_key(mail.message_id),
        refers_to=refers_to(mail),
        recipients=recipients,
        terms=terms,
        all_terms=" ".join(dict.fromkeys(f"{terms} {quoted}".split())) if quoted else terms,
    )
