"""Where the list stands after its order has changed: on the same requests as before.

Pure: given what was on the screen and the new order, it says which request the cursor is on
and which place is at the top of the screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.board.order import Order


@dataclass(frozen=True, slots=True)
class Standing:
    """What the list shows of an order."""

    window: tuple[int, ...] = ()
    """The numbers on the screen, from the top."""
    top: int = 0
    """The place of the first of them."""
    cursor: int | None = None
    """The request the cursor is on."""
    place: int = 0
    """Its place."""


def settle(before: Standing, order: Order, height: int) -> Standing:
    """Return how the list stands in ``order`` on a screen of ``height`` lines.

    The cursor stays on its request. If that is gone it goes to the next one that is still
    there. The lines around the cursor stay where they are on the screen; only a list that
    stands at its very beginning stays there, so that what is most urgent shows, as long as
    the cursor remains on the screen.
    """
    cursor = _cursor(before, order)
    if cursor is None:
        return Standing()
    place = order.place(cursor) or 0
    seen = before.cursor in before.window or not before.window
    if before.top == 0 and (not seen or place < height):
        top = 0
    else:
        top = _top(before, order, cursor)
        if seen:
            top = min(max(top, place - height + 1), place)
    top = max(min(top, len(order) - height), 0)
    window = tuple(order.numbers(top, top + height))
    return Standing(window, top, cursor, place)


def _cursor(before: Standing, order: Order) -> int | None:
    """Return the cursor's request, or the one that is where it was."""
    if not len(order):
        return None
    if before.cursor is None:
        return order.number_at(0)
    if order.place(before.cursor) is not None:
        return before.cursor
    if before.cursor in before.window:
        at = before.window.index(before.cursor)
        for number in [*before.window[at + 1 :], *before.window[:at][::-1]]:
            if order.place(number) is not None:
                return number
    return order.number_at(min(before.place, len(order) - 1))


def _top(before: Standing, order: Order, cursor: int) -> int:
    """Return the top place that leaves the lines around the cursor where they were."""
    lines = {number: line for line, number in enumerate(before.window)}
    if cursor != before.cursor and before.cursor in lines:
        # It has taken the line of the one that is gone; what is above stays.
        return (order.place(cursor) or 0) - lines[before.cursor]
    middle = lines.get(cursor, 0)
    for number in _anchors(before.window, order, cursor, middle):
        place = order.place(number)
        if place is not None:
            return place - lines[number]
    return (order.place(cursor) or 0) - middle


def _anchors(window: Sequence[int], order: Order, cursor: int, middle: int) -> list[int]:
    """Return what the screen may be held by, best first.

    That is the cursor and what is around it; but if the cursor's request has passed others,
    it is the top of the screen.
    """
    if cursor in window and _has_moved(window, order, cursor, middle):
        return [number for number in window if number != cursor]
    return sorted(window, key=lambda number: abs(window.index(number) - middle))


def _has_moved(window: Sequence[int], order: Order, cursor: int, middle: int) -> bool:
    """Say whether the cursor's request has passed one of its neighbours on the screen."""
    above = (order.place(number) for number in reversed(window[:middle]))
    below = (order.place(number) for number in window[middle + 1 :])
    place = order.place(cursor) or 0
    previous = next((each for each in above if each is not None), -1)
    following = next((each for each in below if each is not None), len(order))
    return not previous < place < following
