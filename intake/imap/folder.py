"""The folder that is read: what is in it, and the little that is ever changed there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from imapclient import SEEN
from imapclient.exceptions import IMAPClientReadOnlyError

from intake.imap.connect import Connection
from intake.imap.trouble import place, plain_words
from store.errors import MailRefused

#: Messages asked about in one command: the answer to a search is one line, and a line of a
#: megabyte is refused.
_WINDOW = 50_000
#: UIDs named in one command, which is one line too: servers take 8,000 bytes (RFC 7162 4).
_NAMED = 500


@dataclass(frozen=True, slots=True)
class Selected:
    """What the server says of the folder when it is opened."""

    uidvalidity: int
    messages: int
    writable: bool
    keeps_seen: bool
    r"""Whether ``\Seen`` can be set and stays."""


class Folder:
    """The folder of a mailbox on one connection."""

    def __init__(self, connection: Connection) -> None:
        """Name the folder of the connection's config; ``select`` opens it."""
        self.connection = connection
        self._client = connection.client
        self._config = connection.config

    def select(self) -> Selected:
        """Open the folder, also again: a server may answer from one that is deleted long since.

        Read-only wherever nothing is to be changed: then nothing can be.

        Raises:
            MailRefused: there is no such folder, or no right to it.
        """
        name, only_look = self._config.folder, self._config.after == "leave"
        with plain_words(self._config, f'open the folder "{name}"'):
            try:
                said = self._client.select_folder(name, readonly=only_look)
            except IMAPClientReadOnlyError:
                only_look = True
                said = self._client.select_folder(name, readonly=True)
            if b"UIDVALIDITY" not in said:
                raise MailRefused(
                    f'{place(self._config)}: {self._config.host} gives the folder "{name}" no '
                    "UIDVALIDITY, so its mails cannot be told apart over time"
                )
            lasting = said.get(b"PERMANENTFLAGS", said.get(b"FLAGS", ()))
            return Selected(
                uidvalidity=said[b"UIDVALIDITY"],
                messages=said[b"EXISTS"],
                writable=not only_look,
                keeps_seen=not only_look and SEEN in lasting,
            )

    def uids(self, messages: int, only: str = "ALL") -> list[int]:
        """Return the UIDs of the folder's first ``messages`` messages, ascending.

        ``only`` is a search key, e.g. ``UNSEEN``. Large folders are asked in windows, from the
        last message to the first: a deletion in between moves messages down, into a window
        that is still to come.
        """
        with plain_words(self._config, "list its messages"):
            if messages <= _WINDOW:
                return sorted(self._client.search([only]))
            found: set[int] = set()
            for end in range(messages, 0, -_WINDOW):
                found.update(self._client.search([f"{max(1, end - _WINDOW + 1)}:{end}", only]))
        return sorted(found)

    def uids_above(self, uid: int) -> list[int]:
        """Return the UIDs greater than ``uid``, ascending."""
        with plain_words(self._config, "list its messages"):
            found = self._client.search(["UID", f"{uid + 1}:*"])
        # "n:*" always holds the last message, even one below n (RFC 9051 6.4.9).
        return sorted(found_uid for found_uid in found if found_uid > uid)

    def has(self, uid: int) -> bool:
        """Say whether the message is still in the folder."""
        with plain_words(self._config, "list its messages"):
            return uid in self._client.search(["UID", str(uid)])

    def mark_seen(self, uids: Sequence[int]) -> None:
        r"""Set ``\Seen``; may be repeated."""
        with plain_words(self._config, "mark mails as seen"):
            for some in _windows(uids):
                self._client.add_flags(some, [SEEN], silent=True)

    def move(self, uids: Sequence[int], target: str) -> None:
        """Move messages to the folder ``target``; may be repeated.

        Raises:
            MailRefused: the server cannot, or there is no such folder.
        """
        if not self.can_move:
            raise MailRefused(
                f"{place(self._config)}: {self._config.host} can neither move mails nor delete "
                'single ones; set after = "seen" or "leave"'
            )
        with plain_words(self._config, f'move mails to the folder "{target}"'):
            for some in _windows(uids):
                if self.connection.can("MOVE"):
                    self._client.move(some, target)
                else:
                    self._client.copy(some, target)
                    self._client.delete_messages(some, silent=True)
                    self._client.uid_expunge(some)

    @property
    def can_move(self) -> bool:
        """Whether single messages can leave the folder (RFC 6851, or RFC 4315)."""
        return self.connection.can("MOVE") or self.connection.can("UIDPLUS")

    def exists(self, name: str) -> bool:
        """Say whether there is a folder called ``name``."""
        with plain_words(self._config, "list its folders"):
            return bool(self._client.folder_exists(name))


def _windows(uids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(uids), _NAMED):
        yield uids[start : start + _NAMED]
