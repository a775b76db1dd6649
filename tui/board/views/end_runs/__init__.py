"""The side door: who was asked instead of the desk, what that cost, and what came of it."""
