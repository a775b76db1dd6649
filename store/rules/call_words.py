"""What a call to an emergency says: short enough for a phone in the night.

Texts of requesters have to be safe already: see ``store.text``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

_LONGEST_EXCERPT = 600
_LONGEST_SUBJECT = 120


@dataclass(frozen=True, slots=True)
class Told:
    """What a call tells of an emergency, in words."""

    number: int
    subject: str
    priority: str
    requester: str
    about: str
    """Department and service, as far as they are known."""
    declared: str
    """When, by whom and why."""
    excerpt: str
    """The beginning of what was written first."""


def call_subject(told: Told) -> str:
    """Return the subject, with the tag by which an answer is known."""
    return f"Emergency [#{told.number}] {told.subject[:_LONGEST_SUBJECT] or '(no subject)'}"


def call_text(told: Told, why: str, then: str, *, by_mail: bool) -> str:
    """Return the text of a call.

    Args:
        told: The emergency.
        why: Why this person is called.
        then: What happens if nobody answers.
        by_mail: Whether it is a mail, which can be answered.
    """
    answer = "answer this mail, or press A" if by_mail else "press A"
    excerpt = told.excerpt.strip()[:_LONGEST_EXCERPT]
    parts = [
        f"{why} Emergency #{told.number}, {told.priority}: {told.subject or '(no subject)'}",
        "\n".join(each for each in (told.requester, told.about, told.declared) if each),
        excerpt,
        f"Are you on it? Then {answer} on the board, or run: deskwatch ack {told.number}",
        then,
    ]
    return "\n\n".join(part for part in parts if part)


def next_words(who: Sequence[str], at: datetime) -> str:
    """Return what happens if nobody answers: ``who`` is called ``at`` the local time."""
    names, called = " and ".join(who), "are called" if len(who) > 1 else "is called"
    return f"If you cannot, do not answer: {names} {called} at {at:%H:%M}."
