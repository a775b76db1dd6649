"""Who waits for another answer: the requester wrote last, after they had been answered.

A first answer that is still to come is a matter of its own clock. Whether the policy has a
target for the next answer does not matter: people wait all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from store.rules.clock_records import ANSWERS, ClockEvent, ClockEventKind


def owed_since(events: Iterable[ClockEvent]) -> datetime | None:
    """Return when the requester wrote what nobody has answered since; None if that is nothing."""
    answered, since = False, None
    for event in events:
        if event.kind in ANSWERS:
            answered, since = True, None
        elif event.kind is ClockEventKind.REQUESTER_REPLY and answered and since is None:
            since = event.at
    return since
