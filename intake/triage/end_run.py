"""Requests that first went to a person on the desk instead of a published channel.

The certain signs of one mail (DESIGN section 7): R1 a technician forwards what somebody sent to
them, R4 a mail in a technician's drop folder, R6 a note sent to ``help+walkup@`` and the like.
"""

from __future__ import annotations

from dataclasses import dataclass

from intake.reading.forwarded import forwarded_from
from store.records import Address, ReadMail
from store.rulebook import Rulebook
from store.words import Channel

CERTAIN = "certain"
#: What follows the plus in the desk's address when a technician takes something down.
_TAKEN_DOWN = {"walkup": Channel.WALK_UP, "phone": Channel.PHONE, "chat": Channel.CHAT}
_NO_REPLY = ("noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "nobody")


@dataclass(frozen=True, slots=True)
class Door:
    """The door a mail came through, who asked, and whom they went to instead of the desk."""

    channel: Channel
    requester: Address
    person: str = ""
    rule: str = ""
    why: str = ""


def door_of(mail: ReadMail, rules: Rulebook, mailbox: str) -> Door:
    """Return the door of a mail found in the mailbox of that name."""
    requester = _asker(mail, rules)
    technician = rules.person_by_address(mail.sender.address)
    if technician and (channel := _taken_down(mail, rules)):
        why = f"R6: {technician.name} took it down ({channel})"
        return Door(channel, requester, technician.login, "R6", why)
    if technician and (asker := _forwarded(mail, rules)):
        why = f"R1: {technician.name} forwards a mail of {asker.address}"
        return Door(Channel.FORWARDED, asker, technician.login, "R1", why)
    owner = rules.people.get(rules.drop_folders.get(mailbox, ""))
    if owner is None:
        return Door(Channel.DESK_MAIL, requester)
    if technician:
        return Door(Channel.DIRECT_MAIL, requester)
    why = f"R4: it was sent to {owner.name} and not to the desk"
    return Door(Channel.DIRECT_MAIL, requester, owner.login, "R4", why)


def _asker(mail: ReadMail, rules: Rulebook) -> Address:
    """Return the sender, or who a web form or a no-reply address speaks for."""
    speaks_for = mail.reply_to
    if speaks_for is None or "@" not in speaks_for.address:
        return mail.sender
    sender = mail.sender.address.lower()
    from_desk = sender in rules.addresses or sender.startswith(_NO_REPLY)
    return (
        speaks_for
        if from_desk and speaks_for.address.lower() not in rules.addresses
        else mail.sender
    )


def _taken_down(mail: ReadMail, rules: Rulebook) -> Channel | None:
    for recipient in (*mail.to, *mail.cc):
        local, _, domain = recipient.address.lower().rpartition("@")
        base, _, plus = local.partition("+")
        if plus in _TAKEN_DOWN and f"{base}@{domain}" in rules.addresses:
            return _TAKEN_DOWN[plus]
    return None


def _forwarded(mail: ReadMail, rules: Rulebook) -> Address | None:
    """Return who first sent what is forwarded, if that is nobody of the desk."""
    found = forwarded_from(mail.subject, mail.reply)
    if found is None or found.address.lower() in rules.addresses:
        return None
    return None if rules.person_by_address(found.address) else found
