"""What happens in the mailbox to mail that is safely stored: nothing, seen, or moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from intake.imap.folder import Folder, Selected
from intake.imap.trouble import place
from store.policy.mailboxes import MailboxConfig


class Touch:
    """Marks or moves committed messages, also those a crash left between commit and mark.

    What has been marked once is never marked again: a person may set a mail back to unread.
    """

    def __init__(self, config: MailboxConfig) -> None:
        """Do as ``config.after`` says: ``leave``, ``seen`` or ``move:FOLDER``."""
        self._config = config
        self._target = config.after.partition(":")[2]
        self._pending: set[int] = set()
        self._uidvalidity = 0

    def begin(
        self, folder: Folder, selected: Selected, server: Sequence[int], known: set[int]
    ) -> str:
        """Find what is in the store and was not touched yet: a crash may have come between.

        Args:
            folder: The folder, open.
            selected: What the server said when it was opened.
            server: UIDs on the server.
            known: UIDs in the ledger.

        Returns:
            Why messages can be taken in but not touched; "" if they can.
        """
        first_time = selected.uidvalidity != self._uidvalidity
        self._uidvalidity = selected.uidvalidity
        if first_time:
            self._pending.clear()
        if self._target:
            # Moved ones are gone, so those still here were not.
            self._pending = known.intersection(server)
        elif self._config.after == "seen" and first_time:
            self._pending = known.intersection(folder.uids(selected.messages, "UNSEEN"))
        return self._obstacle(selected)

    def _obstacle(self, selected: Selected) -> str:
        if self._config.after == "leave":
            return ""
        where = f"{place(self._config)}: mail is taken in, but cannot be "
        where += "moved" if self._target else "marked as seen"
        if not selected.writable:
            return (
                f'{where}: the folder "{self._config.folder}" is read-only for this account; '
                'give it the right to write, or set after = "leave"'
            )
        if not self._target and not selected.keeps_seen:
            return f'{where}: the server does not keep that mark; set after = "leave"'
        return ""

    def committed(self, uids: Iterable[int]) -> None:
        """Note messages that are in the store now."""
        if self._config.after != "leave":
            self._pending.update(uids)

    def catch_up(self, folder: Folder) -> None:
        """Mark or move what is committed. May be repeated.

        Raises:
            MailError: the server refused, or the connection broke; it stays to be done.
        """
        uids = sorted(self._pending)
        if not uids:
            return
        if self._target:
            folder.move(uids, self._target)
        else:
            folder.mark_seen(uids)
        self._pending.difference_update(uids)
