"""What the poller logs: an event a line, for people or as JSON, safe whatever a server said."""

from __future__ import annotations

import io
import json
import logging

import pytest

from tui.cli import log_lines


def record(message: str, **extra: object) -> logging.LogRecord:
    """Return what a module logs."""
    log = logging.getLogger("intake.mailbox")
    return log.makeRecord(log.name, logging.WARNING, "f.py", 1, message, (), None, extra=extra)


def said(message: str, **extra: object) -> str:
    """Return the line for people, without its time."""
    line = log_lines.formatter(as_json=False).format(record(message, **extra))
    at, _, rest = line.partition(" ")
    assert len(at) == len("2026-11-23T10:42:00Z")
    assert at.endswith("Z")
    return rest


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ({}, "WARNING it broke"),
        ({"mailbox": "help", "mails": 3}, "WARNING it broke mailbox=help mails=3"),
        ({"error": 'no "server" there'}, 'WARNING it broke error="no \\"server\\" there"'),
        (
            {"error": "\x1b[31mred\x9b\u202e\nINFO forged"},
            'WARNING it broke error="[31mred INFO forged"',
        ),
        ({"error": ValueError("odd")}, "WARNING it broke error=odd"),
    ],
)
def test_a_line_for_people(extra, expected):
    """Words first, then what belongs to the event; nothing can make a second line."""
    assert said("it broke", **extra) == expected


def test_a_line_of_json():
    """An object with the same keys."""
    formatted = log_lines.formatter(as_json=True).format(
        record("it broke", mailbox="help", mails=3, error="\x1b]0;é\x07\nx")
    )
    line = json.loads(formatted)
    assert line.pop("at").startswith("20")
    assert line == {
        "level": "warning",
        "event": "it broke",
        "mailbox": "help",
        "mails": 3,
        "error": "]0;é x",
    }
    assert "\n" not in formatted


def test_a_line_that_is_endless_is_cut():
    """A server may say what it likes."""
    assert len(said("it broke", error="x" * 100_000)) < 2000


class _Full(io.StringIO):
    def write(self, text: str) -> int:
        raise OSError(28, "No space left on device")


def test_a_log_that_cannot_be_written_stops_nothing(capsys):
    """A full disk under the log file, a pipe whose reader has gone."""
    log = logging.getLogger("intake")
    before = log.propagate, log.level
    log_lines.start(_Full(), as_json=False)
    try:
        log.warning("it broke")
    finally:
        log.handlers.pop()
        logging.getLogger().handlers.pop()
        log.propagate, log.level = before
    assert capsys.readouterr().err == ""
