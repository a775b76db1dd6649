"""Waiting for news: IDLE (RFC 2177) where the server has it, else a nap."""

from __future__ import annotations

import select
import time
from enum import Enum

from imapclient.exceptions import IMAPClientError

from intake.bell import Bell
from intake.imap.connect import Connection
from intake.imap.trouble import plain_words

#: Seconds between two looks where the server has no IDLE.
POLL_SECONDS = 20.0


class Heard(Enum):
    """Why the waiting ended."""

    NEWS = "the server says the folder changed"
    QUIET = "the time is up, and the server answers"
    RUNG = "the bell was rung"


def wait(connection: Connection, bell: Bell, seconds: float) -> Heard:
    """Wait for news of the open folder for at most ``seconds``.

    Ends IDLE with DONE, whose answer proves that the server still listens.

    Raises:
        MailUnreachable: the connection is dead.
        MailRefused: the server does not want to IDLE, though it announced that it would.
    """
    if not connection.can("IDLE"):
        return nap(connection, bell, min(seconds, POLL_SECONDS))
    with plain_words(connection.config, "announce new mails (IDLE)"):
        _begin(connection)
        # Some servers say what is new before the "+ idling".
        early = connection.heard_news()
        heard = Heard.NEWS if early else _listen(connection, bell, time.monotonic() + seconds)
        connection.client.idle_done()
    # What was announced with the end of it is not among what it reported.
    return Heard.NEWS if connection.heard_news() else heard


def nap(connection: Connection, bell: Bell, seconds: float) -> Heard:
    """Wait ``seconds``, then ask whether there are news.

    Raises:
        MailUnreachable: the connection is dead.
    """
    if bell.wait(seconds):
        return Heard.RUNG
    with plain_words(connection.config, "say whether there are news (NOOP)"):
        connection.client.noop()
    return Heard.NEWS if connection.heard_news() else Heard.QUIET


def _begin(connection: Connection) -> None:
    """Enter IDLE. The library's own takes news that come before the "+ idling" for a refusal."""
    imap = connection.client._imap  # noqa: SLF001
    tag = connection.client._idle_tag = imap._command("IDLE")  # noqa: SLF001
    while imap._get_response() is not None:  # noqa: SLF001 - None is the "+ idling"
        if imap.tagged_commands[tag]:
            _, (text,) = imap.tagged_commands.pop(tag)
            raise IMAPClientError(text)


def _listen(connection: Connection, bell: Bell, until: float) -> Heard:
    client = connection.client
    if _has_said_more(connection):
        return Heard.NEWS
    while (left := until - time.monotonic()) > 0:
        ready, _, _ = select.select([client.socket(), bell], [], [], left)
        if bell in ready and bell.hush():
            return Heard.RUNG
        if not ready:
            break
        said = client.idle_check(timeout=0)
        if not said:
            # Readable with nothing to read: dead, or only TLS housekeeping. DONE will tell.
            return Heard.QUIET
        if any(b"EXISTS" in line or b"EXPUNGE" in line for line in said):
            return Heard.NEWS
    return Heard.QUIET


def _has_said_more(connection: Connection) -> bool:
    """Say whether news came in one packet with the "+ idling": those, `select` cannot see."""
    client = connection.client
    sock = client.socket()
    sock.settimeout(0)
    try:
        return bool(client._imap.file.peek(1))  # noqa: SLF001
    except OSError:  # nothing there yet; TLS says so with an exception
        return False
    finally:
        sock.settimeout(connection.patience.answer)
