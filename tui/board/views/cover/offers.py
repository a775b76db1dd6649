"""Who and what a dialog offers for a stretch: people to come, or stretches to swap for.

Pure. Those who are fairest to ask come first, each with why; what a technician may not pick is
there too, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from store.rules.attention import rounded
from store.rules.roster import Change, ChangeKind
from tui.board.screens.choices import Choice
from tui.board.views.cover.rows import Piece, Row, Sort
from tui.board.views.cover.words import bands

if TYPE_CHECKING:
    from store.rules.burden import Candidate
    from tui.board.views.cover.setting import Setting

_ONLY_LEADS = "only a lead asks others to come; ask one"


@dataclass(frozen=True, slots=True)
class Offer:
    """What is picked: who comes, and with a swap the stretch of theirs that is taken for it."""

    who: str
    taken: Piece | None = None


def people(
    piece: Piece,
    candidates: Sequence[Candidate],
    everybody: Iterable[str],
    setting: Setting,
) -> list[Choice]:
    """Return who could come instead, or where nobody is: the fairest to ask first."""
    free = [each.login for each in candidates]
    others = [each for each in everybody if each not in free and each != piece.who]
    others.sort(key=lambda login: setting.names.person(login).casefold())
    me = setting.me
    mine = piece.who == me.login or setting.i_lead

    def offered(login: str, why: str) -> Choice:
        allowed = mine or login == me.login
        return Choice(
            "",
            setting.called(login),
            Offer(login),
            detail=why,
            why_not="" if allowed else _ONLY_LEADS,
        )

    def why_last(login: str) -> str:
        return "on watch or absent then" if login in setting.takes_turns else "takes no turns"

    found = [offered(each.login, burden(each)) for each in candidates]
    found += [offered(login, why_last(login)) for login in others]
    return sorted(found, key=lambda choice: bool(choice.why_not))


def burden(one: Candidate) -> str:
    """Return what somebody carries: "38 h of 49 h   11 h less than the fair share"."""
    return f"{one.weighted_hours:>4.0f} h of {one.fair_hours:.0f} h   {one.why}"


def stretches(
    piece: Piece, shown: Sequence[Row], until: datetime, setting: Setting
) -> list[Choice]:
    """Return the stretches of others that could be swapped for ``piece``, the likest first.

    What goes on after ``until``, where the rows end, is not known whole, and left out.
    """
    me, roster, now = setting.me, setting.roster, setting.now
    mine = piece.who == me.login or setting.i_lead
    found = [
        each
        for row in shown
        for each in row.pieces
        if each.sort is Sort.WATCH and each.who != piece.who
        if now < each.start and each.end < until
        if mine or each.who == me.login
    ]
    kind = bands(piece, roster)

    def unlike(one: Piece) -> tuple[bool, float, datetime]:
        length = abs((one.end - one.start) - (piece.end - piece.start)).total_seconds()
        return bands(one, roster) != kind, length, one.start

    return [
        Choice(
            "",
            setting.called(each.who),
            Offer(each.who, each),
            detail=_about(each, setting),
        )
        for each in sorted(found, key=unlike)
    ]


def _about(piece: Piece, setting: Setting) -> str:
    times = setting.span(piece.start, piece.end)
    return f"{times}   {rounded(piece.end - piece.start)}, {bands(piece, setting.roster)}"


def changes(
    kind: ChangeKind, piece: Piece, offer: Offer, times: tuple[datetime, datetime], setting: Setting
) -> tuple[Change, ...]:
    """Return the changes to enter, on the wall clock of the roster's zone.

    Args:
        kind: What is entered.
        piece: The stretch that it is about.
        offer: Who, and what for.
        times: From when until when, naive.
        setting: The roster's zone.
    """
    start, end = times
    if kind in {ChangeKind.ADD, ChangeKind.ABSENT}:
        return (Change(kind, start, end, offer.who),)
    given = Change(kind, start, end, offer.who, piece.who)
    if offer.taken is None:
        return (given,)
    begins, ends = setting.local(offer.taken.start), setting.local(offer.taken.end)
    return given, Change(kind, begins, ends, piece.who, offer.who)
