"""Handing messages to the store, so that one it cannot take does not keep out the others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from intake.mishap import mishap
from store import commands
from store.desk import Desk
from store.errors import SchemaMismatch, StoreError, StoreHindered, StoreUnreachable
from store.mail_records import Taken
from store.rules.prepared import Prepared

_log = logging.getLogger(__name__)


def take(
    desk: Desk,
    mailbox: str,
    uidvalidity: int,
    items: Sequence[Prepared],
    store_is_well: Callable[[], object],
    *,
    answering: bool = True,
    sent_by: str = "",
) -> list[Taken]:
    """Commit ``items``: in one transaction, or where that fails in smaller ones.

    A single message that the store does not take goes to quarantine.

    Args:
        desk: The desk.
        mailbox: Name of the mailbox the messages are from.
        uidvalidity: The UIDVALIDITY their UIDs belong to.
        items: The messages, in the order of their UIDs.
        store_is_well: Writes something harmless; raises StoreError if the store is to blame.
        answering: Acknowledge what opens a request; False for mail of old days.
        sent_by: Login of whose Sent folder it is; "" for mail that comes in.

    Raises:
        StoreError: the store takes nothing now; what was committed before stays.
    """

    def again(some: Sequence[Prepared]) -> list[Taken]:
        return take(
            desk, mailbox, uidvalidity, some, store_is_well, answering=answering, sent_by=sent_by
        )

    try:
        return commands.take_in(
            desk, mailbox, uidvalidity, items, answering=answering, sent_by=sent_by
        )
    except (StoreHindered, StoreUnreachable, SchemaMismatch):
        raise
    except Exception as error:
        store_is_well()
        if len(items) > 1:
            half = len(items) // 2
            return again(items[:half]) + again(items[half:])
        item = items[0].item
        if item.quarantine:
            # It holds nothing of the mail but its bytes: the store itself is the trouble.
            raise StoreError(
                f"the database does not even take a mail into quarantine ({mishap(error)})"
            ) from error
        reason = f"the store could not take it ({mishap(error)})"
        extra = {"mailbox": mailbox, "uid": item.uid, "error": reason}
        _log.warning("a mail goes to quarantine", extra=extra)
        return again([items[0].spared(reason)])
