"""What happens with an error nobody foresaw: its traceback goes to a file, one line to the user."""

from __future__ import annotations

import contextlib
import os
import traceback
from pathlib import Path

from store.clock import SystemClock


def log_file() -> Path:
    """Return the log of unforeseen errors (XDG base directories: state)."""
    state = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    return Path(state).expanduser() / "deskwatch" / "errors.log"


def explain(error: BaseException) -> str:
    """Write ``error``'s traceback to the log and return the line for the user."""
    what = f"an error that should not happen ({type(error).__name__}: {error})"
    path = log_file()
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"--- {SystemClock().now().isoformat()}\n")
            traceback.print_exception(error, file=log)
        return f"{what}; what led to it is in {path}"
    return what
