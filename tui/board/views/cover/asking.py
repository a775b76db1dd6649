"""What the view of cover asks of the store, each through the board's link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from tui.board.views.cover.rows import Row, Sort, gaps, rows

if TYPE_CHECKING:
    from datetime import datetime

    from store.cover_records import CoverDone, CoverView
    from store.desk import Desk
    from store.records import Actor
    from store.rules.burden import Candidate
    from store.rules.cover import GapChange
    from store.rules.roster import Change, Roster
    from tui.board.screens.asking import Link


@dataclass(frozen=True, slots=True)
class CoverStanding:
    """Everything the view shows, read at one moment."""

    view: CoverView
    roster: Roster
    rows: tuple[Row, ...]
