"""Pure rules: they take values and return values, and never ask what time it is."""
