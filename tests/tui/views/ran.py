"""A desk that was gone around for twelve weeks, made once and copied for each test."""

from __future__ import annotations

import random
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

from store import commands
from store.clock import SetClock
from store.new_requests import EndRunEntry
from store.records import Address
from store.words import Channel, Ending
from tests.conftest import NOW
from tests.store.letters import letter
from tests.store.people import ANA, BEN, CHI, a_request, the
from tests.tui.board.school import School

WHO = (
    Address("Grace Hopper", "hopper@maths.northgate.example"),
    Address("Yuki Ito", "ito@science.northgate.example"),
    Address("Cassandra Voss", "voss@northgate.example"),
)
DOORS = (Channel.WALK_UP, Channel.WALK_UP, Channel.PHONE, Channel.CHAT)
#: Probable ones: to Ben 1055 and 1056, to Chi 1057.
DOUBTFUL = (("ben", "R2"), ("ben", "R5"), ("chi", "R2"))


def fill(url: str, rules) -> None:
    """Let people ask the desk and go around it, 1001 to 1057."""
    chance = random.Random(5)
    clock = SetClock(NOW - timedelta(weeks=11))
    school = School(url, rules, clock)
    with closing(school.open()) as desk:
        for each in range(54):
            clock.advance(timedelta(weeks=11) / 55)
            who = chance.choice(WHO)
            if each % 2:
                number = a_request(desk, "A cable for the projector", requester=who)
                clock.advance(timedelta(minutes=chance.randint(5, 90)))
                commands.resolve(desk, chance.choice((ANA, BEN)), the(number), Ending.FIXED)
            else:
                actor = chance.choice((BEN, BEN, BEN, ANA, CHI))
                _log(desk, actor, who, chance, each)
        clock.advance(NOW - clock.now())
        for uid, (person, rule) in enumerate(DOUBTFUL, start=1):
            mail = letter(uid, NOW, "Could you look at this?", sender=WHO[0])
            run = {"end_run_person": person, "end_run_rule": rule}
            triage = replace(mail.triage, end_run_certainty="probable", **run)
            triage = replace(triage, channel=Channel.DESK_MAIL)
            commands.take_in(desk, "help", 1, [replace(mail, triage=triage)])


def _log(desk, actor, who, chance, each) -> None:
    asked_at = desk.clock.now() - timedelta(minutes=chance.randint(1, 30))
    commands.log_end_run(
        desk,
        actor,
        EndRunEntry(
            f"e{each}",
            who,
            chance.choice(("Projector in B12", "Password", "Scanner")),
            actor.login,
            asked_at,
            channel=chance.choice(DOORS),
            minutes=chance.choice((5, 10, 20)),
            ending=None if each % 18 == 0 else Ending.DONE,
            emergency=each % 18 == 0,
        ),
    )
