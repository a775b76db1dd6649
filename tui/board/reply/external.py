"""A text written in the person's own editor; whatever the editor does, no text is lost."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from store.text import lines, one_line

#: A text in another encoding than the desk's is salvaged by this one.
_FALLBACK = "latin-1"


class NoEditorError(Exception):
    """There is no editor; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Edited:
    """The text afterwards, and what there is to say of it; "" if all went well."""

    text: str
    said: str = ""


def command(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Return the words that start the editor.

    Raises:
        NoEditorError: none is set.
    """
    wanted = environment.get("VISUAL") or environment.get("EDITOR") or ""
    try:
        words = shlex.split(wanted)
    except ValueError as error:
        raise NoEditorError(f"EDITOR is {one_line(wanted)}: {error}.") from error
    if not words:
        raise NoEditorError("No editor is set. Before you start the board: export EDITOR=nano")
    return words


def edit(text: str, words: list[str]) -> Edited:
    """Return ``text`` as it is when the editor that ``words`` start has ended.

    An editor that ends with an error has changed nothing; one that was killed leaves what it
    had saved. Nothing is raised: a board that handed its terminal over must take it back.
    """
    name = Path(words[0]).name
    place = Path()
    try:
        handle, path = tempfile.mkstemp(prefix="deskwatch-reply-", suffix=".txt")
        place = Path(path)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        with _deaf_to_ctrl_c():
            status = subprocess.call([*words, path])  # noqa: S603 -- what the person has set
        if status > 0:
            return Edited(text, f"{name} ended with status {status}; the text is as it was.")
        saved = _read(place, text)
        if status < 0 and not saved.strip():
            saved = text  # it was killed in the middle of saving
    except OSError as error:
        reason = one_line(error.strerror or str(error))
        return Edited(text, f"{name} cannot be used: {reason}. Is EDITOR right?")
    finally:
        with suppress(OSError):
            place.unlink()
    killed = f"{name} was killed; the text is what it had saved." if status < 0 else ""
    return Edited(saved, killed)


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Let Ctrl+C in the editor be the editor's matter alone; the board would leave with it."""
    try:
        before = signal.signal(signal.SIGINT, lambda *_: None)  # not SIG_IGN: that is inherited
    except ValueError:  # not in the main thread, so no signal comes here
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _read(place: Path, before: str) -> str:
    try:
        data = place.read_bytes()
    except FileNotFoundError:  # the editor took it away
        return before
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode(_FALLBACK)
    return lines(text).rstrip("\n")
