"""What says that somebody has begun a request."""

from __future__ import annotations

import pytest

from store.rules.begun import Deed, begun
from store.words import Happened

CAME = Deed(1, "", Happened.RECEIVED)


@pytest.mark.parametrize(
    ("deed", "is_begun"),
    [
        (Deed(2, "ben", Happened.CLAIMED), False),
        (Deed(2, "ana", Happened.ASSIGNED), False),
        (Deed(2, "ben", Happened.REPLIED), True),
        (Deed(2, "ben", Happened.NOTED), True),
        (Deed(2, "ben", Happened.SNOOZED), True),
        (Deed(2, "ben", Happened.RATED), True),
        (Deed(2, "ben", Happened.PROMISED), True),
        (Deed(2, "ben", Happened.OFFERED), False),
        (Deed(2, "ana", Happened.REPLIED), False),
        (Deed(2, "", Happened.FOLLOWED_UP, by="requester"), False),
        (Deed(2, "", Happened.FOLLOWED_UP, by="desk"), True),
        (Deed(2, "", Happened.FOLLOWED_UP, by="inside"), True),
    ],
)
def test_what_begins_a_request(deed, is_begun):
    """Work of whoever has it; not whose it is, nor what others did."""
    assert begun([CAME, deed], "ben") is is_begun


def test_what_was_taken_back_did_not_begin_it():
    """Unless it was taken back that it was taken back."""
    noted = Deed(2, "ben", Happened.NOTED)
    undone = Deed(3, "ben", Happened.UNDONE, undoes=2)
    again = Deed(4, "ben", Happened.UNDONE, undoes=3)
    assert [begun([CAME, noted, undone][:n], "ben") for n in (1, 2, 3)] == [False, True, False]
    assert begun([CAME, noted, undone, again], "ben")
