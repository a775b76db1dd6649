"""The one registry of what can be done on the board.

Key bindings, footer, help, command palette, key settings and the tables of keys in the
documentation are all made from ``ACTIONS``. An action is done by the method of the same name
in ``tui.board.handlers`` (what changes requests), ``tui.board.queue`` (the list) or
``tui.board.screens.request`` (one request).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from store.words import State

if TYPE_CHECKING:
    from textual.binding import Binding

    from store.records import Actor, BoardRow


class Scope(StrEnum):
    """Where an action can be done."""

    EVERYWHERE = "everywhere"
    QUEUE = "queue"
    REQUEST = "request"
    WORK = "work"
    """On requests: in the queue on all marked ones, on the request screen on the one shown."""


class Needs(StrEnum):
    """What has to be there for an action."""

    NOTHING = "nothing"
    ONE = "one"
    """The request under the cursor, or the one shown."""
    SOME = "some"
    """All marked requests; without marks, the one under the cursor."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something a key does."""

    id: str
    """What key settings call it."""
    keys: tuple[str, ...]
    """The built-in keys: characters, or Textual's names such as ``pagedown``, ``ctrl+p``."""
    label: str
    """One or two words, for the footer and the palette."""
    help: str
    """What it does, in a sentence without its full stop."""
    scope: Scope
    needs: Needs = Needs.NOTHING
    danger: bool = False
    """It asks ``y``/``n`` before it is done."""
    changes: bool = False
    """It changes requests, so a read-only board refuses it."""


_MOVING = (
    Action("down", ("j", "down"), "down", "Go to the next request", Scope.QUEUE),
    Action("up", ("k", "up"), "up", "Go to the request above", Scope.QUEUE),
    Action("page_down", ("pagedown",), "page down", "Go down a screenful", Scope.QUEUE),
    Action("page_up", ("pageup",), "page up", "Go up a screenful", Scope.QUEUE),
    Action("top", ("g", "home"), "top", "Go to the first request", Scope.QUEUE),
    Action("bottom", ("G", "end"), "bottom", "Go to the last request", Scope.QUEUE),
    Action("open", ("enter",), "open", "Open the request", Scope.QUEUE, Needs.ONE),
    Action(
        "mark", ("space",), "mark", "Mark it; keys then work on all marked", Scope.QUEUE, Needs.ONE
    ),
    Action("filter", ("/",), "filter", "Search by word, person or number", Scope.QUEUE),
    Action("clear", ("escape", "ctrl+g"), "clear", "Drop the filter, then the marks", Scope.QUEUE),
)

_WORKING = (
    Action(
        "claim",
        ("c",),
        "claim",
        "Take what nobody has",
        Scope.WORK,
        Needs.SOME,
        changes=True,
    ),
    Action(
        "release",
        ("C",),
        "release",
        "Give it back to the queue",
        Scope.WORK,
        Needs.SOME,
        changes=True,
    ),
    Action(
        "assign",
        ("a",),
        "assign",
        "Give it to a colleague",
        Scope.WORK,
        Needs.SOME,
        changes=True,
    ),
    Action(
        "take_over",
        ("t",),
        "take over",
        "Take it from whoever has it",
        Scope.WORK,
        Needs.SOME,
        changes=True,
    ),
    Action(
        "wait",
        ("w",),
        "wait",
        "Wait for the requester or a supplier; on waiting ones: go on",
        Scope.WORK,
        Needs.SOME,
        changes=True,
    ),
    Action(
        "snooze",
        ("z",),
        "snooze",
        "Put it to the end of the queue until a time; on snoozed ones: wake",
        Scope.WORK,
        Needs.SOME,
        changes=True,
    ),
    Action(
        "resolve",
        ("x",),
        "resolve",
        "Resolve: then g guided, d done for them, f fixed, n nothing needed;"
        " on resolved ones: re-open",
        Scope.WORK,
        Needs.SOME,
        changes=True,
    ),
    Action(
        "close",
        ("X",),
        "close",
        "Close resolved ones for good; after 14 days that happens by itself",
        Scope.WORK,
        Needs.SOME,
        changes=True,
    ),
    Action(
        "note",
        ("n",),
        "note",
        "Write a note that only the desk sees",
        Scope.WORK,
        Needs.SOME,
        changes=True,
    ),
    Action(
        "rate",
        ("p",),
        "priority",
        "Set impact and urgency; the priority follows",
        Scope.WORK,
        Needs.SOME,
        changes=True,
    ),
    Action(
        "emergency",
        ("!",),
        "emergency",
        "Declare an emergency, with its own clock",
        Scope.WORK,
        Needs.SOME,
        danger=True,
        changes=True,
    ),
    Action(
        "undo",
        ("u",),
        "undo",
        "Take back what you did last",
        Scope.WORK,
        changes=True,
    ),
    Action("copy", ("y",), "copy number", "Copy the number", Scope.WORK, Needs.SOME),
)

_READING = (
    Action("back", ("escape", "q", "ctrl+g"), "back", "Go back to the queue", Scope.REQUEST),
    Action("next", ("J",), "next", "Show the next request of the queue", Scope.REQUEST),
    Action("previous", ("K",), "previous", "Show the one above in the queue", Scope.REQUEST),
    Action("unfold", ("f",), "unfold", "Unfold what is quoted, or fold it again", Scope.REQUEST),
    Action(
        "history",
        ("h",),
        "history",
        "Go over to facts and history, or back to the conversation",
        Scope.REQUEST,
    ),
    Action(
        "original",
        ("v",),
        "original",
        "Show the newest mail as it came, with headers",
        Scope.REQUEST,
    ),
    Action("scroll_down", ("j", "down"), "scroll down", "Scroll down a line", Scope.REQUEST),
    Action("scroll_up", ("k", "up"), "scroll up", "Scroll up a line", Scope.REQUEST),
    Action(
        "scroll_page_down",
        ("space", "pagedown"),
        "page down",
        "Scroll down a screenful",
        Scope.REQUEST,
    ),
    Action("scroll_page_up", ("pageup",), "page up", "Scroll up a screenful", Scope.REQUEST),
    Action("scroll_home", ("g", "home"), "oldest", "Scroll to the oldest", Scope.REQUEST),
    Action("scroll_end", ("G", "end"), "newest", "Scroll to the newest", Scope.REQUEST),
)

_BOARD = (
    Action("help", ("?",), "help", "Show every key", Scope.EVERYWHERE),
    Action("palette", (":", "ctrl+p"), "commands", "Find a command by name", Scope.EVERYWHERE),
    Action(
        "colours",
        ("ctrl+t",),
        "colours",
        "Go on to other colours: dark, light, the terminal's own",
        Scope.EVERYWHERE,
    ),
    Action("quit", ("q", "ctrl+q"), "quit", "Leave the board", Scope.QUEUE),
)

#: The actions by the heading that help and documentation show them under.
SECTIONS = {
    "Working on requests": _WORKING,
    "The queue": _MOVING,
    "One request": _READING,
    "The board": _BOARD,
}
ACTIONS: tuple[Action, ...] = tuple(action for part in SECTIONS.values() for action in part)
BY_ID = {action.id: action for action in ACTIONS}


def meet(one: Scope, other: Scope) -> bool:
    """Say whether there is a place where actions of both scopes can be done."""
    if Scope.EVERYWHERE in (one, other) or one == other:
        return True
    return Scope.WORK in (one, other)


def bindings(*scopes: Scope) -> list[Binding]:
    """Return the bindings of all actions of ``scopes``; each calls ``app.perform(id)``."""
    from textual.binding import Binding

    return [
        Binding(",".join(each.keys), f"app.perform('{each.id}')", each.label, id=each.id)
        for each in ACTIONS
        if each.scope in scopes
    ]


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
        return "This board is read-only"
    if action.needs is not Needs.NOTHING and not rows:
        return "There is no request here"
    if me is None or not action.changes or len(rows) != 1:
        return ""
    return _why_not_this(action, rows[0], me, called)


def _why_not_this(action: Action, row: BoardRow, me: Actor, called: Callable[[str], str]) -> str:
    name = f"#{row.number}"
    over = row.state in {State.RESOLVED, State.CLOSED, State.MERGED}
    mine = row.assignee == me.login
    reason = ""
    match action.id:
        case "undo" | "note":
            pass
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
        case "release" if not row.assignee:
            reason = f"Nobody has {name}"
        case "emergency" if row.emergency:
            reason = f"{name} is an emergency already"
    return reason
