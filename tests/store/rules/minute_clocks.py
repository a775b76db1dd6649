"""The clocks of what-if cases, one minute after the other."""

from __future__ import annotations

from tests.store.rules.minute_reference import MINUTE, Minutes, instant, written

METRICS = ("first_response", "next_response", "update", "resolution")


class Clock:
    """One clock: where it started, and when a target was reached since, minute by minute."""

    def __init__(self, name):
        """Not started."""
        self.name = name
        self.status = "not_started"
        self.start = self.own = self.stopped = None
        self.receipt = self.declared = self.late = False
        self.cycles, self.breached_at, self.changed = [], [], None
        self.due = "unknown"


class ClockRun:
    """A ``clock`` case while time goes on."""

    def __init__(self, given, horizon):
        """Prepare; ``horizon`` is how far after now a due time may lie."""
        self.policy = given["policy"]
        self.events = sorted(given["events"], key=lambda event: event["at"])
        self.now = instant(given["now"])
        others = [event["other_received"] for event in self.events if "other_received" in event]
        self.first = min(instant(text) for text in [self.events[0]["at"], *others])
        self.last = self.now + horizon
        self.opened = {
            name: Minutes(calendar, self.first, self.last)
            for name, calendar in given["calendars"].items()
        }
        self.still = bytearray((self.last - self.first) // MINUTE)
        self.clocks = {name: Clock(name) for name in METRICS}
        self.priority = self.waiting = None
        self.resolved = self.gone = False

    def answer(self):
        """Let time go by up to now, and say where every clock stands."""
        happening = {}
        for event in self.events:
            happening.setdefault(instant(event["at"]), []).append(event)
        at = self.first
        while at <= self.now:
            for event in happening.get(at, []):
                self.look(at)
                if not self.gone:
                    self.happen(at, event)
                    self.forget()
            self.look(at)
            # Whether this minute counts for what pauses.
            self.still[(at - self.first) // MINUTE] = bool(self.waiting or self.resolved)
            at += MINUTE
        return {name: self.told(clock) for name, clock in self.clocks.items()}

    def target(self, clock):
        """Return the minutes promised by the priority it has."""
        return self.policy[self.priority].get(clock.name)

    def counts(self, clock, at, until):
        """Say whether a minute counts; from ``until`` on nothing changes any more."""
        if not self.opened[self.policy[self.priority]["calendar"]](at):
            return False
        if clock.name not in ("update", "resolution"):
            return True
        if at >= until:
            return not (self.waiting or self.resolved)
        return not self.still[(at - self.first) // MINUTE]

    def used(self, clock, until):
        """Count the minutes used before ``until``."""
        at, used = clock.start, 0
        while at < until:
            used += self.counts(clock, at, until)
            at += MINUTE
        return used

    def reached(self, clock, part, until):
        """Go on until ``part`` of 100 of the target is used; None if that is never."""
        at, used = clock.start, 0
        while used * 100 < self.target(clock) * part:
            if (
                at >= until
                and clock.name in ("update", "resolution")
                and (self.waiting or self.resolved)
            ):
                return None
            used += self.counts(clock, at, until)
            at += MINUTE
        return at

    def look(self, at):
        """Note what has become late."""
        for clock in self.clocks.values():
            if clock.status != "running" or self.target(clock) is None:
                continue
            if not clock.late and self.is_late(clock, at):
                clock.late = True
                clock.breached_at.append(max(self.due_at(clock, at), clock.changed))

    def is_late(self, clock, at):
        """Say whether it was due before ``at``."""
        due = self.due_at(clock, at)
        return due is not None and at > due

    def due_at(self, clock, at):
        """Return when it is due, as seen at ``at``; that stays so until something happens."""
        if clock.due == "unknown":
            clock.due = self.reached(clock, 100, at)
        return clock.due

    def forget(self):
        """Forget the due times: something happened."""
        for clock in self.clocks.values():
            clock.due = "unknown"

    def happen(self, at, event):
        """Take an event; on a resolved request only few mean anything."""
        kind = event["kind"]
        if kind in ("public_reply", "requester_reply", "wait_requester", "wait_supplier"):
            if not self.resolved:
                getattr(self, kind, self.wait)(at, event)
        elif kind not in ("auto_ack", "internal_note"):
            named = {"priority": "priority_event", "resolved": "resolved_by"}
            getattr(self, named.get(kind, kind))(at, event)

    def received(self, at, event):
        """It begins."""
        self.priority = event["priority"]
        for name in ("first_response", "resolution"):
            self.begin(self.clocks[name], at)
            self.clocks[name].receipt = True

    def public_reply(self, at, event):
        """It is answered, and the next word of the desk will be due."""
        for name in ("first_response", "next_response", "update"):
            self.end(self.clocks[name], at, event["kind"])
        self.begin(self.clocks["update"], at)

    def requester_reply(self, at, _event):
        """It ends a wait for this, and asks for an answer if none is asked for yet."""
        if self.waiting == "wait_requester":
            self.waiting = None
        following = self.clocks["next_response"]
        if "running" not in (self.clocks["first_response"].status, following.status):
            self.begin(following, at)

    def wait(self, _at, event):
        """It waits."""
        self.waiting = event["kind"]

    def resume(self, _at, _event):
        """It waits no more."""
        self.waiting = None

    def emergency(self, at, event):
        """It waits no more, counts by other rules, and asks for a first answer again."""
        self.waiting = None
        self.change(at, event.get("priority", "emergency"))
        if not self.resolved and self.clocks["first_response"].status != "running":
            self.begin(self.clocks["first_response"], at)

    def resolved_by(self, at, event):
        """It is over."""
        if not self.resolved:
            for clock in self.clocks.values():
                self.end(clock, at, event["kind"])
            self.resolved, self.waiting = True, None

    def reopened(self, at, _event):
        """It goes on."""
        if not self.resolved:
            return
        self.resolved = False
        resolution = self.clocks["resolution"]
        if resolution.cycles:
            resolution.cycles[-1]["reopened"] = written(at)
        resolution.status = "running"
        self.begin(self.clocks["next_response"], at)

    def merged_in(self, at, event):
        """It was received earlier than thought."""
        other = instant(event["other_received"])
        for name in ("first_response", "resolution"):
            clock = self.clocks[name]
            if clock.receipt and other < clock.own:
                clock.own, clock.changed, clock.due = other, at, "unknown"
                if not clock.declared:
                    clock.start = other
                if clock.status == "running" and self.target(clock) is not None:
                    clock.late = clock.late and self.is_late(clock, at)

    def merged_away(self, _at, _event):
        """It is part of another."""
        for clock in self.clocks.values():
            if clock.status == "running":
                clock.status = "cancelled"
        self.gone = True

    def begin(self, clock, at):
        """Start a round."""
        clock.status, clock.start, clock.own, clock.changed = "running", at, at, at
        clock.receipt = clock.declared = clock.late = False
        clock.due = "unknown"

    def end(self, clock, at, by):
        """Finish a round, if one runs."""
        if clock.status != "running":
            return
        if self.target(clock) is None:
            clock.status = "not_applicable"
            return
        due = self.due_at(clock, at)
        clock.status = "missed" if due is not None and at > due else "met"
        clock.cycles.append(
            {
                "start": written(clock.start),
                "stop": written(at),
                "elapsed": self.used(clock, at),
                "due": written(due),
                "result": clock.status,
                "by": by,
            }
        )

    def priority_event(self, at, event):
        """It counts by other rules."""
        self.change(at, event["priority"])

    def change(self, at, priority):
        """Measure everything by another priority."""
        self.priority = priority
        self.forget()
        declared = self.policy[priority].get("anchor") == "declared"
        for clock in self.clocks.values():
            if clock.start is None:
                continue
            clock.declared, clock.start = declared, at if declared else clock.own
            clock.changed = at
            if self.target(clock) is None:
                clock.late = False
            elif clock.late or clock.status == "missed":
                # Late before and late now is the same lateness.
                clock.late = self.is_late(clock, at)

    def told(self, clock):
        """Return a clock as cases write it."""
        shape = {
            "cycles": clock.cycles,
            "breached_at": [written(at) for at in clock.breached_at],
            "status": clock.status,
        }
        if clock.status != "running":
            return shape
        target = self.target(clock)
        if target is None:
            return shape | {"status": "not_applicable"}
        status = "running"
        if clock.name in ("update", "resolution") and self.waiting:
            status = "paused"
        elif not self.opened[self.policy[self.priority]["calendar"]](self.now):
            status = "outside_hours"
        used = self.used(clock, self.now)
        return shape | {
            "status": status,
            "breached": self.is_late(clock, self.now),
            "target": target,
            "used": used,
            "remaining": target - used,
            "due": written(self.due_at(clock, self.now)),
            "warn_75": written(self.reached(clock, 75, self.now)),
            "warn_90": written(self.reached(clock, 90, self.now)),
        }


def clock(given, horizon):
    """Answer a ``clock``."""
    return ClockRun(given, horizon).answer()
