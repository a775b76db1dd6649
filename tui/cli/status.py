"""``deskwatch status``: how the mailboxes stand, what waits to be sent, what is open.

What is wrong is in the lines; the exit status is 0 whenever they could be read, so that a
monitoring system that wants an alarm looks at ``--json``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from store.words import Outcome
from tui.board.mail_words import SILENT_AFTER, age, error_words, without_name
from tui.cli import people as people_at_work
from tui.cli import stuck_calls, stuck_mail
from tui.cli.context import open_desk

if TYPE_CHECKING:
    from store.mail_records import LedgerMail, MailboxHealth, OutboxCounts, OutboxMail
    from store.notice_records import StuckNotice
    from store.records import BoardRow, Summary, Whereabouts
    from store.rulebook import Rulebook
    from store.rules.cover import OnWatch


#: Mails that are told of one by one: stuck ones, and those in quarantine.
_SHOWN = 10
_UNSENT_SEEN = 1000
#: Calls that failed longer ago are of no use to anybody.
_RECENT = timedelta(days=3)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``deskwatch status``."""
    parser.add_argument(
        "--json", action="store_true", help="one JSON object instead of lines for people"
    )


def run(args: argparse.Namespace) -> int:
    """Print how things stand."""
    from store import queries
    from store.records import DESK
    from store.rules.cover import on_watch
    from store.words import Outcome
    from tui.cli.watch_json import watch_json

    with closing(open_desk(args)) as desk:
        now = desk.clock.now()
        mailboxes = queries.mailbox_health(desk)
        outbox = queries.outbox_counts(desk)
        counts = queries.summary(desk, DESK)
        unread = queries.mails(desk, [Outcome.QUARANTINED], _SHOWN)
        imported = queries.imported(desk)
        stuck = stuck_mail.stuck(queries.outbox(desk, _UNSENT_SEEN), now)
        watch = on_watch(desk.rules.roster, now) if desk.rules.roster else None
        present, late = queries.present(desk), queries.breaching(desk)
        calls = queries.stuck_notices(desk, now - _RECENT)
        nobody = queries.unanswered(desk)
        people = queries.whereabouts(desk).values()
        rules = desk.rules
    if args.json:
        told = as_json(
            mailboxes,
            outbox,
            counts,
            now,
            imported=imported,
            stuck=stuck,
            calls=calls,
            nobody=nobody,
            people=people,
        )
        print(json.dumps(told | watch_json(watch, present, late)))
    else:
        said = lines(mailboxes, outbox, counts, now, imported)
        said += [stuck_mail.line(mail, now) for mail in stuck[:_SHOWN]]
        if len(stuck) > _SHOWN:
            said.append(f"stuck too  {len(stuck) - _SHOWN:,} more mails of ours")
        said.append(watch_line(rules, watch, present, now, len(late)))
        said += people_at_work.lines(people, now, ZoneInfo(rules.timezone))
        said += stuck_calls.lines(calls, nobody, now)
        said += [line for mail in unread for line in quarantined(mail)]
        if counts.quarantined > len(unread):
            said.append(f"quarantine  and {counts.quarantined - len(unread):,} more")
        print("\n".join(said))
    return 0


def is_connected(health: MailboxHealth, now: datetime) -> bool:
    """Say whether a poller reads the mailbox: one that was killed cannot say good-bye."""
    contact = health.last_contact
    return health.connected and contact is not None and now - contact <= SILENT_AFTER


def as_json(
    mailboxes: list[MailboxHealth],
    outbox: OutboxCounts,
    counts: Summary,
    now: datetime,
    *,
    imported: Mapping[Outcome, int],
    stuck: Sequence[OutboxMail] = (),
    calls: Sequence[StuckNotice] = (),
    nobody: Sequence[BoardRow] = (),
    people: Iterable[Whereabouts] = (),
) -> dict[str, Any]:
    """Return what ``--json`` prints."""
    return {
        "mailboxes": [
            {
                "name": health.name,
                "connected": is_connected(health, now),
                "server": health.server,
                "ledger": health.ledger,
                **{outcome.value: count for outcome, count in health.outcomes.items()},
                "lag_s": health.lag / timedelta(seconds=1) if health.lag is not None else None,
                "error": health.error or None,
                "last_contact": _instant(health.last_contact),
                "failing_since": _instant(health.failing_since),
                "warning": health.warning or None,
                "sent_of": health.sent_of or None,
            }
            for health in mailboxes
        ],
        "imported": {outcome.value: imported.get(outcome, 0) for outcome in Outcome},
        "outbox": {
            "waiting": outbox.waiting,
            "sent": outbox.sent,
            "failed": outbox.failed,
            "maybe_sent": outbox.maybe_sent,
            "stuck": [stuck_mail.as_json(mail) for mail in stuck],
        },
        "calls": stuck_calls.as_json(calls, nobody),
        "open": counts.live,
        "overdue": counts.overdue,
        "people": people_at_work.as_json(people),
    }


def lines(
    mailboxes: list[MailboxHealth],
    outbox: OutboxCounts,
    counts: Summary,
    now: datetime,
    imported: Mapping[Outcome, int],
) -> list[str]:
    """Return what people read."""
    heads = ["outbox", *(health.name for health in mailboxes), *(["imported"] if imported else [])]
    width = max(map(len, heads))
    said = [line for health in mailboxes for line in _mailbox(health, width, now)]
    if not mailboxes:
        said.append("no mailbox was read yet; run: deskwatch intake")
    if imported:
        said.append(f"{'imported':{width}}  {'  '.join(_counted(imported))}")
    sending = [f"{outbox.waiting:,} waiting", f"{outbox.sent:,} sent"]
    if outbox.failed:
        sending.append(f"{outbox.failed:,} failed")
    if outbox.maybe_sent:
        sending.append(f"{outbox.maybe_sent:,} sent or not, nobody knows")
    said.append(f"{'outbox':{width}}  {'  '.join(sending)}")
    said.append(f"{'open':{width}}  {counts.live:,}, {counts.overdue:,} overdue")
    return said


def quarantined(mail: LedgerMail) -> list[str]:
    """Return the lines for a mail in quarantine: where it lies, what can be seen of it, why."""
    seen = " · ".join(filter(None, (mail.sender, mail.subject))) or "nothing of it can be read"
    place = f"{mail.place.mailbox} UID {mail.place.uid}"
    return [f"quarantine  {place}: {seen}", f"            {mail.reason}"]


def watch_line(
    rules: Rulebook, watch: OnWatch | None, present: Collection[str], now: datetime, late: int
) -> str:
    """Return who has the watch now, who is next, and what is wrong ahead."""
    from tui.board.telling import names
    from tui.board.watch_words import turns, watching

    known = watching(watch, present, rules.hours["desk"], now, late=late)
    told = turns(known, names(rules), now, ZoneInfo(rules.timezone))
    return "on watch  " + " · ".join(turn.line for turn in told)


def _mailbox(health: MailboxHealth, width: int, now: datetime) -> list[str]:
    parts = [
        f"{health.name:{width}}",
        _contact(health, now),
        f"server {health.server:,} / ledger {health.ledger:,}",
        *_counted(health.outcomes),
        *([f"Sent folder of {health.sent_of}"] if health.sent_of else []),
    ]
    if health.lag is not None:
        parts.append(f"newest after {health.lag / timedelta(seconds=1):.1f} s")
    said = ["  ".join(parts)]
    if health.server > health.ledger:
        said.append(f"{'':{width}}  ! {health.server - health.ledger:,} not taken in yet")
    if health.error:
        said.append(f"{'':{width}}  ! {error_words(health, now)}")
    if health.warning:
        said.append(f"{'':{width}}  ! {without_name(health, health.warning)}")
    return said


def _counted(outcomes: Mapping[Outcome, int]) -> list[str]:
    return [f"{n:,} {outcome.replace('_', ' ')}" for outcome, n in outcomes.items() if n]


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def _contact(health: MailboxHealth, now: datetime) -> str:
    if health.last_contact is None:
        return "never connected"
    ago = age(max(now - health.last_contact, timedelta(0)))
    if is_connected(health, now):
        return f"connected {ago} ago"
    return f"silent for {ago}" if health.connected else f"not connected, last {ago} ago"
