"""Mail about a known outage: the first asks, and later ones join its parent by themselves.

Where nothing is known to be down this costs nothing: no outage was ever declared, or one look
a batch says that none is open.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from store.commands.known_outages import open_outages
from store.commands.taking_in.lookup import Known, look_up_cases
from store.facts.engine import Writing
from store.rulebook import Rulebook
from store.rules import outages as rules_of_outages
from store.rules.emergencies import why_emergency
from store.rules.outages import Asked, KnownOutage, about, concerning
from store.rules.prepared import Letter
from store.rules.threads import Belongs

if TYPE_CHECKING:
    from datetime import datetime

    from store.commands.taking_in.batch import Batch


class Outages:
    """The outages that are known while a batch is taken in; read when first needed."""

    def __init__(self, rules: Rulebook, writing: Writing) -> None:
        """Know nothing yet."""
        self._rules = rules
        self._writing = writing
        self._open: tuple[KnownOutage, ...] | None = None

    @property
    def open(self) -> tuple[KnownOutage, ...]:
        """Those that are not over."""
        if self._open is None:
            ever = self._writing.next_id("outage") > 1
            self._open = open_outages(self._writing.connection) if ever else ()
        return self._open

    def told(self, service: str, joined: int | None) -> str:
        """Return what somebody is told who asks for ``service``, or joins outage ``joined``."""
        if not self.open:
            return ""
        those = {each.id: each for each in concerning(self.open, service)}
        those |= {each.id: each for each in self.open if each.id == joined}
        services = {key: each.name for key, each in self._rules.services.items()}
        now, timezone = self._writing.now, self._rules.timezone
        return rules_of_outages.told(those.values(), services, now, timezone)


def belongs(
    letter: Letter, arrived_at: datetime, where: Belongs, known: Known, batch: Batch
) -> Belongs:
    """Return where a mail belongs that would open a request: with the outage it is about."""
    if where.joins is not None or not batch.outages.open:
        return where
    triage = letter.triage
    asked = Asked(
        service=triage.service,
        subject=letter.subject,
        text=letter.mail.reply or letter.mail.text,
        arrived_at=arrived_at,
        from_desk=letter.sender in batch.desk_people or letter.requester in batch.desk_people,
        machine=triage.machine,
        spoofed=bool(triage.spoofed),
        emergency=bool(why_emergency(batch.rules, triage.service, triage.impact)),
    )
    found = about(batch.outages.open, asked)
    if found is None:
        return where
    outage, why = found
    look_up_cases(batch.writing.connection, known, {outage.number}, {outage.number})
    # An emergency must not go under in a request that is none.
    unseen = asked.emergency and known.cases[outage.number].columns["emergency_at"] is None
    if not outage.always or unseen:
        doubt = f"it may be about the outage of #{outage.number}: {why}"
        return replace(where, why=f"{where.why}; {doubt}", outage=outage.id)
    why = f"it is about the outage of #{outage.number}: {why}"
    return Belongs(outage.number, None, why, outage=outage.id)
