"""Which door a mail came through, and who asked."""

from __future__ import annotations

from store.records import Address, ReadMail
from store.rulebook import Rulebook
from store.words import Channel

#: ``help+walkup@`` and so on, for what a technician took down (DESIGN: end-run rule R6).
_PLUS = {"walkup": Channel.WALK_UP, "phone": Channel.PHONE, "chat": Channel.CHAT}
_NO_REPLY = ("noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "nobody")


def channel_of(mail: ReadMail, rules: Rulebook, mailbox: str) -> Channel:
    """Return the channel of a mail found in a mailbox."""
    if rules.person_by_address(mail.sender.address):
        for recipient in (*mail.to, *mail.cc):
            local, _, domain = recipient.address.lower().rpartition("@")
            base, _, plus = local.partition("+")
            if plus in _PLUS and f"{base}@{domain}" in rules.addresses:
                return _PLUS[plus]
    if mailbox in rules.drop_folders:
        return Channel.DIRECT_MAIL
    return Channel.DESK_MAIL


def requester_of(mail: ReadMail, rules: Rulebook) -> Address:
    """Return who asked: the sender, or who a form or no-reply address speaks for."""
    local = mail.sender.address.lower().partition("@")[0]
    speaks_for = mail.reply_to
    if (
        speaks_for
        and "@" in speaks_for.address
        and speaks_for.address.lower() not in rules.addresses
        and (local.startswith(_NO_REPLY) or mail.sender.address.lower() in rules.addresses)
    ):
        return speaks_for
    return mail.sender
