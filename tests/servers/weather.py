"""A line between a mail program and its server that does what networks do.

with Line(server.port) as line:
client.connect("127.0.0.1", line.port)
line.black_hole()    # nothing comes through any more, and nobody is told
line.clear()         # new connections work again; those of before stay dead
line.cut()           # every connection breaks
"""

from __future__ import annotations

import contextlib
import select
import socket
import threading
import time

from tests.servers.listening import Listening

_PIECE = 64 * 1024


class Line(Listening):
    """Passes on what both ends say, as far as the weather allows; a context manager."""

    def __init__(self, port: int, *, delay_s: float = 0.0) -> None:
        """Lead to ``port`` on this machine; every piece takes ``delay_s`` each way."""
        super().__init__()
        self._to = port
        self._delay_s = delay_s
        self._lock = threading.Lock()
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._dead: set[int] = set()
        self._blocked = False
        self._left: int | None = None
        self.passed = 0
        """Bytes that came from the server."""

    def __exit__(self, *_: object) -> None:
        super().__exit__()
        self.cut()

    def cut(self) -> None:
        """Break every connection."""
        with self._lock:
            pairs, self._pairs = self._pairs, []
        for pair in pairs:
            for end in pair:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def cut_after(self, size: int) -> None:
        """Break the connection when ``size`` more bytes have come from the server; once."""
        with self._lock:
            self._left = size

    def black_hole(self) -> None:
        """Let nothing through any more, in silence; new connections are taken and get no word."""
        with self._lock:
            self._blocked = True
            self._dead.update(id(end) for pair in self._pairs for end in pair)

    def clear(self) -> None:
        """Let new connections through again; for those of before it is too late."""
        with self._lock:
            self._blocked = False

    def _serve(self, peer: socket.socket) -> None:
        with contextlib.ExitStack() as stack:
            near = stack.enter_context(peer)
            try:
                far = stack.enter_context(socket.create_connection(("127.0.0.1", self._to)))
            except OSError:
                return
            with self._lock:
                self._pairs.append((near, far))
                if self._blocked:
                    self._dead.update({id(near), id(far)})
            with contextlib.suppress(OSError, ValueError):
                self._carry(near, far)
            self._dead.difference_update({id(near), id(far)})

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        while True:
            ready, _, _ = select.select([near, far], [], [])
            for end in ready:
                piece = end.recv(_PIECE)
                if not piece:
                    return
                if id(end) in self._dead:
                    continue
                if self._delay_s:
                    time.sleep(self._delay_s)
                if end is far:
                    self.passed += len(piece)
                    piece, broken = self._cut_short(piece)
                    near.sendall(piece)
                    if broken:
                        return
                else:
                    far.sendall(piece)

    def _cut_short(self, piece: bytes) -> tuple[bytes, bool]:
        with self._lock:
            if self._left is None:
                return piece, False
            if len(piece) < self._left:
                self._left -= len(piece)
                return piece, False
            piece, self._left = piece[: self._left], None
            return piece, True
