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
        """Return where among its people a shift is: as many hand-offs on as there were."""
        day = date.fromisoformat(rotation["first_date"])
        handoff, count = clock_minutes(rotation["handoff"]), 0
        while wall(self.zone, day + count * rotation["every_days"] * DAY, handoff) <= at:
            count += 1
        return (count - 1) % len(rotation["people"]) if count else None

    def by_rotation(self, rotation, at):
        """Return where among its people a rotation is; None if it has nobody there."""
        windows = rotation.get("windows")
        if not windows:
            return self.shift(rotation, at)
        for window in windows:
            opening = self.opened(window, at)
            if opening is not None:
                place = self.shift(rotation, opening)
                if place is not None:
                    return place
        return None

    def opened(self, window, at):
        """Return when a window opened that is open in a minute; None if it is closed."""
        opens, opens_at, closes, closes_at = window
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
                return opening
        return None

    def rostered(self, at):
        """Return the first rotation that has somebody there, and where among its people it is."""
        for rotation in self.roster["rotations"]:
            place = self.by_rotation(rotation, at)
            if place is not None:
                return rotation, place
        return None, None

    def at(self, at):
        """Return (state, who, source) of a minute."""
        if self.required is not None:
            needed = self.required(at)
        else:
            needed = self.roster["required"] == "always" or not self.staffed(at)
        if not needed:
            return "staffed", None, None
        rotation, place = self.rostered(at)
        rostered = who = rotation and rotation["people"][place]
        source = rotation and rotation["id"]
        for change in self.changes(at):
            kind, other = change["kind"], change.get("instead_of")
            if kind in ("swap", "cover"):
                if other is None or other in (rostered, who):
                    who, source = change["who"], kind
            elif kind == "add" and who is None:
                who, source = change["who"], kind
            elif kind == "absent" and who == change["who"]:
                who = source = None
        if who is not None:
            return "covered", who, source
        agreed = any(self.opened(each, at) for each in self.roster.get("best_effort", []))
        return ("best_effort" if agreed else "gap"), None, None

    def changes(self, at):
        """Return the changes that hold in a minute, in the order in which they were agreed."""
        return [
            change
            for change in self.roster.get("changes", [])
            if local_moment(self.zone, change["from"]) <= at < local_moment(self.zone, change["to"])
        ]

    def backup(self, at):
        """Return who helps out in a minute: the next in the rotation who is not away."""
        state, who, _ = self.at(at)
        rotation, place = self.rostered(at)
        if state == "staffed" or rotation is None:
            return ""
        away = set()
        for change in self.changes(at):
            comes = change["kind"] != "absent"
            away = away - {change["who"]} if comes else away | {change["who"]}
        people = rotation["people"]
        for step in range(1, len(people) + 1):
            other = people[(place + step) % len(people)]
            if other != who and other not in away:
                return other
        return ""

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
