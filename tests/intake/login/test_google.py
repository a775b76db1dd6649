"""Tokens of Google, asked for with its own library from an endpoint on loopback."""

from __future__ import annotations

import base64
import json
import stat
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import urlopen

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from intake.login import google
from intake.login.redirect import Redirect
from intake.login.token_file import Kept, glance, held
from intake.login.tokens import access_token
from store.clock import SetClock
from store.errors import MailError, MailRefused, MailUnreachable
from tests.conftest import NOW
from tests.intake.login.conftest import CLIENT, HERE
from tests.servers.dovecot import free_port
from tests.servers.tokens import GRANT_JWT

CLOCK = SetClock(NOW)


@pytest.fixture(scope="module")
def key() -> str:
    """A private key, as a service account's file has it."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@pytest.fixture
def key_file(key, tokens, tmp_path: Path) -> Path:
    """The file that Google lets one download."""
    file = tmp_path / "key.json"
    said = {
        "type": "service_account",
        "client_email": "deskwatch@northgate.iam.example",
        "private_key_id": "1",
        "private_key": key,
        "token_uri": f"{tokens.url}/token",
    }
    file.write_text(json.dumps(said))
    return file


@pytest.fixture
def redirect() -> Iterator[Redirect]:
    """Where the browser comes back to."""
    listening = Redirect(None)
    yield listening
    listening.close()


def _token(config) -> str:
    return access_token(config, config.oauth, "imap", HERE, clock=CLOCK)


def _refusal(config, error: type[MailError] = MailRefused) -> str:
    with pytest.raises(error) as raised:
        _token(config)
    said = str(raised.value)
    assert said.startswith(f"{HERE}: ")
    assert "\n" not in said
    return said.removeprefix(f"{HERE}: ")


def _keep(tokens, file: Path, *, refresh_token: str | None = None) -> None:
    """Keep a sign-in in ``file``."""
    kept = {"refresh_token": refresh_token or tokens.refresh_token()}
    with held(file, HERE, create=True) as opened:
        opened.save(Kept("google", CLIENT, "help", NOW, NOW, None, kept))


@pytest.mark.parametrize("named", [True, False])
def test_a_service_account_acts_for_the_mailbox(box, tokens, key_file, named):
    """Signed with its key; for whom, and for what, is in what it signs."""
    config = box("service_account", user="help@northgate.example")
    if not named:  # then the key's file says who gives the tokens
        oauth = config.oauth.model_copy(update={"authority": ""})
        config = config.model_copy(update={"oauth": oauth})
    assert _token(config)
    [asked] = tokens.asked
    assert asked["grant_type"] == GRANT_JWT
    claims = asked["assertion"].split(".")[1]
    said = json.loads(base64.urlsafe_b64decode(claims + "=="))
    assert said["sub"] == "help@northgate.example"
    assert said["scope"] == "https://mail.google.com/"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "no such file or directory"),
        ("{", "it is no service account's key"),
        ("[]", "it is no service account's key"),
        ('{"type": "authorized_user"}', "it is no service account's key"),
        (
            '{"client_email": "x", "token_uri": "x", "private_key": "no"}',
            "it is no service account's key",
        ),
    ],
)
def test_a_key_file_of_no_use_is_named(box, tmp_path, text, reason):
    """Whatever is wrong with it."""
    file = tmp_path / "key.json"
    if text is not None:
        file.write_text(text)
    assert _refusal(box("service_account")) == (
        f"the key_file {file} cannot be used ({reason}); download a key as JSON, see docs/google.md"
    )


@pytest.mark.parametrize(
    ("error", "description", "expected"),
    [
        (
            "unauthorized_client",
            "Client is unauthorized to retrieve access tokens using this method",
            "the service account may not act for this mailbox",
        ),
        ("invalid_grant", "Invalid email or User ID", "Google knows no such mailbox"),
        ("invalid_grant", "Invalid JWT Signature.", "Google does not know the service account's"),
        (
            "invalid_grant",
            "Invalid JWT: Token must be a short-lived token and in a reasonable timeframe.",
            "Google takes the request for too old or too new",
        ),
        ("access_denied", "Requested client not authorized.", "access was denied"),
        ("disabled_client", "", "the OAuth client is switched off"),
    ],
)
def test_a_refusal_is_told_with_its_meaning(box, tokens, key_file, error, description, expected):
    """And with Google's words in quotes."""
    tokens.refusal = {"error": error, "error_description": description}
    said = _refusal(box("service_account"))
    assert said.startswith(f"{urlsplit(tokens.url).netloc} gives no token, {expected}")
    assert f'("{error}' in said


def test_a_clock_that_is_wrong_is_named(box, tokens, key_file):
    """The only fix there is."""
    tokens.refusal = {"error": "invalid_grant", "error_description": "Invalid JWT: iat"}
    assert _refusal(box("service_account")).endswith("; set this machine's clock right (NTP)")


def test_a_refresh_token_gives_tokens_and_is_kept_when_it_changes(box, tokens, tmp_path):
    """The old one is worth nothing any more: the new one is in the file before it is needed."""
    file = tmp_path / "help.token"
    _keep(tokens, file)
    config, first = box("refresh_token"), glance(file).tokens
    assert _token(config) != _token(config)
    assert [asked["grant_type"] for asked in tokens.asked] == ["refresh_token"] * 2
    assert glance(file).tokens != first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_refresh_token_that_stays_is_noted_as_used(box, tokens, tmp_path):
    """Google gives a new one rarely; the days without use count from now all the same."""
    file, clock = tmp_path / "help.token", SetClock(NOW)
    tokens.rotates = False
    _keep(tokens, file)
    config, first = box("refresh_token"), glance(file).tokens
    later = clock.advance(timedelta(days=3))
    access_token(config, config.oauth, "imap", HERE, clock=clock)
    assert (glance(file).tokens, glance(file).renewed_at) == (first, later)


def test_a_sign_in_that_was_taken_back_says_how_to_renew_it(box, tokens, tmp_path):
    """Or that has expired: Google's answer is the same."""
    _keep(tokens, tmp_path / "help.token")
    tokens.refusal = {"error": "invalid_grant", "error_description": "Token has been revoked."}
    assert _refusal(box("refresh_token")) == (
        f"{urlsplit(tokens.url).netloc} gives no token, the sign-in has expired or was taken back "
        '("invalid_grant: Token has been revoked."); run: deskwatch login help'
    )


@pytest.mark.parametrize("kept", ["", "{", '{"provider": "google"}'])
def test_without_a_sign_in_the_command_is_named(box, tmp_path, kept):
    """Nobody signed in, or the file is damaged."""
    (tmp_path / "help.token").write_text(kept)
    assert _refusal(box("refresh_token")).endswith("; run: deskwatch login help")


@pytest.mark.parametrize("garbage", [b"", b"<html>", b"[]", b"{}", b'"x"'])
@pytest.mark.parametrize("flow", ["refresh_token", "service_account"])
def test_something_else_that_answers_is_told(box, tokens, key_file, tmp_path, flow, garbage):
    """Such as the log-in page of a hotel's network."""
    _keep(tokens, tmp_path / "help.token")
    tokens.garbage = garbage
    said = _refusal(box(flow), MailUnreachable)
    assert "does not answer as one who gives tokens does" in said


def test_no_network_is_told(box, tokens, key_file):
    """With the name of who cannot be reached."""
    port = free_port()
    config = box("service_account", oauth={"authority": f"https://localhost:{port}"})
    assert _refusal(config, MailUnreachable).startswith(
        f"localhost:{port}, which gives the tokens, cannot be reached; check the network"
    )


def _browser(asked: list[str], changes: dict[str, str]) -> None:
    """Do what a browser does after somebody has pressed Allow."""
    query = {name: values[0] for name, values in parse_qs(urlsplit(asked[0]).query).items()}
    allowed = {} if "error" in changes else {"code": "4/code"}
    brings = {"state": query["state"]} | allowed | changes
    back = query["redirect_uri"]
    with urlopen(f"{back}/favicon.ico") as page:  # a browser asks for other things too
        assert page.status == 200
    with urlopen(f"{back}/?{urlencode(brings)}") as page:
        assert b"You can close this page" in page.read()


def _sign_in(config, redirect: Redirect, **changes: str) -> str:
    asked: list[str] = []

    def tell(address: str) -> None:
        asked.append(address)
        threading.Thread(target=_browser, args=(asked, changes), daemon=True).start()

    return google.sign_in(
        config.oauth, config.user, HERE, now=CLOCK.now, tell=tell, redirect=redirect
    )


def test_a_person_signs_in_with_a_browser(box, tokens, tmp_path, redirect):
    """What is asked for is proven to be ours (PKCE), and lasts."""
    tokens.extra = {"scope": google.SCOPE}
    config = box("refresh_token")
    assert _sign_in(config, redirect) == "help"
    [asked] = tokens.asked
    assert (asked["code"], asked["redirect_uri"]) == ("4/code", redirect.address)
    assert len(asked["code_verifier"]) >= 43
    file = tmp_path / "help.token"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert glance(file).expires_at is None
    assert _token(config)


def test_a_sign_in_that_ends_by_itself_is_noted(box, tokens, tmp_path, redirect):
    """An app that is not published is trusted for seven days; Google says so."""
    tokens.extra = {"scope": google.SCOPE, "refresh_token_expires_in": 604_799}
    _sign_in(box("refresh_token"), redirect)
    assert glance(tmp_path / "help.token").expires_at == NOW + timedelta(seconds=604_799)


@pytest.mark.parametrize(
    ("changes", "extra", "expected"),
    [
        ({"error": "access_denied"}, {}, "access was denied"),
        ({"state": "another"}, {"scope": google.SCOPE}, "belongs to another sign-in"),
        ({}, {"scope": "openid"}, "Google gave no lasting right to the mailbox"),
        ({}, {"scope": google.SCOPE, "refresh_token": None}, "Google gave no lasting right"),
    ],
)
def test_a_sign_in_that_went_wrong_keeps_nothing(
    box, tokens, tmp_path, redirect, changes, extra, expected
):
    """Declined, somebody else's answer, a box that was not ticked."""
    if extra.get("refresh_token", "") is None:
        tokens._refresh = set()
        tokens.refresh_token = lambda: None
    tokens.extra = {name: value for name, value in extra.items() if value}
    try:
        with pytest.raises(MailRefused, match=expected):
            _sign_in(box("refresh_token"), redirect, **changes)
    finally:
        tokens.__dict__.pop("refresh_token", None)
    assert glance(tmp_path / "help.token") is None
