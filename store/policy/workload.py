"""``[load]``: what open work weighs."""

from __future__ import annotations

from pydantic import Field

from store.policy.section import Section
from store.rules.load import USUAL
from store.words import Priority


class Weights(Section):
    """What a request of each priority weighs; half as much again at risk, twice when overdue."""

    P1: float = Field(
        default=USUAL[Priority.P1], ge=0, le=100, description="A request of P1.", examples=[4]
    )
    P2: float = Field(
        default=USUAL[Priority.P2], ge=0, le=100, description="A request of P2.", examples=[3]
    )
    P3: float = Field(
        default=USUAL[Priority.P3], ge=0, le=100, description="A request of P3.", examples=[2]
    )
    P4: float = Field(
        default=USUAL[Priority.P4], ge=0, le=100, description="A request of P4.", examples=[1]
    )


class Load(Section):
    """How the load of a person is counted, which people's `capacity` is compared with."""

    weights: Weights = Field(
        default=Weights(),
        description="What an open request that waits for nobody weighs, by its priority. At 75 % "
        "of its time it weighs half as much again, overdue twice as much.",
        examples=[{"P1": 4, "P4": 1}],
    )
