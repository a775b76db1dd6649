"""The only readers for display: what the screens and the command line show.

A query takes the desk and returns records; what it returns is safe to show in a terminal.
Each sees one moment of the store, and none holds up a writer.
"""

from store.queries.board import board_entries, board_index, first_page
from store.queries.board_rows import rows
from store.queries.changes import changes_since, last_event_id
from store.queries.counts import summary
from store.queries.directory import directory
from store.queries.ledger import mails, wishes
from store.queries.listing import requests
from store.queries.mail import (
    imported,
    imported_already,
    known_uids,
    mailbox_health,
    outbox_counts,
    taken_uids,
)
from store.queries.matches import search
from store.queries.one_request import clocks, request, request_of_message
from store.queries.originals import attachment, kept, original
from store.queries.outgoing import canned, dispatch, next_sending, outbox, redirect_text, unsent
from store.queries.people import colleagues, present, readers, reading

__all__ = [
    "attachment",
    "board_entries",
    "board_index",
    "canned",
    "changes_since",
    "clocks",
    "colleagues",
    "directory",
    "dispatch",
    "first_page",
    "imported",
    "imported_already",
    "kept",
    "known_uids",
    "last_event_id",
    "mailbox_health",
    "mails",
    "next_sending",
    "original",
    "outbox",
    "outbox_counts",
    "present",
    "readers",
    "reading",
    "redirect_text",
    "request",
    "request_of_message",
    "requests",
    "rows",
    "search",
    "summary",
    "taken_uids",
    "unsent",
    "wishes",
]
