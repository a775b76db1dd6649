"""Reports of programs whose sender the policy names: the first of an alert opens a request.

Later ones of the same alert join it while it is live. Nobody waits for an answer to them, so
they restart no clock and end no wait.
"""

from __future__ import annotations

from store.commands.taking_in.lookup import Known
from store.rules import threads
from store.rules.prepared import Letter
from store.rules.threads import Belongs
from store.words import LIVE_STATES


def belongs(letter: Letter, known: Known) -> Belongs:
    """Return which request a report belongs to."""
    alert = letter.triage.alert
    newest = known.alerts.get(alert)
    if newest is None:
        return Belongs(None, None, f"the first report of this alert: {alert}")
    request = threads.survivor(newest, known.with_survivors({newest}))
    if request is None or request.state not in LIVE_STATES:
        return Belongs(None, newest, f"#{newest} was about the same alert and has ended: {alert}")
    return Belongs(request.number, None, f"#{request.number} is open for the same alert: {alert}")
