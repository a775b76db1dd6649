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
    """Return " 1 Queue 42   17 nobody's   6 mine   5 Cover ▲ 2   6 Fairness   7 Intake ✓".

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
        parts.append(Content.styled(f"{summary.mine:,} mine", ink.MUTED))
    sign = Content.styled(f" ▲ {gaps:,}", ink.LATE) if gaps else Content("")
    parts.append(_view("view_cover", "Cover", keymap, here=here == "view_cover") + sign)
    parts.append(_view("view_fairness", "Fairness", keymap, here=here == "view_fairness"))
    sign = Content("")
    if waiting is not None:
        sign = Content.styled(f" ▲ {waiting:,}", ink.RISK) if waiting else Content(" ✓")
    parts.append(_view("view_intake", "Intake", keymap, here=intake) + sign)
    return Content(" ") + _GAP.join(parts)


def brief_views(keymap: Keymap, live: int, mine: int) -> tuple[Content, ...]:
    """Return the same for the head of a narrow screen, the longest form first.

    "1 Queue 42 · 6 mine   5 Cover   7 Intake", the same without cover, "1 Queue 42   7 Intake"
    and "7 Intake".
    """
    cover = _view("view_cover", "Cover", keymap, here=False)
    intake = _view("view_intake", "Intake", keymap, here=False)
    queue = _view("view_queue", "Queue", keymap, here=False) + Content.styled(f" {live:,}", "bold")
    told = queue + Content.styled(f" · {mine:,} mine", ink.MUTED)
    every = _GAP.join((told, cover, intake))
    return every, told + _GAP + intake, queue + _GAP + intake, intake


def _view(action: str, name: str, keymap: Keymap, *, here: bool) -> Content:
    shown = Content.assemble(
        (keymap.first(action), ink.MUTED if here else ink.KEY),
        (f" {name}", "bold" if here else ink.MUTED),
    )
    return shown.stylize(Style.from_meta({"performs": action}))
