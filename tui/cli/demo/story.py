"""What happened in the weeks before the demo's day: by which door people came, always the same.

Nothing of it is true, and all of it is likely: a few people rather ask whom they know, and with
the weeks they do so less.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from tui.cli.demo.mails import DESK_ADDRESS, Deed, ScriptedMail, rows
from tui.cli.demo.small import senders

WEEKS = 12
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
_FRONT_DOOR = 3
#: End-runs on a day of the first weeks, and of the last ones.
_AT_FIRST, _BY_NOW = 2.0, 0.8
#: Of end-runs: to somebody at their desk or on the phone, and by mail into a drop folder. The
#: others are forwarded.
_IN_PERSON, _TO_BEN = 0.5, 0.22
_EMERGENCIES = {
    1: ("gus", "the gate is open and does not close, phone, 20m, !"),
    4: ("ana", "nobody can log in, walk-up, 25m, !"),
    7: ("ben", "no internet in the whole building, phone, 30m, !"),
    9: ("gus", "fire door does not open, phone, 15m, !"),
}
_BEN = "Ben Carter <ben.carter@northgate.example>"
_FORWARDERS = (
    "Chi Nguyen <chi.nguyen@northgate.example>",
    "Fay Lindqvist <fay.lindqvist@northgate.example>",
    "Gus Moreau <gus.moreau@northgate.example>",
    "Hana Sato <hana.sato@northgate.example>",
)
#: How many of so many say thanks, and come back because it was not right yet.
_THANKS, _AGAIN = 0.1, 0.03
#: The others hear of it by the resolution.
_ANSWERED = 0.25
#: Of mails, and how some people mark what they ask.
_URGENT = 0.16
_IMPORTANT = (("Importance", "high"),)


@dataclass(frozen=True, slots=True)
class Logged:
    """An end-run that somebody logged."""

    login: str
    sender: str
    text: str
    """As it was typed, without the name."""
    key: str
    deeds: tuple[Deed, ...] = ()
    """What was done later about what was put to the queue."""


@dataclass(frozen=True, slots=True)
class Week:
    """One week: the mails that came, and what was logged, each with its time."""

    ends: datetime
    mails: tuple[tuple[datetime, ScriptedMail], ...]
    logged: tuple[tuple[datetime, Logged], ...]


def story(now: datetime, zone: ZoneInfo, is_open: Callable[[datetime], bool]) -> Iterator[Week]:
    """Yield the weeks before ``now``, oldest first; of today only what was logged.

    Thanks are among the mails of the week after, for they are about what has ended.
    """
    teller = _Teller()
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    thanks: list[tuple[datetime, ScriptedMail]] = []
    for week in range(WEEKS):
        days = [monday + timedelta(weeks=week, days=day) for day in range(7)]
        past = [day for day in days if day < today and is_open(_at(day, time(10), zone))]
        mails = thanks + [mail for day in past for mail in teller.mails(day, week, zone)]
        thanks = [teller.thanks(*mail) for mail in mails if teller.is_thankful(mail[1])]
        logged = [run for day in past for run in teller.logged(day, week, zone)]
        if today in days:
            logged += teller.this_morning(now)
        ends = min(_at(days[-1] + _DAY, time(), zone), now)
        yield Week(ends, tuple(sorted(mails, key=_when)), tuple(sorted(logged, key=_when)))


class _Teller:
    def __init__(self) -> None:
        self._chance = random.Random(1042)  # noqa: S311 - the same story for everybody
        self._count = 0
        self._asked = rows("past")
        self._jotted = rows("doors")
        everybody = senders()
        self._everybody = everybody
        # Those who know somebody, the first of them best.
        self._familiar = everybody[3::4]

    def mails(
        self, day: date, week: int, zone: ZoneInfo
    ) -> Iterator[tuple[datetime, ScriptedMail]]:
        """Yield what came by mail on ``day``."""
        for _ in range(_FRONT_DOOR + self._chance.randint(-1, 1)):
            yield self._moment(day, zone), self._mail(self._someone(), soon=True)
        for _ in range(self._runs(week)):
            door = self._chance.random() - _IN_PERSON
            if door >= 0:
                at = self._moment(day, zone)
                mail = self._mail(self._friend(), soon=False)
                yield at, _to_ben(mail) if door < _TO_BEN else self._forwarded(mail, at)

    def is_thankful(self, mail: ScriptedMail) -> bool:
        """Say whether somebody says thanks for what was done about ``mail``."""
        return not mail.answers and self._chance.random() < _THANKS

    def thanks(self, at: datetime, mail: ScriptedMail) -> tuple[datetime, ScriptedMail]:
        """Return the thanks for what was done about ``mail``, which came at ``at``."""
        return at + mail.deeds[-1].after + 20 * _MINUTE, _thanks(mail)

    def logged(self, day: date, week: int, zone: ZoneInfo) -> Iterator[tuple[datetime, Logged]]:
        """Yield what was logged on ``day``."""
        for _ in range(self._runs(week)):
            if self._chance.random() < _IN_PERSON:
                login, text = self._chance.choice(self._jotted)
                yield self._moment(day, zone), self._run(login, text)
        if day.weekday() == 1 and week in _EMERGENCIES:
            login, text = _EMERGENCIES[week]
            yield self._moment(day, zone), self._run(login, text, 4, 30)

    def this_morning(self, now: datetime) -> Iterator[tuple[datetime, Logged]]:
        """Yield what was logged today, whatever the time is."""
        for minutes, line in ((130, 0), (95, 16), (70, 9), (35, 1), (14, 7)):
            login, text = self._jotted[line]
            yield now - minutes * _MINUTE, self._run(login, text)

    def _runs(self, week: int) -> int:
        part = week / (WEEKS - 1)
        return int(_AT_FIRST * (1 - part) + _BY_NOW * part + self._chance.random())

    def _moment(self, day: date, zone: ZoneInfo) -> datetime:
        return _at(day, time(8, 5), zone) + self._chance.uniform(0, 6.5 * 60) * _MINUTE

    def _someone(self) -> str:
        return self._chance.choice(self._everybody)

    def _friend(self) -> str:
        some = self._familiar
        return self._chance.choices(some, [1 / (place + 1) for place in range(len(some))])[0]

    def _key(self) -> str:
        self._count += 1
        return f"past-{self._count}"

    def _minutes(self, least: int, most: int) -> timedelta:
        return round(self._chance.uniform(least, most)) * _MINUTE

    def _mail(self, sender: str, *, soon: bool) -> ScriptedMail:
        subject, body, answer, ending, logins = self._chance.choice(self._asked)
        login = self._chance.choice(logins.split())
        begins = self._minutes(2, 18) if soon else self._minutes(25, 230)
        ends = begins + self._minutes(1, 40)
        deeds = []
        if self._chance.random() < _ANSWERED:
            deeds.append(Deed(begins, login, "claim", ""))
            deeds.append(Deed(begins + _MINUTE, login, "reply", answer))
        deeds.append(Deed(ends + _MINUTE, login, "resolve", ending))
        if self._chance.random() < _AGAIN:
            deeds.append(Deed(ends + _DAY, login, "reopen", ""))
            deeds.append(Deed(ends + _DAY + 25 * _MINUTE, login, "resolve", ending))
        headers = (("From", sender), ("Subject", subject), ("To", DESK_ADDRESS))
        urgent = self._chance.random() < _URGENT
        return ScriptedMail(
            key=self._key(),
            ago=timedelta(0),
            box="",
            answers="",
            deeds=tuple(deeds),
            headers=headers + (_IMPORTANT if urgent else ()),
            body=f"{body}\n\n{sender.partition(' ')[0]}\n",
            html=False,
        )

    def _run(self, login: str, text: str, answered: int = 0, resolved: int = 0) -> Logged:
        deeds: tuple[Deed, ...] = ()
        if "queued" in text or text.endswith("!"):
            begins = answered * _MINUTE or self._minutes(30, 200)
            ends = begins + (resolved * _MINUTE or self._minutes(5, 90))
            deeds = (
                Deed(begins, login, "claim", ""),
                Deed(begins + _MINUTE, login, "reply", "I am on my way."),
                Deed(ends, login, "resolve", "fixed"),
            )
        return Logged(login, self._friend(), text, self._key(), deeds)

    def _forwarded(self, mail: ScriptedMail, at: datetime) -> ScriptedMail:
        """Return ``mail`` as a colleague sent it on to the desk."""
        forwarder = self._chance.choice(_FORWARDERS)
        asked = dict(mail.headers)
        body = (
            "---------- Forwarded message ---------\n"
            f"From: {asked['From']}\nDate: {format_datetime(at - 30 * _MINUTE)}\n"
            f"Subject: {asked['Subject']}\nTo: {forwarder}\n\n{mail.body}"
        )
        headers = (
            ("From", forwarder),
            ("Subject", f"Fwd: {asked['Subject']}"),
            ("To", DESK_ADDRESS),
        )
        return replace(mail, headers=headers, body=body)


def _to_ben(mail: ScriptedMail) -> ScriptedMail:
    """Return ``mail`` as Ben got it, and put it into his drop folder."""
    kept = tuple(header for header in mail.headers if header[0] != "To")
    return replace(mail, box="ben", headers=(*kept, ("To", _BEN)))


def _thanks(mail: ScriptedMail) -> ScriptedMail:
    asked = dict(mail.headers)
    headers = (("From", asked["From"]), ("Subject", f"Re: {asked['Subject']}"))
    return replace(
        mail,
        key=f"{mail.key}-thanks",
        answers=mail.key,
        deeds=(),
        headers=(*headers, ("To", DESK_ADDRESS)),
        body="Thank you so much!\n",
    )


def _at(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone)


def _when(dated: tuple[datetime, object]) -> datetime:
    return dated[0]
