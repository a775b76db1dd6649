"""Notes that a technician sends to ``help+walkup@`` and the like: for whom, and by which door.

The note may name who asked, in its first lines: an address, or a line such as "for: Grace
Hopper". If it does not, the request has no requester until the technician types one.
"""

from __future__ import annotations

import re

from intake.listed import listed
from store.mail_records import ReadMail
from store.records import Address
from store.rulebook import Rulebook
from store.rules.end_runs import is_desk
from store.words import Channel

#: What follows the plus in the desk's address.
_DOORS = {"walkup": Channel.WALK_UP, "phone": Channel.PHONE, "chat": Channel.CHAT}
_ADDRESS = re.compile(r"[^\s<>@,;:()\[\]\"]{1,100}@[^\s<>@,;:()\[\]\"]{1,100}\.[^\W\d_]{2,20}")
_FOR = re.compile(
    r"\s*(?:"
    + "|".join(
        re.escape(word)
        for word in listed("""
    for, from, requester, asked by, caller, who, name, für, von, anfrage von, anrufer, pour, de,
    demandeur, de la part de, para, solicitante, per, da, richiedente, chiama, voor, van, aanvrager,
    beller, por, requerente, dla, od, zgłaszający, dzwoni, för, från, anmälare, for bruker,
    申请人, 來自, 来自, 依頼者, 依頼元, עבור, מאת, לבקשת
""")
    )
    + r")\s*[:：]\s*(\S.{0,200})",
    re.IGNORECASE,
)
_FIRST_LINES = 5
_LONGEST_NAME = 100


def taken_down(mail: ReadMail, rules: Rulebook) -> Channel | None:
    """Return the door that a technician's note is about; None if the mail is no such note."""
    for recipient in (*mail.to, *mail.cc):
        local, _, domain = recipient.address.lower().rpartition("@")
        base, _, plus = local.partition("+")
        if plus in _DOORS and f"{base}@{domain}" in rules.addresses:
            return _DOORS[plus]
    return None


def named_in(mail: ReadMail, rules: Rulebook) -> Address:
    """Return whom a note names in its first lines; without name and address if nobody."""
    rows = [row.strip() for row in mail.reply.split("\n") if row.strip()][:_FIRST_LINES]
    for row in rows:
        if said := _FOR.fullmatch(row[:300]):
            value = said[1]
            address = _ADDRESS.search(value)
            if address is None:
                return Address(value[:_LONGEST_NAME].strip(" .,;"), "")
            if not is_desk(address[0], rules):
                name = value.replace(address[0], "").strip(' <>()[]",;.')
                return Address(name[:_LONGEST_NAME], address[0])
    for row in rows:
        for found in _ADDRESS.findall(row[:500]):
            address = found.removeprefix("mailto:").rstrip(".")
            own = address.lower() == mail.sender.address.lower()
            if not own and not is_desk(address, rules):
                return Address("", address)
    return Address("", "")
