"""The rules, by table, by property and against stepping through time."""
