"""Where the browser comes back to."""

from __future__ import annotations

import os
import socket
import struct
from contextlib import closing
from pathlib import Path

import pytest

from intake.login.redirect import Redirect, brought


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://127.0.0.1:5/?code=4%2F0A&state=s", {"code": "4/0A", "state": "s"}),
        ("/?error=access_denied", {"error": "access_denied"}),
        ("/favicon.ico", {}),
        ("hello", {}),
        ("", {}),
        ("http://[", {}),
        ("/?code=" + "x" * 9000, {}),
        ("/?" + "&".join(f"a{n}=b" for n in range(100)) + "&code=1", {}),
    ],
)
def test_what_an_address_brings(address, expected):
    """Its parameters, if a sign-in ends with such ones."""
    assert brought(address) == expected


def test_an_address_may_be_pasted():
    """The browser is on another machine; other lines are passed over."""
    reading, writing = os.pipe()
    with os.fdopen(reading) as typed, closing(Redirect(typed)) as redirect:
        os.write(writing, b"\nwhat?\nhttp://127.0.0.1:9/?code=abc&state=s\n")
        assert redirect.wait(20) == {"code": "abc", "state": "s"}
        os.close(writing)


@pytest.mark.parametrize(
    "said", [b"", b"\x16\x03\x01 TLS?\r\n\r\n", b"GET\r\n\r\n", b"POST / HTTP/1.1\r\n\r\n"]
)
def test_a_visitor_who_talks_nonsense_is_passed_over(said, capfd):
    """Nothing of it reaches the terminal, and the next one is heard."""
    with closing(Redirect(None)) as redirect:
        port = int(redirect.address.rpartition(":")[2])
        first = socket.create_connection(("127.0.0.1", port))
        first.sendall(said)
        # Closed with a reset: what the server then writes fails.
        first.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        first.close()
        second = socket.create_connection(("127.0.0.1", port))
        second.sendall(b"GET /?code=abc HTTP/1.0\r\n\r\n")
        assert redirect.wait(20) == {"code": "abc"}
        second.close()
    assert capfd.readouterr() == ("", "")


def test_nobody_comes():
    """The wait ends, also where nobody can type and somebody connects and says nothing."""
    with Path(os.devnull).open() as typed, closing(Redirect(typed)) as redirect:
        port = int(redirect.address.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as silent:
            silent.shutdown(socket.SHUT_WR)
            assert redirect.wait(0.3) == {}
