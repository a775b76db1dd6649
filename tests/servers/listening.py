"""What servers of our own have in common: a port, and a thread for each who connects."""

from __future__ import annotations

import socket
import threading
from typing import Self


class Listening:
    """Listens on a port of its own; a context manager."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        """Take a port."""
        self._socket = socket.create_server((host, 0))
        self.port: int = self._socket.getsockname()[1]
        self.connections = 0

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        # Closing alone would leave accept() waiting.
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _accept(self) -> None:
        while True:
            try:
                peer, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(peer,), daemon=True).start()

    def _serve(self, peer: socket.socket) -> None:
        """Talk to somebody who has connected."""
        raise NotImplementedError
