"""Tests of the views beside the queue."""
