"""The lines of the view of intake in words, and what is said of the one under the cursor."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from textual.content import Content

from store.mail_records import LedgerMail, MailboxHealth, OutboxMail
from store.words import Delivery, Wish
from tui.board.cells import fit, settled, width
from tui.board.mail_words import SILENT_AFTER, age, briefly
from tui.board.screens import ink
from tui.board.screens.stamps import size, stamp
from tui.board.views.intake.entries import Entry, Kind

#: From this width on a line has room for more than what matters most.
WIDE_FROM = 100
_NAME, _NAME_WIDE = 12, 18
_STATES = {
    Delivery.PENDING: ("", "not sent yet"),
    Delivery.SENDING: ("", "being sent"),
    Delivery.UNCERTAIN: ("?", "maybe sent"),
    Delivery.FAILED: ("×", "not delivered"),
    Delivery.SENT: ("", "sent"),
    Delivery.GIVEN_UP: ("", "given up"),
}
_WISHES = {
    Wish.RETRY: "to be read again",
    Wish.OPEN: "to become a request",
    Wish.DISCARD: "put away",
}


def line(entry: Entry, cells: int, now: datetime, tz: tzinfo) -> Content:
    """Return the line of an entry in exactly ``cells``."""
    wide = cells >= WIDE_FROM
    if entry.mailbox is not None:
        parts = _mailbox(entry.mailbox, now, tz, wide=wide)
    elif entry.sending is not None:
        parts = _sending(entry.sending, now, tz, wide=wide)
    elif entry.mail is not None:
        parts = _mail(entry.mail, now, tz, wide=wide)
    else:
        parts = []
    return _columns(parts, cells)


def _columns(parts: list[tuple[str, int, str]], cells: int) -> Content:
    """Return (text, cells, style) one after the other; a width of 0 takes what is left."""
    rest = cells - sum(width_ for _, width_, _ in parts) - len(parts) + 1
    line = Content("")
    for text, width_, style in parts:
        shown = Content.styled(fit(text, width_ or max(rest, 0)), style)
        line = line + " " + shown if line else shown
    return line.truncate(cells)


def _mailbox(
    one: MailboxHealth, now: datetime, tz: tzinfo, *, wide: bool
) -> list[tuple[str, int, str]]:
    silent = one.last_contact is None or now - one.last_contact > SILENT_AFTER
    well = not one.error and not silent and one.connected
    said = f"{_heard(one, now)}"
    if one.sent_of:
        said = f"{said}, sent by {settled(one.sent_of)}"
    if one.error:
        since = one.failing_since
        said = briefly(one.error) + (f" since {stamp(since, now, tz)}" if since else "")
    elif one.warning and well:
        said = f"{said}, {settled(one.warning)}"
    counts = f"server {one.server:,} / ledger {one.ledger:,}"
    lag = f"lag {age(one.lag)}" if one.lag is not None else ""
    style = "" if well and not one.warning else ink.RISK
    agree = "" if one.server == one.ledger else ink.RISK
    return [
        (("!" if one.warning else "✓") if well else "×", 1, style),
        (settled(one.name), _NAME_WIDE if wide else _NAME, "bold"),
        (said, 0, style),
        (counts, max(width(counts), 30 if wide else 24), agree),
        (lag, 12 if wide else 10, ink.MUTED),
    ]


def _heard(one: MailboxHealth, now: datetime) -> str:
    if one.last_contact is None:
        return "not read yet"
    ago = age(max(now - one.last_contact, timedelta(0)))
    if not one.connected:
        return f"not read for {ago}"
    return f"silent for {ago}" if now - one.last_contact > SILENT_AFTER else f"{ago} ago"


def _sending(
    one: OutboxMail, now: datetime, tz: tzinfo, *, wide: bool
) -> list[tuple[str, int, str]]:
    glyph, state = _STATES[one.state]
    if one.is_stuck(now):
        glyph, state = "!", "stuck"
    elif one.is_tried_again:
        glyph, state = "!", "tried again"
    needs = one.state in {Delivery.UNCERTAIN, Delivery.FAILED} or glyph == "!"
    to = ", ".join(settled(each.address) or settled(each.name) for each in one.to)
    return [
        (glyph, 1, ink.RISK),
        (state, 13, ink.RISK if needs else ""),
        (stamp(one.created_at, now, tz), 12 if wide else 5, ink.MUTED),
        (f"#{one.number}", 6, ""),
        (str(one.kind), 15 if wide else 8, ink.MUTED),
        (to, 30 if wide else 18, ""),
        (settled(one.error or one.subject), 0, ink.MUTED),
    ]


def _mail(one: LedgerMail, now: datetime, tz: tzinfo, *, wide: bool) -> list[tuple[str, int, str]]:
    reason = f"{_WISHES[one.wish]} · {one.reason}" if one.pending and one.wish else one.reason
    parts = [
        ("…" if one.pending else "", 1, ink.TELL),
        (_short(one.taken_at, now, tz), 12 if wide else 6, ink.MUTED),
        (settled(reason), 38 if wide else 26, ""),
        (settled(one.sender), 26 if wide else 16, ink.MUTED),
        (settled(one.subject) or "(no subject)", 0, ""),
    ]
    if wide:
        parts.insert(2, (settled(one.place.mailbox), 10, ink.MUTED))
    return parts


def _short(at: datetime, now: datetime, tz: tzinfo) -> str:
    local, today = at.astimezone(tz), now.astimezone(tz)
    if local.date() == today.date():
        return f"{local:%H:%M}"
    return f"{local.day} {local:%b}"


def told(entry: Entry, now: datetime, tz: tzinfo) -> Content:
    """Return everything there is to say of an entry, in a few lines."""
    if entry.mailbox is not None:
        return _told_mailbox(entry.mailbox, now, tz)
    if entry.sending is not None:
        return _told_sending(entry.sending, now, tz)
    if entry.mail is not None:
        return _told_mail(entry.mail, entry.kind, now, tz)
    return Content("")


def _told_mailbox(one: MailboxHealth, now: datetime, tz: tzinfo) -> Content:
    counted = ", ".join(
        f"{count:,} {outcome.value.replace('_', ' ')}"
        for outcome, count in one.outcomes.items()
        if count
    )
    lines = [Content.assemble((settled(one.name), "bold"), f"  {_heard(one, now)}")]
    if one.error:
        since = one.failing_since
        when = f"since {stamp(since, now, tz)}: " if since else ""
        lines.append(Content.styled(f"{when}{settled(one.error)}", ink.RISK))
    if one.warning:
        lines.append(Content.styled(settled(one.warning), ink.RISK))
    lines.append(Content.styled(counted or "no mail yet", ink.MUTED))
    if one.sent_of:
        kept = f"The Sent folder of {settled(one.sent_of)}: of mail that is not about a request"
        lines.append(Content.styled(f"{kept} nothing is kept", ink.MUTED))
    if one.server != one.ledger:
        missing = one.server - one.ledger
        words = f"{missing:,} on the server are not read yet" if missing > 0 else ""
        lines.append(Content.styled(words, ink.MUTED))
    return Content("\n").join(lines)


def _told_sending(one: OutboxMail, now: datetime, tz: tzinfo) -> Content:
    to = ", ".join(f"{settled(each.name)} <{settled(each.address)}>".strip() for each in one.to)
    tries = {0: "not tried yet", 1: "tried once"}.get(one.attempts, f"tried {one.attempts} times")
    if one.is_tried_again:
        tries += f", again at {stamp(one.next_try_at, now, tz)}"
    lines = [
        Content.assemble((f"{one.kind} to {to}", "bold")),
        Content(settled(one.subject)),
        Content.styled(f"written {stamp(one.created_at, now, tz)}, {tries}", ink.MUTED),
    ]
    if one.error:
        lines.insert(1, Content.styled(settled(one.error), ink.RISK))
    return Content("\n").join(lines)


def _told_mail(one: LedgerMail, kind: Kind, now: datetime, tz: tzinfo) -> Content:
    became = "in quarantine" if kind is Kind.QUARANTINE else "ignored"
    about = f", about #{one.number}" if one.number else ""
    lines = [
        Content.assemble((settled(one.sender) or "no sender", "bold"), f"  {settled(one.subject)}"),
        Content(f"{became}{about}: {settled(one.reason)}"),
        Content.styled(
            f"{settled(one.place.mailbox)}, came {stamp(one.arrived_at, now, tz)}, "
            f"{size(one.size)}",
            ink.MUTED,
        ),
    ]
    if one.wish is not None and one.wished_at is not None:
        done = "the poller has not looked yet" if one.pending else "done"
        asked = f"{_WISHES[one.wish]}, asked {stamp(one.wished_at, now, tz)}: {done}"
        lines.append(Content.styled(asked, ink.TELL))
    return Content("\n").join(lines)
