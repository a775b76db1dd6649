"""How the view of fairness lays out what it tells: headings, columns of figures, sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from store.rules.periods import Period
from tui.board.cells import fit, settled, width, wrapped
from tui.board.screens import ink
from tui.board.telling import Names, names

if TYPE_CHECKING:
    from store.records import Actor
    from store.rulebook import Rulebook

#: Cells of the names before the figures, at least and at most.
NAMES, MOST_NAMES = 20, 40
#: So many are enough where there is something else to show.
ENOUGH = 24
MARGIN = 2
#: Of a bar; 100 % fill it.
BAR = 20
_GAP = 2
DASH = "–"
#: A sentence is no longer, however wide the screen is.
_READABLE = 100
_HARD = "\u00a0"
_PERIODS = {
    Period.FOUR_WEEKS: "last 4 weeks",
    Period.TWELVE_WEEKS: "last 12 weeks",
    Period.YEAR: "last 12 months",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom it is told, by which policy, on how wide a screen."""

    me: Actor
    rules: Rulebook
    cells: int
    period: Period
    resolve: str
    """The key that resolves a request."""

    @property
    def room(self) -> int:
        """Cells of a line between the margins."""
        return self.cells - 2 * MARGIN

    @property
    def names(self) -> Names:
        """What people are called."""
        return names(self.rules)

    def service(self, key: str) -> str:
        """Return the name of a service."""
        known = self.rules.services.get(key)
        return settled(known.name if known else key) or "no service"

    def person(self, login: str) -> str:
        """Return what somebody of the desk is called; "you" for who reads it."""
        return "you" if login == self.me.login else self.names.person(login)


@dataclass(frozen=True, slots=True)
class Columns:
    """A table: names, columns of figures, and a bar where there is room for one."""

    titles: tuple[str, ...]
    cells: tuple[int, ...]
    room: int

    @property
    def names(self) -> int:
        """Cells of the names; a bar gets its room if that leaves enough for them."""
        free = self.room - sum(self.cells)
        with_bar = free - _GAP - BAR
        return min(with_bar if with_bar >= ENOUGH else max(free, NAMES), MOST_NAMES)

    @property
    def width(self) -> int:
        """Cells of the names and the figures."""
        return self.names + sum(self.cells)

    def head(self, name: str = "") -> Content:
        """Return the line of titles."""
        return self.line(name, self.titles, ink.MUTED)

    def line(
        self, name: str, figures: Sequence[str], style: str = "", bar: float | None = None
    ) -> Content:
        """Return a line; ``bar`` is the part of a bar that is filled, None for no bar."""
        shown = fit(name, self.names) + "".join(
            figure.rjust(cells) for figure, cells in zip(figures, self.cells, strict=True)
        )
        line = Content.styled(shown, style)
        if bar is None or self.width + _GAP + BAR > self.room:
            return line
        filled = "█" * max(round(bar * BAR), bar > 0)
        return Content.assemble(line, " " * _GAP, (filled, ink.MUTED))

    def rule(self) -> Content:
        """Return the line above the sum."""
        return Content.styled("─" * self.width, ink.RULE)


def heading(what: str, reader: Reader) -> Content:
    """Return the heading of a section, with the period that it tells of."""
    words = f"{what}, {_PERIODS[reader.period]}".upper()
    return Content.styled(words, f"{ink.MUTED} bold")


def sentences(texts: Iterable[str], reader: Reader, style: str = "") -> list[Content]:
    """Return each sentence in as many lines as it takes; a figure stays with its %."""
    cells = min(reader.room, _READABLE)
    return [
        Content.styled(line, style)
        for text in texts
        for line in _hanging(text.replace(" %", f"{_HARD}%"), cells)
    ]


def _hanging(text: str, cells: int) -> list[str]:
    """Return a sentence in lines; what begins with a sign goes on behind it."""
    sign, _, rest = text.partition(" ")
    if sign not in {"▲", "→"}:
        return wrapped(text, cells)
    first, *more = wrapped(rest, cells - width(sign) - 1)
    return [f"{sign} {first}", *(f"{' ' * width(sign)} {line}" for line in more)]


def percent(share: float | None) -> str:
    """Return "40 %", or a dash where there are too few to tell."""
    return DASH if share is None else f"{share:.0%}".replace("%", " %")


def figure(count: int | None) -> str:
    """Return "1,204", or a dash where there are too few to tell."""
    return DASH if count is None else f"{count:,}"


def counted(count: int, one: str, many: str) -> str:
    """Return "1 request", "1,204 requests"."""
    return f"{count:,} {one if count == 1 else many}"
