"""Replies that were begun, by request; their texts outlive the board, and a crash of it.

Each is a file of its own that only its writer may read, in a folder for this desk and this
person (XDG base directories: state). It goes when the reply is sent or thrown away. Files that
are attached are not copied there: they are on this machine anyway.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections import UserDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from store.text import lines
from tui.board.reply.draft import Draft


@dataclass(frozen=True, slots=True)
class Found:
    """What was kept from last time."""

    numbers: tuple[int, ...]
    attached: bool = False
    """Files were attached, and are not any more."""

    def __str__(self) -> str:
        """Say it: "Kept from last time: the draft for #1042"."""
        noun = "draft" if len(self.numbers) == 1 else "drafts"
        named = ", ".join(f"#{number}" for number in self.numbers)
        files = "; files are to be attached again" if self.attached else ""
        return f"Kept from last time: the {noun} for {named}{files}"


class Drafts(UserDict[int, Draft]):
    """Drafts by the number of their request. Until ``keep`` they are in memory only."""

    def __init__(self) -> None:
        """Start with none."""
        super().__init__()
        self._folder: Path | None = None
        self._failed: set[int] = set()

    def keep(self, desk: str, login: str, environment: Mapping[str, str] = os.environ) -> Found:
        """Keep the drafts of ``login`` on ``desk`` from now on; return what there was of them."""
        state = environment.get("XDG_STATE_HOME") or "~/.local/state"
        name = hashlib.sha256(f"{login}\0{desk}".encode()).hexdigest()[:24]
        with suppress(RuntimeError):  # there is no home
            self._folder = Path(state).expanduser() / "deskwatch" / "drafts" / name
        found: list[int] = []
        attached = False
        for file in self._files():
            draft, files = _read(file)
            if draft and int(file.stem) not in self.data:
                self.data[int(file.stem)] = draft
                found.append(int(file.stem))
                attached = attached or files
        return Found(tuple(sorted(found)), attached)

    @property
    def fate(self) -> str:
        """What becomes of them when the board is left now, in a sentence."""
        if self._folder is None or self._failed:
            return "This machine cannot keep what is written."
        if any(draft.files for draft in self.data.values()):
            return "What is written is kept for next time, attached files are not."
        return f"{'It is' if len(self.data) == 1 else 'They are'} kept for next time."

    def __setitem__(self, number: int, draft: Draft) -> None:
        """Keep ``draft``."""
        super().__setitem__(number, draft)
        self._failed.discard(number)
        if self._folder is None:
            return
        if not draft.text.strip():
            self._remove(number)
            return
        try:
            _write(self._file(number), draft)
        except OSError:  # a full disk, a home that cannot be written to: it is still in memory
            self._failed.add(number)

    def __delitem__(self, number: int) -> None:
        """Forget the draft of a request."""
        super().__delitem__(number)
        self._failed.discard(number)
        self._remove(number)

    def _file(self, number: int) -> Path:
        return (self._folder or Path()) / f"{number}.json"

    def _files(self) -> list[Path]:
        if self._folder is None:
            return []
        try:
            files = [each for each in self._folder.glob("*.json") if each.stem.isdecimal()]
        except OSError:
            return []
        return sorted(files)

    def _remove(self, number: int) -> None:
        if self._folder is not None:
            with suppress(OSError):
                self._file(number).unlink()


def _write(file: Path, draft: Draft) -> None:
    """Write all of it or nothing."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    said = {"text": draft.text, "files": [each.name for each in draft.files]}
    handle, beside = tempfile.mkstemp(dir=file.parent)  # readable by its owner only
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as opened:
            json.dump(said, opened, ensure_ascii=False)
        Path(beside).replace(file)
    except OSError:
        with suppress(OSError):
            Path(beside).unlink()
        raise


def _read(file: Path) -> tuple[Draft, bool]:
    """Return a draft, and whether files were attached to it; an empty one if it is damaged."""
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        return Draft(lines(said["text"])), bool(said["files"])
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Draft(), False
