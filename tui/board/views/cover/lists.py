"""Below the chart: what each one carries against the fair share, and what was changed lately."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from textual.content import Content

from store.rules.roster import Band
from tui.board.cells import fit, settled, width
from tui.board.screens import ink

if TYPE_CHECKING:
    from store.cover_records import CoverChangeView
    from store.rules.burden import Burden
    from tui.board.telling import Names

_BANDS = (Band.EVENING, Band.NIGHT, Band.WEEKEND, Band.HOLIDAY)
_HOURS, _BAR, _MARK = 8, 10, 2
#: Of a name in the list of changes.
_WHO = 12
#: Below so many cells there is no room for a bar.
_BAR_FROM = 64
_HOUR = timedelta(hours=1)
#: Named as those who are fairest to ask.
_FAIREST = 2


def by_burden(burdens: Sequence[Burden]) -> list[Burden]:
    """Return them, who is most above the fair share first; last those who take no turns."""
    return sorted(
        burdens, key=lambda one: (not one.fair_hours, one.fair_hours - one.weighted_hours)
    )


def to_ask(burdens: Sequence[Burden]) -> list[str]:
    """Return the logins of the few who are fairest to ask, whatever for."""
    free = [each for each in burdens if each.fair_hours]
    free.sort(key=lambda one: one.weighted_hours - one.fair_hours)
    return [each.login for each in free[:_FAIREST]]


def burden_title(burdens: Sequence[Burden], names: Names, cells: int) -> Content:
    """Return the heading: the fair share, and who is fairest to ask."""
    taking_turns = [each for each in burdens if each.fair_hours]
    title = Content.styled("BURDEN, 12 MONTHS", f"{ink.MUTED} bold")
    if not taking_turns:
        return title
    share = Content.assemble(("fair share ", ink.MUTED), f"{_whole(taking_turns[0].fair_hours)} h")
    who = ", ".join(names.person(login) for login in to_ask(burdens))
    ask = Content.assemble(("fairest to ask ", ink.MUTED), who)
    forms = (Content("   ").join(parts) for parts in ([title, share, ask], [title, share]))
    return next((form for form in forms if width(form.plain) <= cells), title)


def burden_lines(
    burdens: Sequence[Burden], names: Names, cells: int, at: str = ""
) -> list[Content]:
    """Return a line for each person in ``cells``, after a line with what the columns are.

    Args:
        burdens: Of everybody.
        names: What people are called.
        cells: How wide a line is.
        at: Login of whose row the cursor is on.
    """
    bar = _BAR if cells >= _BAR_FROM else 0
    fixed = 2 + _HOURS + _MARK + len(_BANDS) * _HOURS + (bar + 1 if bar else 0)
    name_cells = max(cells - fixed, 4)
    most = max((each.weighted_hours for each in burdens), default=0.0)
    titles = "".join(f"{band.value:>{_HOURS}}" for band in _BANDS)
    weighted = fit("weighted", _HOURS, right=True)
    first = " " * (2 + name_cells + (bar + 1 if bar else 0)) + weighted + " " * _MARK + titles
    lines = [Content.styled(fit(first, cells), ink.MUTED)]
    for each in by_burden(burdens):
        above = bool(each.fair_hours) and _whole(each.weighted_hours) > _whole(each.fair_hours)
        name = fit(names.person(each.login), name_cells)
        spent = "".join(f"{_spent(each, band):>{_HOURS}}" for band in _BANDS)
        lines.append(
            Content.assemble(
                ("▌ " if each.login == at else "  ", ink.KEY),
                (name, "bold" if each.login == at else ""),
                *((_bar(each, most, bar), " ") if bar else ()),
                f"{_whole(each.weighted_hours):>{_HOURS - 2}} h",
                (" ▲" if above else "  ", ink.RISK),
                (spent, ink.MUTED),
            ).truncate(cells)
        )
    return lines


def _bar(one: Burden, most: float, cells: int) -> Content:
    """Return a bar with a mark where the fair share is."""
    scale = cells / max(most, one.fair_hours, 1.0)
    filled = round(one.weighted_hours * scale)
    share = min(round(one.fair_hours * scale), cells - 1)
    signs = "━" * filled + " " * (cells - filled)
    if not one.fair_hours:
        return Content.styled(signs, ink.MUTED)
    return Content.assemble((signs[:share], ink.MUTED), "│", (signs[share + 1 :], ink.MUTED))


def _spent(one: Burden, band: Band) -> str:
    spent = one.by_band.get(band, timedelta())
    return f"{_whole(spent / _HOUR)} h" if spent else "–"


def _whole(hours: float) -> int:
    return round(hours)


def change_lines(
    changes: Sequence[CoverChangeView], now: datetime, tz: tzinfo, cells: int
) -> list[Content]:
    """Return the lines of the changes, the newest first: when, who, and what."""
    if not changes:
        return [Content.styled("Nothing was changed lately.", ink.MUTED)]
    stamps = [_stamp(each.at, now, tz) for each in changes]
    people = [settled(each.by) for each in changes]
    when_cells = max(map(len, stamps))
    who_cells = min(max(map(width, people)), _WHO)
    indent = " " * (when_cells + who_cells + 4)
    lines = []
    for each, when, who in zip(changes, stamps, people, strict=True):
        text = settled(each.text) + (" (taken back)" if each.undone else "")
        what = Content.styled(text, ink.MUTED if each.undone else "")
        first, *more = what.wrap(max(cells - len(indent), 10))
        head = Content.assemble(
            (fit(when, when_cells), ink.MUTED),
            "  ",
            (fit(who, who_cells), "bold" if each.mine else ""),
            "  ",
            first,
        )
        lines += [line.truncate(cells) for line in (head, *(Content(indent) + one for one in more))]
    return lines


def _stamp(at: datetime, now: datetime, tz: tzinfo) -> str:
    """Return "10:42" today, else "25 Nov 10:42"."""
    local = at.astimezone(tz)
    time = f"{local:%H:%M}"
    today = local.date() == now.astimezone(tz).date()
    return time if today else f"{local.day} {local:%b} {time}"
