"""What our own mail server says about the sender of a mail (Authentication-Results, RFC 8601).

Anybody can write such a header. Only that of the configured server is believed, and of several
the topmost, because servers put theirs on top of what a mail came with.
"""

from __future__ import annotations

import re

from intake.triage.organisation import is_inside
from store.mail_records import ReadMail
from store.rulebook import Rulebook

#: The setting for servers that write no name of theirs into the header.
MICROSOFT = "microsoft365"
_METHOD = re.compile(r"\s*(spf|dkim|dmarc|compauth)\s*(?:/\s*\d+\s*)?=\s*([a-z]+)", re.IGNORECASE)
_MOST_CHARS = 2_000
_FAILS = frozenset(("fail", "hardfail"))
#: An envelope that its domain does not like, as some servers spell it.
_SPF_FAILS = frozenset((*_FAILS, "softfail"))


def forged(mail: ReadMail, rules: Rulebook) -> str:
    """Return why a sender from inside may be somebody else; "" if nothing says so.

    That is where DMARC fails; without DMARC, where SPF and DKIM both fail, or SPF says no and
    nobody signed; and where Microsoft's verdict on all of it is a fail.
    """
    if not rules.trusted_auth or not is_inside(_domain(mail), rules):
        return ""
    results = _results(mail, rules.trusted_auth)
    failed = _failed(results)
    return f"the sender may be forged: {failed}" if failed else ""


def _domain(mail: ReadMail) -> str:
    return mail.sender.address.rpartition("@")[2].strip(".")


def _results(mail: ReadMail, server: str) -> dict[str, list[str]]:
    """Return the results of each method in the topmost header of ``server``."""
    for value in mail.headers.get("authentication-results", ()):
        text = _bare(value[:_MOST_CHARS])
        first, _, rest = text.partition(";")
        if server == MICROSOFT:
            if not _METHOD.match(text):
                continue
            rest = text
        elif _server(first) != server:
            continue
        found: dict[str, list[str]] = {}
        for part in re.split(r"[;,]", rest):
            if method := _METHOD.match(part):
                found.setdefault(method[1].lower(), []).append(method[2].lower())
        return found
    return {}


def _server(text: str) -> str:
    """Return the name a server signs with, before its version."""
    words = text.split(maxsplit=1)
    return words[0].strip('"').lower() if words else ""


def _bare(text: str) -> str:
    """Return a header without comments, and without what separates inside of quotes.

    Both hold what the sender of a mail has chosen.
    """
    kept: list[str] = []
    depth, quoted, escaped = 0, False, False
    for char in text:
        if escaped:
            escaped = False
        elif char == "\\":
            escaped = True
        elif quoted:
            quoted = char != '"'
            kept.append(char if char not in ";,= " else "_")
        elif char == "(":
            depth += 1
            kept.append(" ")
        elif char == ")":
            depth = max(depth - 1, 0)
        elif depth == 0:
            quoted = char == '"'
            kept.append(char)
    return "".join(kept)


def _failed(results: dict[str, list[str]]) -> str:
    """Return the failed checks as the header writes them; "" if the sender stands."""
    dmarc, spf = results.get("dmarc", []), results.get("spf", [])
    dkim, whole = results.get("dkim", []), results.get("compauth", [])
    signed = set(dkim) - {"none", "neutral"}
    said = ""
    if "pass" in dmarc:
        said = ""
    elif not _FAILS.isdisjoint(dmarc):
        said = "dmarc=fail"
    elif not _FAILS.isdisjoint(whole):
        said = "compauth=fail"
    elif "pass" in dkim or "pass" in spf:
        said = ""
    elif signed & _FAILS and not _SPF_FAILS.isdisjoint(spf):
        said = f"spf={spf[0]}, dkim=fail"
    elif not signed and not _FAILS.isdisjoint(spf):
        said = "spf=fail, no signature"
    return said
