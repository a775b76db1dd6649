"""The demo's mail server: pymap on loopback, in memory, one account with its folders."""

from __future__ import annotations

import contextlib
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec

from imapclient import IMAPClient

from store.errors import DeskwatchError, MailUnreachable

USER = "desk"
_START_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server that runs on 127.0.0.1."""

    port: int
    outgoing_port: int
    """Where it takes the desk's mail."""
    password: str

    @contextlib.contextmanager
    def mailbox(self) -> Iterator[IMAPClient]:
        """Yield a logged-in connection."""
        client = IMAPClient("127.0.0.1", self.port, ssl=False, timeout=10)
        # An APPEND ends in a small write of its own, which Nagle would hold back for 40 ms.
        client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            client.login(USER, self.password)
            yield client
        finally:
            client.shutdown()

    def deliver(self, mails: list[tuple[str, bytes, datetime]]) -> None:
        """Put (folder, mail, arrival) into their folders, as a delivery agent would."""
        with self.mailbox() as client:
            for folder, mail, at in mails:
                client.append(folder, mail, msg_time=at)


def require() -> None:
    """Raise DeskwatchError if the mail server's package is missing."""
    if find_spec("pymap") is None or find_spec("aiosmtpd") is None:
        raise DeskwatchError(
            "the demo needs its mail servers; install them with: pip install 'deskwatch[demo]'"
        )


@contextlib.contextmanager
def mail_server(
    folders: list[str], meanwhile: Callable[[MailServer], None]
) -> Iterator[MailServer]:
    """Run a mail server with INBOX and ``folders``; end it on leaving.

    ``meanwhile`` is done while it starts, which takes a second or two.
    """
    server = MailServer(free_port(), free_port(), secrets.token_hex(8))
    command = ["--host", "127.0.0.1", "--port", str(server.port), "--no-tls"]
    command += ["dict", "--demo-user", USER, "--demo-password", server.password]
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
        [sys.executable, "-c", "from pymap.main import main; main()", *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        meanwhile(server)
        _wait_for(server, process)
        with server.mailbox() as client:
            for folder in folders:
                client.create_folder(folder)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(server: MailServer, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", server.port), 1):
            return
        time.sleep(0.05)
    raise MailUnreachable("the demo's mail server did not start; is a firewall blocking loopback?")
