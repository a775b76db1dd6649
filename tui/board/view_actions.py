"""What can be done on the views beside the queue: a part of the registry of ``actions``.

Each is done by ``do_…`` of the view's screen in ``tui.board.views``.
"""

from __future__ import annotations

from functools import partial

from tui.board.action import Action, Needs, Scope

_on_intake = partial(Action, scope=Scope.INTAKE)
_on_cover = partial(Action, scope=Scope.COVER)
_on_fairness = partial(Action, scope=Scope.FAIRNESS)
_on_mine = partial(Action, scope=Scope.MINE)
_on_end_runs = partial(Action, scope=Scope.END_RUNS)
_on_workload = partial(Action, scope=Scope.WORKLOAD)

MAIL = (
    _on_intake("mail_down", ("j", "down"), "down", "Go to the next line"),
    _on_intake("mail_up", ("k", "up"), "up", "Go to the line above"),
    _on_intake("mail_page_down", ("space", "pagedown"), "page down", "Go down a screenful"),
    _on_intake("mail_page_up", ("pageup",), "page up", "Go up a screenful"),
    _on_intake("mail_top", ("g", "home"), "top", "Go to the first line"),
    _on_intake("mail_bottom", ("G", "end"), "bottom", "Go to the last line"),
    _on_intake(
        "mail_view",
        ("enter", "v"),
        "show",
        "Show the mail as it came; of one that goes out, its request",
    ),
    _on_intake(
        "mail_open",
        ("n",),
        "new request",
        "Make a request of it, whatever kept it from being one",
        changes=True,
    ),
    _on_intake(
        "mail_retry", ("R",), "retry", "Read it again, as if it had just come", changes=True
    ),
    _on_intake(
        "mail_discard",
        ("d",),
        "discard",
        "Put it away: it is counted as ignored, and its original is kept",
        changes=True,
        danger=True,
    ),
    _on_intake(
        "mail_sending",
        ("S",),
        "sending",
        "Say what becomes of a mail that did not go out: again, it was sent, give up",
        changes=True,
    ),
    _on_intake(
        "mail_kind",
        ("f",),
        "filter",
        "Show one kind only: mailboxes, outbox, quarantine, ignored; then all again",
    ),
    _on_intake("mail_back", ("escape", "q", "ctrl+g"), "back", "Go back to where you came from"),
)

COVER = (
    _on_cover("cover_right", ("l", "right"), "later", "Go to the next stretch of the row"),
    _on_cover("cover_left", ("h", "left"), "earlier", "Go to the stretch before"),
    _on_cover("cover_down", ("j", "down"), "down", "Go to the row below"),
    _on_cover("cover_up", ("k", "up"), "up", "Go to the row above"),
    _on_cover("cover_page_down", ("space", "pagedown"), "page down", "Go down a screenful"),
    _on_cover("cover_page_up", ("pageup",), "page up", "Go up a screenful"),
    _on_cover("cover_later", ("]",), "later days", "Show later days, if not all fit"),
    _on_cover("cover_earlier", ("[",), "earlier days", "Show earlier days"),
    _on_cover("cover_now", ("g", "home"), "now", "Go to the present"),
    _on_cover("cover_end", ("G", "end"), "last", "Go to the last stretch of the row"),
    _on_cover("cover_gap", ("f",), "next gap", "Go to the next gap"),
    _on_cover(
        "cover_swap",
        ("s",),
        "swap",
        "Swap the stretch for one of somebody else's",
        changes=True,
    ),
    _on_cover("cover_cover", ("c",), "cover", "Let somebody else come", changes=True),
    _on_cover(
        "cover_absence",
        ("a",),
        "absent",
        "Enter that whoever has the watch cannot come",
        changes=True,
    ),
    _on_cover("cover_add", ("n", "+"), "add", "Let somebody come where nobody is", changes=True),
    _on_cover("cover_undo", ("u",), "undo", "Take back what you changed last", changes=True),
    _on_cover(
        "cover_lists",
        ("v",),
        "burdens, changes",
        "On a narrow screen: show recent changes instead of burdens, and back",
    ),
    _on_cover("cover_list_down", ("J",), "list down", "Scroll the lists below down"),
    _on_cover("cover_list_up", ("K",), "list up", "Scroll the lists below up"),
    _on_cover("cover_back", ("escape", "q", "ctrl+g"), "back", "Go back to where you came from"),
)

FAIRNESS = (
    _on_fairness("fairness_down", ("j", "down"), "down", "Scroll down a line"),
    _on_fairness("fairness_up", ("k", "up"), "up", "Scroll up a line"),
    _on_fairness("fairness_page_down", ("space", "pagedown"), "page down", "Scroll a screenful"),
    _on_fairness("fairness_page_up", ("pageup",), "page up", "Scroll up a screenful"),
    _on_fairness("fairness_top", ("g", "home"), "top", "Go to the beginning"),
    _on_fairness("fairness_bottom", ("G", "end"), "bottom", "Go to the end"),
    _on_fairness("fairness_period", ("p",), "period", "Count 4 weeks, 12 weeks or a year instead"),
    _on_fairness(
        "fairness_back", ("escape", "q", "ctrl+g"), "back", "Go back to where you came from"
    ),
)

MINE = (
    _on_mine("mine_down", ("j", "down"), "down", "Go to the next line"),
    _on_mine("mine_up", ("k", "up"), "up", "Go to the line above"),
    _on_mine("mine_page_down", ("pagedown",), "page down", "Go down a screenful"),
    _on_mine("mine_page_up", ("pageup",), "page up", "Go up a screenful"),
    _on_mine("mine_top", ("g", "home"), "top", "Go to the first line"),
    _on_mine("mine_bottom", ("G", "end"), "bottom", "Go to the last line"),
    _on_mine("mine_section", ("]",), "next section", "Go to the next section"),
    _on_mine("mine_section_back", ("[",), "section before", "Go to the section before"),
    _on_mine("mine_open", ("enter",), "open", "Open the request"),
    _on_mine("mine_mark", ("space",), "mark", "Mark it; keys then work on all marked"),
    _on_mine(
        "mine_back",
        ("escape", "q", "ctrl+g"),
        "back",
        "Drop the marks; without any, go back to where you came from",
    ),
)

END_RUNS = (
    _on_end_runs("runs_down", ("j", "down"), "down", "Go to the next line"),
    _on_end_runs("runs_up", ("k", "up"), "up", "Go to the line above"),
    _on_end_runs("runs_page_down", ("space", "pagedown"), "page down", "Scroll down a screenful"),
    _on_end_runs("runs_page_up", ("pageup",), "page up", "Scroll up a screenful"),
    _on_end_runs("runs_top", ("g", "home"), "top", "Go to the first line"),
    _on_end_runs("runs_bottom", ("G", "end"), "bottom", "Go to the last line"),
    _on_end_runs(
        "runs_open", ("enter",), "open", "List the requests behind a figure; open a request"
    ),
    _on_end_runs(
        "runs_period", ("p",), "period", "Go on to another period: this week, 4 weeks, 12 weeks"
    ),
    _on_end_runs(
        "runs_yes", ("y",), "it was one", "Say that a probable end-run was one", changes=True
    ),
    _on_end_runs(
        "runs_no",
        ("n",),
        "it was none",
        "Say that a probable end-run was none: it counts no more",
        changes=True,
    ),
    _on_end_runs(
        "runs_redirect",
        ("E",),
        "redirect",
        "Answer it: received, this is its number, and where the front door is",
        changes=True,
        danger=True,
    ),
    _on_end_runs(
        "runs_log",
        ("e",),
        "log end-run",
        "Log that somebody asked a person instead of the desk",
        changes=True,
    ),
    _on_end_runs("runs_undo", ("u",), "undo", "Take back what you did last", changes=True),
    _on_end_runs(
        "runs_back",
        ("escape", "q", "ctrl+g"),
        "back",
        "Go back to the figures, then to where you came from",
    ),
)

WORKLOAD = (
    _on_workload("workload_down", ("j", "down"), "down", "Go to the next request"),
    _on_workload("workload_up", ("k", "up"), "up", "Go to the request above"),
    _on_workload("workload_left", ("h", "left"), "person left", "Go to the person to the left"),
    _on_workload("workload_right", ("l", "right"), "person right", "Go to the person to the right"),
    _on_workload("workload_page_down", ("pagedown",), "page down", "Go down a screenful"),
    _on_workload("workload_page_up", ("pageup",), "page up", "Go up a screenful"),
    _on_workload("workload_top", ("g", "home"), "top", "Go to the person's first request"),
    _on_workload("workload_bottom", ("G", "end"), "bottom", "Go to the person's last request"),
    _on_workload("workload_open", ("enter",), "open", "Open the request", needs=Needs.ONE),
    _on_workload(
        "workload_mark",
        ("space",),
        "mark",
        "Mark it; keys then work on all marked",
        needs=Needs.ONE,
    ),
    _on_workload(
        "workload_to_left",
        ("H",),
        "move left",
        "Give it to the person to the left",
        needs=Needs.SOME,
        changes=True,
    ),
    _on_workload(
        "workload_to_right",
        ("L",),
        "move right",
        "Give it to the person to the right",
        needs=Needs.SOME,
        changes=True,
    ),
    _on_workload(
        "workload_even",
        ("=",),
        "even out",
        "Propose what could move to lower the largest load: then y accepts, space leaves one out",
        changes=True,
    ),
    _on_workload(
        "workload_back",
        ("escape", "q", "ctrl+g"),
        "back",
        "Drop the marks; without any, go back to where you came from",
    ),
)
