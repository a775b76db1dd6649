"""The tables, the engine under them, and the feed of changes."""

from store.facts import history, mail, messages, people, requests, team

__all__ = ["history", "mail", "messages", "people", "requests", "team"]
