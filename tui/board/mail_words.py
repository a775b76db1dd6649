"""How mail stands, in the words of the board's header: what is wrong, the worst first.

Each trouble has several forms, the longest first; the header takes the longest that fits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from store.text import one_line

if TYPE_CHECKING:
    from store.mail_records import MailboxHealth, Unsent

#: A mailbox that was not heard of for so long is silent.
SILENT_AFTER = timedelta(minutes=3)
_MINUTE = timedelta(minutes=1)
_SECOND = timedelta(seconds=1)

#: What an error is about, in a few words, by what it says.
_BRIEFLY = (
    (r"log-?in|password|token|sign-?in|credential|authenticat", "log-in refused"),
    (r"certificate|tls|encrypt", "not secure"),
    (r"folder", "folder missing"),
    (r"answer|reach|connect|no server|broke off", "not reached"),
)
#: Names of mailboxes longer than this are cut in the short forms.
_NAME = 14


@dataclass(frozen=True, slots=True)
class Mail:
    """What the header knows of mail."""

    mailboxes: tuple[MailboxHealth, ...] = ()
    unsent: Unsent | None = None
    quarantined: int = 0


@dataclass(frozen=True, slots=True)
class MailWords:
    """How mail stands: the longest form first, each as good as the others."""

    forms: tuple[str, ...]
    well: bool


def mail_words(mail: Mail, now: datetime) -> MailWords:
    """Return how mail stands: "mail ✓ 2 s", or what is wrong; more than one thing is counted."""
    found = troubles(mail, now)
    if not found:
        heard = [each.last_contact for each in mail.mailboxes if each.last_contact]
        silent = max((max(now - at, timedelta(0)) for at in heard), default=timedelta(0))
        return MailWords((f"mail ✓ {age(silent)}", "mail ✓"), well=True)
    more = f" +{len(found) - 1}" if len(found) > 1 else ""
    return MailWords(tuple(form + more for form in found[0]), well=False)


def troubles(mail: Mail, now: datetime) -> list[tuple[str, ...]]:
    """Return what is wrong, each in its forms, the worst first."""
    if not mail.mailboxes:
        return [("mail: nobody reads it yet", "mail: not read")]
    several = len(mail.mailboxes) > 1
    errors, silent, warnings = [], [], []
    longest = datetime.min.replace(tzinfo=now.tzinfo)
    for each in sorted(mail.mailboxes, key=lambda one: one.last_contact or longest):
        called = f"mail {one_line(each.name)}" if several else "mail"
        if each.error:
            errors.append(_error(called, each, now))
        elif wrong := _silence(called, each, now):
            # A poller that died cannot take its warning back: that nobody reads mail is worse.
            silent.append(wrong)
        elif each.warning:
            warnings.append(_warning(called, each))
    return [*errors, *silent, *warnings, *_outbox(mail.unsent, now), *_quarantine(mail.quarantined)]


def waiting_for_people(mail: Mail, now: datetime) -> int:
    """Count what does not go on without a person: mailboxes in trouble, unsent and held mail."""
    held = mail.quarantined + (mail.unsent.failed + mail.unsent.maybe_sent if mail.unsent else 0)
    return held + len(troubles(Mail(mail.mailboxes), now))


def briefly(error: str) -> str:
    """Return what an error is about in a few words."""
    low = error.casefold()
    return next((words for pattern, words in _BRIEFLY if re.search(pattern, low)), "in trouble")


def _error(called: str, mailbox: MailboxHealth, now: datetime) -> tuple[str, ...]:
    brief = briefly(mailbox.error)
    return (f"{called}: {error_words(mailbox, now)}", *_named(called, brief), brief)


def _warning(called: str, mailbox: MailboxHealth) -> tuple[str, ...]:
    whole = without_name(mailbox, mailbox.warning)
    clause = re.split(r" ?[;(]", whole)[0]
    brief = "log-in ends soon" if briefly(whole) == "log-in refused" else "a warning"
    longer = (f"{called}: {whole}", f"{called}: {clause}") if clause != whole else ()
    return (*longer, *(form for form in _named(called, clause) if form not in longer), brief)


def _silence(called: str, mailbox: MailboxHealth, now: datetime) -> tuple[str, ...]:
    if mailbox.last_contact is None:
        return _named(called, "not read yet")
    silent = max(now - mailbox.last_contact, timedelta(0))
    if silent <= SILENT_AFTER and mailbox.connected:
        return ()
    verb = "silent" if mailbox.connected else "not read"
    brief = f"mail: {age(silent)} {'silent' if mailbox.connected else 'unread'}"
    return (*_named(called, f"{verb} for {age(silent)}"), f"mail: {verb} {age(silent)}", brief)


def _named(called: str, words: str) -> tuple[str, ...]:
    """Return the words with the whole name of the mailbox, with its beginning, without it."""
    name = called.removeprefix("mail").strip()
    if not name:
        return (f"mail: {words}",)
    cut = f"mail {name[: _NAME - 1]}…" if len(name) > _NAME else called
    return (f"{called}: {words}", *([f"{cut}: {words}"] if cut != called else []), f"mail: {words}")


def _outbox(unsent: Unsent | None, now: datetime) -> list[tuple[str, ...]]:
    """Return what keeps our own mail; one that is only on its way is no trouble."""
    told: list[tuple[str, ...]] = []
    if unsent is None:
        return told
    if unsent.stuck_since is not None:
        lasting = age(now - unsent.stuck_since)
        told.append((f"{unsent.stuck:,} not sent for {lasting}", f"{unsent.stuck:,} stuck"))
    if undecided := unsent.failed + unsent.maybe_sent:
        told.append((f"{undecided:,} not sent or in doubt", f"{undecided:,} not sent"))
    return told


def _quarantine(count: int) -> list[tuple[str, ...]]:
    return [(f"{count:,} in quarantine", f"{count:,} held")] if count else []


def error_words(health: MailboxHealth, now: datetime) -> str:
    """Return why a mailbox cannot be read, and for how long already: "for 3 h: no connection"."""
    since = health.failing_since
    lasting = timedelta(0) if since is None else now - since
    # The length first: a narrow head cuts the rest off.
    said = f"for {age(lasting)}: " if lasting >= _MINUTE else ""
    return f"{said}{without_name(health, health.error)}"


def without_name(health: MailboxHealth, text: str) -> str:
    """Return what is said of a mailbox without its name, which stands before it already."""
    return one_line(text).removeprefix(f'mailbox "{health.name}": ')


def age(span: timedelta) -> str:
    """Return a length of time: "2 s", "6 min", "3 h", "2 days"."""
    if span < _MINUTE:
        return f"{span // _SECOND} s"
    minutes = span // _MINUTE
    if minutes < 60:  # noqa: PLR2004 -- minutes of an hour
        return f"{minutes} min"
    hours = minutes // 60
    return f"{hours} h" if hours < 48 else f"{hours // 24} days"  # noqa: PLR2004
