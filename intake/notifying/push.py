"""One notice over Apprise, and how far it came.

Apprise says only yes or no, and logs why; its log is read here and goes nowhere else, for it
may hold passwords. What it says becomes one of a few plain sentences.
"""

from __future__ import annotations

import logging
import re
import threading
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

_STATUS = re.compile(r"error\s*[=:]\s*(\d{3})\b")
_FIRST_REFUSAL, _AFTER_REFUSALS = 400, 500
#: The service asks to come again: time-out, too early, too many requests.
_COME_AGAIN = {408, 425, 429}
_NOT_REACHED = re.compile(
    r"max retries exceeded|failed to establish|name or service not known|newconnection"
    r"|nameresolution|connection refused|connecttimeout|certificate verify failed",
    re.IGNORECASE,
)
_WORDS = {
    401: "it does not accept our key or password",
    403: "it does not accept our key or password",
    404: "it knows no such receiver",
    413: "the text is too long for it",
    429: "we have sent it too much",
}


class Outcome(Enum):
    """How far a notice came."""

    SENT = auto()
    LATER = auto()
    """It was not taken now; the next try may go well."""
    REFUSED = auto()
    DOUBT = auto()
    """It may have arrived."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of a notice, and why; ``why`` is "" if it was sent."""

    outcome: Outcome
    why: str = ""


class BadAddress(Exception):
    """Apprise makes nothing of an address."""


class Receiver:
    """A place of Apprise, ready to be told something."""

    def __init__(self, address: str) -> None:
        """Understand ``address``.

        Raises:
            BadAddress: Apprise does not.
        """
        from apprise import Apprise

        with _reading_its_log():
            try:
                self._service: Any = Apprise.instantiate(address, suppress_exceptions=True)
            except Exception:  # noqa: BLE001 - a library that reads text of people
                self._service = None
        if self._service is None:
            raise BadAddress(
                "Apprise does not understand this address; look its form up at "
                "https://appriseit.com/services/"
            )

    def send(self, subject: str, text: str, *, urgent: bool) -> Handed:
        """Hand a notice over; raises nothing."""
        from apprise import NotifyType

        kind = NotifyType.FAILURE if urgent else NotifyType.INFO
        with _reading_its_log() as log:
            try:
                taken = self._service.notify(body=text, title=subject, notify_type=kind)
            except Exception as error:  # noqa: BLE001 - a hundred services, each with its own
                return Handed(Outcome.DOUBT, f"Apprise broke off ({type(error).__name__})")
        return Handed(Outcome.SENT) if taken else _why("\n".join(log))


def _why(log: str) -> Handed:
    """Return what Apprise's log says about a notice that did not go through."""
    codes = _STATUS.findall(log)
    if codes:
        code = int(codes[-1])
        words = f": {_WORDS[code]}" if code in _WORDS else ""
        never = _FIRST_REFUSAL <= code < _AFTER_REFUSALS and code not in _COME_AGAIN
        outcome = Outcome.REFUSED if never else Outcome.LATER
        return Handed(outcome, f"the service answered {code}{words}")
    if "read timed out" not in log.lower() and _NOT_REACHED.search(log):
        return Handed(Outcome.LATER, "the service cannot be reached")
    return Handed(Outcome.DOUBT, "the service did not say whether it has it")


class _Log(logging.Handler):
    """Keeps what Apprise logs in the thread that sends, while it does."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self._here = threading.local()

    def emit(self, record: logging.LogRecord) -> None:
        lines: list[str] | None = getattr(self._here, "lines", None)
        if lines is not None:
            lines.append(record.getMessage())

    def __enter__(self) -> list[str]:
        lines: list[str] = []
        self._here.lines = lines
        return lines

    def __exit__(self, *_: object) -> None:
        self._here.lines = None


_LOG = _Log()


def _reading_its_log() -> _Log:
    logger = logging.getLogger("apprise")
    if _LOG not in logger.handlers:
        logger.propagate = False
        logger.addHandler(_LOG)
        logger.setLevel(logging.DEBUG)
    return _LOG
