"""What the tests of the screens share."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from time import process_time

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from tests.tui.snapshots import SvgPictures


@pytest.fixture
def pictures(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Compare with the pictures kept in ``__snapshots__``."""
    return snapshot.use_extension(SvgPictures)


@pytest.fixture(scope="session", autouse=True)
def quick_apps() -> Iterator[None]:
    """Hundreds of apps start in one process: what is the same for all is done once.

    A stylesheet is parsed once for each set of colours, not once for each app. After a key, Textual
    waits twice until nothing is done for 20 ms; twice 10 ms are longer than a frame, too.
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
        patch.setattr("textual.app.wait_for_idle", _idle)
        yield


async def _idle(_least: float) -> None:
    """Wait until the process has done nothing for 10 ms, at most for a second."""
    for _ in range(100):
        before = process_time()
        await asyncio.sleep(0.01)
        if process_time() - before < 0.0005:
            return
