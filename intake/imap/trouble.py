"""What goes wrong with a mail server, in plain words: what, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from imapclient.exceptions import (
    CapabilityError,
    IMAPClientAbortError,
    IMAPClientError,
    ProtocolError,
)

from intake.imap.refusals import advice, log_in_advice, quoted, server_said
from intake.reach import unreachable
from store.errors import MailError, MailRefused, MailUnreachable
from store.policy.mailboxes import MailboxConfig


def place(config: MailboxConfig) -> str:
    """Return how messages name the mailbox."""
    return f'mailbox "{config.name}"'


@contextmanager
def plain_words(config: MailboxConfig, doing: str) -> Iterator[None]:
    """Turn what a mail library raises inside the block into a ``MailError`` people can read.

    ``doing`` completes "the server refuses to ...". A connection that raised
    ``MailUnreachable`` is of no more use.
    """
    try:
        yield
    except MailError:
        raise
    except OSError as error:
        raise unreachable(place(config), config.host, config.port, error) from error
    except IMAPClientError as error:
        raise _refused(config, doing, error) from error
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, MemoryError) as error:
        # The libraries' parsers raise all of these on answers that are not IMAP.
        raise _not_imap(config) from error


def refused_login(config: MailboxConfig, answer: str) -> MailRefused:
    """Return what to raise for a log-in refused with ``answer``."""
    return MailRefused(
        f"{place(config)}: {config.host} refuses the log-in of {config.user}{quoted(answer)}; "
        f"{log_in_advice(config.host, answer, config.oauth)}"
    )


def broke_off(config: MailboxConfig) -> MailUnreachable:
    """Return what to raise for a connection that ended in the middle of something."""
    return MailUnreachable(f"{place(config)}: the connection to {_server(config)} broke off")


def _server(config: MailboxConfig) -> str:
    return f"{config.host}:{config.port}"


def _not_imap(config: MailboxConfig) -> MailUnreachable:
    return MailUnreachable(
        f"{place(config)}: {_server(config)} does not answer as an IMAP server does; "
        "check host and port"
    )


def _refused(config: MailboxConfig, doing: str, error: IMAPClientError) -> MailError:
    answer = server_said(error)
    helps = f"; {advice(answer)}" if advice(answer) else ""
    if isinstance(error, ProtocolError) or answer.startswith(("unexpected", "got more than")):
        return _not_imap(config)
    if isinstance(error, CapabilityError):
        return MailRefused(f"{place(config)}: {config.host} is not able to {doing}")
    if not isinstance(error, IMAPClientAbortError):
        return MailRefused(
            f"{place(config)}: {config.host} refuses to {doing}{quoted(answer)}{helps}"
        )
    if answer.startswith("socket error"):
        return broke_off(config)
    return MailUnreachable(
        f"{place(config)}: {_server(config)} ended the connection{quoted(answer)}{helps}"
    )
