"""The elements of HTML that are open, closed the way mail programs do when end tags are missing.

Every tag costs constant time, amortised: elements are counted by name in scopes, so that an end
tag that closes nothing is known without a search.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from intake.reading.html_rules import BLOCKS, CELLS, LISTS
from intake.reading.html_tables import Table
from intake.reading.sheet import Sheet

#: Elements that end where one of these begins.
_CLOSED_BY = {
    "li": ("li",),
    "a": ("a",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "option": ("option",),
}
_TABLE_PARTS = frozenset(("thead", "tbody", "tfoot", "tr"))
_ROWS = CELLS | _TABLE_PARTS
#: Elements that end tags inside them do not reach beyond.
_SCOPES = CELLS | LISTS | {"table"}
#: Scopes that are looked through for the one that an end tag means.
_FARTHEST = 50
#: Elements that may stand between a paragraph and the block that ends it.
_NEAR = 4


class Element:
    """An element that is open, and what to restore when it closes."""

    #: Whether it is what hides the text now.
    hidden = False
    #: Empty lines around it; -1 for what is no block.
    gap = -1
    quoted = False
    indent: str | None = None
    #: The mark of the lines around it, if it has one of its own.
    mark: str | None = None
    sheet: Sheet | None = None
    table: Table | None = None

    def __init__(self, name: str) -> None:
        """Open an element that has no effect yet."""
        self.name = name


class Stack:
    """Open elements, innermost last."""

    def __init__(self, closed: Callable[[Element], None]) -> None:
        """Call ``closed`` with every element when it closes."""
        self._closed = closed
        self._open: list[Element] = []
        self._scopes: list[dict[str, int]] = [{}]
        self._owners: list[str] = [""]

    def push(self, name: str) -> Element:
        """Open an element, closing what its beginning ends."""
        self._close_before(name)
        element = Element(name)
        self._open.append(element)
        scope = self._scopes[-1]
        scope[name] = scope.get(name, 0) + 1
        if name in _SCOPES:
            self._scopes.append({})
            self._owners.append(name)
        return element

    def before_void(self, name: str) -> None:
        """Close what an element without content ends: a rule ends a paragraph."""
        if name == "hr" and self._scopes[-1].get("p"):
            self._close_paragraph()

    def end(self, name: str) -> None:
        """Take an end tag; one that fits nothing closes nothing."""
        if name in CELLS:
            self._leave(CELLS, "table")
        elif name == "table":
            self._leave({"table"}, "")
        elif name in LISTS:
            self._leave({name}, "td")
        else:
            if name in _TABLE_PARTS:
                self._leave(CELLS, "table")
            if self._scopes[-1].get(name):
                self._close_to(name)

    def end_all(self) -> None:
        """Close everything."""
        while self._open:
            self._close_top()

    def _close_before(self, name: str) -> None:
        if name in BLOCKS and self._scopes[-1].get("p"):
            self._close_paragraph()
        if name in _ROWS:
            self._leave(CELLS, "table")
            if name not in CELLS and self._scopes[-1].get("tr"):
                self._close_to("tr")
        elif name in _CLOSED_BY:
            for closed in _CLOSED_BY[name]:
                if self._scopes[-1].get(closed):
                    self._close_to(closed)

    def _close_paragraph(self) -> None:
        if any(near.name == "p" for near in self._open[-_NEAR:]):
            self._close_to("p")

    def _leave(self, names: Collection[str], barrier: str) -> None:
        """Close the innermost scope of one of the names, unless ``barrier`` is around us first."""
        for back, owner in enumerate(reversed(self._owners[-_FARTHEST:])):
            if owner in names:
                depth = len(self._scopes) - back - 1
                while len(self._scopes) > depth:
                    self._close_top()
                return
            if not owner or owner == barrier:
                return

    def _close_to(self, name: str) -> None:
        while self._close_top() != name:
            pass

    def _close_top(self) -> str:
        element = self._open.pop()
        if element.name in _SCOPES:
            self._scopes.pop()
            self._owners.pop()
        self._scopes[-1][element.name] -= 1
        self._closed(element)
        return element.name
