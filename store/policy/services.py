"""``[services.KEY]``: the service catalogue."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from store.policy.names import Said
from store.policy.section import Section
from store.words import Kind, Level

#: A level of impact or urgency as the file writes it.
LevelName = Annotated[Level, Field(strict=False)]


class LevelWords(Section):
    """Words and phrases that say how bad it is; the highest level that is met counts."""

    high: list[Said] = Field(
        default=[],
        description="Words that make it high.",
        examples=[["class waiting", "whole school"]],
    )
    medium: list[Said] = Field(
        default=[], description="Words that make it medium.", examples=[["several people"]]
    )
    low: list[Said] = Field(
        default=[], description="Words that make it low.", examples=[["only me", "no hurry"]]
    )


class Service(Section):
    """Something the desk offers, and how a request for it is recognised and rated."""

    name: Said = Field(
        description="What it is called in the list and on the public page.",
        examples=["Printing"],
    )
    description: str = Field(
        default="",
        description="A sentence for the people who ask: what they get.",
        examples=["Printers, copiers, toner and paper jams."],
    )
    kind: Annotated[Kind, Field(strict=False)] = Field(
        default=Kind.INCIDENT,
        description="What it usually is: `incident` (something broke), `service` (we do it for "
        "them), `support` (we help them do it) or `question`.",
        examples=["incident"],
    )
    words: list[Said] = Field(
        default=[],
        description="Words and phrases in a mail that point to it, in any of your languages. "
        "Upper and lower case are the same.",
        examples=[["printer", "toner", "paper jam"]],
    )
    impact: LevelName = Field(
        default=Level.LOW,
        description="How many people it usually keeps from working: `high`, `medium`, `low`.",
        examples=["low"],
    )
    urgency: LevelName = Field(
        default=Level.MEDIUM,
        description="How soon it usually hurts: `high`, `medium`, `low`.",
        examples=["medium"],
    )
    impact_words: LevelWords = Field(
        default=LevelWords(),
        description="Words in the mail that say more about the impact.",
        examples=[{"high": ["exam papers"]}],
    )
    urgency_words: LevelWords = Field(
        default=LevelWords(),
        description='Words that say more about the urgency. A plain "URGENT!!!" is not one: '
        "what the sender claims is shown, and moves nothing.",
        examples=[{"high": ["class waiting"]}],
    )
    emergency: LevelName | None = Field(
        default=None,
        description="From this impact up it is an emergency, with the clock of "
        "`[targets.emergency]`. Left out: never.",
        examples=["high"],
    )
    skill: str = Field(
        default="",
        description="The skill it takes, as people's `skills` name it.",
        examples=["printing"],
    )
