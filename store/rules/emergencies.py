"""What is an emergency: what the service catalogue says, by impact, not who shouts."""

from __future__ import annotations

from store.rulebook import Rulebook
from store.words import Level

#: From the most to the least.
_LEVELS = (Level.HIGH, Level.MEDIUM, Level.LOW)


def why_emergency(rules: Rulebook, service: str, impact: str) -> str:
    """Return why the catalogue calls a request for ``service`` an emergency; "" if it does not.

    "Network, impact high, by the catalogue".
    """
    rule = rules.services.get(service)
    if rule is None or rule.emergency_impact is None:
        return ""
    if _LEVELS.index(Level(impact)) > _LEVELS.index(rule.emergency_impact):
        return ""
    return f"{rule.name}, impact {Level(impact)}, by the catalogue"
