"""What the poller logs: an event a line, in words and ``key=value``, or as JSON (structlog).

The rooms log with the standard library, what belongs to an event in ``extra``; here it gets
its form. Every text passes ``store/text.py``: a mail server's words are in some of them.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, TextIO

import structlog

from store.text import one_line

if TYPE_CHECKING:
    from structlog.typing import EventDict, WrappedLogger

    from tui.cli.progress import ProgressBar

#: A server's answer may be long; a line of a log need not.
_LONGEST = 1000


def start(stream: TextIO, *, as_json: bool, bar: ProgressBar | None = None) -> None:
    """Log what ``intake`` does to ``stream``, above ``bar`` if there is one.

    The libraries' own loggers stay quiet: some of them log mail.
    """
    # Without any handler Python prints what libraries warn about, tracebacks included.
    logging.getLogger().addHandler(logging.NullHandler())
    lines = _Lines(stream, bar)
    lines.setFormatter(formatter(as_json=as_json))
    log = logging.getLogger("intake")
    log.addHandler(lines)
    log.setLevel(logging.INFO)
    log.propagate = False


def formatter(*, as_json: bool) -> logging.Formatter:
    """Return what makes a line of a record."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            structlog.stdlib.ExtraAdder(),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _safe,
            structlog.processors.JSONRenderer(ensure_ascii=False) if as_json else _for_people,
        ],
    )


def _safe(_logger: WrappedLogger, _method: str, fields: EventDict) -> EventDict:
    """Let nothing but numbers and one-line texts pass, the event first."""
    order: EventDict = {"at": "", "level": "", "event": "", **fields}
    return {
        key: value
        if isinstance(value, bool | int | float) or value is None
        else one_line(str(value))[:_LONGEST]
        for key, value in order.items()
    }


_RENDER = structlog.processors.LogfmtRenderer()


def _for_people(logger: WrappedLogger, method: str, fields: EventDict) -> str:
    """Return ``2026-11-23T10:42:00Z INFO connected mailbox=help server=imap.example:993``."""
    at, level, event = (fields.pop(key) for key in ("at", "level", "event"))
    # Whole seconds do for people; JSON keeps the rest.
    head = f"{at[:19]}Z {level.upper():7} {event}"
    said = _RENDER(logger, method, fields)
    return f"{head} {said}" if said else head


class _Lines(logging.StreamHandler):  # type: ignore[type-arg]
    """Log lines on a stream, above the progress bar."""

    def __init__(self, stream: TextIO, bar: ProgressBar | None) -> None:
        super().__init__(stream)
        self._bar = bar

    def emit(self, record: logging.LogRecord) -> None:
        if self._bar is not None:
            self._bar.clear()
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Do nothing: a log that cannot be written (a full disk, a closed pipe) stops no mail."""
