"""A real SMTP server on loopback that takes tokens (SASL XOAUTH2) and no passwords."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

from aiosmtpd.smtp import AuthResult

from tests.servers.smtp import SmtpServer, _Mailbox

#: Says whether a token is good for a user.
Judge = Callable[[str, str], bool]


class _TokenMailbox(_Mailbox):
    def __init__(self, judge: Judge) -> None:
        super().__init__()
        self._judge = judge
        self.tried = 0

    async def auth_XOAUTH2(self, server: Any, args: list[str]) -> AuthResult:  # noqa: N802
        self.tried += 1
        said = base64.b64decode(args[1]) if len(args) > 1 else await server.challenge_auth("")
        user, token, *_ = said.decode().split("\1")
        if self._judge(user.removeprefix("user="), token.removeprefix("auth=Bearer ")):
            return AuthResult(success=True)
        await server.challenge_auth(json.dumps({"status": "400", "schemes": "Bearer"}))
        return AuthResult(success=False, handled=False)


class TokenSmtpServer(SmtpServer):
    """A server that asks ``judge`` about user and token."""

    def __init__(self, judge: Judge) -> None:
        """Prepare a server."""
        super().__init__()
        self._box = self._controller.handler = _TokenMailbox(judge)

    @property
    def tried(self) -> int:
        """How often somebody tried to log in."""
        return self._box.tried
