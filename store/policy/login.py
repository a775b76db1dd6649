"""What mailboxes and the outgoing server have in common: where it is and how to log in."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Literal

from pydantic import Field

from store.policy.names import Said
from store.policy.oauth import OAuth
from store.policy.section import Section

Security = Literal["tls", "starttls", "none"]

#: The settings that say how to prove who we are; exactly one is needed to log in.
PROOFS = ("password_env", "password_command", "keyring", "oauth")


class ServerLogin(Section):
    """A mail server and an account on it. The password itself is never in the file."""

    host: Said = Field(
        description="The server's name, as it stands in its certificate.",
        examples=["imap.northgate.example"],
    )
    security: Security = Field(
        default="tls",
        description="`tls` from the first byte, `starttls` after a plain greeting (no log-in if "
        "it fails), or `none`, which only a server on this very machine may use.",
        examples=["tls"],
    )
    user: str = Field(
        default="",
        description="The account to log in with.",
        examples=["help@northgate.example"],
    )
    password_env: str = Field(
        default="",
        description="The environment variable that holds the password. This, "
        "`password_command`, `keyring` or `oauth`: exactly one.",
        examples=["HELP_PASSWORD"],
    )
    password_command: str = Field(
        default="",
        description="A command that prints the password on its first line, e.g. of a password "
        "manager.",
        examples=["pass show desk/help"],
    )
    keyring: bool = Field(
        default=False,
        description="Take the password from this machine's key ring; put it there once with "
        "`keyring set deskwatch ACCOUNT`.",
        examples=[True],
    )
    ca_file: str = Field(
        default="",
        description="A PEM file with the certificate authority of a server that uses its own, "
        "from this file's folder.",
        examples=["/etc/ssl/northgate-ca.pem"],
    )

    oauth: OAuth | None = Field(
        default=None,
        description="Logging in with tokens of Microsoft or Google instead of a password. "
        "docs/microsoft-365.md and docs/google.md show every step.",
        examples=[
            {
                "provider": "microsoft",
                "flow": "client_credentials",
                "tenant": "northgate.example",
                "client_id": "11111111-2222-3333-4444-555555555555",
                "secret_env": "DESKWATCH_SECRET",
            }
        ],
    )

    @property
    def proofs(self) -> tuple[str, ...]:
        """Names of the settings that say how to prove who we are."""
        return tuple(name for name in PROOFS if getattr(self, name))


def on_loopback(host: str) -> bool:
    """Say whether ``host`` is this very machine, so that nobody can listen on the way."""
    if host.casefold() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
