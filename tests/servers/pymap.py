r"""A private pymap (in-memory IMAP server) in a process of its own.

with Pymap() as server:
    server.deliver([b"Subject: hello\r\n\r\nHi.\r\n"])
"""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Self

from imapclient import IMAPClient

from tests.servers.dovecot import free_port

_START_SECONDS = 20
_TRIES = 3


class Pymap:
    """A pymap with one user and an empty INBOX; a context manager."""

    host = "127.0.0.1"
    user = "help"
    password = "secret"

    def __init__(self) -> None:
        """Choose a port."""
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        words = ["--host", self.host, "--port", str(self.port), "--no-tls", "dict"]
        words += ["--demo-user", self.user, "--demo-password", self.password]
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from pymap.main import main; main()", *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection((self.host, self.port), 1):
                return self
            time.sleep(0.05)
        raise RuntimeError("pymap did not start")

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @contextlib.contextmanager
    def client(self, folder: str | None = "INBOX") -> Iterator[IMAPClient]:
        """Yield a logged-in connection with ``folder`` open."""
        client = self._connected()
        client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            client.login(self.user, self.password)
            if folder is not None:
                client.select_folder(folder)
            yield client
        finally:
            client.shutdown()

    def _connected(self) -> IMAPClient:
        """Return a new connection; on a busy machine pymap resets one before it greets."""
        for _ in range(_TRIES - 1):
            with contextlib.suppress(ConnectionResetError):
                return IMAPClient(self.host, self.port, ssl=False, timeout=20)
        return IMAPClient(self.host, self.port, ssl=False, timeout=20)

    def deliver(self, mails: Iterable[bytes], folder: str = "INBOX") -> int:
        """Append mails to a folder; return how many."""
        with self.client(None) as client:
            return len([client.append(folder, mail) for mail in mails])
