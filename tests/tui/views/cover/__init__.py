"""Tests of the view of cover."""
