"""The config file that ``deskwatch init`` writes: short, commented, and right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import fill

from store.policy.login import on_loopback
from store.policy.times import Spans, spans_words
from store.policy.toml import toml


@dataclass(frozen=True, slots=True)
class Server:
    """An IMAP server as people name it: "imap.northgate.example", "localhost:1143"."""

    host: str
    port: int

    @property
    def security(self) -> str:
        """How to talk to it, by its port and place."""
        if self.port == 143:  # noqa: PLR2004 - IMAP's port of old, RFC 9051 section 11
            return "none" if on_loopback(self.host) else "starttls"
        return "none" if on_loopback(self.host) and self.port != 993 else "tls"  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class Answers:
    """What ``deskwatch init`` has learnt."""

    name: str
    timezone: str
    address: str
    server: Server
    user: str
    hours: Spans
    holidays: Sequence[tuple[date, str]]
    region: str
    """Whose holidays these are, in words; "" for nobody's."""
    person: str
    person_address: str
    login: str
    database: str

    @property
    def mailbox(self) -> str:
        """A short name for the mailbox: what stands before the @."""
        name = re.sub(r"[^a-z0-9_-]+", "-", self.address.partition("@")[0]).strip("-_")
        return name or "desk"

    @property
    def variable(self) -> str:
        """The environment variable for the mailbox's password."""
        return re.sub(r"[^A-Z0-9]+", "_", self.mailbox.upper()).strip("_") + "_PASSWORD"


def config_text(answers: Answers) -> str:
    """Return the text of a config file for ``answers``."""
    domain = answers.address.partition("@")[2]
    return f"""\
# Deskwatch: the config of our help desk. Every setting there is: docs/settings.md; a complete
# example: config.example.toml. After a change: deskwatch check, then deskwatch policy apply.

[desk]
name = {toml(answers.name)}
timezone = {toml(answers.timezone)}
# The front door. A mail that went to one of you, and to none of these, is an end-run.
addresses = [{toml(answers.address)}]

[database]
# A file beside this one; for a team on several machines "postgresql://host/database".
url = {toml(answers.database)}

[[mailboxes]]
name = {toml(answers.mailbox)}
host = {toml(answers.server.host)}
port = {answers.server.port}
security = {toml(answers.server.security)}
user = {toml(answers.user)}
# The password itself never stands here. Instead of the environment it may come from
# password_command = "..." or, with keyring = true, from this machine's key ring.
password_env = {toml(answers.variable)}
folder = "INBOX"
# What happens to a mail once it is safely stored: "leave", "seen" or "move:Archive".
after = "leave"

# The server that takes your answers and acknowledgements; without one nothing is sent.
# [outgoing]
# host = {toml(_smtp(answers.server.host))}
# security = "starttls"  # port 587; "tls": port 465
# user = {toml(answers.user)}
# password_env = {toml(answers.variable)}

# When time counts. Half days and other exceptions: special.2026-12-24 = "08:00-12:00".
[calendars.office]
{_week(answers.hours)}
{_holidays(answers)}
# Everybody on the desk, a block for each. Whoever is not here may look and change nothing.
[[people]]
name = {toml(answers.person)}
login = {toml(answers.login)}
addresses = [{toml(answers.person_address)}]
role = "lead"

# [[people]]
# name = "Ben Carter"
# login = "ben"
# addresses = ["ben@{domain}"]

# The services you offer, your priorities, how fast you promise to be and who has the watch
# after hours: until you write them, Deskwatch uses a sensible start. See config.example.toml.
"""


def _smtp(host: str) -> str:
    """Return what the server for outgoing mail may be called, beside the one for incoming."""
    return f"smtp.{host.removeprefix('imap.')}" if host.startswith("imap.") else host


def _week(hours: Spans) -> str:
    days = ("mon", "tue", "wed", "thu", "fri")
    return "\n".join(f"weekly.{day} = {toml(spans_words(hours))}" for day in days)


def _holidays(answers: Answers) -> str:
    if not answers.holidays:
        return "holidays = []\n"
    rows = "\n".join(f"    {day},  # {name}" for day, name in answers.holidays)
    said = f"{answers.region}. Add the days on which you close as well."
    comment = fill(said, width=96, initial_indent="# ", subsequent_indent="# ")
    return f"{comment}\nholidays = [\n{rows}\n]\n"
