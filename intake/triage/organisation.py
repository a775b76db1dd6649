"""Which domains are the organisation's own: those of the desk, its people and departments."""

from __future__ import annotations

from store.rulebook import Rulebook

#: Domains in which everybody can have an address: theirs are nobody's own.
_PUBLIC = frozenset(
    (
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com"),
        *("icloud.com", "me.com", "gmx.de", "gmx.net", "web.de", "proton.me", "protonmail.com"),
        *("aol.com", "qq.com", "163.com", "mail.ru", "yandex.ru", "orange.fr", "free.fr"),
    )
)


def is_inside(domain: str, rules: Rulebook) -> bool:
    """Say whether a domain, or one above it, is the organisation's own."""
    return any(f".{domain.lower()}".endswith(f".{own}") for own in own_domains(rules))


def own_domains(rules: Rulebook) -> frozenset[str]:
    """Return the organisation's own domains, those of public mail services left out."""
    known, domains = _latest[-1] if _latest else (None, frozenset[str]())
    if known is rules:
        return domains
    addresses = [*rules.addresses]
    addresses += [address for person in rules.people.values() for address in person.addresses]
    addresses += [
        address for department in rules.departments.values() for address in department.addresses
    ]
    found = frozenset(address.rpartition("@")[2] for address in addresses) - _PUBLIC - {""}
    _latest[:] = [(rules, found)]
    return found


#: The domains of the rulebook used last; pollers use one rulebook for thousands of mails.
_latest: list[tuple[Rulebook, frozenset[str]]] = []
