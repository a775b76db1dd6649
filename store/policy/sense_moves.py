"""Mailboxes that are read from and moved to: mail must not go round between them."""

from __future__ import annotations

from collections.abc import Iterator

from store.policy.mailboxes import MailboxConfig
from store.policy.policy import Policy
from store.policy.problems import Problem
from store.policy.shown import shown
from store.words import IMPORTED

_Folder = tuple[str, str, str]


def moves(policy: Policy) -> Iterator[Problem]:
    """Yield a problem for each mailbox whose mail would come back to it, and for a taken name."""
    reads = {_place(box, box.folder): index for index, box in enumerate(policy.mailboxes)}
    for index, box in enumerate(policy.mailboxes):
        if box.name == IMPORTED:
            text = f"{shown(IMPORTED)} is what imported mail is listed under; choose another name"
            yield Problem(("mailboxes", index, "name"), text)
        yield from _only_read(index, box)
        target = _target(box)
        if target is None:
            continue
        if target == _place(box, box.folder):
            text = f"{shown(box.folder)} is the folder that is read; name another one"
            yield Problem(("mailboxes", index, "after"), text)
        elif _comes_back(policy, reads, index):
            other = policy.mailboxes[reads[target]].name
            text = (
                f'mailbox "{other}" reads {shown(target[2])} and its mail comes back from there: '
                "every mail would go round for ever; name another folder"
            )
            yield Problem(("mailboxes", index, "after"), text)


def _only_read(index: int, box: MailboxConfig) -> Iterator[Problem]:
    """The mail in a person's Sent folder is theirs, and so is saying which folder that is."""
    if box.kind != "sent":
        return
    if box.after != "leave":
        text = "a Sent folder is only read, and nothing changes in it; remove this"
        yield Problem(("mailboxes", index, "after"), text)
    if box.folder.upper() == "INBOX":
        text = 'this is where mail comes in; name the folder of sent mail, e.g. folder = "Sent"'
        yield Problem(("mailboxes", index, "folder"), text)


def _comes_back(policy: Policy, reads: dict[_Folder, int], start: int) -> bool:
    """Say whether mail that is moved out of a mailbox is moved on until it is there again."""
    at = start
    for _ in policy.mailboxes:
        target = _target(policy.mailboxes[at])
        if target is None or target not in reads:
            return False
        at = reads[target]
        if at == start:
            return True
    return False


def _target(box: MailboxConfig) -> _Folder | None:
    return _place(box, box.after.removeprefix("move:")) if box.after.startswith("move:") else None


def _place(box: MailboxConfig, folder: str) -> _Folder:
    """Return a folder as servers compare it: INBOX alone is the same in any case."""
    name = "INBOX" if folder.upper() == "INBOX" else folder
    return box.host.casefold(), box.user.casefold(), name
