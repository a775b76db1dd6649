"""The parts of the queue screen, one widget to a file."""
