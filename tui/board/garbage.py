"""When Python looks for garbage: hardly while the board starts, and never among the libraries.

Looking for some takes a sixth of the start, and later, among the half a million objects of the
libraries, a tenth of a second now and then in which no key is answered. Only what is made once
the board is open is gone through. What the start itself leaves is collected once, when the
skeleton is on the screen.
"""

from __future__ import annotations

import gc


def spare_the_start() -> None:
    """Begin: nothing is looked for. Without this the other two do nothing."""
    gc.disable()


def skeleton_is_painted() -> None:
    """Collect what the first imports have left; what remains is there to stay."""
    if not gc.isenabled():
        gc.collect()
        gc.freeze()


def board_is_open() -> None:
    """From now on look for garbage, but not among what is here already."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
