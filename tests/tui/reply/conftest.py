"""The screens ask a desk made by hand."""

from __future__ import annotations

import pytest

from store import queries


@pytest.fixture(autouse=True)
def _hand_made_store(monkeypatch) -> None:
    """Let the store's readers answer from the hand-made desk."""
    monkeypatch.setattr(queries, "canned", lambda desk, _number: desk.canned)
    monkeypatch.setattr(queries, "request", lambda desk, number: desk.request(number))
    monkeypatch.setattr(queries, "original", lambda desk, id_: desk.original(id_))
