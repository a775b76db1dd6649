"""The demo's outgoing post: takes every mail of the desk, and keeps it beside the database.

It delivers to nobody: the people of the school are made up, and so are their addresses.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from store.errors import MailUnreachable


class _Letterbox:
    """Puts each mail into a file of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        name = f"{next(self._numbers):05}.eml"
        (self._folder / name).write_bytes(envelope.original_content)
        return "250 delivered to nobody: this is a demo"


@contextlib.contextmanager
def post(folder: Path, port: int) -> Iterator[None]:
    """Take mail on ``port`` of this machine, into ``folder``, until left."""
    from aiosmtpd.controller import Controller

    folder.mkdir(exist_ok=True)
    controller = Controller(
        _Letterbox(folder), hostname="127.0.0.1", port=port, enable_SMTPUTF8=True
    )
    try:
        controller.start()
    except (OSError, TimeoutError) as error:
        raise MailUnreachable(
            "the demo's mail server did not start; is a firewall blocking loopback?"
        ) from error
    try:
        yield
    finally:
        controller.stop()
