"""Cover in words: now and tonight, what is under the cursor, which gaps there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from textual.content import Content

from store.rules.attention import moment, rounded
from store.rules.bands import Bands
from store.rules.cover import Cover, Stretch
from store.rules.roster import ChangeKind, Roster
from store.rules.walltime import to_us, zone
from tui.board.cells import settled
from tui.board.screens import ink
from tui.board.views.cover.chart import hours
from tui.board.views.cover.rows import DESK, Piece, Row, Sort, gaps

if TYPE_CHECKING:
    from tui.board.telling import Names

_SEP = " · "
_NIGHT = (time(18), time(6))
_BY = {
    ChangeKind.SWAP.value: "by a swap",
    ChangeKind.COVER.value: "stands in",
    ChangeKind.ADD.value: "added",
}


def span(start: datetime, end: datetime, tz: tzinfo) -> str:
    """Return "Sat 28 Nov 14:00–22:00", or both days if it ends on another."""
    first, last = start.astimezone(tz), end.astimezone(tz)
    begins = f"{first:%a} {first.day} {first:%b} {first:%H:%M}"
    if first.date() == last.date():
        return f"{begins}–{last:%H:%M}"
    midnight = last.time() == time() and last.date() - first.date() == timedelta(1)
    if midnight:
        return f"{begins}–24:00"
    return f"{begins} – {last:%a} {last.day} {last:%b} {last:%H:%M}"


def head(
    shown: Sequence[Row],
    timeline: Sequence[Stretch],
    names: Names,
    now: datetime,
    tz: tzinfo,
) -> list[tuple[str, Content]]:
    """Return what is said above the chart: (label, words) of now, tonight and the gaps."""
    return [
        ("now", _now(shown, timeline, names, now, tz)),
        ("tonight", _tonight(timeline, names, now, tz)),
        ("gaps", _gaps([gap for gap in gaps(shown) if gap.end > now], tz)),
    ]


def _now(
    shown: Sequence[Row],
    timeline: Sequence[Stretch],
    names: Names,
    now: datetime,
    tz: tzinfo,
) -> Content:
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


def _tonight(timeline: Sequence[Stretch], names: Names, now: datetime, tz: tzinfo) -> Content:
    local = now.astimezone(tz)
    evening, morning = _NIGHT
    # Before morning it is still the night that has begun yesterday.
    day = local.date() - timedelta(days=local.time() < morning)
    begins = max(datetime.combine(day, evening, tz), local)
    ends = datetime.combine(day + timedelta(1), morning, tz)
    touched = [each for each in timeline if each.start < ends and begins < each.end]
    parts = []
    for each in touched:
        times = hours(Piece(each.start, each.end, Sort.WATCH), tz)
        if each.who is not None:
            parts.append(Content(f"{names.person(each.who)} {times}"))
        elif each.state is Cover.GAP:
            parts.append(Content.styled(f"▲ nobody {times}", f"{ink.LATE} bold"))
        elif each.state is Cover.BEST_EFFORT:
            parts.append(Content.styled(f"best effort {times}", ink.MUTED))
    return Content(_SEP).join(parts) if parts else Content("nobody has to be on watch")


def _gaps(ahead: Sequence[Piece], tz: tzinfo) -> Content:
    if not ahead:
        return Content.styled("none in the days ahead", ink.MUTED)
    said = _SEP.join(span(gap.start, gap.end, tz) for gap in ahead)
    return Content.styled(f"▲ {len(ahead)}: {said}", f"{ink.LATE} bold")


def told(
    row: Row, piece: Piece | None, roster: Roster, names: Names, ask: Iterable[str] = ()
) -> Content:
    """Return what is under the cursor in words.

    Args:
        row: The row.
        piece: The stretch in it; None if it has none.
        roster: The roster.
        names: What people are called.
        ask: Logins of who is fairest to ask, if nobody is there.
    """
    tz = zone(roster.tz)
    if piece is None:
        if row.key == DESK:
            return Content.assemble(("Desk", "bold"), _SEP, "closed on all these days")
        if row.is_person:
            who = names.person(row.key)
            return Content.assemble((who, "bold"), _SEP, "no watch in these days")
        return Content.assemble(("Nobody", "bold"), _SEP, "no gap in these days")
    times = span(piece.start, piece.end, tz)
    parts = [times, rounded(piece.end - piece.start)]
    match piece.sort:
        case Sort.OPEN:
            who = ("The desk is open", "bold")
        case Sort.GAP:
            who = ("▲ nobody", f"{ink.LATE} bold")
            parts.append(bands(piece, roster))
            if asked := ", ".join(names.person(login) for login in ask):
                parts.append(f"fairest to ask: {asked}")
        case Sort.BEST_EFFORT:
            who = ("Best effort", "bold")
            parts += [bands(piece, roster), "that nobody is there was agreed"]
        case _:
            who = (names.person(piece.who), "bold")
            parts.append(bands(piece, roster))
            if piece.backup:
                parts.append(f"backup {names.person(piece.backup)}")
            parts.append(_by(piece))
    return Content.assemble(who, _SEP, _SEP.join(part for part in parts if part))


def bands(piece: Piece, roster: Roster) -> str:
    """Return what kinds of hours these are: "evening and night"."""
    since, until = to_us(piece.start), to_us(piece.end)
    found = Bands(zone(roster.tz), roster.holidays, since, until).split(since, until)
    said = list(dict.fromkeys(band.value for band, _ in found))
    return " and ".join(filter(None, (", ".join(said[:-1]), *said[-1:])))


def _by(piece: Piece) -> str:
    return _BY.get(piece.source) or (f"by rotation {settled(piece.source)}" if piece.source else "")
