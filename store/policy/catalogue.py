"""The service catalogue of a desk that has not written its own yet."""

from __future__ import annotations

from store.policy.services import LevelWords, Service
from store.words import Kind, Level

_MANY = LevelWords(
    high=["everyone", "everybody", "nobody can", "whole building", "all of us"],
    medium=["several people", "our department", "the whole office", "our team"],
)
_SOON = LevelWords(
    high=["cannot work", "can't work", "right now", "waiting"],
    low=["no hurry", "no rush", "when you have time", "whenever"],
)


def usual() -> dict[str, Service]:
    """Return the services every desk has, with the words people use for them."""
    return {
        "accounts": Service(
            name="Accounts and passwords",
            description="Logging in, passwords, new accounts and access to folders.",
            kind=Kind.SERVICE,
            words=["password", "log in", "login", "locked out", "account", "access", "permission"],
            impact_words=_MANY,
            urgency_words=_SOON,
        ),
        "email": Service(
            name="E-mail and calendar",
            description="Sending, receiving, shared mailboxes and meetings.",
            words=["outlook", "mailbox", "e-mail", "calendar", "invitation", "attachment"],
            impact_words=_MANY,
            urgency_words=_SOON,
        ),
        "network": Service(
            name="Network and Wi-Fi",
            description="Internet, Wi-Fi, VPN and shared drives.",
            words=["network", "internet", "wifi", "wi-fi", "vpn", "offline", "shared drive"],
            impact=Level.MEDIUM,
            urgency=Level.HIGH,
            impact_words=_MANY,
            urgency_words=_SOON,
            emergency=Level.HIGH,
        ),
        "printing": Service(
            name="Printing",
            description="Printers, copiers, scanners, toner and paper jams.",
            words=["printer", "print", "printing", "toner", "paper jam", "copier", "scanner"],
            impact_words=_MANY,
            urgency_words=_SOON,
        ),
        "hardware": Service(
            name="Computers and devices",
            description="Computers, screens, phones, projectors and what plugs into them.",
            words=[
                "computer",
                "laptop",
                "monitor",
                "screen",
                "keyboard",
                "mouse",
                "phone",
                "tablet",
                "projector",
                "headset",
                "charger",
            ],
            impact_words=_MANY,
            urgency_words=_SOON,
        ),
        "software": Service(
            name="Software",
            description="Installing, updating and using programs.",
            kind=Kind.SUPPORT,
            words=[
                "install",
                "software",
                "program",
                "app",
                "update",
                "licence",
                "license",
                "excel",
            ],
            impact_words=_MANY,
            urgency_words=_SOON,
        ),
        "security": Service(
            name="Security",
            description="Phishing, viruses, lost devices and everything that feels wrong.",
            words=["phishing", "virus", "hacked", "malware", "ransomware", "suspicious", "stolen"],
            impact=Level.MEDIUM,
            urgency=Level.HIGH,
            impact_words=LevelWords(high=["ransomware", "hacked", "encrypted", *_MANY.high]),
            emergency=Level.HIGH,
        ),
    }
