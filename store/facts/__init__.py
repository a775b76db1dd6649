"""The tables, the engine under them and how they came to be."""
