"""Impact and urgency from the service's words, and the priority the matrix makes of them."""

from __future__ import annotations

from store.rulebook import ServiceRule
from store.rules.catalogue import Catalogue
from store.rules.phrases import Wording, first_found
from store.words import Level, Priority

#: What a request is worth of which the catalogue knows nothing yet.
UNKNOWN_SERVICE = ServiceRule(key="", name="")


def rate(
    catalogue: Catalogue, service: str, wording: Wording
) -> tuple[Level, Level, Priority, tuple[str, ...]]:
    """Return impact, urgency, priority and the reasons; the highest level named counts."""
    rule = catalogue.rules.services.get(service, UNKNOWN_SERVICE)
    why: list[str] = []
    impact, urgency = rule.impact, rule.urgency
    if found := first_found(catalogue.impact.get(service, {}), wording):
        impact = Level(found[0])
        why.append(f'impact {impact}: "{found[1]}"')
    if found := first_found(catalogue.urgency.get(service, {}), wording):
        urgency = Level(found[0])
        why.append(f'urgency {urgency}: "{found[1]}"')
    priority = catalogue.rules.matrix[impact, urgency]
    why.append(f"priority {priority}: impact {impact}, urgency {urgency}")
    return impact, urgency, priority, tuple(why)
