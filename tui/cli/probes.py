"""What ``deskwatch check`` tries for real, each thing with what was found and what helps."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from intake.imap.connect import Patience, connect
from intake.imap.folder import Folder, Selected
from intake.imap.trouble import place
from intake.login.ahead import WARN, ends
from intake.outgoing.smtp import WHERE, probe
from store.commands.writable import try_to_write
from store.errors import DeskwatchError
from store.facts.engine import open_store
from store.facts.schema import SCHEMA
from store.facts.trouble import name_of
from store.policy.login import ServerLogin
from store.policy.mailboxes import SENT, MailboxConfig
from store.policy.oauth import OAuth
from store.policy.outgoing import Outgoing
from store.policy.policy import Policy
from store.policy.stored import from_store, to_store
from store.policy.toml_file import changed_parts
from store.queries.policy import applied_policy

#: Seconds to wait for a mail server to take a connection, and for each of its answers.
PATIENCE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was tried: what was found, or what is wrong and what helps."""

    what: str
    ok: bool
    text: str
    fix: str = ""

    def __str__(self) -> str:
        """Return the line a user reads."""
        helps = f" → {self.fix}" if self.fix else ""
        return f"{'ok  ' if self.ok else 'FAIL'} {self.what}: {self.text}{helps}"


def failure(what: str, message: str) -> Finding:
    """Return the finding of an error's line, which ends in what helps: ``problem; fix``."""
    text, _, fix = message.rpartition("; ")
    # A semicolon within quotes is somebody else's, not the one before what helps.
    if not text or fix.count('"') % 2:
        return Finding(what, ok=False, text=message)
    return Finding(what, ok=False, text=text, fix=fix)


def database(url: str, policy: Policy | None) -> list[Finding]:
    """Write to the database; compare the policy in it with ``policy``, that of the file."""
    try:
        with closing(open_store(url)) as store:
            held = applied_policy(store)
            try_to_write(store)
            name = name_of(store.url).removeprefix("the database ")
            found = Finding("database", ok=True, text=f"{name}, schema {SCHEMA}")
    except DeskwatchError as error:
        return [failure("database", str(error))]
    if held is None:
        return [found, failure("policy", "none applied yet; run: deskwatch policy apply")]
    if policy is None:
        return [found, Finding("policy", ok=True, text=f"version {held.version} is applied")]
    parts = ""
    if held.text != to_store(policy):
        try:
            parts = ", ".join(changed_parts(from_store(held.text), policy))
        except DeskwatchError as error:
            return [found, failure("policy", str(error))]
    if not parts:
        text = f"version {held.version}, the same as in the file"
        return [found, Finding("policy", ok=True, text=text)]
    text = f"the file differs from version {held.version}, which holds, in: {parts}"
    return [found, failure("policy", f"{text}; run: deskwatch policy apply")]


def mailbox(config: MailboxConfig) -> list[Finding]:
    """Log in, open the folder, and see that mails can be marked or moved as configured."""
    what = f"mailbox {config.name}"
    try:
        connection = connect(config, Patience(PATIENCE_SECONDS, PATIENCE_SECONDS))
        with closing(connection):
            folder = Folder(connection)
            selected = folder.select()
            problem = _hindrance(config, folder, selected)
    except DeskwatchError as error:
        return [failure(what, str(error).removeprefix(f'mailbox "{config.name}": '))]
    if problem:
        return [failure(what, problem)]
    mails = "1 message" if selected.messages == 1 else f"{selected.messages:,} messages"
    text = f"{mails} in {config.folder}"
    if config.kind == SENT:
        text += f", sent by {config.person}; only answers to requests are kept"
    return [Finding(what, ok=True, text=text)]


def log_ins(policy: Policy, now: datetime) -> list[Finding]:
    """Say until when the log-ins are good, as far as that is known; once for each."""
    servers: list[tuple[str, str, ServerLogin]] = [
        (box.name, place(box), box) for box in policy.mailboxes
    ]
    if policy.outgoing is not None:
        servers.append((WHERE, WHERE, policy.outgoing))
    findings: dict[OAuth, Finding] = {}
    for name, where, server in servers:
        end = ends(server, where)
        if server.oauth is None or server.oauth in findings or end is None:
            continue
        if end.at - now > WARN:
            text = f"good until {end.at.date()} ({end.what})"
            found = Finding(f"log-in of {name}", ok=True, text=text)
        else:
            text = end.short(now).removeprefix("log-in ")
            found = Finding(f"log-in of {name}", ok=False, text=text, fix=end.fix)
        findings[server.oauth] = found
    return list(findings.values())


def _hindrance(config: MailboxConfig, folder: Folder, selected: Selected) -> str:
    """Return what keeps ``after`` from being done, and what helps; "" if nothing does."""
    if config.after == "seen" and not selected.keeps_seen:
        return (
            f"mails in {config.folder} cannot be marked as seen; give the account the right to, "
            'or set after = "leave"'
        )
    target = config.after.removeprefix("move:")
    if target == config.after:
        return ""
    if not selected.writable or not folder.can_move:
        return (
            f"mails cannot be moved out of {config.folder}; give the account the right to, "
            'or set after = "seen" or "leave"'
        )
    if not folder.exists(target):
        return f'there is no folder {target} to move mails to; create it, or set after = "leave"'
    return ""


def answers(policy: Policy) -> list[Finding]:
    """Say what the desk writes by itself; that its templates are right was seen on reading them."""
    wanted = {
        "acknowledgements": policy.answers.acknowledge,
        "resolutions": policy.answers.resolution,
    }
    said = " and ".join(name for name, sent in wanted.items() if sent) or "nothing by itself"
    count = len(policy.canned)
    counted = f"{count} canned {'answer' if count == 1 else 'answers'}"
    return [Finding("answers", ok=True, text=f"{said}, {counted}; every field is known")]


def outgoing(config: Outgoing) -> list[Finding]:
    """Log in at the server that takes our mail."""
    try:
        return [Finding(WHERE, ok=True, text=probe(config, PATIENCE_SECONDS))]
    except DeskwatchError as error:
        return [failure(WHERE, str(error).removeprefix(f"{WHERE}: "))]
