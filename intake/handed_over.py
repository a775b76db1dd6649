"""Records on their way between the poller and the process that reads, as pickles.

A frozen dataclass with slots goes through a slow method of ``dataclasses`` for each object;
these go as their class and their values, which halves the time of handing mails over.
"""

from __future__ import annotations

import copyreg
import pickle
from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import IO, Any

from intake.imap.fetched import Fetched
from store.mail_records import Bounce, ReadMail, Triage
from store.records import Address, AttachmentInfo
from store.rules.prepared import Item, Letter, Prepared

#: What comes many times in a batch.
_RECORDS = (Address, AttachmentInfo, Bounce, Fetched, Item, Letter, Prepared, ReadMail, Triage)


def hand_over(what: object, to: IO[bytes]) -> None:
    """Write ``what``, to be read with ``pickle.load``; raises OSError."""
    _Pickler(to, pickle.HIGHEST_PROTOCOL).dump(what)
    to.flush()


def _reduced(record: type) -> Callable[[Any], tuple[type, tuple[Any, ...]]]:
    """Return what says how to make such a record again."""
    values = attrgetter(*(each.name for each in fields(record)))
    return lambda each: (record, values(each))


class _Pickler(pickle.Pickler):
    dispatch_table = copyreg.dispatch_table | {each: _reduced(each) for each in _RECORDS}
