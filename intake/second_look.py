"""Mail that somebody wants looked at again: read once more, out of the original in the store."""

from __future__ import annotations

import hashlib
import logging
import zlib
from dataclasses import replace

from intake.imap.fetched import Fetched
from intake.mishap import mishap
from intake.salvage import salvaged
from intake.understanding import Understanding
from store import commands, queries
from store.desk import Desk
from store.errors import NotFound, SchemaMismatch, StoreHindered, StoreUnreachable
from store.mail_records import Incoming, LookAgain, Taken
from store.rules.prepared import Prepared, prepare
from store.words import Wish

_log = logging.getLogger(__name__)


def look_again(desk: Desk) -> int:
    """Look at every mail that somebody wants looked at again; return how many were.

    Raises:
        StoreError: the database takes nothing now; the rest stays wished for.
    """
    looked = 0
    # The wish of each is fulfilled, whatever comes of it, so this comes to an end.
    while wishes := queries.wishes(desk):
        desk.refresh()
        for wish in wishes:
            taken = _look(desk, wish)
            looked += 1
            if taken is not None:
                became = f"{taken.outcome.replace('_', ' ')} ({taken.reason})"
                _log.info("%s: mail %d: %s", wish.place.mailbox, wish.place.uid, became)
    return looked


def _look(desk: Desk, wish: LookAgain) -> Taken | None:
    try:
        understood = _understood(desk, wish)
    except NotFound:
        return None
    except zlib.error:
        _log.warning("%s: mail %d: its original is damaged", wish.place.mailbox, wish.place.uid)
        understood = _damaged(wish)
    try:
        return commands.look_again(desk, wish.place, understood)
    except (StoreHindered, StoreUnreachable, SchemaMismatch):
        raise
    except NotFound:
        return None
    except Exception as error:  # noqa: BLE001 - the others are looked at
        reason = f"the store could not take it ({mishap(error)})"
        _log.warning("%s: mail %d: %s", wish.place.mailbox, wish.place.uid, reason)
        item = replace(understood.item, mail=None, triage=None, quarantine=reason)
        return commands.look_again(desk, wish.place, prepare(item))


def _damaged(wish: LookAgain) -> Prepared:
    """Return what takes the place of a mail of which nothing is left that could be read."""
    return prepare(
        Incoming(
            uid=wish.place.uid,
            arrived_at=wish.arrived_at,
            size=wish.size,
            raw=b"",
            # Not that of no bytes at all: it is a copy of no empty mail.
            sha256=hashlib.sha256(repr(wish.place).encode()).digest(),
            truncated=True,
            quarantine="its original is damaged; restore the database from a backup",
        )
    )


def _understood(desk: Desk, wish: LookAgain) -> Prepared:
    """Return what can be made of a mail; one that is to open a request always is a mail."""
    raw = queries.kept(desk, wish.original_id)
    fetched = Fetched(wish.place.uid, wish.arrived_at, wish.size, raw, wish.truncated)
    understanding = Understanding(desk.rules, wish.place.mailbox)
    [found] = understanding.of([fetched], desk.clock.now())
    if found.letter is not None or wish.wish is not Wish.OPEN:
        return found
    mail, triage = salvaged(raw, found.item.quarantine, desk.rules)
    return prepare(replace(found.item, mail=mail, triage=triage, quarantine=""))
