"""One clock: when it ran, when it stood still, what it was aimed at, and when it was late."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from store.rules.hours import Hours
from store.words import ClockStatus


@dataclass(frozen=True, slots=True)
class Cycle:
    """A finished round of a clock."""

    start: datetime
    stop: datetime
    elapsed: timedelta
    due: datetime | None
    """None if it was stopped while paused, before it was due."""
    met: bool
    by: str
    """The kind of event that stopped it."""
    reopened: datetime | None = None


@dataclass
class Clock:
    """A clock that is started, paused, aimed anew and stopped, in order of time."""

    cycles: list[Cycle] = field(default_factory=list)
    breached_at: list[datetime] = field(default_factory=list)
    _target: timedelta | None = None
    _hours: Hours | None = None
    _since: datetime | None = None
    """Where the aim counts from, if not from the clock's own start."""
    _aimed_at: datetime | None = None
    _began: datetime | None = None
    _stopped_began: datetime | None = None
    _pauses: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    _late: bool = False
    _cancelled: bool = False

    @property
    def going(self) -> bool:
        """Say whether it was started and not stopped."""
        return self._began is not None

    @property
    def paused(self) -> bool:
        """Say whether it stands still."""
        return bool(self._pauses) and self._pauses[-1][1] is None

    def start(self, at: datetime) -> None:
        """Begin a round, unless one is going."""
        if not self.going:
            self._began, self._late, self._pauses = at, False, []

    def pause(self, at: datetime) -> None:
        """Stand still from ``at``."""
        if self.going and not self.paused:
            self._notice(at)
            self._pauses.append((at, None))

    def resume(self, at: datetime) -> None:
        """Run on from ``at``."""
        if self.going and self.paused:
            self._pauses[-1] = (self._pauses[-1][0], at)

    def aim(
        self, at: datetime, target: timedelta | None, hours: Hours, since: datetime | None
    ) -> None:
        """Give a new target at ``at``; what was used is counted anew, pauses kept."""
        self._notice(at)
        self._target, self._hours, self._since, self._aimed_at = target, hours, since, at
        was_late, self._late = self._late, False
        self._notice(at, known=was_late)

    def began_earlier(self, began: datetime, at: datetime) -> None:
        """Count from ``began``, as is learnt at ``at``."""
        if self._began is not None and began < self._began:
            self._notice(at)
            self._began, self._aimed_at = began, at

    def stop(self, at: datetime, by: str) -> None:
        """End the round at ``at``."""
        if self._began is None:
            return
        self._notice(at)
        if self._target is not None:
            self.cycles.append(
                Cycle(self._start, at, self.used(at), self.due(at), not self._late, by)
            )
        if not self.paused:
            self._pauses.append((at, None))
        self._stopped_began, self._began = self._began, None

    def reopen(self, at: datetime) -> None:
        """Go on with the last round, not counting the time since it stopped."""
        if self._began is None and self._stopped_began is not None:
            self._began = self._stopped_began
            self._pauses[-1] = (self._pauses[-1][0], at)
            if self.cycles:
                self.cycles[-1] = replace(self.cycles[-1], reopened=at)

    def cancel(self, at: datetime) -> None:
        """End for good, without a result."""
        self._notice(at)
        self._cancelled = self.going
        self._began = None

    def status(self, now: datetime) -> ClockStatus:
        """Return what it is doing at ``now``."""
        if self._cancelled:
            return ClockStatus.CANCELLED
        if self.going:
            if self._target is None:
                return ClockStatus.NOT_APPLICABLE
            if self.paused:
                return ClockStatus.PAUSED
            is_open = self._hours is not None and self._hours.is_open(now)
            return ClockStatus.RUNNING if is_open else ClockStatus.OUTSIDE_HOURS
        if self.cycles:
            return ClockStatus.MET if self.cycles[-1].met else ClockStatus.MISSED
        return (
            ClockStatus.NOT_STARTED if self._stopped_began is None else ClockStatus.NOT_APPLICABLE
        )

    def late(self, now: datetime) -> bool:
        """Say whether its due time has passed at ``now``, and note when it was."""
        self._notice(now)
        return self._late

    def used(self, now: datetime) -> timedelta:
        """Return the open time used by ``now``."""
        hours = self._hours
        spans = self._spans(now)
        return sum((hours.open_between(a, b) for a, b in spans if hours and b), timedelta(0))

    def reached(self, open_time: timedelta, now: datetime) -> datetime | None:
        """Return when ``open_time`` is used: past or to come; None if it stands still before."""
        if self._hours is None:
            return None
        left = open_time
        spans = self._spans(now, to_come=True)
        for start, end in spans:
            at = self._hours.due(start, left)
            if end is None or (at is not None and at <= end):
                return at
            left -= self._hours.open_between(start, end)
        return None

    def due(self, now: datetime) -> datetime | None:
        """Return when its target is used up; None while it stands still before that."""
        return None if self._target is None else self.reached(self._target, now)

    @property
    def _start(self) -> datetime:
        assert self._began is not None  # noqa: S101 - asked only of a clock that is going
        return self._began if self._since is None else max(self._began, self._since)

    def _spans(
        self, now: datetime, *, to_come: bool = False
    ) -> list[tuple[datetime, datetime | None]]:
        """Return the spans in which it ran; the last one has no end if it runs ``to_come``."""
        spans: list[tuple[datetime, datetime | None]] = []
        at = self._start
        for begin, end in self._pauses:
            if begin > at:
                spans.append((at, begin))
            if end is None:
                return spans
            at = max(at, end)
        spans.append((at, None if to_come else now))
        return spans

    def _notice(self, now: datetime, *, known: bool = False) -> None:
        """Note a due time that has passed by ``now``, unless that is ``known``."""
        if self._began is None or self._late or self._target is None:
            return
        due = self.due(now)
        if due is not None and due < now:
            self._late = True
            if known:
                return
            since = self._aimed_at
            self.breached_at.append(due if since is None else max(due, since))
