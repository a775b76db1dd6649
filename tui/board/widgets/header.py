"""The first line: the desk, the time, how mail stands, and who sits here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import product
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.content import Content

from store.words import Attendance, Role
from tui.board.cells import fit, settled, width
from tui.board.mail_words import Mail, age, mail_words
from tui.board.screens import ink
from tui.board.widgets.bar import NOTHING, Bar

if TYPE_CHECKING:
    from store.records import Actor, Whereabouts
    from store.rulebook import Rulebook

#: The calendar in which somebody is at the desk.
STAFFED = "desk"
#: What is wrong with mail is said whole on the view of intake.
_MAIL_CELLS = 44
#: Cells of the desk's name that stay where others are short of room, and all it may get then.
_DESK_CELLS = 14


@dataclass(frozen=True, slots=True)
class Stale:
    """Since when the store has not been heard, and why."""

    since: datetime
    reason: str

    @classmethod
    def for_s(cls, now: datetime, seconds: float) -> Stale:
        """Return that it has been silent for so long."""
        return cls(now - timedelta(seconds=seconds), "no answer")


@dataclass(frozen=True, slots=True)
class Standing:
    """What the header tells, at one moment."""

    now: datetime
    rules: Rulebook | None = None
    me: Actor | None = None
    mail: Mail | None = None
    """None before it is known."""
    stale: Stale | None = None
    watch: str = ""
    """Who has the watch, for when the desk is closed; "" if that is nobody's matter."""
    where: Whereabouts | None = None
    """Of who sits here; None before it is known, and of somebody who is not of the desk."""
    views: tuple[Content, ...] = ()
    """For a narrow screen: what the line of views has on a wide one, the longest form first."""


class Header(Bar):
    """Says all this, in the words that fit."""

    def tell(self, standing: Standing, *, wide: bool) -> None:
        """Say how things stand."""
        if standing.rules is None:
            state = _state(standing, self.size.width)
            self.show(Content.styled(" Deskwatch", "bold"), NOTHING, state)
        elif wide:
            self.show(*_wide(standing, standing.rules, self.size.width))
        else:
            self.show(*_narrow(standing, standing.rules, self.size.width))


def _wide(told: Standing, rules: Rulebook, cells: int) -> tuple[Content, ...]:
    from store.rules.attention import desk_status

    zone = ZoneInfo(rules.timezone)
    local = told.now.astimezone(zone)
    hours = rules.hours[STAFFED]
    status = desk_status(hours, zone, told.now)
    desk = Content.styled(settled(rules.desk), "bold")
    left = Content.assemble((" Deskwatch", "bold"), (" · ", ink.MUTED), desk)
    middle = Content.assemble(
        (f"{local:%a} {local.day} {local:%b} {local:%H:%M}", "bold"),
        (f" · {status}", ink.MUTED),
    )
    brief = Content.styled(f"{local:%H:%M}", "bold")
    person = Content("   ") + _person(told, zone, full=True)
    if told.watch and not hours.is_open(told.now):
        style = ink.LATE if told.watch.startswith("▲") else ink.MUTED
        longer = Content.assemble(middle, (" · ", ink.MUTED), (told.watch, style))
        # Who has the watch is more than what this program is called, and than one's own role.
        short = Content("   ") + _person(told, zone, full=False)
        for who, begin in product((person, short), (left, Content(" ") + desk)):
            room = cells - _cells(begin) - _cells(longer) - _cells(who) - 2
            right = _state(told, room - 2) + who
            if _cells(right) - _cells(who) <= room:
                return begin, longer, right, brief
    room = cells - _cells(left) - _cells(person) - 4
    return left, middle, _state(told, room - _cells(brief)) + person, brief


def _narrow(told: Standing, rules: Rulebook, cells: int) -> tuple[Content, ...]:
    """Return the parts; what is wrong with mail is more than views and the desk's whole name."""
    zone = ZoneInfo(rules.timezone)
    local = told.now.astimezone(zone)
    desk, time = settled(rules.desk), f"  {local:%H:%M}  "
    person = _person(told, zone, full=False)
    least = min(width(desk), _DESK_CELLS)
    room = cells - 2 - width(time) - _cells(person)
    forms = [each + Content("   ") for each in told.views] or [NOTHING]
    state = _state(told, room - least - _cells(forms[-1]))
    free = max(room - _cells(state), 1)
    views = next((each for each in forms if width(desk) + _cells(each) <= free), forms[-1])
    if least + _cells(views) > free:
        views = NOTHING
    free = max(free - _cells(views), 1)
    name = desk if width(desk) <= free else fit(desk, free)
    right = views + person
    return Content.assemble((f" {name}", "bold"), time) + state, NOTHING, right


def _cells(part: Content) -> int:
    return width(part.plain)


def _state(told: Standing, room: int) -> Content:
    """Say how mail stands, or that what is shown is old, in the longest form for the room."""
    if told.stale is not None:
        silent = age(max(told.now - told.stale.since, told.now - told.now))
        return Content.assemble((f" Stale {silent} ", f"{ink.RISK} bold reverse"))
    if told.mail is None:
        return NOTHING
    mail = mail_words(told.mail, told.now)
    longest = min(max(room, 0), _MAIL_CELLS)
    fitting = (form for form in mail.forms if width(form) <= longest)
    words = next(fitting, mail.forms[-1])
    return Content.styled(words, ink.MUTED if mail.well else f"{ink.RISK} bold")


def _person(told: Standing, zone: tzinfo, *, full: bool) -> Content:
    if told.me is None:
        return NOTHING
    notes = [str(Role.LEAD)] if told.me.role is Role.LEAD and full else []
    if told.me.read_only:
        notes = ["read-only"]
    first = settled(told.me.name).partition(" ")[0] or settled(told.me.login)
    return Content.assemble(
        (first, "bold"),
        (f" ({', '.join(notes)})" if notes else "", ink.MUTED),
        *_where(told, zone, full=full),
        " ",
    )


def _where(told: Standing, zone: tzinfo, *, full: bool) -> list[tuple[str, str]]:
    """Return " · in", or " · breather until 10:50"; of who is in nothing where room is short."""
    from tui.board.attendance_words import holds, where, where_in_short

    if told.where is None or told.me is None or told.me.read_only:
        return []
    if holds(told.where, told.now) is Attendance.IN:
        return [(" · in", ink.MUTED)] if full else []
    said = (where if full else where_in_short)(told.where, told.now, zone)
    return [(" · ", ink.MUTED), (said, "bold")]
