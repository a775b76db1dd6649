"""Tests of what is read for display."""
