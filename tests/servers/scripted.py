"""A mail server that answers from a script: for what no real server can be made to do."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable

from tests.servers.listening import Listening

#: What answers one command: gets tag and command, returns what is sent. None: hang up.
Answer = Callable[[bytes, bytes], bytes | None]

GREETING = b"* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\n"


class Scripted(Listening):
    """Greets, then answers each command by the first matching rule; a context manager.

    ``rules`` maps a pattern of the command (without its tag) to an answer. In bytes ``{tag}``
    stands for the tag. Later rules come first, so a test overrides what is usual.
    """

    def __init__(
        self,
        rules: dict[str, bytes | Answer | None] | None = None,
        greeting: bytes = GREETING,
        host: str = "127.0.0.1",
    ) -> None:
        """Listen on a port of its own."""
        usual: dict[str, bytes | Answer | None] = {
            r"CAPABILITY": b"* CAPABILITY IMAP4rev1 IDLE\r\n{tag} OK done\r\n",
            r"LOGIN": b"{tag} OK welcome\r\n",
            r"EXAMINE|SELECT": b"* FLAGS (\\Seen)\r\n* 1 EXISTS\r\n* 0 RECENT\r\n"
            b"* OK [UIDVALIDITY 7] ok\r\n{tag} OK [READ-ONLY] done\r\n",
            r"LOGOUT": b"* BYE\r\n{tag} OK bye\r\n",
        }
        self._rules = list((rules or {}).items()) + list(usual.items())
        self._greeting = greeting
        super().__init__(host)
        self.commands: list[bytes] = []

    def _serve(self, peer: socket.socket) -> None:
        with peer, peer.makefile("rb") as lines:
            try:
                peer.sendall(self._greeting)
                for line in lines:
                    tag, _, command = line.strip().partition(b" ")
                    self.commands.append(command or tag)
                    answer = self._answer(tag, command or tag)
                    if answer is None:
                        return
                    peer.sendall(answer)
            except OSError:
                return

    def _answer(self, tag: bytes, command: bytes) -> bytes | None:
        for pattern, answer in self._rules:
            if re.match(pattern, command.decode("latin-1"), re.IGNORECASE):
                said = answer(tag, command) if callable(answer) else answer
                return None if said is None else said.replace(b"{tag}", tag)
        return tag + b" BAD what?\r\n"
