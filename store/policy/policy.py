"""The whole config file as one value, and the part of it that every board shares."""

from __future__ import annotations

from pydantic import Field

from store.policy import catalogue
from store.policy.calendars import Calendar
from store.policy.calls import Calls
from store.policy.departments import Department
from store.policy.desk import Database, Desk
from store.policy.keys import KeyList
from store.policy.mailboxes import MailboxConfig
from store.policy.matrix import Matrix
from store.policy.names import Key
from store.policy.outgoing import Outgoing
from store.policy.people import Person
from store.policy.reports import Report
from store.policy.roster import RosterPlan
from store.policy.section import Section
from store.policy.services import Service
from store.policy.targets import TargetTable
from store.policy.templates import Answers, Canned, Templates
from store.policy.workload import Load

#: The hours of the staffed calendar, whatever it is called, and those that never close.
DESK_HOURS, ALWAYS = "desk", "always"


class Agreed(Section):
    """What the people of a desk have agreed on: the same for every board and poller."""

    desk: Desk = Field(description="The desk itself.", examples=[{}])
    people: list[Person] = Field(
        min_length=1,
        description="Who is on the desk: technicians and leads.",
        examples=[[{}]],
    )
    departments: dict[Key, Department] = Field(default={}, description="Where requesters belong.")
    calendars: dict[Key, Calendar] = Field(
        default={}, description="Opening hours, by a short name. `always` is built in."
    )
    services: dict[Key, Service] = Field(
        default_factory=catalogue.usual,
        description="The service catalogue. Left out: a small one for any desk.",
    )
    reports: list[Report] = Field(
        default=[],
        description="Automatic reports (backups, monitoring, scanners) that open requests. All "
        "others are kept with the reason, one key away from being opened.",
    )
    matrix: Matrix = Field(default=Matrix(), description="Impact and urgency make the priority.")
    targets: TargetTable = Field(
        default=TargetTable(), description="How fast we promise to be, by priority."
    )
    load: Load = Field(default=Load(), description="What open work weighs.")
    roster: RosterPlan | None = Field(
        default=None, description="Who has the watch when the desk is closed."
    )
    calls: Calls = Field(
        default=Calls(), description="Who is called to emergencies while the desk is closed."
    )
    answers: Answers = Field(
        default=Answers(), description="What the desk sends by itself, and how much at most."
    )
    templates: Templates = Field(
        default=Templates(), description="The mails that the desk writes by itself."
    )
    canned: list[Canned] = Field(
        default=[], description="Answers that are given often, one key away on the board."
    )
    keys: dict[str, KeyList] = Field(
        default={},
        description="Keys of your own, by the name of the action: one key, or several in a list. "
        "`?` on the board and docs/keys.md name them all.",
        examples=[{"claim": "c", "undo": ["u", "ctrl+z"]}],
    )

    @property
    def staffed(self) -> str:
        """Name of the calendar of the hours when somebody is at the desk.

        ``desk`` where no calendar has that name: the usual hours.
        """
        if self.desk.calendar or len(self.calendars) != 1:
            return self.desk.calendar or DESK_HOURS
        return next(iter(self.calendars))


class Policy(Agreed):
    """The config file: what is agreed on, and what only this machine needs to know."""

    database: Database = Field(default=Database(), description="Where everything is kept.")
    mailboxes: list[MailboxConfig] = Field(default=[], description="The mailboxes that are read.")
    outgoing: Outgoing | None = Field(
        default=None, description="The server that takes the desk's mail."
    )

    @property
    def drop_folders(self) -> dict[str, str]:
        """Mailbox name to the login of the person whose drop folder it is."""
        return {box.name: box.person for box in self.mailboxes if box.kind == "direct"}

    @property
    def sender(self) -> str:
        """The address that the desk's mail comes from; "" if it sends none."""
        if self.outgoing is None:
            return ""
        return self.outgoing.sender or self.desk.addresses[0]


class Applied(Agreed):
    """What a policy row of the store holds: no servers, no accounts, no database."""

    drop_folders: dict[str, str] = Field(
        default={}, description="Mailbox name to the login whose direct mail it holds."
    )
    sender: str = Field(
        default="", description="The address the desk's mail comes from. Left out: it sends none."
    )


def applied(policy: Policy) -> Applied:
    """Return the part of ``policy`` that goes into the store."""
    shared = {name: getattr(policy, name) for name in Agreed.model_fields}
    # Where people are called is a secret of the file.
    shared["people"] = [each.model_copy(update={"notify": []}) for each in policy.people]
    return Applied(**shared, drop_folders=policy.drop_folders, sender=policy.sender)
