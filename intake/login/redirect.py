"""Where the browser comes back to after a sign-in: this machine, or an address pasted by hand."""

from __future__ import annotations

import select
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TextIO
from urllib.parse import parse_qsl, urlsplit

#: Seconds in which a person signs in, and in which a browser sends its few lines.
_PATIENCE, _QUICK = 900.0, 5.0
_PAGE = b"Deskwatch has what it needs. You can close this page and go back to the terminal.\n"
_ONE_KIB = 1024


class Redirect:
    """A port on this machine to which the browser is sent back, for one sign-in.

    A browser on another machine cannot reach it: it shows an error, and the address above it
    holds what we need. So an address typed in does as well.
    """

    def __init__(self, typed: TextIO | None) -> None:
        """Listen on a port of its own; ``typed`` is where people paste the address, if they can."""
        self._typed = typed
        self._came: dict[str, str] = {}
        came = self._came

        class Answer(BaseHTTPRequestHandler):
            """Takes what the browser brings."""

            timeout = _QUICK

            def do_GET(self) -> None:
                """Keep it; a browser asks for other things too."""
                came.update(brought(self.path))
                self.send_response(200)
                self.send_header("Content-Type", "text/plain; charset=utf-8")
                self.send_header("Content-Length", str(len(_PAGE)))
                self.end_headers()
                self.wfile.write(_PAGE)

            def log_message(self, *_: object) -> None:
                """Say nothing: the address holds a secret."""

        self._server = HTTPServer(("127.0.0.1", 0), Answer)

    @property
    def address(self) -> str:
        """The address for the browser to come back to."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def wait(self, patience: float = _PATIENCE) -> dict[str, str]:
        """Return what the browser brings, or what is pasted; {} after ``patience`` seconds."""
        until = time.monotonic() + patience
        heard = [self._server.fileno(), *([] if self._typed is None else [self._typed.fileno()])]
        while not self._came and (left := until - time.monotonic()) > 0:
            ready, _, _ = select.select(heard, [], [], left)
            if self._server.fileno() in ready:
                self._server.handle_request()
            elif ready and self._typed is not None:
                line = self._typed.readline()
                if not line:  # nobody can type here
                    heard = heard[:1]
                self._came.update(brought(line.strip()))
        return dict(self._came)

    def close(self) -> None:
        """Stop listening."""
        self._server.server_close()


def brought(address: str) -> dict[str, str]:
    """Return the parameters of an address, if it is one that a sign-in ends with."""
    if len(address) > 8 * _ONE_KIB:
        return {}
    try:
        found = dict(parse_qsl(urlsplit(address).query, max_num_fields=50))
    except ValueError:
        return {}
    return found if "code" in found or "error" in found else {}
