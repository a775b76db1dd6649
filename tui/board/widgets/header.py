"""The first line: the desk, the time, how mail stands, and who sits here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.content import Content

from store.words import Role
from tui.board.cells import fit, settled, width
from tui.board.mail_words import age, mail_words
from tui.board.screens import ink
from tui.board.widgets.bar import NOTHING, Bar

if TYPE_CHECKING:
    from store.records import Actor, MailboxHealth
    from store.rulebook import Rulebook

#: The calendar in which somebody is at the desk.
STAFFED = "desk"
#: What is wrong with mail is said whole by ``deskwatch status``.
_MAIL_CELLS = 44


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
    mail: tuple[MailboxHealth, ...] | None = None
    """None before it is known."""
    stale: Stale | None = None
    counts: str = ""
    """For a narrow screen: what the line of views has on a wide one."""


class Header(Bar):
    """Says all this, in the words that fit."""

    def tell(self, standing: Standing, *, wide: bool) -> None:
        """Say how things stand."""
        if standing.rules is None:
            self.show(Content.styled(" Deskwatch", "bold"), NOTHING, _state(standing))
        elif wide:
            self.show(*_wide(standing, standing.rules))
        else:
            self.show(*_narrow(standing, standing.rules))


def _wide(told: Standing, rules: Rulebook) -> tuple[Content, Content, Content, Content]:
    from store.rules.attention import desk_status

    zone = ZoneInfo(rules.timezone)
    local = told.now.astimezone(zone)
    status = desk_status(rules.hours[STAFFED], zone, told.now)
    left = Content.assemble(
        (" Deskwatch", "bold"), (" · ", ink.MUTED), (settled(rules.desk), "bold")
    )
    middle = Content.assemble(
        (f"{local:%a} {local.day} {local:%b} {local:%H:%M}", "bold"),
        (f" · {status}", ink.MUTED),
    )
    right = _state(told) + Content("   ") + _person(told, full=True)
    return left, middle, right, Content.styled(f"{local:%H:%M}", "bold")


def _narrow(told: Standing, rules: Rulebook) -> tuple[Content, Content, Content]:
    local = told.now.astimezone(ZoneInfo(rules.timezone))
    left = Content.assemble((f" {settled(rules.desk)}", "bold"), f"  {local:%H:%M}  ")
    right = Content.styled(told.counts, ink.MUTED) + _person(told, full=False)
    return left + _state(told), NOTHING, right


def _state(told: Standing) -> Content:
    """Say how mail stands, or that what is shown is old."""
    if told.stale is not None:
        silent = age(max(told.now - told.stale.since, told.now - told.now))
        return Content.assemble((f" Stale {silent} ", f"{ink.RISK} bold reverse"))
    if told.mail is None:
        return NOTHING
    words, well = mail_words(told.mail, told.now)
    words = words if width(words) <= _MAIL_CELLS else fit(words, _MAIL_CELLS)
    return Content.styled(words, ink.MUTED if well else f"{ink.RISK} bold")


def _person(told: Standing, *, full: bool) -> Content:
    if told.me is None:
        return NOTHING
    notes = [str(Role.LEAD)] if told.me.role is Role.LEAD and full else []
    if told.me.read_only:
        notes = ["read-only"]
    first = settled(told.me.name).partition(" ")[0] or settled(told.me.login)
    return Content.assemble(
        (first, "bold"), (f" ({', '.join(notes)})" if notes else "", ink.MUTED), " "
    )
