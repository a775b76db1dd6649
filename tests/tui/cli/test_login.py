"""``deskwatch login``: signing in once, and what ``check`` says of it."""

from __future__ import annotations

import json
import stat
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest

from store.clock import SystemClock
from tests.servers.dovecot import Dovecot
from tests.servers.token_smtp import TokenSmtpServer
from tests.servers.tokens import TokenServer
from tui.cli import login

DESK = (Path(__file__).parents[2] / "desk.toml").read_text(encoding="utf-8")

Write = Callable[..., None]


@pytest.fixture(scope="module")
def given(dovecot: Dovecot) -> Iterator[TokenServer]:
    """Somebody who gives tokens that Dovecot takes."""
    with TokenServer(dovecot.token_key) as server:
        yield server


@pytest.fixture
def tokens(given: TokenServer, monkeypatch) -> TokenServer:
    """The same, in good spirits."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(given.ca_file))
    monkeypatch.setenv("APP_SECRET", given.secret)
    given.mailbox, given.account = "shared", "ana@northgate.example"
    given.refusal, given.extra = None, {}
    return given


@pytest.fixture
def write(shell, tokens, dovecot) -> Write:
    """Writes ``config.toml``: the tests' desk with a mailbox, and what is added."""

    def config(*added: str, oauth: dict[str, str], name: str = "help") -> None:
        settings = {
            "name": name,
            "host": "127.0.0.1",
            "port": dovecot.port,
            "security": "none",
            "user": "shared",
        }
        box = _table("[[mailboxes]]", settings) + _table("[mailboxes.oauth]", oauth)
        Path("config.toml").write_text("\n".join([DESK, box, *added]), encoding="utf-8")

    return config


def _table(header: str, settings: dict[str, object]) -> str:
    lines = (f"{key} = {json.dumps(value)}" for key, value in settings.items())
    return "\n".join([header, *lines, ""])


def _microsoft(tokens: TokenServer, **more: str) -> dict[str, str]:
    return {
        "provider": "microsoft",
        "flow": "device_code",
        "tenant": "northgate.example",
        "client_id": "1111",
        "account": "ana@northgate.example",
        "authority": tokens.url,
    } | more


def _google(tokens: TokenServer) -> dict[str, str]:
    return {
        "provider": "google",
        "flow": "refresh_token",
        "client_id": "1111",
        "secret_env": "APP_SECRET",
        "authority": tokens.url,
    }


def _app(tokens: TokenServer, **more: str) -> dict[str, str]:
    app = {"flow": "client_credentials", "secret_env": "APP_SECRET"}
    oauth = _microsoft(tokens) | app | more
    del oauth["account"]
    return oauth


def test_one_sign_in_serves_all_that_share_it(shell, write, tokens, dovecot):
    """The mailbox and outgoing mail; both are tried at once with the new tokens."""
    with TokenSmtpServer(lambda user, _: user == "shared") as smtp:
        settings = {
            "host": "127.0.0.1",
            "port": smtp.port,
            "security": "none",
            "user": "shared",
        }
        outgoing = _table("[outgoing]", settings)
        outgoing += _table("[outgoing.oauth]", _microsoft(tokens))
        write(outgoing, oauth=_microsoft(tokens))
        ran = shell("login")
    file = Path("deskwatch-ana@northgate.example.token").absolute()
    assert ran.lines == [
        "Signing in for help, outgoing, as ana@northgate.example.",
        "",
        "  1. Open   https://microsoft.example/devicelogin   in a browser, on any machine",
        "  2. Enter  ABCD1234",
        "",
        "Waiting for you …",
        "",
        f"Signed in as ana@northgate.example; the tokens are in {file}.",
        "",
        "ok   mailbox help: 0 messages in INBOX",
        (
            f"ok   outgoing mail: 127.0.0.1:{smtp.port} takes our mail (not encrypted, on this "
            "machine, logged in as shared)"
        ),
    ]
    assert (ran.status, ran.err) == (0, "")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    asked = tokens._asked_for.split()
    assert {"IMAP.AccessAsUser.All", "SMTP.Send"} <= {each.rpartition("/")[2] for each in asked}


def test_tokens_that_are_of_no_use_are_found_at_once(shell, write, tokens):
    """Signed in, but the mailbox may not be opened: status 1 and the reason."""
    write(oauth=_microsoft(tokens))
    tokens.mailbox = "somebody-else"
    ran = shell("login", "help")
    assert ran.status == 1
    assert ran.lines[-1].startswith("FAIL mailbox help: 127.0.0.1 refuses the log-in of shared")


def test_a_browser_signs_in_at_google(shell, write, tokens, monkeypatch):
    """It comes back to this machine by itself."""
    write(oauth=_google(tokens))
    tokens.extra = {"scope": "https://mail.google.com/"}
    told = login._tell_address

    def browse(address: str) -> None:
        told(address)
        query = {name: each[0] for name, each in parse_qs(urlsplit(address).query).items()}
        back = f"{query['redirect_uri']}/?code=1&state={query['state']}"
        threading.Thread(target=lambda: urlopen(back).read(), daemon=True).start()

    monkeypatch.setattr(login, "_tell_address", browse)
    ran = shell("login", "help")
    assert ran.lines[0] == "Signing in for help, as shared."
    assert ran.lines[-1] == "ok   mailbox help: 0 messages in INBOX"
    assert ran.status == 0


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "help",
            (
                "deskwatch: nobody has to sign in for help, which logs in by itself; "
                "try: deskwatch check"
            ),
        ),
        (
            None,
            (
                "deskwatch: config.toml: nobody has to sign in; that is for oauth with flow = "
                '"device_code" or "refresh_token"'
            ),
        ),
        ("hlep", 'deskwatch: no mailbox is called hlep; did you mean "help"?'),
    ],
)
def test_where_nobody_has_to_sign_in_it_is_said(shell, write, tokens, name, expected):
    """An app that logs in by itself, or no such mailbox."""
    write(oauth=_app(tokens))
    ran = shell("login", *filter(None, [name]))
    assert (ran.status, ran.err) == (1, f"{expected}\n")


def test_of_several_sign_ins_one_has_to_be_named(shell, write, tokens, dovecot):
    """They are listed."""
    drop = {"name": "drop", "host": "127.0.0.1", "port": dovecot.port, "security": "none"}
    other = _table("[[mailboxes]]", drop | {"user": "other"})
    other += _table("[mailboxes.oauth]", _google(tokens))
    write(other, oauth=_microsoft(tokens))
    ran = shell("login")
    assert ran.err == (
        "deskwatch: there are several to sign in for (help, drop); name one, e.g.: "
        "deskwatch login help\n"
    )


def test_a_refused_sign_in_is_one_line(shell, write, tokens):
    """And leaves nothing that looks like a sign-in."""
    write(oauth=_microsoft(tokens))
    tokens.refusal = {"error": "authorization_declined", "error_description": ""}
    ran = shell("login")
    assert ran.status == 1
    assert ran.err.count("\n") == 1
    assert ran.err.endswith("; run: deskwatch login help\n")
    assert "nobody has signed in yet" in shell("check").out


@pytest.mark.parametrize(
    ("days", "ok", "text"),
    [
        (3, False, "expires in 3 days (the app's secret, "),
        (-2, False, "has expired (the app's secret, "),
        (100, True, "good until "),
    ],
)
def test_check_says_until_when_a_log_in_is_good(shell, write, tokens, days, ok, text):
    """Days ahead it needs attention, though everything works."""
    ends = (SystemClock().now() + timedelta(days=days)).date()
    oauth = _table("[mailboxes.oauth]", _app(tokens))
    write(oauth=_app(tokens))
    config = Path("config.toml")
    written = config.read_text(encoding="utf-8")
    config.write_text(written.replace(oauth, f"{oauth}secret_expires = {ends}\n"))
    found = json.loads(shell("check", "--json").out)["findings"][-1]
    assert (found["what"], found["ok"]) == ("log-in of help", ok)
    assert found["text"].startswith(text)
    assert found["fix"] == ("" if ok else "make a new one in Entra, and set secret_expires")
