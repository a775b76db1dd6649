"""Support or service: how requests ended, and whether people came back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from store.rules.endings import AGAIN, BACK_WITHIN, OFTEN, leaning, worth_teaching
from store.rules.small_numbers import COUNTED_FROM, SHARE_FROM
from tui.board.screens import ink
from tui.board.views.fairness.layout import (
    Columns,
    Reader,
    counted,
    figure,
    heading,
    percent,
    sentences,
)

if TYPE_CHECKING:
    from store.endings_records import Ended, EndingsView, Reopened, Returned

_ENDED = ("resolved", "guided", "done", "fixed", "nothing", "share")
_ENDED_CELLS = (10, 9, 8, 8, 9, 8)
_REPEATS = ("people", f"{OFTEN} in a week", "requests", "done", "share")
_REPEATS_CELLS = (8, 13, 10, 7, 8)
_RETURNED = ("guided", "stayed away", "share", "done", "came back", "share")
_RETURNED_CELLS = (8, 13, 8, 8, 11, 8)
_DAYS = BACK_WITHIN.days
_LEANS = {
    1: "People are helped to do it themselves more often than it is done for them.",
    0: "People are helped to do it themselves about as often as it is done for them.",
    -1: "It is done for people more often than they are helped to do it themselves.",
}


def endings(view: EndingsView, reader: Reader) -> list[Content]:
    """Return the lines of how requests ended, by service and all together."""
    lines = [heading("Support or service", reader), Content("")]
    if not view.all_together.resolved:
        nothing = "Nothing was resolved in this time. How requests end will be counted here:"
        how = f"press {reader.resolve} on a request, and say guided, done, fixed or nothing needed."
        return lines + sentences([f"{nothing} {how}"], reader, ink.MUTED)
    columns = Columns(_ENDED, _ENDED_CELLS, reader.room)
    lines.append(columns.head())
    lines += [_ended(reader.service(each.service), each, columns, "") for each in view.services]
    lines += [columns.rule(), _ended("all together", view.all_together, columns, "bold")]
    lines += [Content(""), *sentences(_helped(view.all_together), reader), Content("")]
    return lines + sentences(_EXPLAINED, reader, ink.MUTED)


_EXPLAINED = (
    "Guided: they were shown how. Done: it was done for them. Fixed: it was repaired.",
    "Share: of what was guided or done, the part that was guided.",
    f"Fewer than {COUNTED_FROM} are only counted; a share is told from {SHARE_FROM} on.",
    "Reports of programs are left out.",
)


def _ended(name: str, one: Ended, columns: Columns, style: str) -> Content:
    figures = (one.resolved, one.guided, one.done, one.fixed, one.nothing)
    shown = (*(figure(each) for each in figures), percent(one.helped))
    return columns.line(name, shown, style, one.helped)


def _helped(team: Ended) -> Iterator[str]:
    if team.helped is None or team.guided is None or team.done is None:
        yield "Too few were guided or done yet to tell which of the two happens more often."
        return
    either = team.guided + team.done
    share = percent(team.helped)
    yield f"Of {either:,} that were guided or done, {team.guided:,} were guided: {share}."
    yield _LEANS[leaning(team.guided, team.done)]


def teaching(view: EndingsView, reader: Reader) -> list[Content]:
    """Return the lines of who asks again and again, and who comes back."""
    lines = [heading("Where people could be taught", reader), Content("")]
    lines += _repeats(view, reader)
    lines += [Content(""), *_returned(view, reader), Content("")]
    return lines + sentences(_reopened(view.reopened), reader)


def _repeats(view: EndingsView, reader: Reader) -> list[Content]:
    if not view.repeats:
        words = f"Nobody asked {AGAIN} times or more for the same service: nothing to teach here."
        return sentences([words], reader, ink.MUTED)
    columns = Columns(_REPEATS, _REPEATS_CELLS, reader.room)
    lines = [columns.head(f"asked {AGAIN} times or more")]
    for each in view.repeats:
        figures = [figure(one) for one in (each.people, each.often, each.requests, each.done)]
        service = reader.service(each.service)
        lines.append(columns.line(service, [*figures, percent(each.share)], bar=each.share))
    worth = [
        f"{reader.service(each.service)} ({each.done:,} of {each.requests:,})"
        for each in view.repeats
        if worth_teaching(each.requests, each.done)
    ]
    lines.append(Content(""))
    if worth:
        said = (
            f"→ Worth teaching: {', '.join(worth)}."
            " So many of those that the same people asked for again were done for them."
        )
        lines += sentences([said], reader)
    said = (
        f"People who asked for the same service {AGAIN} times or more; of them, those who did"
        f" {OFTEN} times within a week; their requests, and what was done for them."
    )
    return lines + sentences([said], reader, ink.MUTED)


def _returned(view: EndingsView, reader: Reader) -> list[Content]:
    team = view.returned
    if not team.guided + team.done:
        words = f"Who comes back within {_DAYS} days for the same service will be counted here."
        return sentences([words], reader, ink.MUTED)
    columns = Columns(_RETURNED, _RETURNED_CELLS, reader.room)
    lines = [columns.head(f"back within {_DAYS} days")]
    lines += [
        _back(reader.service(each.service), each, columns, "") for each in view.returned_by_service
    ]
    if view.returned_by_service:
        lines.append(columns.rule())
    lines += [_back("all together", team, columns, "bold"), Content("")]
    lines += sentences(_less_often(team), reader)
    said = (
        "Stayed away: who was shown how, and did not ask for the same service again in that time."
        " Came back: who had it done for them, and did."
    )
    return lines + sentences([said], reader, ink.MUTED)


def _back(name: str, one: Returned, columns: Columns, style: str) -> Content:
    figures = (
        figure(one.guided),
        figure(one.guided_stayed),
        percent(one.guided_share),
        figure(one.done),
        figure(one.done_back),
        percent(one.done_share),
    )
    return columns.line(name, figures, style)


def _less_often(team: Returned) -> Iterator[str]:
    if team.guided_share is None or team.done_share is None:
        return
    guided, done = percent(1 - team.guided_share), percent(team.done_share)
    yield f"Of those who were shown how {guided} came back, of those it was done for {done}."


def _reopened(one: Reopened) -> Iterator[str]:
    if not one.resolutions:
        return
    resolutions = counted(one.resolutions, "resolution", "resolutions")
    said = f"Opened again: {figure(one.reopened)} of {resolutions}"
    if one.share is not None:
        said += f", {percent(one.share)}"
    yield f"{said}. Thanks: {one.thanks:,}."
