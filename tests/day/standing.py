"""How a request stands, worked out from everything that was done to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tests.day.clockwork import Shown, matters_most


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was done to a request."""

    at: datetime
    who: str
    what: str
    arg: str = ""
    why: str = ""
    """What else the author says of it, in brackets."""
    place: int = 0
    """Of what is done by the same keys, in its order."""


class Standing:
    """A request at a moment."""

    def __init__(self, received: datetime, acts: Iterable[Act]) -> None:
        """Go through everything that was done to a request."""
        self.state = "new"
        self.assignee = ""
        self.offered = False
        self.promised: datetime | None = None
        self.promise = ""
        self.owed: datetime | None = None
        """Since when an answer is owed to who had been answered before."""
        self.clock: Shown | None = None
        self._received = received
        self._running = {"first_response": received, "resolution": received}
        self._pauses: list[tuple[datetime, datetime | None]] = []
        self._answered = False
        for act in acts:
            done = getattr(self, f"_{act.what}", None)
            if done is not None:
                done(act)

    @property
    def live(self) -> bool:
        """It is not over."""
        return self.state not in {"resolved", "closed"}

    @property
    def waits(self) -> bool:
        """It waits for somebody who is not on the desk."""
        return self.state.startswith("waiting")

    def read_clock(self, priority: str, now: datetime) -> None:
        """Read the clock that matters most."""
        self.clock = matters_most(self._running.items(), priority, tuple(self._pauses), now)

    # ------------------------------------------------------------------ whose it is

    def _claims(self, act: Act) -> None:
        self._has(act.who)

    def _takes(self, act: Act) -> None:
        self._has(act.who)

    def _gives(self, act: Act) -> None:
        self._has(act.arg)

    def _moves(self, act: Act) -> None:
        self._has(act.arg)

    def _has(self, login: str) -> None:
        self.assignee, self.offered = login, False
        self._begun()

    def _begun(self) -> None:
        self.state = "open" if self.state == "new" else self.state

    def _releases(self, _act: Act) -> None:
        self.assignee, self.offered = "", False

    def _offers(self, _act: Act) -> None:
        self.offered = True

    # ------------------------------------------------------------------ what is said

    def _answers(self, act: Act) -> None:
        for metric in ("first_response", "next_response"):
            self._running.pop(metric, None)
        self._running["update"] = act.at
        self._answered, self.owed, self.promised = True, None, None
        self._begun()

    def _follows(self, act: Act) -> None:
        if self.state in {"waiting_requester", "resolved"}:
            self._go_on(act.at)
        if "resolution" not in self._running:
            self._running["resolution"] = self._received
        if not {"first_response", "next_response"} & self._running.keys():
            self._running["next_response"] = act.at
        if self._answered and self.owed is None:
            self.owed = act.at

    def _promises(self, act: Act) -> None:
        clock, _, self.promise = act.arg.partition(" ")
        hour, minute = map(int, clock.split(":"))
        self.promised = act.at.replace(hour=hour, minute=minute)

    # ------------------------------------------------------------------ waiting and the end

    def _waits(self, act: Act) -> None:
        self._pause(act, "waiting_requester")

    def _waits_supplier(self, act: Act) -> None:
        self._pause(act, "waiting_supplier")

    def _resumes(self, act: Act) -> None:
        self._go_on(act.at)

    def _resolves(self, act: Act) -> None:
        self._running.clear()
        self._pause(act, "resolved")
        self._answered, self.assignee = True, self.assignee or act.who
        self.offered, self.promised, self.owed = False, None, None

    def _closes(self, _act: Act) -> None:
        self.state = "closed"

    def _pause(self, act: Act, state: str) -> None:
        self.state = state
        if not self._pauses or self._pauses[-1][1] is not None:
            self._pauses.append((act.at, None))

    def _go_on(self, at: datetime) -> None:
        self.state = "open"
        if self._pauses and self._pauses[-1][1] is None:
            self._pauses[-1] = (self._pauses[-1][0], at)
