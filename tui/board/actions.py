"""The one registry of what can be done on the board.

Key bindings, footer, help, command palette, key settings and the tables of keys in the
documentation are all made from ``ACTIONS``. An action is done by the method of the same name:
of scope ``work`` in ``tui.board.handlers``; else ``do_…`` of the screen that its scope names
(``tui.board.queue``, ``tui.board.screens.request``, a view in ``tui.board.views``), of the
field in which a reply is written (``tui.board.reply.editor``), or of the app.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.board.action import Action, Needs, Scope
from tui.board.view_actions import COVER, END_RUNS, FAIRNESS, MAIL, MINE, WORKLOAD

if TYPE_CHECKING:
    from textual.binding import Binding

_QUEUE = Scope.QUEUE
_ONE, _SOME = Needs.ONE, Needs.SOME
_work = partial(Action, scope=Scope.WORK, needs=_SOME, changes=True)
_on_request = partial(Action, scope=Scope.REQUEST)
_while_writing = partial(Action, scope=Scope.REPLY)

_MOVING = (
    Action("down", ("j", "down"), "down", "Go to the next request", _QUEUE),
    Action("up", ("k", "up"), "up", "Go to the request above", _QUEUE),
    Action("page_down", ("pagedown",), "page down", "Go down a screenful", _QUEUE),
    Action("page_up", ("pageup",), "page up", "Go up a screenful", _QUEUE),
    Action("top", ("g", "home"), "top", "Go to the first request", _QUEUE),
    Action("bottom", ("G", "end"), "bottom", "Go to the last request", _QUEUE),
    Action("open", ("enter",), "open", "Open the request", _QUEUE, _ONE),
    Action("mark", ("space",), "mark", "Mark it; keys then work on all marked", _QUEUE, _ONE),
    Action("filter", ("/",), "filter", "Search by word, person or number", _QUEUE),
    Action("clear", ("escape", "ctrl+g"), "clear", "Drop the filter, then the marks", _QUEUE),
)

_WORKING = (
    _work("claim", ("c",), "claim", "Take what nobody has"),
    _work(
        "pull",
        (".",),
        "next best",
        "Take the next best of what nobody has, and say why it is that one",
        needs=Needs.NOTHING,
    ),
    _work("release", ("C",), "release", "Give it back to the queue"),
    _work("assign", ("a",), "assign", "Give it to a colleague"),
    _work("take_over", ("t",), "take over", "Take it from whoever has it"),
    _work(
        "offer",
        ("o",),
        "needs a hand",
        "Say that it needs a hand, on every board; on those that do: not any more",
    ),
    _work(
        "reply",
        ("r",),
        "reply",
        "Write to the requester; to several marked ones, one text to each",
    ),
    _work(
        "wait",
        ("w",),
        "wait",
        "Wait for the requester or a supplier; on waiting ones: go on",
    ),
    _work(
        "snooze",
        ("z",),
        "snooze",
        "Put it to the end of the queue until a time; on snoozed ones: wake",
    ),
    _work(
        "resolve",
        ("x",),
        "resolve",
        "Resolve: then g guided, d done for them, f fixed, n nothing needed;"
        " on resolved ones: re-open",
    ),
    _work(
        "close",
        ("X",),
        "close",
        "Close resolved ones for good; after 14 days that happens by itself",
    ),
    _work(
        "promise",
        ("P",),
        "promise",
        "Note by when the requester was promised something; an answer or the end keeps it",
    ),
    _work("note", ("n",), "note", "Write a note that only the desk sees"),
    _work("rate", ("p",), "priority", "Set impact and urgency; the priority follows"),
    _work(
        "emergency",
        ("!",),
        "emergency",
        "Declare an emergency, with its own clock; on emergencies: stand them down",
        danger=True,
    ),
    _work(
        "on_it",
        ("A",),
        "I am on it",
        "Answer the call to an emergency: you are on it, and nobody else is called",
    ),
    _work(
        "outage",
        ("O",),
        "outage",
        "Make it the parent of a known outage, change or end that;"
        " on one that may be about an outage: say whether it is",
    ),
    _work(
        "redirect",
        ("E",),
        "redirect",
        "Answer an end-run: received, this is its number, and where the front door is",
        danger=True,
    ),
    _work(
        "merge",
        ("m",),
        "merge",
        "Make it part of another request; of two marked ones, into the older",
        danger=True,
    ),
    _work(
        "split",
        ("s",),
        "split",
        "Make a request of its own of the mail that joined it last",
        danger=True,
    ),
    _work(
        "log",
        ("e",),
        "log end-run",
        "Log that somebody asked a person instead of the desk: who, what, how long",
        needs=Needs.NOTHING,
    ),
    _work("undo", ("u",), "undo", "Take back what you did last", needs=Needs.NOTHING),
    _work("copy", ("y",), "copy number", "Copy the number", changes=False),
)

_READING = (
    _on_request("back", ("escape", "q", "ctrl+g"), "back", "Go back to where you came from"),
    _on_request("next", ("J",), "next", "Show the next request of the queue"),
    _on_request("previous", ("K",), "previous", "Show the one above in the queue"),
    _on_request("unfold", ("f",), "unfold", "Unfold what is folded, or fold it again"),
    _on_request(
        "history",
        ("h",),
        "history",
        "Go over to facts and history, or back to the conversation",
    ),
    _on_request("original", ("v",), "original", "Show the newest mail as it came, with headers"),
    _on_request(
        "sending",
        ("S",),
        "sending",
        "Say what becomes of an answer that is stuck, or sent or not, nobody knows",
        changes=True,
    ),
    _on_request("scroll_down", ("j", "down"), "scroll down", "Scroll down a line"),
    _on_request("scroll_up", ("k", "up"), "scroll up", "Scroll up a line"),
    _on_request("scroll_page_down", ("space", "pagedown"), "page down", "Scroll down a screenful"),
    _on_request("scroll_page_up", ("pageup",), "page up", "Scroll up a screenful"),
    _on_request("scroll_home", ("g", "home"), "oldest", "Scroll to the oldest"),
    _on_request("scroll_end", ("G", "end"), "newest", "Scroll to the newest"),
)

_WRITING = (
    _while_writing(
        "reply_send",
        ("ctrl+s",),
        "send",
        "Send it: then enter sends, w sends and waits, x sends and resolves",
    ),
    _while_writing("reply_edit", ("ctrl+o",), "$EDITOR", "Write it in your own editor"),
    _while_writing(
        "reply_canned", ("ctrl+r",), "canned", "Put in an answer that the desk has ready"
    ),
    _while_writing("reply_attach", ("ctrl+f",), "file", "Attach a file"),
    _while_writing("reply_detach", ("ctrl+l",), "no file", "Take the newest file off again"),
    _while_writing(
        "reply_read_up", ("ctrl+up",), "read up", "Scroll the conversation up while you write"
    ),
    _while_writing("reply_read_down", ("ctrl+down",), "read down", "Scroll it down"),
    _while_writing(
        "reply_leave",
        ("escape", "ctrl+g"),
        "keep draft",
        "Leave the text; it is kept until the board is left, and `r` goes on with it",
    ),
)

_BOARD = (
    Action("view_queue", ("1",), "queue", "Show the queue", Scope.EVERYWHERE),
    Action(
        "view_mine",
        ("2",),
        "mine",
        "Show your own work: what you owe, have promised and have, what came and went",
        Scope.EVERYWHERE,
    ),
    Action(
        "view_end_runs",
        ("3",),
        "end-runs",
        "Show who was asked instead of the desk, what it cost and what came of it",
        Scope.EVERYWHERE,
    ),
    Action(
        "view_workload",
        ("4",),
        "workload",
        "Show who has how much to do, and move it from one to another",
        Scope.EVERYWHERE,
    ),
    Action(
        "view_cover",
        ("5",),
        "cover",
        "Show who has the watch in the next days, and change it",
        Scope.EVERYWHERE,
    ),
    Action(
        "view_fairness",
        ("6",),
        "fairness",
        "Show how often urgency is claimed, how requests end, and on how few it rests",
        Scope.EVERYWHERE,
    ),
    Action(
        "view_intake",
        ("7",),
        "intake",
        "Show how mail stands: mailboxes, outbox, quarantine, ignored mail",
        Scope.EVERYWHERE,
    ),
    Action(
        "hand_over",
        ("N",),
        "hand over",
        "Read what the shift before you has left; if that is nothing, write to the next one",
        Scope.EVERYWHERE,
        changes=True,
    ),
    Action(
        "breather",
        ("b",),
        "breather",
        "Away for ten minutes, nobody asks why; when not in: back",
        Scope.EVERYWHERE,
        changes=True,
    ),
    Action(
        "attendance",
        ("B",),
        "where I am",
        "Say that you are in, away or off, and until when; `in` takes it back",
        Scope.EVERYWHERE,
        changes=True,
    ),
    Action("help", ("?",), "help", "Show every key", Scope.EVERYWHERE),
    Action("palette", (":", "ctrl+p"), "commands", "Find a command by name", Scope.EVERYWHERE),
    Action(
        "colours",
        ("ctrl+t",),
        "colours",
        "Go on to other colours: dark, light, the terminal's own",
        Scope.EVERYWHERE,
    ),
    Action("quit", ("q", "ctrl+q"), "quit", "Leave the board", _QUEUE),
)

#: The actions by the heading that help and documentation show them under.
SECTIONS = {
    "Working on requests": _WORKING,
    "The queue": _MOVING,
    "One request": _READING,
    "Writing a reply": _WRITING,
    "Mine": MINE,
    "End-runs": END_RUNS,
    "Workload": WORKLOAD,
    "Cover": COVER,
    "Fairness": FAIRNESS,
    "Intake": MAIL,
    "The board": _BOARD,
}
ACTIONS: tuple[Action, ...] = tuple(action for part in SECTIONS.values() for action in part)
BY_ID = {action.id: action for action in ACTIONS}


def bindings(*scopes: Scope) -> list[Binding]:
    """Return the bindings of all actions of ``scopes``; each calls ``app.perform(id)``."""
    from textual.binding import Binding

    return [
        Binding(
            ",".join(each.keys),
            f"app.perform('{each.id}')",
            each.label,
            id=each.id,
            # A field takes some keys for itself; those of a reply go before it.
            priority=each.scope is Scope.REPLY,
        )
        for each in ACTIONS
        if each.scope in scopes
    ]
