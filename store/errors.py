"""Every error Deskwatch raises on purpose.

    DeskwatchError                one line for a user; exit status 1
    ├── ConfigError               the config file is wrong (carries every problem found)
    ├── StoreError                the database
    │   ├── StoreHindered         it takes nothing now: the disk is full, it is busy, read-only
    │   ├── StoreUnreachable      it cannot be opened or answers no more
    │   └── SchemaMismatch        it is newer or older than this program
    ├── CommandRefused            a command that may not or can no longer be done
    │   ├── LostRace              somebody else changed the request first
    │   ├── NotAllowed            this person may not do that
    │   └── NotPossible           the request's state does not allow it
    ├── NotFound                  no such request, person, service
    └── MailError                 a mail server
        ├── MailUnreachable       no connection, or it broke
        └── MailRefused           log-in, folder or right refused

The message of each is the line a user reads: what is wrong, where, and what to do.
"""

from __future__ import annotations


class DeskwatchError(Exception):
    """A problem that is explained to the user in one line."""


class ConfigError(DeskwatchError):
    """The config file is wrong; ``problems`` has one line for each thing found."""

    def __init__(self, problems: list[str]) -> None:
        """Keep every problem; the message is all of them, a line each."""
        super().__init__("\n".join(problems))
        self.problems = problems


class StoreError(DeskwatchError):
    """The database refused or failed."""


class StoreHindered(StoreError):
    """The database takes nothing now, whatever it is given: the same may well go in later."""


class StoreUnreachable(StoreError):
    """The database cannot be opened, or answers no more."""


class SchemaMismatch(StoreError):
    """The database's schema is not the one this program knows."""


class CommandRefused(DeskwatchError):
    """A command that may not, or can no longer, be carried out."""


class LostRace(CommandRefused):
    """Somebody else changed the request first: "Ben claimed #1042 4 s ago"."""


class NotAllowed(CommandRefused):
    """This person may not do that."""


class NotPossible(CommandRefused):
    """The state of the request does not allow it."""


class NotFound(DeskwatchError):
    """There is no such request, person or service."""


class MailError(DeskwatchError):
    """A mail server refused or failed."""


class MailUnreachable(MailError):
    """No connection to the mail server, or it broke."""


class MailRefused(MailError):
    """The mail server refused the log-in, the folder or a right."""
