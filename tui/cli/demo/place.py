"""Where and when the demo's school is: a folder of its own, and a town in office hours.

The school is the one of ``config.example.toml``, to which ``desk.toml`` beside this file is a link.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

from tzlocal import get_localzone_name

from tui.cli.demo.cover import with_days_off
from tui.cli.demo.server import USER, MailServer

#: Folder by the mailbox's name in the config; the desk's own mail is in INBOX.
FOLDERS = {"help": "INBOX", "old-address": "it-support", "ben": "Direct/ben"}
ME = "ana"
SECOND = "ben"

#: Towns round the world, so that somewhere it is always the middle of a school morning.
_TOWNS = (
    "Europe/London",
    "America/New_York",
    "America/Los_Angeles",
    "Pacific/Honolulu",
    "Pacific/Auckland",
    "Australia/Sydney",
    "Asia/Tokyo",
    "Asia/Bangkok",
    "Asia/Kolkata",
    "Asia/Dubai",
    "Africa/Nairobi",
    "America/Sao_Paulo",
    "Atlantic/Azores",
)
_OPENS, _GETS_LATE = time(8, 30), time(15, 0)
_BEST = 10 * 60 + 40

_SERVER_TABLES = ("database", "mailboxes", "outgoing", "keys")
_SPECIAL = "[calendars.office.special]\n"


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of one demo, and what lies in it."""

    folder: Path

    @property
    def config(self) -> Path:
        """The config file."""
        return self.folder / "config.toml"

    @property
    def database(self) -> str:
        """The address of the store."""
        return f"sqlite:///{self.folder / 'deskwatch.db'}"

    @property
    def log(self) -> Path:
        """What the poller logs."""
        return self.folder / "intake.log"

    @property
    def sent(self) -> Path:
        """The folder of the mails that the desk has sent."""
        return self.folder / "sent"

    def write_config(self, server: MailServer, now: datetime) -> None:
        """Write the config of the school for ``server``, in a town where it is morning."""
        zone = timezone(get_localzone_name(), now)
        example = files(__package__).joinpath("desk.toml").read_text(encoding="utf-8")
        today = now.astimezone(ZoneInfo(zone)).date()
        text = _without_servers(example)
        text = text.replace("Europe/London", zone).replace("allow_as = false", "allow_as = true")
        # Whatever day it is, the school is open today: also on Sundays and at Christmas.
        text = re.sub(rf"^{today} = .*\n", "", text, flags=re.MULTILINE)
        text = text.replace(_SPECIAL, f'{_SPECIAL}{today} = "08:00-16:30"\n')
        text = with_days_off(text, today) + self._servers(server)
        self.config.write_text(text, encoding="utf-8")

    def _servers(self, server: MailServer) -> str:
        parts = [f'\n[database]\nurl = "{self.database}"\n']
        for name, folder in FOLDERS.items():
            direct = 'kind = "direct"\nperson = "ben"\n' if folder.startswith("Direct/") else ""
            parts.append(
                f'\n[[mailboxes]]\nname = "{name}"\nhost = "127.0.0.1"\nport = {server.port}\n'
                f'security = "none"\nuser = "{USER}"\n'
                f'password_command = "echo {server.password}"\nfolder = "{folder}"\n{direct}'
            )
        parts.append(
            f'\n[outgoing]\nhost = "127.0.0.1"\nport = {server.outgoing_port}\nsecurity = "none"\n'
        )
        return "".join(parts)


def _without_servers(config: str) -> str:
    """Return ``config`` without the tables that only the example's own machines need."""
    kept, skip = [], False
    for line in config.splitlines(keepends=True):
        if header := re.match(r"\[+(\w+)", line):
            skip = header[1] in _SERVER_TABLES
        if not skip:
            kept.append(line)
    return "".join(kept)


def timezone(local: str, now: datetime) -> str:
    """Return ``local`` if a school day is on there at ``now``, else a town's zone where it is.

    At the weekend the zone is chosen by the time of day alone; the config declares an open day.
    """
    if _OPENS <= now.astimezone(ZoneInfo(local)).time() <= _GETS_LATE:
        return local
    return min(_TOWNS, key=lambda town: abs(_minutes(now, town) - _BEST))


def _minutes(now: datetime, zone: str) -> int:
    there = now.astimezone(ZoneInfo(zone))
    return there.hour * 60 + there.minute
