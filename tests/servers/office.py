"""A desk with a mailbox on a real server: a config file, a database, and the command line."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

from sqlalchemy import func, select

from store.desk import Desk
from store.facts.engine import open_store
from store.facts.mail import ledger
from store.facts.requests import request
from store.facts.schema import upgrade

_CONFIG = """\
[desk]
name = "Northgate IT"
timezone = "Europe/London"
addresses = ["help@northgate.example"]

[database]
url = "{url}"

[[mailboxes]]
name = "help"
host = "127.0.0.1"
port = {port}
security = "none"
user = "{user}"
password_env = "HELP_PASSWORD"
after = "{after}"

[[people]]
name = "Ana Lovelace"
login = "ana"
addresses = ["ana@northgate.example"]
role = "lead"
"""


class Office:
    """Runs ``deskwatch`` commands for a desk in ``folder``."""

    def __init__(
        self, folder: Path, *, port: int, user: str, after: str = "leave", url: str = ""
    ) -> None:
        """Write the config and, without ``url``, make an empty SQLite database."""
        self.config = folder / "config.toml"
        self.url = url or f"sqlite:///{folder / 'deskwatch.db'}"
        if not url:
            (folder / "deskwatch.db").write_bytes(_migrated())
        self.config.write_text(_CONFIG.format(url=self.url, port=port, user=user, after=after))
        self.environment = {**os.environ, "HELP_PASSWORD": "secret"}

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a command; its output is caught."""
        return subprocess.Popen(
            [sys.executable, "-m", "tui.cli.main", *words, "--config", str(self.config)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environment,
        )

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        process = self.start(*words)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def desk(self) -> Desk:
        """Open the desk; to be closed by the caller."""
        return Desk.open(self.url)

    def counts(self) -> tuple[int, int]:
        """Return how many rows the ledger has, and how many requests there are."""
        if self.url.startswith("sqlite:///"):
            # Asked again and again while others work: without all that opening a store takes.
            with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"))) as file:
                [counts] = file.execute(
                    "SELECT (SELECT count(*) FROM ledger), (SELECT count(*) FROM request)"
                )
            return counts[0], counts[1]
        store = open_store(self.url)
        try:
            with store.reading() as connection:
                return (
                    connection.scalar(select(func.count()).select_from(ledger)) or 0,
                    connection.scalar(select(func.count()).select_from(request)) or 0,
                )
        finally:
            store.close()


@cache
def _migrated() -> bytes:
    """Return an empty SQLite database."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "deskwatch.db"
        upgrade(f"sqlite:///{file}")
        return file.read_bytes()
