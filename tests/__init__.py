"""Tests, arranged as the rooms are."""
