"""Why an action cannot be done just now, as far as the board itself can tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from store.words import Role, State
from tui.board.action import Action, Needs

if TYPE_CHECKING:
    from store.records import Actor, BoardRow

#: What a board that only looks on says to every key that changes something.
READ_ONLY = "This board is read-only"


def why_not(
    action: Action,
    rows: Sequence[BoardRow],
    me: Actor | None,
    called: Callable[[str], str] = str,
) -> str:
    """Return why ``action`` cannot be done on ``rows`` now; "" if it can.

    What only the store can know (who was faster, say) it says itself when the action is done.

    Args:
        action: The action.
        rows: The requests it is for.
        me: Who sits at the board; None before the store is open.
        called: Returns what the team calls the person with a login.
    """
    if action.changes and (me is None or me.read_only):
        return READ_ONLY
    if action.needs is not Needs.NOTHING and not rows:
        return "There is no request here"
    if action.id == "outage" and len(rows) > 1 and not _same_doubt(rows):
        return "Outage works on one request, or on those that may be about the same outage"
    if action.id == "split" and len(rows) > 1:
        return "Split works on one request at a time"
    if me is None or not action.changes or len(rows) != 1:
        return ""
    return _why_not_this(action, rows[0], me, called)


def _why_not_this(action: Action, row: BoardRow, me: Actor, called: Callable[[str], str]) -> str:  # noqa: C901 -- a case for each reason
    name = f"#{row.number}"
    over = row.state in {State.RESOLVED, State.CLOSED, State.MERGED}
    mine = row.assignee == me.login
    reason = ""
    match action.id:
        case "undo" | "note" | "log":
            pass
        case "reply" | "redirect" | "split" if row.state is not State.MERGED:
            reason = _why_no_mail(action, row)
        case "resolve" if row.state in {State.RESOLVED, State.CLOSED}:
            pass
        case "close" if row.state is not State.CLOSED:
            pass
        case _ if over:
            reason = f"{name} is {row.state}"
        case "claim" | "take_over" if mine:
            reason = f"You have {name} already"
        case "claim" if row.assignee:
            reason = f"{called(row.assignee)} has {name}; take it over instead"
        case "take_over" if not row.assignee:
            reason = f"Nobody has {name}; claim it instead"
        case "offer" if not row.assignee:
            reason = f"Nobody has {name}; anybody may claim it"
        case "offer" if not mine and me.role is not Role.LEAD:
            who = called(row.assignee)
            reason = f"{who} has {name}: only {who} or a lead can ask for a hand with it"
        case "release" if not row.assignee:
            reason = f"Nobody has {name}"
        case "on_it":
            reason = _why_not_on_it(row, me, called)
    return reason


def _why_not_on_it(row: BoardRow, me: Actor, called: Callable[[str], str]) -> str:
    """Return why nobody need say any more that they are on ``row``; "" if somebody has to."""
    if not row.emergency:
        return f"#{row.number} is no emergency: nobody is called to it"
    if not row.acknowledged_by:
        return ""
    mine = row.acknowledged_by == me.login
    who = "You are" if mine else f"{called(row.acknowledged_by)} is"
    return f"{who} on #{row.number} already"


def _why_no_mail(action: Action, row: BoardRow) -> str:
    """Return why a mail about ``row`` cannot be written, or is not to be; "" if it can."""
    name = f"#{row.number}"
    if action.id == "split":
        return ""
    if action.id == "redirect" and row.emergency:
        return f"{name} is an emergency: help first, the front door can wait"
    if action.id == "redirect" and not row.end_run:
        return f"{name} came to the desk; there is nothing to redirect"
    others = row.outage is not None and row.outage.parent and row.outage.people
    if not row.requester.address and not (others and action.id == "reply"):
        return f"{name} has no mail address to write to; write a note instead"
    return ""


def _same_doubt(rows: Sequence[BoardRow]) -> bool:
    """Say whether all of them may be about one outage."""
    marks = {row.outage for row in rows}
    return len(marks) == 1 and all(mark is not None and not mark.parent for mark in marks)
