"""What can be worked out of a message before the writers' line is taken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from isal import isal_zlib

from store.mail_records import Incoming, ReadMail, Triage
from store.rules.notices import returned_tags
from store.rules.terms import index_terms
from store.rules.threads import Belongs, fingerprint, id_key, raw_fingerprint, refers_to
from store.text import one_line
from store.words import Channel

#: As small as zlib's fastest level makes mail, in a quarter of its time; zlib reads it.
_LEVEL = 1
#: What is kept in rows of a monstrous mail; the rest stays in the original.
_MOST_RECIPIENTS = 100
_MOST_TAGS = 5
_LONGEST_LINE = 500
_LONGEST_ADDRESS = 320
#: Our numbers are 64 bits; what somebody types in a subject need not be.
_HIGHEST_NUMBER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Letter:
    """The part of a message that could be read."""

    mail: ReadMail
    """What the store keeps of it: without its headers and the whole text."""
    triage: Triage
    sender: str
    """Address, lower case."""
    sender_name: str
    requester: str
    """Address, lower case, of who asks."""
    requester_name: str
    subject: str
    """In one line, as the names are."""
    tags: tuple[int, ...]
    """Request numbers of our own tags in the subject."""
    key: str
    """Of its Message-ID; "" if it has none."""
    refers_to: tuple[str, ...]
    recipients: list[list[str]]
    """``[field, name, address]`` of To and Cc, addresses in lower case."""
    terms: str
    """Of what is new in it, for search."""
    quoted_terms: str
    """Of the quoted remainder."""

    @property
    def all_terms(self) -> str:
        """Of all of it, for a message that opens a request."""
        return f"{self.terms} {self.quoted_terms}".strip()

    @property
    def forwards(self) -> str:
        """Key of the Message-ID of the mail that a technician forwards with it; "" if unknown.

        It is attached, or else programs refer from what is forwarded to what it was.
        """
        if self.triage.channel is not Channel.FORWARDED:
            return ""
        attached = self.mail.carried_id
        return id_key(attached) if attached else next(iter(self.refers_to), "")

    @property
    def called(self) -> str:
        """The sender as a line of history says it."""
        return self.sender_name or self.sender or "Somebody"


@dataclass(frozen=True, slots=True)
class Item:
    """A message of a mailbox, without its bytes."""

    uid: int
    arrived_at: datetime
    """INTERNALDATE, or the moment of fetching where the server has none."""
    size: int
    sha256: bytes
    truncated: bool
    quarantine: str
    """Why it goes to quarantine; "" if it does not."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A message of a batch."""

    item: Item
    fingerprint: bytes
    compressed: bytes
    """The original."""
    letter: Letter | None
    """None for what goes to quarantine."""

    def spared(self, reason: str) -> Prepared:
        """Return the message as it goes to quarantine: nothing of it but its original."""
        item = replace(self.item, quarantine=reason)
        return Prepared(item, raw_fingerprint(item.sha256), self.compressed, None)

    def not_before(self, moment: datetime) -> Prepared:
        """Return the message as one that arrived at ``moment`` at the earliest."""
        if self.item.arrived_at >= moment:
            return self
        return replace(self, item=replace(self.item, arrived_at=moment))


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message that is going to be part of a request."""

    letter: Letter
    arrived_at: datetime
    """Not after now, whatever the mail server's clock says."""
    original_id: int
    where: Belongs


def prepare(incoming: Incoming) -> Prepared:
    """Work out everything that needs no database."""
    compressed = isal_zlib.compress(incoming.raw, _LEVEL)
    item = Item(
        incoming.uid,
        incoming.arrived_at,
        incoming.size,
        incoming.sha256,
        incoming.truncated,
        incoming.quarantine,
    )
    mail, triage = incoming.mail, incoming.triage
    if mail is None or triage is None:
        return Prepared(item, raw_fingerprint(item.sha256), compressed, None)
    return Prepared(item, fingerprint(mail), compressed, _letter(mail, triage))


def _letter(mail: ReadMail, triage: Triage) -> Letter:
    named = [("to", each) for each in mail.to] + [("cc", each) for each in mail.cc]
    recipients = [
        [field, _line(each.name), _address(each.address)]
        for field, each in named[:_MOST_RECIPIENTS]
    ]
    sender, asks, subject = mail.sender, triage.requester, _line(mail.subject)
    people = [sender.name, sender.address, asks.name, asks.address]
    people += [word for _, name, address in recipients for word in (name, address)]
    people += [each.name for each in mail.attachments]
    references, tags = refers_to(mail), triage.tags
    if mail.bounce is not None:
        # What came back is what a delivery report is about.
        returned = mail.bounce.original_message_id
        if returned:
            references = tuple(dict.fromkeys([id_key(returned), *references]))
        tags = (*tags, *returned_tags(mail.text))
    return Letter(
        mail=_kept(mail, triage),
        triage=triage,
        sender=_address(sender.address),
        sender_name=_line(sender.name),
        requester=_address(asks.address),
        requester_name=_line(asks.name),
        subject=subject,
        tags=tuple(tag for tag in tags if 0 < tag <= _HIGHEST_NUMBER)[:_MOST_TAGS],
        key=id_key(mail.message_id),
        refers_to=references,
        recipients=recipients,
        terms=index_terms(subject, " ".join(people), mail.reply),
        quoted_terms=index_terms(mail.quoted) if mail.quoted else "",
    )


def _kept(mail: ReadMail, triage: Triage) -> ReadMail:
    """Return what the store keeps of a mail; it says that its sender may be forged."""
    defects = (*mail.defects, triage.spoofed) if triage.spoofed else mail.defects
    return replace(mail, text="", headers={}, defects=defects)


def _line(text: str) -> str:
    return one_line(text)[:_LONGEST_LINE]


def _address(address: str) -> str:
    """Return an address as it is compared; a longer one than RFC 5321 4.5.3.1 allows is cut."""
    return one_line(address).lower()[:_LONGEST_ADDRESS]
