"""Tests of writing to requesters."""
