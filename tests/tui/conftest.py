"""What the tests of the screens share."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from time import monotonic, process_time

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from tests.tui.snapshots import SvgPictures

#: Between two frames; without anything done; and what is as good as nothing in that time.
_FRAME_S, _NOTHING_S, _LITTLE_S = 0.004, 0.005, 0.0005
#: So many times nothing was done on a busy machine are as good as one on a quiet one.
_SURELY = 3


@pytest.fixture
def pictures(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Compare with the pictures kept in ``__snapshots__``."""
    return snapshot.use_extension(SvgPictures)


@pytest.fixture(scope="session", autouse=True)
def quick_apps() -> Iterator[None]:
    """Hundreds of apps start in one process: what is the same for all is done once.

    A stylesheet is parsed once for each set of colours, not once for each app. After a key, Textual
    waits twice until nothing is done for 20 ms, so that a frame of 17 ms is surely painted; here
    frames come every 4 ms, and the waits are as much shorter.
    """
    parsed: dict[object, list[RuleSet]] = {}
    parse = Stylesheet._parse_rules

    def parse_once(self: Stylesheet, *source: object, **more: object) -> list[RuleSet]:
        key = (tuple(self._variables.items()), source, tuple(more.items()))
        if key not in parsed:
            parsed[key] = parse(self, *source, **more)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        patch.setattr("textual.screen.UPDATE_PERIOD", _FRAME_S)
        patch.setattr("textual.app.wait_for_idle", _idle)
        patch.setattr("textual.pilot.wait_for_idle", _idle)
        yield


async def _idle(_least: float = 0.0) -> None:
    """Wait until the process has done nothing for a little longer than a frame, at most a second.

    Where others have the processor, nothing was done because it could not be: only several such
    times are a sign.
    """
    end, quiet = monotonic() + 1.0, 0
    while (began := monotonic()) < end and quiet < _SURELY:
        before = process_time()
        await asyncio.sleep(_NOTHING_S)
        if process_time() - before < _LITTLE_S:
            quiet += _SURELY if monotonic() - began < 2 * _NOTHING_S else 1
        else:
            quiet = 0
