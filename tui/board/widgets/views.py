"""The views of the board, by the keys that show them, with what each has to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style

from tui.board.screens import ink
from tui.board.widgets.bar import Bar

if TYPE_CHECKING:
    from store.records import Summary
    from tui.board.keymap import Keymap

_GAP = Content("   ")
#: Beside the queue, by the actions that show them.
_OTHERS = (
    ("view_end_runs", "End-runs"),
    ("view_workload", "Workload"),
    ("view_cover", "Cover"),
    ("view_fairness", "Fairness"),
    ("view_intake", "Intake"),
)


class Views(Bar):
    """One line of views; a click on one shows it."""


def views(
    here: str,
    keymap: Keymap,
    live: int,
    summary: Summary | None,
    waiting: int | None,
    *,
    gaps: int = 0,
) -> Content:
    """Return " 1 Queue 42   17 nobody's   2 Mine 6   3 End-runs 17   4 Workload   5 Cover …".

    Args:
        here: The action of the view that is shown.
        keymap: The keys that show views.
        live: Requests in the queue.
        summary: The counts; None before they are known.
        waiting: How much in mail waits for a person; None before it is known.
        gaps: In cover, in the days ahead.
    """
    queue, intake = here == "view_queue", here == "view_intake"
    parts = [
        _view("view_queue", "Queue", keymap, here=queue)
        + Content.styled(f" {live:,}", "bold" if queue else ink.MUTED)
    ]
    if summary is not None:
        parts.append(Content.styled(f"{summary.unassigned:,} nobody's", ink.MUTED))
    own = here == "view_mine"
    told = Content.styled(f" {summary.mine:,}", "bold" if own else ink.MUTED) if summary else ""
    parts.append(_view("view_mine", "Mine", keymap, here=own) + told)
    runs = Content("")
    if summary is not None and (count := summary.end_runs.count):
        runs = Content.styled(f" {count:,}", ink.MUTED)
    here_too = here == "view_end_runs"
    parts.append(_view("view_end_runs", "End-runs", keymap, here=here_too) + runs)
    parts.append(_view("view_workload", "Workload", keymap, here=here == "view_workload"))
    sign = Content.styled(f" ▲ {gaps:,}", ink.LATE) if gaps else Content("")
    parts.append(_view("view_cover", "Cover", keymap, here=here == "view_cover") + sign)
    parts.append(_view("view_fairness", "Fairness", keymap, here=here == "view_fairness"))
    sign = Content("")
    if waiting is not None:
        sign = Content.styled(f" ▲ {waiting:,}", ink.RISK) if waiting else Content(" ✓")
    parts.append(_view("view_intake", "Intake", keymap, here=intake) + sign)
    return Content(" ") + _GAP.join(parts)


def brief_views(keymap: Keymap, live: int, mine: int, here: str = "") -> tuple[Content, ...]:
    """Return the same for the head of a narrow screen, the longest form first.

    "1 Queue 42   2 Mine 6   3 End-runs   …", the other views as "3E 4W 5C 6F 7I",
    all of them as "1Q42 2M6", without their counts, and "7 Intake". Beside the queue the view
    that is shown, ``here``, stands out; there is no other line that says which it is.
    """
    is_own = here == "view_mine"
    queue = _view("view_queue", "Queue", keymap, here=False) + Content.styled(f" {live:,}", "bold")
    count = Content.styled(f" {mine:,}", ink.MUTED)
    told = queue + _GAP + _view("view_mine", "Mine", keymap, here=is_own) + count
    others = [_view(action, name, keymap, here=action == here) for action, name in _OTHERS]
    letters = Content(" ").join(
        _letter(action, name, keymap, here=action == here) for action, name in _OTHERS
    )
    queue = _letter("view_queue", "Queue", keymap, here=False)
    own = _letter("view_mine", "Mine", keymap, here=is_own)
    counted = (
        queue + Content.styled(f"{live:,}", "bold"),
        own + Content.styled(f"{mine:,}", ink.MUTED),
    )
    return (
        _GAP.join((told, *others)),
        told + _GAP + letters,
        Content(" ").join((*counted, letters)),
        Content(" ").join((queue, own, letters)),
        others[-1],
    )


def _letter(action: str, name: str, keymap: Keymap, *, here: bool) -> Content:
    """Return "7I", which a key of more than one letter would make hard to read: "f7 I"."""
    key = keymap.first(action)
    letter = f"{' ' * (len(key) > 1)}{name[0]}"
    shown = Content.assemble((key, ink.KEY), (letter, ink.MUTED))
    if here:
        shown = Content.styled(f"{key}{letter}", "bold reverse")
    return shown.stylize(Style.from_meta({"performs": action}))


def _view(action: str, name: str, keymap: Keymap, *, here: bool) -> Content:
    shown = Content.assemble(
        (keymap.first(action), ink.MUTED if here else ink.KEY),
        (f" {name}", "bold" if here else ink.MUTED),
    )
    return shown.stylize(Style.from_meta({"performs": action}))
