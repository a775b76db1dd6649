"""What the tests of the screens share."""

from __future__ import annotations

from collections.abc import Iterator

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

    A stylesheet is parsed once for each set of colours, not once for each app.
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
        yield
