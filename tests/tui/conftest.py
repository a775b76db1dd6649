"""What the tests of the screens share."""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.tui.snapshots import SvgPictures


@pytest.fixture
def pictures(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Compare with the pictures kept in ``__snapshots__``."""
    return snapshot.use_extension(SvgPictures)
