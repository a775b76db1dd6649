"""The tables, the engine under them, and the feed of changes."""

from store.facts import cover, history, mail, messages, notices, outages, people, requests, team

__all__ = [
    "cover",
    "history",
    "mail",
    "messages",
    "notices",
    "outages",
    "people",
    "requests",
    "team",
]
