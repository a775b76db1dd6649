"""A real HTTP server on loopback that takes what Apprise sends to ``json://``."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Self


class Pushes:
    """Keeps every push by the path it was sent to; a context manager."""

    def __init__(self) -> None:
        """Prepare a server that takes everything."""
        self.got: list[tuple[str, str, str]] = []
        """(path, title, text) of each push."""
        self.status = 200
        """What the next ones are answered with."""
        self.held = Event()
        """While it is not set, a request waits before it is answered."""
        self.held.set()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.got.append((self.path, body["title"], body["message"]))
                outer.held.wait(20)
                self.send_response(outer.status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_port

    def url(self, who: str) -> str:
        """Return the address of somebody's pushes, with a password in it."""
        return f"json://user:hunter2@127.0.0.1:{self.port}/{who}"

    def to(self, who: str) -> list[str]:
        """Return the titles that somebody got."""
        return [title for path, title, _ in self.got if path.strip("/") == who]

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.held.set()
        self._server.shutdown()
        self._server.server_close()
