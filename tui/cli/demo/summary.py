"""What the demo did, for scripts: a line a fact, ``name value``."""

from __future__ import annotations

import contextlib
from collections import Counter

from store import queries
from store.desk import Desk
from store.words import LIVE_STATES, Outcome, State
from tui.cli.demo.place import Place


def summary(place: Place) -> tuple[str, bool]:
    """Return the summary's text, and whether server and ledger agree."""
    with contextlib.closing(Desk.open(place.database)) as desk:
        health = queries.mailbox_health(desk)
        outbox = queries.outbox_counts(desk)
        rows = queries.requests(desk, states=tuple(State))
    server, ledger = sum(box.server for box in health), sum(box.ledger for box in health)
    outcomes: Counter[Outcome] = Counter()
    for box in health:
        outcomes.update(box.outcomes)
    live = [row for row in rows if row.state in LIVE_STATES]
    lines = [f"mails on the server {server}", f"mails in the ledger {ledger}"]
    lines += [f"{outcome.value} {outcomes[outcome]}" for outcome in Outcome]
    lines += [
        f"requests {len(rows)}",
        f"live {len(live)}",
        f"claimed {sum(bool(row.assignee) for row in live)}",
        f"mails sent {outbox.sent}",
        f"resolved {sum(row.state is State.RESOLVED for row in rows)}",
    ]
    return "\n".join(lines), server == ledger
