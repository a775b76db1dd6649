"""One request as plain text: what the request screen shows, from top to bottom."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from store.records import EventView, MessageView, RequestView
from store.rulebook import Rulebook
from store.text import lines as safe_lines
from store.text import one_line
from store.words import Direction
from tui.board.screens import clocks, facts
from tui.board.screens.stamps import size, stamp

_SAYS = {
    Direction.IN: "wrote",
    Direction.OUT: "answered",
    Direction.NOTE: "noted, for the desk only",
}
_LABEL = 16


def lines(view: RequestView, rules: Rulebook, now: datetime) -> list[str]:
    """Return the lines that ``deskwatch show`` prints."""
    tz = ZoneInfo(rules.timezone)
    row = view.row
    said = [
        f"#{row.number} {one_line(row.subject) or '(no subject)'}",
        f"{facts.priority(view)}, {facts.standing(view, rules).replace(' · ', ', ')}",
        facts.requester(view, rules).replace(" · ", ", "),
        "",
        *(f"{label:{_LABEL}}{words}" for label, words in facts.rows(view, rules, now)),
    ]
    said += _titled("Clocks", _clocks(view, rules, now))
    for message in view.messages:
        said += ["", *_message(message, now, tz)]
    return said + _titled(
        "History", [line for event in view.history for line in _event(event, now, tz)]
    )


def _titled(title: str, body: list[str]) -> list[str]:
    return ["", title, *(f"  {line}".rstrip() for line in body)] if body else []


def _clocks(view: RequestView, rules: Rulebook, now: datetime) -> list[str]:
    said = []
    for clock in clocks.shown(view):
        words = clocks.words(clock, rules, now).plain
        glyph, _, rest = words.partition(" ")
        # A glyph is for the eye; read aloud it says nothing that the words do not.
        said.append(f"{clocks.NAMES[clock.metric]:{_LABEL}}{rest if len(glyph) == 1 else words}")
    return said


def _message(message: MessageView, now: datetime, tz: ZoneInfo) -> list[str]:
    sender = one_line(message.sender.name) or one_line(message.sender.address) or "somebody"
    text = safe_lines(message.text).strip("\n").rstrip()
    quoted = safe_lines(message.quoted).strip("\n").rstrip()
    delivery = f" ({message.delivery})" if message.delivery else ""
    said = [f"{sender} {_SAYS[message.direction]}, {stamp(message.at, now, tz)}{delivery}"]
    said += [f"  {line}".rstrip() for line in (text or "(no text)").split("\n")]
    if quoted:
        count = quoted.count("\n") + 1
        said.append(f"  ({count:,} quoted {'line' if count == 1 else 'lines'})")
    for each in message.attachments:
        name = one_line(each.name) or "(no name)"
        said.append(f"  attached: {name}, {size(each.size)}, {one_line(each.type)}")
    said += [f"  damaged: {one_line(each)}" for each in message.defects]
    return said


def _event(event: EventView, now: datetime, tz: ZoneInfo) -> list[str]:
    undone = " (undone)" if event.undone else ""
    told = f"{stamp(event.at, now, tz)}  {one_line(event.who)} {one_line(event.text)}{undone}"
    return [told, *(f"       because {one_line(reason)}" for reason in event.why)]
