"""Mail that a list or a group address has delivered: written by a person, sent to many."""

from __future__ import annotations

from store.mail_records import ReadMail
from store.records import Address
from store.rulebook import Rulebook
from store.rules.end_runs import is_desk

_HEADERS = frozenset(
    (
        *("list-id", "list-post", "list-unsubscribe", "list-help", "list-owner", "list-archive"),
        *("list-subscribe", "mailing-list", "x-mailing-list", "x-beenthere", "x-mailman-version"),
        *(
            "x-google-group-id",
            "x-listserver",
            "x-listname",
            "x-list-id",
            "x-loop-list",
            "x-ml-name",
        ),
    )
)
_PRECEDENCE = ("bulk", "list", "junk")
_WRITER = ("x-original-from", "x-original-sender")


def list_sign(mail: ReadMail) -> str:
    """Return the header that a list has written; "" if there is none."""
    headers = mail.headers
    for name in () if _HEADERS.isdisjoint(headers) else headers:
        if name in _HEADERS:
            return f"{name.title()}: {' '.join(headers[name])[:60]}".rstrip(": ")
    for name in ("precedence", "x-precedence"):
        for value in headers.get(name, ()):
            if value.strip().lower() in _PRECEDENCE:
                return f"{name.title()}: {value[:40]}"
    return ""


def is_addressed(mail: ReadMail, rules: Rulebook) -> bool:
    """Say whether the desk is among those whom a mail names, or is the list itself."""
    if any(is_desk(each.address, rules) for each in (*mail.to, *mail.cc)):
        return True
    named = " ".join(mail.headers.get("list-id", ())).lower()
    resent = " ".join(
        value.lower() for name in ("resent-to", "resent-cc") for value in mail.headers.get(name, ())
    )
    return any(
        address in resent or f"<{address.replace('@', '.')}>" in named
        for address in rules.addresses
    )


def writer_of(mail: ReadMail, rules: Rulebook) -> Address | None:
    """Return who wrote a mail that a list sends in its own name; None if it does not.

    Groups do so where the writer's domain would call the copy forged (DMARC):
    ``'Grace Hopper' via Help <help@northgate.example>``.
    """
    sender = mail.sender
    name, via, _ = sender.name.rpartition(" via ")
    if not via and not is_desk(sender.address, rules):
        return None
    for header in _WRITER:
        for value in mail.headers.get(header, ()):
            address = value.rpartition("<")[2].strip(" <>\"'")
            if "@" in address and " " not in address and not is_desk(address, rules):
                return Address(name.strip(" '\"") or sender.name, address)
    answers = mail.reply_to
    if via and answers and "@" in answers.address and not is_desk(answers.address, rules):
        return Address(answers.name or name.strip(" '\""), answers.address)
    return None
