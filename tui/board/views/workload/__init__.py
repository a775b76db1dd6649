"""Who has how much to do, and moving work from one to another."""
