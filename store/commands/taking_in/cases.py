"""A request as a batch opens or changes it, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from store.commands.change import as_json
from store.records import Actor
from store.rules.threads import Known
from store.rules.timeline import Happening
from store.words import LIVE_STATES, Happened, State


@dataclass(slots=True)
class Case:
    """A request with what a batch adds to it."""

    number: int
    columns: dict[str, Any]
    """Of the request's row, as they will stand."""
    people: set[str]
    """Addresses of everybody who is part of it."""
    requesters: set[str]
    """Addresses of who asked for it, and for what was merged into it."""
    opened: bool
    """In this batch."""
    notices: set[int] = field(default_factory=set)
    """Originals of the mail from programs that it has notes about."""
    by: dict[int, Actor] = field(default_factory=dict)
    """By event: who brought it about, if not the desk itself."""
    added: list[Happening] = field(default_factory=list)
    """Its new events; ``columns["version"]`` is that of the last."""

    def as_known(self) -> Known:
        """Return what the rules of threads need of it."""
        return Known(
            number=self.number,
            state=State(self.columns["state"]),
            ended_at=self.columns["resolved_at"],
            people=self.people,
            merged_into=self.columns["merged_into"],
        )

    def happens(
        self,
        event_id: int,
        at: datetime,
        what: Happened,
        new: Mapping[str, Any],
        detail: Mapping[str, Any],
    ) -> None:
        """Add an event that sets the columns ``new``."""
        changed = {name: value for name, value in new.items() if self.columns[name] != value}
        old = {name: as_json(self.columns[name]) for name in changed}
        as_they_are = {name: as_json(value) for name, value in changed.items()}
        self.added.append(Happening(event_id, at, what, old, as_they_are, detail))
        self.columns.update(changed)
        self.columns["version"] += 1
        self.columns["changed_at"] = at
        self.columns["live"] = self.columns["state"] in LIVE_STATES
