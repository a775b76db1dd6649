"""What differs between two policies, by the names that people gave to its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from store.policy.durations import words
from store.policy.fields import key_of
from store.policy.policy import Agreed
from store.policy.section import Section
from store.policy.targets import Targets
from store.words import EMERGENCY, Metric, Priority


@dataclass(frozen=True, slots=True)
class Changed:
    """Entries of one part of the policy that came, went, or say something else."""

    came: tuple[str, ...]
    left: tuple[str, ...]
    settings: Mapping[str, tuple[str, ...]]
    """Key of an entry to its settings that are different."""

    def __bool__(self) -> bool:
        return bool(self.came or self.left or self.settings)


@dataclass(frozen=True, slots=True)
class TargetChange:
    """A setting of ``[targets]`` that is different: "P2", "first_response", "1h", "30m"."""

    name: str
    setting: str
    before: str
    """ "" for a clock that did not run."""
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What one policy says otherwise than another."""

    people: Changed
    services: Changed
    targets: tuple[TargetChange, ...]


def difference(before: Agreed, after: Agreed) -> Difference:
    """Return what ``after`` says otherwise than ``before`` of people, services and targets."""
    return Difference(
        people=_changed(
            {each.login: each for each in before.people},
            {each.login: each for each in after.people},
        ),
        services=_changed(before.services, after.services),
        targets=tuple(
            TargetChange(str(name), setting, was, now)
            for name in (*Priority, EMERGENCY)
            for setting, was, now in _targets(
                getattr(before.targets, name), getattr(after.targets, name)
            )
        ),
    )


def _changed(before: Mapping[str, Section], after: Mapping[str, Section]) -> Changed:
    return Changed(
        came=tuple(key for key in after if key not in before),
        left=tuple(key for key in before if key not in after),
        settings={
            key: settings
            for key in after
            if key in before and (settings := _settings(before[key], after[key]))
        },
    )


def _settings(before: Section, after: Section) -> tuple[str, ...]:
    return tuple(
        key_of(name, field)
        for name, field in type(after).model_fields.items()
        if getattr(before, name) != getattr(after, name)
    )


def _targets(before: Targets, after: Targets) -> list[tuple[str, str, str]]:
    found = []
    for setting in _settings(before, after):
        was, now = getattr(before, setting), getattr(after, setting)
        found.append((setting, _said(setting, was), _said(setting, now)))
    return found


def _said(setting: str, value: Any) -> str:
    if setting in list(Metric):
        return "" if value is None else words(value)
    return str(value)
