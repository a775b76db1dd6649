"""The only writers: every change of a request and its event in one transaction.

A command takes the desk, the actor and the request as the actor saw it, and returns what was
done; what it refuses is a ``CommandRefused`` with the line a user reads.
"""

from store.commands.bulk import many
from store.commands.conversation import note, redirect, reply
from store.commands.end_runs import log_end_run
from store.commands.ending import close, reopen, resolve
from store.commands.housekeeping import close_resolved, end_waits
from store.commands.looking import absence, presence
from store.commands.mailboxes import mailbox_closed, mailbox_failed, mailbox_seen
from store.commands.mails import discard, open_mail, retry
from store.commands.merging import merge
from store.commands.opening import open_request
from store.commands.ownership import assign, claim, release, take_over
from store.commands.policy import apply_policy
from store.commands.rating import emergency, rate
from store.commands.rebuild import rebuild
from store.commands.splitting import split
from store.commands.stuck import give_up, send_again, was_sent
from store.commands.taking_in import Prepared, look_again, prepare, take_in
from store.commands.undoing import undo
from store.commands.waiting import resume, snooze, wait

__all__ = [
    "Prepared",
    "absence",
    "apply_policy",
    "assign",
    "claim",
    "close",
    "close_resolved",
    "discard",
    "emergency",
    "end_waits",
    "give_up",
    "log_end_run",
    "look_again",
    "mailbox_closed",
    "mailbox_failed",
    "mailbox_seen",
    "many",
    "merge",
    "note",
    "open_mail",
    "open_request",
    "prepare",
    "presence",
    "rate",
    "rebuild",
    "redirect",
    "release",
    "reopen",
    "reply",
    "resolve",
    "resume",
    "retry",
    "send_again",
    "snooze",
    "split",
    "take_in",
    "take_over",
    "undo",
    "wait",
    "was_sent",
]
