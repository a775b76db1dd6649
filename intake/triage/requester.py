"""Who asks: the sender, or whom the program that sent the mail speaks for."""

from __future__ import annotations

from intake.triage.answers import null_return_path
from intake.triage.lists import writer_of
from intake.triage.notices import is_no
from intake.triage.organisation import is_inside
from intake.triage.reports import is_no_reply, is_robot
from store.mail_records import ReadMail
from store.records import Address
from store.rulebook import Rulebook
from store.rules.end_runs import is_desk


def asker(mail: ReadMail, rules: Rulebook) -> Address:
    """Return who asks, as far as the headers say."""
    return writer_of(mail, rules) or form_filler(mail, rules) or mail.sender


def form_filler(mail: ReadMail, rules: Rulebook) -> Address | None:
    """Return the person for whom a web form sends; None where a mail is no form's.

    Forms send as nobody, as the desk itself, or say that a program sent it, and name the
    person in Reply-To. A company's own mailbox there is nobody who asks.
    """
    answers, sender = mail.reply_to, mail.sender.address.lower()
    if answers is None or "@" not in answers.address:
        return None
    asks = answers.address.lower()
    if asks == sender or is_desk(asks, rules) or is_no_reply(asks) or is_robot(sender):
        return None
    if not (is_no_reply(sender) or is_desk(sender, rules) or _is_automatic(mail)):
        return None
    domain, home = asks.rpartition("@")[2], sender.rpartition("@")[2]
    return answers if is_inside(domain, rules) or not _related(domain, home) else None


def answers_elsewhere(mail: ReadMail, requester: Address) -> str:
    """Return where a person wants answers, in words, if that is not where they write from.

    Answers of the desk go to the requester all the same: this is also how people are robbed.
    """
    answers = mail.reply_to
    if answers is None or "@" not in answers.address or requester is not mail.sender:
        return ""
    if answers.address.lower() == mail.sender.address.lower():
        return ""
    return f"it asks for answers to {answers.address}, which is not where it comes from"


def _is_automatic(mail: ReadMail) -> bool:
    return null_return_path(mail) or any(
        not is_no(value) for value in mail.headers.get("auto-submitted", ())
    )


def _related(one: str, other: str) -> bool:
    return f".{one}".endswith(f".{other}") or f".{other}".endswith(f".{one}")
