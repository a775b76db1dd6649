"""The history of a request: when, who, what and why; what was undone stays, struck and said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from textual.content import Content

from store.records import EventView
from tui.board.cells import settled
from tui.board.screens import ink

#: Cells of "10:31" and a gap.
LABEL_WIDTH = 7


def rows(events: Sequence[EventView], now: datetime, tz: tzinfo) -> list[tuple[str, Content]]:
    """Return the events as (time, words), newest at the bottom, each day under its name."""
    rows: list[tuple[str, Content]] = []
    day: date | None = None
    for event in events:
        local = event.at.astimezone(tz)
        if local.date() != day:
            day = local.date()
            rows.append((_day(day, now.astimezone(tz).date()), Content("")))
        rows.append((f"{local:%H:%M}", entry(event)))
        if event.why:
            why = "; ".join(settled(each) for each in event.why)
            rows.append(("", Content.styled(why, ink.MUTED)))
    return rows


def entry(event: EventView) -> Content:
    """Return what one event says: "Ana claimed"; struck, and said, where it was undone."""
    who, text = settled(event.who) or "Deskwatch", settled(event.text)
    words = Content.assemble((who, "bold"), " ", text)
    if event.undone:
        words = Content.assemble(words.stylize("strike"), (" undone", ink.MUTED))
    return words


def _day(day: date, today: date) -> str:
    if day == today:
        return "today"
    return f"{day:%a} {day.day} {day:%b}" + (f" {day.year}" if day.year != today.year else "")
