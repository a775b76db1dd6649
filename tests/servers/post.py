"""An SMTP server that does what a test wants at each step, and keeps every mail that was whole."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Self

#: What the server does instead of its usual answer: hang up, or say this.
HANG_UP = b""


@dataclass
class Post:
    """A server on loopback; a context manager.

    ``instead`` tells what is answered to a step: ``connect``, ``ehlo``, ``mail``, ``rcpt``,
    ``data``, ``text`` (while the text is coming) or ``dot``. Each is done ``times`` times,
    then all is well.
    """

    instead: dict[str, bytes] = field(default_factory=dict)
    times: int = 1_000_000
    pause_s: float = 0.0
    """Before every answer."""
    thinks: threading.Event | None = None
    """Waited for before the first whole mail is answered; the others are answered at once."""
    extensions: tuple[str, ...] = ("SIZE 30000000", "8BITMIME", "SMTPUTF8")

    def __post_init__(self) -> None:
        self.mails: list[bytes] = []
        self.senders: list[str] = []
        self.recipients: list[list[str]] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.host, self.port = self._socket.getsockname()
        self._done: Counter[str] = Counter()

    def __enter__(self) -> Self:
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def ids(self) -> Counter[str]:
        """Return how often each Message-ID was taken."""
        return Counter(str(message_from_bytes(each)["Message-ID"]) for each in self.mails)

    def _listen(self) -> None:
        while True:
            try:
                peer, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(peer,), daemon=True).start()

    def _serve(self, peer: socket.socket) -> None:
        with peer, peer.makefile("rb") as lines:
            try:
                self._talk(peer, lines)
            except OSError:
                return

    def _answer(self, peer: socket.socket, step: str, usual: bytes) -> bool:
        """Answer a step; say whether it went as usual."""
        time.sleep(self.pause_s)
        if step in self.instead and self._done[step] < self.times:
            self._done[step] += 1
            said = self.instead[step]
            if said == HANG_UP:
                raise ConnectionError
            peer.sendall(said + b"\r\n")
            return False
        if usual:
            peer.sendall(usual + b"\r\n")
        return True

    def _talk(self, peer: socket.socket, lines: object) -> None:
        sender, recipients = "", []
        self._answer(peer, "connect", b"220 post")
        for line in lines:
            word = line.split(b":")[0].strip().lower()
            if word.startswith(b"ehlo"):
                offered = [b"250-post", *(f"250-{each}".encode() for each in self.extensions)]
                self._answer(peer, "ehlo", b"\r\n".join([*offered, b"250 HELP"]))
            elif word == b"mail from":
                sender, recipients = _address(line), []
                step = "mail" if sender else "null"
                self._answer(peer, step if step in self.instead else "mail", b"250 ok")
            elif word == b"rcpt to":
                recipients += [_address(line)] if self._answer(peer, "rcpt", b"250 ok") else []
            elif word == b"data":
                if self._answer(peer, "data", b"354 go on"):
                    self._take(peer, lines, sender, recipients)
            elif word == b"quit":
                peer.sendall(b"221 bye\r\n")
                return
            else:
                peer.sendall(b"250 ok\r\n")

    def _take(self, peer: socket.socket, lines: object, sender: str, recipients: list[str]) -> None:
        text = []
        for line in lines:
            if line == b".\r\n":
                mail = b"".join(each.removeprefix(b".") for each in text)
                broken = self.instead.get("dot") == HANG_UP
                if broken or "dot" not in self.instead:
                    self.mails.append(mail)
                    self.senders.append(sender)
                    self.recipients.append(recipients)
                if self.thinks is not None and len(self.mails) == 1:
                    self.thinks.wait(30)
                self._answer(peer, "dot", b"250 taken")
                return
            self._answer(peer, "text", b"")
            text.append(line)


def _address(line: bytes) -> str:
    return line.partition(b"<")[2].partition(b">")[0].decode()
