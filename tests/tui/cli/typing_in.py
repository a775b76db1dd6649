"""Running commands as from a shell, with what is typed in."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from typing import Any

from tui.cli.main import main


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """What it printed, by lines."""
        return self.out.splitlines()


class Shell:
    """Runs ``deskwatch`` in this process."""

    def __init__(self, monkeypatch: Any, capsys: Any) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *words: object, typed: str = "") -> Ran:
        """Run ``deskwatch`` with ``words`` and ``typed`` on standard input."""
        self._monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        self._capsys.readouterr()
        status = main([str(word) for word in words])
        out, err = self._capsys.readouterr()
        return Ran(status, out, err)
