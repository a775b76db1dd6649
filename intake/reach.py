"""Why a mail server cannot be reached, in plain words: what, where, and what to do."""

from __future__ import annotations

import socket
import ssl

from store.errors import MailUnreachable
from store.text import one_line


def unreachable(where: str, host: str, port: int, error: OSError) -> MailUnreachable:
    """Return what to raise for ``error``, which the network or TLS raised.

    Args:
        where: What we wanted, as messages name it: ``mailbox "help"``.
        host: The server as the config names it.
        port: The port that was tried.
        error: What was raised; an ``ssl.SSLError`` too.
    """
    server = f"{host}:{port}"
    if isinstance(error, ssl.SSLCertVerificationError):
        said = one_line(error.verify_message)
        text = f"the certificate of {server} is not valid ({said}); {_trust(host, said)}"
    elif isinstance(error, ssl.SSLError):
        text = _no_encryption(server, error)
    else:
        text = _no_connection(host, server, error)
    return MailUnreachable(f"{where}: {text}")


def _trust(host: str, said: str) -> str:
    if "match" in said:
        return f"write host as the certificate does instead of {host}"
    if "self-signed" in said or "issuer" in said:
        return "if the server has a certificate authority of its own, name its file in ca_file"
    if "expired" in said:
        return "the mail server needs a new one, or this machine's clock is wrong"
    return "do not trust it before you know why"


def _no_encryption(server: str, error: ssl.SSLError) -> str:
    if error.reason == "WRONG_VERSION_NUMBER":
        return f'{server} does not speak TLS from the first byte; try security = "starttls"'
    reason = (error.reason or type(error).__name__).replace("_", " ").lower()
    return f"no encrypted connection to {server} ({reason})"


def _no_connection(host: str, server: str, error: OSError) -> str:
    if isinstance(error, socket.gaierror):
        return f"no server is called {host}; check host and this machine's network"
    if isinstance(error, ConnectionRefusedError):
        return (
            f"nothing takes connections at {server}; "
            "check host and port, and that the mail server is running"
        )
    if isinstance(error, TimeoutError):
        return f"{server} does not answer; check the network and firewalls"
    if isinstance(error, ConnectionError):
        return f"the connection to {server} broke off"
    said = error.strerror or type(error).__name__
    return f"{server} cannot be reached ({said}); check the network"
