"""Tests of the screens over the board."""
