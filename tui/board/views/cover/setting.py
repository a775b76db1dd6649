"""What cover is told by and changed by: the roster, who sits here, names, the present."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from store.rules.cover_words import period
from store.rules.walltime import zone
from store.words import Role

if TYPE_CHECKING:
    from store.records import Actor
    from store.rules.roster import Roster
    from tui.board.telling import Names


@dataclass(frozen=True, slots=True)
class Setting:
    """All of it, at one moment."""

    roster: Roster
    me: Actor
    names: Names
    now: datetime

    @property
    def tz(self) -> tzinfo:
        """The zone of the roster."""
        return zone(self.roster.tz)

    @property
    def today(self) -> date:
        """The date there."""
        return self.now.astimezone(self.tz).date()

    @property
    def i_lead(self) -> bool:
        """Whether a lead sits here."""
        return self.me.role is Role.LEAD

    def local(self, at: datetime) -> datetime:
        """Return an instant on the roster's wall clock, naive, in whole minutes."""
        return at.astimezone(self.tz).replace(tzinfo=None, second=0, microsecond=0, fold=0)

    def span(self, start: datetime, end: datetime) -> str:
        """Return "Sat 28 Nov 14:00–22:00", or both days if it ends on another."""
        return period(self.local(start), self.local(end), self.today)

    def called(self, login: str) -> str:
        """Return what the team calls somebody; "(me)" for who sits here."""
        return self.names.person(login) + (" (me)" if login == self.me.login else "")

    @property
    def takes_turns(self) -> set[str]:
        """The logins of everybody in a rotation."""
        return {login for rotation in self.roster.rotations for login in rotation.people}
