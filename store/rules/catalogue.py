"""The rulebook's words, compiled once for all mails."""

from __future__ import annotations

from dataclasses import dataclass

from store.rulebook import Rulebook, ServiceRule
from store.rules.phrases import Phrases
from store.words import Level

_LEVELS = (Level.HIGH, Level.MEDIUM, Level.LOW)


@dataclass(frozen=True)
class Catalogue:
    """All phrases that point to services, and each service's words for impact and urgency."""

    rules: Rulebook
    phrases: Phrases
    owners: dict[str, tuple[str, ...]]
    """Phrase to the keys of the services that list it."""
    impact: dict[str, dict[str, Phrases]]
    urgency: dict[str, dict[str, Phrases]]


def _by_level(words: object, service: ServiceRule) -> dict[str, Phrases]:
    mapping = service.impact_words if words == "impact" else service.urgency_words
    return {level: Phrases(mapping[level]) for level in _LEVELS if mapping.get(level)}


def _compile(rules: Rulebook) -> Catalogue:
    owners: dict[str, tuple[str, ...]] = {}
    for service in rules.services.values():
        for word in service.words:
            owners[word] = (*owners.get(word, ()), service.key)
    return Catalogue(
        rules=rules,
        phrases=Phrases(owners),
        owners=owners,
        impact={s.key: _by_level("impact", s) for s in rules.services.values()},
        urgency={s.key: _by_level("urgency", s) for s in rules.services.values()},
    )


#: The catalogue of the rulebook used last; pollers use one rulebook for thousands of mails.
_latest: list[Catalogue] = []


def catalogue_of(rules: Rulebook) -> Catalogue:
    """Return the compiled words of a rulebook."""
    if _latest and _latest[-1].rules is rules:
        return _latest[-1]
    catalogue = _compile(rules)
    _latest[:] = [catalogue]
    return catalogue
