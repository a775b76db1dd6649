"""A logged-in connection to the server that takes our mail, and whether there is one.

``smtplib`` verifies certificates only when given a context. With ``starttls`` nobody logs in
before the line is encrypted; ``none`` is for a server on this machine only.
"""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Iterator
from ipaddress import ip_address

from intake.imap.refusals import quoted
from intake.outgoing.log_in import log_in, prove, said
from intake.reach import unreachable
from store.errors import MailError, MailRefused, MailUnreachable
from store.policy.outgoing import Outgoing
from store.text import one_line

WHERE = "outgoing mail"
_SHOWN = 200
#: RFC 5321 section 4.2.1; smtplib says -1 for an answer without a code.
_FIRST_CODE = 200
_HOW = {"tls": "TLS", "starttls": "STARTTLS", "none": "not encrypted, on this machine"}


@contextlib.contextmanager
def session(outgoing: Outgoing, timeout_s: float) -> Iterator[smtplib.SMTP]:
    """Yield a connection to the server, encrypted as configured and logged in.

    Raises:
        MailUnreachable: No connection, no trusted encryption, not an SMTP server, or it broke.
        MailRefused: The server refuses the log-in, or there is no password or token to try.
    """
    proof = prove(outgoing, WHERE) if outgoing.user else ""
    with _plain_words(outgoing), _dialled(outgoing, timeout_s) as client:
        if outgoing.user:
            log_in(client, outgoing, proof, WHERE)
        yield client


def probe(outgoing: Outgoing, timeout_s: float = 10.0) -> str:
    """Log in and out again; return what was found, in words for ``deskwatch check``.

    Raises:
        MailError: As ``session``.
    """
    with session(outgoing, timeout_s) as client:
        client.noop()
    who = f"logged in as {outgoing.user}" if outgoing.user else "without a log-in"
    return f"{outgoing.host}:{outgoing.port} takes our mail ({_HOW[outgoing.security]}, {who})"


@contextlib.contextmanager
def _dialled(outgoing: Outgoing, timeout_s: float) -> Iterator[smtplib.SMTP]:
    host, port = outgoing.host, outgoing.port
    if outgoing.security == "tls":
        client: smtplib.SMTP = smtplib.SMTP_SSL(
            host, port, timeout=timeout_s, context=_context(outgoing)
        )
    else:
        client = smtplib.SMTP(host, port, timeout=timeout_s)
    try:
        if outgoing.security == "none":
            _only_here(client, outgoing)
        client.ehlo_or_helo_if_needed()
        if outgoing.security == "starttls":
            client.starttls(context=_context(outgoing))
            client.ehlo()
        yield client
        with contextlib.suppress(OSError, smtplib.SMTPException):
            client.quit()
    finally:
        client.close()


def _context(outgoing: Outgoing) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=outgoing.ca_file or None)
    except OSError as error:  # also ssl.SSLError: a file that is not PEM
        raise MailRefused(
            f"{WHERE}: the ca_file {outgoing.ca_file} cannot be used "
            f"({error.strerror or 'no PEM certificate in it'})"
        ) from error


def _only_here(client: smtplib.SMTP, outgoing: Outgoing) -> None:
    """Refuse a server that is not on this machine, whatever its name says."""
    if client.sock is None:
        return
    peer = client.sock.getpeername()[0]
    if not ip_address(peer.partition("%")[0]).is_loopback:
        raise MailRefused(
            f'{WHERE}: {outgoing.host} is not this machine, and security = "none" '
            "would send mail and password in the clear; set security"
        )


@contextlib.contextmanager
def _plain_words(outgoing: Outgoing) -> Iterator[None]:
    """Turn what ``smtplib`` raises inside the block into a ``MailError`` people can read."""
    server = f"{outgoing.host}:{outgoing.port}"
    try:
        yield
    except MailError:
        raise
    except smtplib.SMTPNotSupportedError as error:
        raise MailRefused(
            f"{WHERE}: {server} offers no STARTTLS, so nobody logged in; "
            'try security = "tls" with port 465'
        ) from error
    except smtplib.SMTPServerDisconnected as error:
        if isinstance(error.__context__, TimeoutError) and outgoing.security != "tls":
            raise _silent(server) from error
        if isinstance(error.__context__, OSError):  # what smtplib met, e.g. a broken line
            raise unreachable(WHERE, outgoing.host, outgoing.port, error.__context__) from error
        raise _not_smtp(server) from error
    except smtplib.SMTPResponseException as error:
        if error.smtp_code < _FIRST_CODE:
            raise _not_smtp(server) from error
        raise MailRefused(
            f"{WHERE}: {server} refuses to talk to us{quoted(said(error.smtp_error))}"
        ) from error
    except smtplib.SMTPException as error:
        raise MailRefused(f"{WHERE}: {server}: {one_line(str(error))[:_SHOWN]}") from error
    except OSError as error:
        raise unreachable(WHERE, outgoing.host, outgoing.port, error) from error


def _silent(server: str) -> MailUnreachable:
    return MailUnreachable(
        f"{WHERE}: {server} takes the connection and says nothing; check the network, or set "
        'security = "tls" if it is encrypted from the first byte, as port 465 is'
    )


def _not_smtp(server: str) -> MailUnreachable:
    return MailUnreachable(
        f"{WHERE}: {server} does not answer as an SMTP server does, or hung up; "
        "check host, port and security"
    )
