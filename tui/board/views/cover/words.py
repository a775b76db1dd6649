"""Cover in words: now and tonight, what is under the cursor, which gaps there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from textual.content import Content

from store.rules.attention import moment, rounded
from store.rules.bands import Bands
from store.rules.cover import Cover, Stretch
from store.rules.roster import ChangeKind, Roster
from store.rules.walltime import to_us, zone
from tui.board.cells import settled
from tui.board.screens import ink
from tui.board.views.cover.rows import DESK, LABELS, Piece, Row, Sort, gaps

if TYPE_CHECKING:
    from tui.board.views.cover.setting import Setting

_SEP = " · "
_NIGHT = (time(18), time(6))
_BY = {
    ChangeKind.SWAP.value: "by a swap",
    ChangeKind.COVER.value: "stands in",
    ChangeKind.ADD.value: "added",
}


def head(
    shown: Sequence[Row], timeline: Sequence[Stretch], setting: Setting
) -> list[tuple[str, Content]]:
    """Return what is said above the chart: (label, words) of now, tonight and the gaps."""
    ahead = [gap for gap in gaps(shown) if gap.end > setting.now]
    return [
        ("now", _now(shown, timeline, setting)),
        ("tonight", _tonight(timeline, setting)),
        ("gaps", _gaps(ahead, setting)),
    ]


def _now(shown: Sequence[Row], timeline: Sequence[Stretch], setting: Setting) -> Content:
    names, now, tz = setting.names, setting.now, setting.tz
    here = next((each for each in timeline if each.start <= now < each.end), None)
    if here is None:
        return Content("")
    until = moment(here.end, now, tz)
    pieces = [piece for row in shown for piece in row.pieces if piece.start <= now < piece.end]
    helper = next((piece.backup for piece in pieces if piece.backup), "")
    parts: list[Content] = []
    if here.who is not None:
        parts.append(Content.assemble((names.person(here.who), "bold"), f" until {until}"))
        if helper:
            parts.append(Content(f"backup {names.person(helper)}"))
    elif here.state is Cover.GAP:
        parts.append(Content.styled(f"▲ nobody until {until}", f"{ink.LATE} bold"))
    elif here.state is Cover.BEST_EFFORT:
        parts.append(Content(f"nobody until {until}, as agreed: best effort"))
    elif any(piece.sort is Sort.OPEN for piece in pieces):
        parts.append(Content(f"the desk is open until {until}"))
    else:
        parts.append(Content(f"nobody has to be on watch until {until}"))
    following = next(
        (each for each in timeline if each.start > now and each.who not in {None, here.who}), None
    )
    if following is not None and following.who is not None:
        begins = moment(following.start, now, tz)
        parts.append(Content.assemble(f"then {names.person(following.who)}", f" from {begins}"))
    return Content(_SEP).join(parts)


def _tonight(timeline: Sequence[Stretch], setting: Setting) -> Content:
    names, tz = setting.names, setting.tz
    local = setting.now.astimezone(tz)
    evening, morning = _NIGHT
    # Before morning it is still the night that has begun yesterday.
    day = local.date() - timedelta(days=local.time() < morning)
    begins = max(datetime.combine(day, evening, tz), local)
    ends = datetime.combine(day + timedelta(1), morning, tz)
    touched = [each for each in timeline if each.start < ends and begins < each.end]
    parts = []
    for each in touched:
        times = f"{each.start.astimezone(tz):%H:%M}–{each.end.astimezone(tz):%H:%M}"
        if each.who is not None:
            parts.append(Content(f"{names.person(each.who)} {times}"))
        elif each.state is Cover.GAP:
            parts.append(Content.styled(f"▲ nobody {times}", f"{ink.LATE} bold"))
        elif each.state is Cover.BEST_EFFORT:
            parts.append(Content.styled(f"best effort {times}", ink.MUTED))
    return Content(_SEP).join(parts) if parts else Content("nobody has to be on watch")


def _gaps(ahead: Sequence[Piece], setting: Setting) -> Content:
    if not ahead:
        return Content.styled("none in the days ahead", ink.MUTED)
    said = _SEP.join(setting.span(gap.start, gap.end) for gap in ahead)
    return Content.styled(f"▲ {len(ahead)}: {said}", f"{ink.LATE} bold")


def told(row: Row, piece: Piece | None, setting: Setting, ask: Iterable[str] = ()) -> Content:
    """Return what is under the cursor in words.

    Args:
        row: The row.
        piece: The stretch in it; None if it has none.
        setting: What it is told by.
        ask: Logins of who is fairest to ask, if nobody is there.
    """
    names = setting.names
    if piece is None:
        who, nothing = names.person(row.key), "no watch in these days"
        if not row.is_person:
            who = LABELS[row.key]
            nothing = "closed on all these days" if row.key == DESK else "no gap in these days"
        return Content.assemble((who, "bold"), _SEP, nothing)
    style, parts = "bold", [bands(piece, setting.roster)]
    match piece.sort:
        case Sort.OPEN:
            who, parts = "The desk is open", []
        case Sort.GAP:
            who, style = "▲ nobody", f"{ink.LATE} bold"
            if asked := ", ".join(names.person(login) for login in ask):
                parts.append(f"fairest to ask: {asked}")
        case Sort.BEST_EFFORT:
            who = "Best effort"
            parts.append("agreed: nobody has to be there")
        case _:
            who = names.person(piece.who)
            parts.append(f"backup {names.person(piece.backup)}" if piece.backup else "no backup")
            parts.append(_by(piece))
    when = [setting.span(piece.start, piece.end), rounded(piece.end - piece.start)]
    return Content.assemble((who, style), _SEP, _SEP.join(filter(None, [*when, *parts])))


def bands(piece: Piece, roster: Roster) -> str:
    """Return what kinds of hours these are: "evening and night"."""
    since, until = to_us(piece.start), to_us(piece.end)
    found = Bands(zone(roster.tz), roster.holidays, since, until).split(since, until)
    said = list(dict.fromkeys(band.value for band, _ in found))
    return " and ".join(filter(None, (", ".join(said[:-1]), *said[-1:])))


def _by(piece: Piece) -> str:
    return _BY.get(piece.source) or (f"by rotation {settled(piece.source)}" if piece.source else "")
