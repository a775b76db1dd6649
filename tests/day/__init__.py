"""A day at a desk of eight, replayed, with every number on the screen counted independently."""
