"""The only readers for display: what the screens and the command line show.

A query takes the desk and returns records; what it returns is safe to show in a terminal.
Each sees one moment of the store, and none holds up a writer.
"""

from store.queries.attendance import due_before, last_said, offered
from store.queries.board import board_entries, board_index, first_page
from store.queries.board_rows import rows, unanswered
from store.queries.breaching import breaching
from store.queries.changes import changes_since, last_event_id
from store.queries.counts import summary
from store.queries.cover import cover_view, told_of_cover
from store.queries.directory import directory
from store.queries.end_runs import (
    end_run_converted,
    end_run_doors,
    end_run_requests,
    end_runs,
)
from store.queries.endings import endings
from store.queries.evening import evening, handing_over
from store.queries.fairness import claims
from store.queries.hand_overs import hand_overs, newest_hand_over
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
from store.queries.mine import mine
from store.queries.notices import at_risk, next_notice, soon_promised, stuck_notices
from store.queries.one_request import clocks, request, request_of_message
from store.queries.originals import attachment, kept, original
from store.queries.outages import outages
from store.queries.outgoing import canned, dispatch, next_sending, outbox, redirection, unsent
from store.queries.people import colleagues, present, reading, whereabouts
from store.queries.workload import workload

__all__ = [
    "at_risk",
    "attachment",
    "board_entries",
    "board_index",
    "breaching",
    "canned",
    "changes_since",
    "claims",
    "clocks",
    "colleagues",
    "cover_view",
    "directory",
    "dispatch",
    "due_before",
    "end_run_converted",
    "end_run_doors",
    "end_run_requests",
    "end_runs",
    "endings",
    "evening",
    "first_page",
    "hand_overs",
    "handing_over",
    "imported",
    "imported_already",
    "kept",
    "known_uids",
    "last_event_id",
    "last_said",
    "mailbox_health",
    "mails",
    "mine",
    "newest_hand_over",
    "next_notice",
    "next_sending",
    "offered",
    "original",
    "outages",
    "outbox",
    "outbox_counts",
    "present",
    "reading",
    "redirection",
    "request",
    "request_of_message",
    "requests",
    "rows",
    "search",
    "soon_promised",
    "stuck_notices",
    "summary",
    "taken_uids",
    "told_of_cover",
    "unanswered",
    "unsent",
    "whereabouts",
    "wishes",
    "workload",
]
