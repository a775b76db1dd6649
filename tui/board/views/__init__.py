"""The views beside the queue, a folder each."""
