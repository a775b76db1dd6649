"""Mail coming in: from read and triaged messages to ledger, requests and history.

lookup.py         what the store knows already about the messages of a batch
namesakes.py      who asked, where a mail gives the name alone
cases.py          the requests a batch opens or changes
batch.py          the rows a batch adds, written with few statements
outcome.py        what becomes of one message
opening.py        a mail that opens a request
acknowledging.py  what its sender is told
follow_up.py      a mail that belongs to one
reports.py        a report that belongs to the request of its alert
calls.py          a mail of a colleague that answers a call to an emergency
notices.py        mail from programs in answer to ours: a note at most
sent.py           a mail that a person of the desk has sent themselves
outages.py        a mail about something that is known not to work
second_look.py    a mail of the ledger that somebody wanted looked at again

What can be worked out of a message before is in ``store/rules/prepared.py``.
"""

from __future__ import annotations

from collections.abc import Sequence

from store.commands.mailboxes import count_in, enter
from store.commands.taking_in.batch import Batch
from store.commands.taking_in.lookup import look_up
from store.commands.taking_in.namesakes import with_addresses
from store.commands.taking_in.outcome import take_one
from store.commands.taking_in.second_look import look_again
from store.desk import Desk
from store.mail_records import Incoming, Taken
from store.rules.prepared import Prepared, prepare
from store.words import Outcome

__all__ = ["Prepared", "look_again", "prepare", "take_in"]


def take_in(
    desk: Desk,
    mailbox: str,
    uidvalidity: int,
    items: Sequence[Incoming | Prepared],
    *,
    answering: bool = True,
    sent_by: str = "",
) -> list[Taken]:
    """Take messages of a mailbox in, all of them in one transaction.

    Each gets its ledger row, with its original; what opens or follows up a request gets its
    message, event and clocks. A message whose (mailbox, UIDVALIDITY, UID) has a row already
    is left as it is, so that taking in twice does nothing the second time. Messages may refer
    to each other; they are taken in the order given, which should be that of their UIDs.

    What opens a request is acknowledged, unless ``answering`` is False: mail of old days.
    ``sent_by`` is the login of whose Sent folder it is, also where the policy of the store does
    not say so (yet, or any more): of what is no answer nothing is kept.

    Returns:
        What became of each item, in order; for those known already, what became of them then.

    Raises:
        StoreError: the database refused the batch; nothing of it is kept. If one message is
            to blame, smaller batches find it.
    """
    prepared = [item if isinstance(item, Prepared) else prepare(item) for item in items]
    with desk.writing() as writing:
        prepared = with_addresses(writing.connection, prepared)
        known = look_up(writing.connection, mailbox, uidvalidity, prepared)
        batch = Batch(
            desk.rules, writing, mailbox, uidvalidity, answering=answering, sent_by=sent_by
        )
        taken = [take_one(each, known, batch) for each in prepared]
        enter(writing, mailbox, uidvalidity)
        batch.write()
        arrivals = [(Outcome(row["outcome"]), row["arrived_at"]) for row in batch.ledger]
        count_in(writing, mailbox, uidvalidity, arrivals)
    return taken
