"""Who gives tokens, on loopback: the endpoints of Microsoft and Google as their libraries use them.

    with TokenServer(dovecot.token_key) as server:
        server.mailbox = "help"         # whom the tokens are for
        ...                             # authority = server.url

TLS with a certificate authority of its own. Access tokens are JWTs that a Dovecot with the same
key takes. A refresh token is good once: using it gives another, as strict providers do.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import shutil
import ssl
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from tests.servers.dovecot import make_authority

Form = dict[str, str]
GRANT_DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
GRANT_JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer"


def _part(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def jwt(key: bytes, **claims: object) -> str:
    """Return a token signed with ``key`` (HS256)."""
    head = _part(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    body = head + b"." + _part(json.dumps(claims).encode())
    return (body + b"." + _part(hmac.digest(key, body, hashlib.sha256))).decode()


class _Quiet(ThreadingHTTPServer):
    """Says nothing of visitors that do not trust it."""

    def handle_error(self, request: object, client_address: object) -> None:
        pass


class TokenServer:
    """Gives tokens, or refuses as it is told to; a context manager."""

    def __init__(self, key: bytes = b"a key that no mail server has") -> None:
        """Prepare a server whose access tokens are signed with ``key``."""
        self.key = key
        self.secret = "the app's secret"
        self.mailbox = "help"
        self.account = "help"
        self.lifetime = 3600
        self.rotates = True
        self.refusal: Form | None = None
        """What is answered instead of a token: {"error": ..., "error_description": ...}."""
        self.garbage: bytes | None = None
        """What is answered to everything."""
        self.asked: list[Form] = []
        """The forms of all requests for tokens."""
        self.extra: dict[str, object] = {}
        """What an answer with a token holds besides."""
        self._refresh: set[str] = set()
        self._asked_for = ""
        self._numbers = count(1)
        self._lock = threading.Lock()
        self._folder = Path(tempfile.mkdtemp(prefix="tokens-"))
        self.ca_file = self._folder / "ca.pem"
        make_authority(self._folder)
        self._server = _Quiet(("127.0.0.1", 0), self._handler())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._folder / "server.pem", self._folder / "server.key")
        self._server.socket = context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        self.url = f"https://localhost:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def access_token(self, **changes: object) -> str:
        """Return an access token for the mailbox."""
        now = int(time.time())
        claims: dict[str, object] = {
            "sub": self.mailbox,
            "email": self.mailbox,
            "iat": now - 5,
            "nbf": now - 5,
            "exp": now + self.lifetime,
            "jti": next(self._numbers),
        }
        return jwt(self.key, **(claims | changes))

    def refresh_token(self) -> str:
        """Return a new refresh token."""
        token = f"refresh-{next(self._numbers)}"
        self._refresh.add(token)
        return token

    def revoke(self) -> None:
        """Make every refresh token useless."""
        with self._lock:
            self._refresh.clear()

    def answer(self, path: str, form: Form) -> tuple[int, dict[str, Any]]:
        """Return status and answer to a request."""
        tenant = f"{self.url}/{path.split('/')[1]}"
        if path.endswith("/.well-known/openid-configuration"):
            if "nowhere" in path:
                return 400, {"error": "invalid_tenant", "error_description": "AADSTS90002: no."}
            return 200, {
                "issuer": tenant,
                "authorization_endpoint": f"{tenant}/oauth2/v2.0/authorize",
                "token_endpoint": f"{tenant}/oauth2/v2.0/token",
                "device_authorization_endpoint": f"{tenant}/oauth2/v2.0/devicecode",
            }
        if path.endswith("/devicecode"):
            self._asked_for = form["scope"]
            return 200, {
                "device_code": "device",
                "user_code": "ABCD1234",
                "verification_uri": "https://microsoft.example/devicelogin",
                "interval": 1,
                "expires_in": 60,
            }
        with self._lock:
            self.asked.append(form)
            return self._token(form)

    def _token(self, form: Form) -> tuple[int, dict[str, Any]]:
        if self.refusal is not None:
            return 400, dict(self.refusal)
        grant = form.get("grant_type", "")
        if form.get("client_secret", self.secret) != self.secret:
            said = "AADSTS7000215: Invalid client secret provided.\r\nTrace ID: 1"
            return 401, {"error": "invalid_client", "error_description": said}
        answer: dict[str, Any] = {
            "token_type": "Bearer",
            "access_token": self.access_token(),
            "expires_in": self.lifetime,
            "scope": form.get("scope", self._asked_for),
            **self.extra,
        }
        if grant == "refresh_token":
            if form["refresh_token"] not in self._refresh:
                said = "AADSTS700082: The refresh token has expired due to inactivity."
                return 400, {"error": "invalid_grant", "error_description": said}
            if self.rotates:
                self._refresh.discard(form["refresh_token"])
                answer["refresh_token"] = self.refresh_token()
        if grant in {GRANT_DEVICE, "authorization_code"}:
            answer["refresh_token"] = self.refresh_token()
        if grant == GRANT_DEVICE:
            answer |= self._identity(form)
        return 200, answer

    def _identity(self, form: Form) -> dict[str, Any]:
        now = int(time.time())
        claims = {
            "iss": self.url,
            "aud": form["client_id"],
            "sub": "1",
            "oid": "1",
            "tid": "2",
            "exp": now + 3600,
            "iat": now,
            "preferred_username": self.account,
        }
        client = _part(json.dumps({"uid": "1", "utid": "2"}).encode()).decode()
        return {"id_token": jwt(self.key, **claims), "client_info": client}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            timeout = 10

            def do_GET(self) -> None:
                self._say({})

            def do_POST(self) -> None:
                text = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self._say({name: values[0] for name, values in parse_qs(text).items()})

            def _say(self, form: Form) -> None:
                if outer.garbage is not None:
                    status, data = 200, outer.garbage
                else:
                    status, answer = outer.answer(urlsplit(self.path).path, form)
                    data = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                pass

        return Handler
