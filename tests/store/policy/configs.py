"""Config texts for tests: the smallest one, and that one with something more or else."""

from __future__ import annotations

from store.errors import ConfigError
from store.policy.load import parse

#: The smallest config that works as it stands.
SMALLEST = """\
[desk]
name = "Northgate IT"
timezone = "Europe/London"
addresses = ["help@northgate.example"]

[database]
url = "sqlite:///deskwatch.db"        # relative to this file; or postgresql://...

[[mailboxes]]
name = "help"
host = "127.0.0.1"
port = 1143
security = "none"                     # "tls" (default), "starttls"; "none" on loopback only
user = "help"
password_env = "HELP_PASSWORD"        # or password_command = "...", or keyring = true
folder = "INBOX"
after = "leave"                       # or "seen", "move:Archive"

[[people]]
name = "Ana Lovelace"
login = "ana"
addresses = ["ana@northgate.example"]
role = "technician"                   # or "lead"
"""

#: How many lines come before what a test adds.
ABOVE = SMALLEST.count("\n")


def problems(text: str) -> list[str]:
    """Return the lines about ``text``, a config file; none if it is right."""
    try:
        parse(text, "config.toml")
    except ConfigError as error:
        return error.problems
    return []


def problems_of(added: str) -> list[str]:
    """Return the lines about the smallest config with ``added`` below, without the file's name.

    The line numbers count from the first added line.
    """
    lines = []
    for line in problems(SMALLEST + added):
        _, number, said = line.split(":", 2)
        lines.append(f"{int(number) - ABOVE}:{said}")
    return lines
