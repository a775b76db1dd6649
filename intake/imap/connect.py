"""A logged-in connection to a mail server: encrypted, bounded in time, one for each thread."""

from __future__ import annotations

import contextlib
import socket
import ssl
from dataclasses import dataclass
from ipaddress import ip_address

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError

from intake.imap.log_in import log_in, prove
from intake.imap.trouble import place, plain_words
from store.errors import MailError, MailRefused
from store.policy.mailboxes import MailboxConfig

#: Longest answer to anything but a whole mail; more is not an IMAP server, or a hostile one.
_LITERAL_MAX = 128 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait for a connection, and for each answer on it."""

    connect: float = 15.0
    answer: float = 60.0


PATIENCE = Patience()


class Connection:
    """A connection on which somebody is logged in. Not to be shared between threads.

    ``client`` is for the modules of ``intake.imap``; they wrap each use in ``plain_words``.
    """

    def __init__(self, client: IMAPClient, config: MailboxConfig, patience: Patience) -> None:
        """Take over ``client``, which is logged in; ``connect`` makes one."""
        self.client = client
        self.config = config
        self.patience = patience
        with plain_words(config, "say what it can do"):
            self._abilities = frozenset(client.capabilities())

    def can(self, ability: str) -> bool:
        """Say whether the server announces a capability, e.g. ``IDLE``."""
        return ability.encode() in self._abilities

    def forget(self, kind: str) -> list[bytes]:
        """Return and drop what the server has said unasked of ``kind``, e.g. ``EXISTS``.

        The library keeps these between commands and tells nobody.
        """
        said: list[bytes] = self.client._imap.untagged_responses.pop(kind, [])  # noqa: SLF001
        return said

    def heard_news(self) -> bool:
        """Say whether the server announced messages, unasked, since this was last asked."""
        return bool(self.forget("EXISTS"))

    def close(self) -> None:
        """Say good-bye if the server still listens; close in any case."""
        with contextlib.suppress(Exception):
            self.client.socket().settimeout(2)
            self.client.logout()
        self.cut()

    def cut(self) -> None:
        """Close without a word. Another thread that waits on the connection wakes up."""
        # The socket first: closing the library's buffered reader waits for its reader.
        with contextlib.suppress(OSError):
            self.client.socket().shutdown(socket.SHUT_RDWR)
        with contextlib.suppress(Exception):
            self.client.shutdown()


def connect(config: MailboxConfig, patience: Patience = PATIENCE) -> Connection:
    """Connect to the server of ``config`` and log in.

    TLS certificates are verified. With ``starttls`` nobody logs in before the line is
    encrypted, and ``none`` is for a server on this machine only.

    Raises:
        MailUnreachable: no connection, no trusted encryption, or not an IMAP server.
        MailRefused: the server refuses the log-in, or there is no password or token to try.
    """
    proof = prove(config)
    with plain_words(config, "talk to us"):
        client = _dial(config, patience)
    try:
        with plain_words(config, "start encryption (STARTTLS)"):
            _secure(client, config)
        with plain_words(config, "log us in"):
            log_in(client, config, proof)
        return Connection(client, config, patience)
    except MailError:
        with contextlib.suppress(Exception):
            client.shutdown()
        raise


def _context(config: MailboxConfig) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=config.ca_file or None)
    except OSError as error:  # also ssl.SSLError: a file that is not PEM
        raise MailRefused(
            f"{place(config)}: the ca_file {config.ca_file} cannot be used "
            f"({error.strerror or 'no PEM certificate in it'})"
        ) from error


def _dial(config: MailboxConfig, patience: Patience) -> IMAPClient:
    client = IMAPClient(
        config.host,
        config.port,
        ssl=config.security == "tls",
        ssl_context=_context(config) if config.security == "tls" else None,
        timeout=SocketTimeout(connect=patience.connect, read=patience.answer),
    )
    # IMAPClient asks imaplib to repr() every message for a log nobody reads: half of the
    # time, four times the memory, and mail text in a DEBUG log.
    client._imap.debug = 0  # noqa: SLF001
    client.normalise_times = False
    _bound_literals(client)
    _keep_alive(client.socket())
    return client


def _bound_literals(client: IMAPClient) -> None:
    """Make the library refuse an announced answer too large for any memory."""
    read = client._imap.read  # noqa: SLF001

    def bounded(size: int) -> bytes:
        if size > _LITERAL_MAX:
            raise IMAPClientError(f"unexpected response: a literal of {size} bytes")
        data: bytes = read(size)
        if len(data) < size:
            raise ConnectionResetError("the connection ended within an answer")
        return data

    client._imap.read = bounded  # noqa: SLF001


def _keep_alive(sock: socket.socket) -> None:
    """Have the system notice within about two minutes that the other end is gone."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, value in (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 20), ("TCP_KEEPCNT", 3)):
        if hasattr(socket, option):  # not on every system
            sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), value)
    # Commands are small writes; none should wait for the answer to the one before.
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _secure(client: IMAPClient, config: MailboxConfig) -> None:
    if config.security == "starttls":
        if not client.has_capability("STARTTLS"):
            raise MailRefused(
                f"{place(config)}: {config.host}:{config.port} offers no STARTTLS, so nobody "
                'logged in; try security = "tls" with port 993'
            )
        client.starttls(_context(config))
        _keep_alive(client.socket())
    if config.security == "none":
        peer = client.socket().getpeername()[0]
        if not ip_address(peer.partition("%")[0]).is_loopback:
            raise MailRefused(
                f'{place(config)}: {config.host} is not this machine, and security = "none" '
                "would send the password in the clear; set security"
            )
