"""The cover of what-if cases, one minute after the other."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from tests.store.rules.minute_reference import (
    DAY,
    DAYS,
    MINUTE,
    Minutes,
    clock_minutes,
    instant,
    local_moment,
    wall,
    written,
)


class Watch:
    """A roster, asked minute by minute."""

    def __init__(self, roster, first, last):
        """Prepare the minutes in [first, last)."""
        self.roster, self.zone = roster, roster["tz"]
        self.staffed = Minutes(roster["staffed"], first, last)
        required = roster["required"]
        self.required = Minutes(required, first, last) if isinstance(required, dict) else None
        self.first = first

    def shift(self, rotation, at):
        """Return who has the shift: as many hand-offs on as there were."""
        day = date.fromisoformat(rotation["first_date"])
        handoff, count = clock_minutes(rotation["handoff"]), 0
        while wall(self.zone, day + count * rotation["every_days"] * DAY, handoff) <= at:
            count += 1
        people = rotation["people"]
        return people[(count - 1) % len(people)] if count else None

    def by_rotation(self, rotation, at):
        """Return who a rotation puts there."""
        windows = rotation.get("windows")
        if not windows:
            return self.shift(rotation, at)
        for opens, opens_at, closes, closes_at in windows:
            for back in range(-2, 10):
                day = at.date() - back * DAY
                if DAYS[day.weekday()] != opens:
                    continue
                days = (DAYS.index(closes) - DAYS.index(opens)) % 7
                start, stop = clock_minutes(opens_at), clock_minutes(closes_at)
                if days == 0 and stop <= start:
                    days = 7
                opening = wall(self.zone, day, start)
                closing = wall(self.zone, day + (days + stop // 1440) * DAY, stop % 1440)
                if opening <= at < closing:
                    who = self.shift(rotation, opening)
                    if who is not None:
                        return who
        return None

    def rostered(self, at):
        """Return who the first rotation that has somebody puts there, and its id."""
        for rotation in self.roster["rotations"]:
            who = self.by_rotation(rotation, at)
            if who is not None:
                return who, rotation["id"]
        return None, None

    def at(self, at):
        """Return (state, who, source) of a minute."""
        if self.required is not None:
            needed = self.required(at)
        else:
            needed = self.roster["required"] == "always" or not self.staffed(at)
        if not needed:
            return "staffed", None, None
        who, source = self.rostered(at)
        rostered = who
        for change in self.roster.get("changes", []):
            begins = local_moment(self.zone, change["from"])
            if not begins <= at < local_moment(self.zone, change["to"]):
                continue
            kind, other = change["kind"], change.get("instead_of")
            if kind in ("swap", "cover"):
                if other is None or other in (rostered, who):
                    who, source = change["who"], kind
            elif kind == "add" and who is None:
                who, source = change["who"], kind
            elif kind == "absent" and who == change["who"]:
                who = source = None
        return ("gap" if who is None else "covered"), who, source

    def band(self, at):
        """Return the band of a minute."""
        local = at.astimezone(ZoneInfo(self.zone))
        if local.date().isoformat() in self.roster.get("holidays", []):
            return "holiday"
        if local.weekday() >= 5:
            return "weekend"
        return "night" if local.hour >= 22 or local.hour < 6 else "evening"


def coverage(given):
    """Answer a ``coverage``."""
    at, end = instant(given["start"]), instant(given["end"])
    watch = Watch(given["roster"], at, end)
    timeline, minutes = [], {}
    while at < end:
        state, who, source = watch.at(at)
        said = {"state": state, "who": who, "source": source}
        if not timeline or {key: timeline[-1][key] for key in said} != said:
            timeline.append({"start": written(at), "end": None, **said})
        at += MINUTE
        timeline[-1]["end"] = written(at)
        if who is not None:
            bands = minutes.setdefault(who, {})
            band = watch.band(at - MINUTE)
            bands[band] = bands.get(band, 0) + 1
    weights = given["roster"]["weights"]
    return {
        "timeline": timeline,
        "gaps": [
            {
                "start": each["start"],
                "end": each["end"],
                "minutes": (instant(each["end"]) - instant(each["start"])) // MINUTE,
            }
            for each in timeline
            if each["state"] == "gap"
        ],
        "minutes": minutes,
        "weighted_hours": {
            who: round(sum(count * weights[band] for band, count in bands.items()) / 60, 2)
            for who, bands in minutes.items()
        },
    }
