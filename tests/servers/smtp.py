"""A real SMTP server on loopback: plain, STARTTLS or TLS, with one account."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.servers.dovecot import free_port


class _Mailbox:
    """Takes every mail and keeps it."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.recipients: list[list[str]] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.mails.append(envelope.content)
        self.recipients.append(envelope.rcpt_tos)
        return "250 taken"


class SmtpServer:
    """A server that knows ``user`` with ``password``; a context manager."""

    user = "help"
    password = "secret"
    host = "127.0.0.1"

    def __init__(self, security: str = "none", tls: Path | None = None) -> None:
        """Prepare a server; ``tls`` is a folder with ``server.pem`` and ``server.key``."""
        self.port = free_port()
        self._box = _Mailbox()
        context = None
        if tls is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(tls / "server.pem", tls / "server.key")
        self._controller = Controller(
            self._box,
            hostname=self.host,
            port=self.port,
            ssl_context=context if security == "tls" else None,
            tls_context=context if security == "starttls" else None,
            authenticator=self._authenticate,
            auth_require_tls=security == "starttls",
            auth_required=False,
        )

    @property
    def mails(self) -> list[bytes]:
        """What was taken so far."""
        return self._box.mails

    @property
    def recipients(self) -> list[list[str]]:
        """Whom the envelope of each named."""
        return self._box.recipients

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    def _authenticate(self, _server: Any, _s: Any, _e: Any, _m: Any, data: Any) -> AuthResult:
        known = isinstance(data, LoginPassword) and (data.login, data.password) == (
            self.user.encode(),
            self.password.encode(),
        )
        return AuthResult(success=known, handled=False)
