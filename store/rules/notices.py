"""Mail from programs as a note says it: automatic replies, and mail of ours that came back."""

from __future__ import annotations

import re

from store.mail_records import Bounce
from store.records import Address
from store.text import lines, one_line

#: Notes about mail from programs that a request gets; the ledger has all of them.
MOST_NOTES = 20

#: What a note has of such a mail; the original has all of it.
_LONGEST_NOTE = 4_000
_LONGEST_EXCERPT = 600
_RETURNED = re.compile(
    r"^[> \t]*subject\s*:.*?\[\s?#\s?(\d{1,18})\s?\]", re.IGNORECASE | re.MULTILINE
)
#: Of RFC 3463 (and its registry), what people can do something about.
_STATUS = {
    "1.1": "there is no such mailbox",
    "1.2": "there is no such mail domain",
    "1.3": "the address is not written as one",
    "1.6": "the mailbox has moved",
    "1.10": "the domain takes no mail",
    "2.1": "the mailbox is disabled",
    "2.2": "the mailbox is full",
    "2.3": "the mail is too large for the mailbox",
    "3.4": "the mail is too large for the server",
    "4.1": "their server does not answer",
    "4.4": "their server cannot be found",
    "4.6": "it went round in a loop",
    "4.7": "it took too long",
    "7.1": "their server does not accept it",
    "7.26": "it was not authenticated well enough",
}


def returned_tags(text: str) -> tuple[int, ...]:
    """Return the request numbers tagged in the subject of a mail that ``text`` gives back."""
    return tuple(dict.fromkeys(int(number) for number in _RETURNED.findall(text)))


def undelivered(bounce: Bounce, sender: str) -> str:
    """Return what a delivery report says in one line.

    "Could not be delivered to x@y: 5.1.1, there is no such mailbox (permanent)".
    """
    to = one_line(bounce.recipient) or "one of the recipients"
    status = one_line(bounce.status)
    meaning = _STATUS.get(status.partition(".")[2], "")
    said = ", ".join(each for each in (status, meaning) if each) or f"{sender} does not say why"
    if bounce.permanent:
        return f"Could not be delivered to {to}: {said} (permanent)"
    return f"Not delivered to {to} so far: {said} (it may still be)"


def bounce_note(line: str, reply: str) -> str:
    """Return the note about a delivery report: its line, and the start of what it says."""
    said = lines(reply).strip()[:_LONGEST_EXCERPT]
    return f"{line}\n\n{said}" if said else line


def reply_note(sender: Address, reply: str) -> str:
    """Return the note about an automatic reply."""
    who = f"{sender.name} <{sender.address}>" if sender.name else sender.address or "somebody"
    return f"Automatic reply from {one_line(who)}: {lines(reply).strip()[:_LONGEST_NOTE]}"
