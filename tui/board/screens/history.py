"""The history of a request: when, who, what; what was undone stays, struck and said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from textual.content import Content

from store.records import EventView
from store.text import one_line
from tui.board.screens import ink


def column(events: Sequence[EventView], now: datetime, tz: tzinfo) -> Content:
    """Return the events, newest at the bottom, under a line for each day."""
    rows: list[Content] = []
    day: date | None = None
    for event in events:
        local = event.at.astimezone(tz)
        if local.date() != day:
            day = local.date()
            rows.append(Content.styled(_day(day, now.astimezone(tz).date()), ink.MUTED))
        rows.append(entry(event, tz))
    return Content("\n").join(rows)


def entry(event: EventView, tz: tzinfo) -> Content:
    """Return one event: "10:31  Ana  claimed"."""
    who, text = one_line(event.who) or "Deskwatch", one_line(event.text)
    words = Content.assemble((who, "bold"), " ", text)
    if event.undone:
        words = Content.assemble(words.stylize("strike"), (" undone", ink.MUTED))
    return Content.assemble((f"{event.at.astimezone(tz):%H:%M}  ", ink.MUTED), words)


def _day(day: date, today: date) -> str:
    if day == today:
        return "today"
    return f"{day:%a} {day.day} {day:%b}" + (f" {day.year}" if day.year != today.year else "")
