"""Impact and urgency from the service's words, and the priority the matrix makes of them."""

from __future__ import annotations

from store.rulebook import ServiceRule
from store.rules.catalogue import Catalogue
from store.rules.emergencies import why_emergency
from store.rules.phrases import Wording, first_found
from store.words import Level, Priority

#: What a request is worth of which the catalogue knows nothing yet.
UNKNOWN_SERVICE = ServiceRule(key="", name="")


def rate(
    catalogue: Catalogue, service: str, subject: Wording, text: Wording
) -> tuple[Level, Level, Priority, tuple[str, ...]]:
    """Return impact, urgency, priority and the reasons; the highest level named counts."""
    rule = catalogue.rules.services.get(service, UNKNOWN_SERVICE)
    why: list[str] = []
    impact, urgency = rule.impact, rule.urgency
    impacts, urgencies = catalogue.impact.get(service), catalogue.urgency.get(service)
    wording = subject.then(text) if impacts or urgencies else text
    if impacts and (found := first_found(impacts, wording)):
        impact = Level(found[0])
        why.append(f'impact {impact}: "{found[1]}"')
    if urgencies and (found := first_found(urgencies, wording)):
        urgency = Level(found[0])
        why.append(f'urgency {urgency}: "{found[1]}"')
    priority = catalogue.rules.matrix[impact, urgency]
    why.append(f"priority {priority}: impact {impact}, urgency {urgency}")
    if declared := why_emergency(catalogue.rules, service, impact):
        why.append(f"emergency: {declared}")
    return impact, urgency, priority, tuple(why)
