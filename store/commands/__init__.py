"""The only writers: every change of a request and its event in one transaction.

A command takes the desk, the actor and the request as the actor saw it, and returns what was
done; what it refuses is a ``CommandRefused`` with the line a user reads.
"""

from store.commands.all_clear import all_clear
from store.commands.attendance import be, breather
from store.commands.bulk import many
from store.commands.calling import call
from store.commands.conversation import note, redirect, reply
from store.commands.cover import change_cover, take_back_cover
from store.commands.end_runs import log_end_run
from store.commands.ending import close, reopen, resolve
from store.commands.hand_overs import hand_over, read_hand_overs
from store.commands.housekeeping import close_resolved, end_waits
from store.commands.looking import absence, presence
from store.commands.mailboxes import mailbox_closed, mailbox_failed, mailbox_seen
from store.commands.mails import discard, open_mail, retry
from store.commands.merging import merge
from store.commands.moving import give_each, move_all
from store.commands.notices import (
    doubt_notice,
    hand_over_notice,
    lease_notice,
    notice_sent,
    put_notice_off,
    recover_notices,
    refuse_notice,
)
from store.commands.on_it import on_it
from store.commands.opening import open_request
from store.commands.outages import (
    change_outage,
    declare_outage,
    end_outage,
    join_outage,
    not_outage,
)
from store.commands.ownership import assign, claim, offer, release, take_back_offer, take_over
from store.commands.policy import apply_policy
from store.commands.promises import promise, take_back_promise
from store.commands.pulling import pull
from store.commands.rating import emergency, rate, stand_down
from store.commands.rebuild import rebuild
from store.commands.splitting import split
from store.commands.stuck import give_up, send_again, was_sent
from store.commands.swapping import swap_cover, undo_cover
from store.commands.taking_in import Prepared, look_again, prepare, take_in
from store.commands.undoing import undo
from store.commands.waiting import resume, snooze, wait
from store.commands.warning import warn

__all__ = [
    "Prepared",
    "absence",
    "all_clear",
    "apply_policy",
    "assign",
    "be",
    "breather",
    "call",
    "change_cover",
    "change_outage",
    "claim",
    "close",
    "close_resolved",
    "declare_outage",
    "discard",
    "doubt_notice",
    "emergency",
    "end_outage",
    "end_waits",
    "give_each",
    "give_up",
    "hand_over",
    "hand_over_notice",
    "join_outage",
    "lease_notice",
    "log_end_run",
    "look_again",
    "mailbox_closed",
    "mailbox_failed",
    "mailbox_seen",
    "many",
    "merge",
    "move_all",
    "not_outage",
    "note",
    "notice_sent",
    "offer",
    "on_it",
    "open_mail",
    "open_request",
    "prepare",
    "presence",
    "promise",
    "pull",
    "put_notice_off",
    "rate",
    "read_hand_overs",
    "rebuild",
    "recover_notices",
    "redirect",
    "refuse_notice",
    "release",
    "reopen",
    "reply",
    "resolve",
    "resume",
    "retry",
    "send_again",
    "snooze",
    "split",
    "stand_down",
    "swap_cover",
    "take_back_cover",
    "take_back_offer",
    "take_back_promise",
    "take_in",
    "take_over",
    "undo",
    "undo_cover",
    "wait",
    "warn",
    "was_sent",
]
