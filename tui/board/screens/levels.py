"""What the levels of impact and urgency are called on the screen."""

from __future__ import annotations

from store.words import Level

#: From the widest impact to the narrowest.
IMPACT = {
    Level.HIGH: "whole organisation",
    Level.MEDIUM: "one room or team",
    Level.LOW: "one person",
}
#: From the least urgent to the most.
URGENCY = {
    Level.LOW: "can wait",
    Level.MEDIUM: "work is slowed",
    Level.HIGH: "work stopped",
}


def weight(impact: Level, urgency: Level) -> str:
    """Return "one room or team × work stopped"."""
    return f"{IMPACT[impact]} × {URGENCY[urgency]}"
