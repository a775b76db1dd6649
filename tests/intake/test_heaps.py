"""Threads share heaps, where the C library lets them."""

from __future__ import annotations

import ctypes

import pytest

from intake.heaps import share_heaps


def test_the_library_is_asked_for_two(monkeypatch):
    """By the name and the number that malloc.h has."""
    asked = []

    class Library:
        def mallopt(self, name: int, value: int) -> int:
            asked.append((name, value))
            return 1

    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", lambda _: Library())
    share_heaps()
    assert asked == [(-8, 2)]


@pytest.mark.parametrize("library", [object(), None])
def test_another_library_is_left_as_it_is(monkeypatch, library):
    """Without a word: it is about memory only."""

    def found(_: None) -> object:
        if library is None:
            raise OSError("no library")
        return library

    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", found)
    share_heaps()
