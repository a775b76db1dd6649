"""One notice by mail: from the desk, so that an answer to it comes to the desk."""

from __future__ import annotations

from collections.abc import Callable

from intake.notifying.push import Handed, Outcome
from intake.outgoing.compose import compose
from intake.outgoing.handing_over import Begun, begin, finish
from intake.outgoing.smtp import session
from store.errors import MailError
from store.mail_records import Dispatch
from store.notice_records import NoticeLease
from store.policy.outgoing import Outgoing
from store.records import Address
from store.rulebook import Rulebook
from store.words import Sends

#: Seconds to wait for the mail server: somebody is waited for.
_PATIENCE_S = 20.0


def dispatch(held: NoticeLease, to: str, rules: Rulebook) -> Dispatch:
    """Return a notice as a mail to ``to``."""
    person = rules.people.get(held.login)
    return Dispatch(
        kind=Sends.NOTICE,
        message_id=held.message_id or f"deskwatch.notice.{held.id}@{to.rpartition('@')[2]}",
        sender=Address(rules.desk, rules.sender or rules.addresses[0]),
        answer_to=Address(rules.desk, rules.addresses[0]),
        to=(Address(person.name if person else held.login, to),),
        subject=held.subject,
        text=held.text,
        quoted="",
        in_reply_to="",
        references=(),
        written_at=held.written_at,
    )


def send(outgoing: Outgoing, mail: Dispatch, before_the_dot: Callable[[], bool]) -> Handed:
    """Hand a mail over.

    Raises:
        Lost: ``before_the_dot`` said no; it was not sent.
        StoreError: whatever ``before_the_dot`` raised; it was not sent.
    """
    try:
        with session(outgoing, _PATIENCE_S) as client:
            begun = begin(client, compose(mail), before_the_dot)
            # Others are called too: a server that thinks for long leaves this one in doubt.
            handed = finish(client, begun, _PATIENCE_S) if isinstance(begun, Begun) else begun
    except MailError as error:
        return Handed(Outcome.LATER, str(error))
    if handed.taken:
        return Handed(Outcome.SENT)
    if handed.doubt:
        return Handed(Outcome.DOUBT, handed.doubt)
    if handed.refused:
        return Handed(Outcome.REFUSED, handed.refused)
    return Handed(Outcome.LATER, handed.later)
