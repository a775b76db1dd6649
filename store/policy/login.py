"""What mailboxes and the outgoing server have in common: where it is and how to log in."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Literal

from pydantic import Field

from store.policy.names import Said
from store.policy.section import Section

Security = Literal["tls", "starttls", "none"]

#: The settings that say where the password comes from; exactly one is needed to log in.
PASSWORD_SOURCES = ("password_env", "password_command", "keyring")


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
        "`password_command` or `keyring`: exactly one.",
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

    @property
    def sources(self) -> tuple[str, ...]:
        """Names of the settings that say where the password comes from."""
        return tuple(name for name in PASSWORD_SOURCES if getattr(self, name))


def on_loopback(host: str) -> bool:
    """Say whether ``host`` is this very machine, so that nobody can listen on the way."""
    if host.casefold() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
