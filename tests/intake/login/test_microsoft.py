"""Tokens of Microsoft, asked for with its own library from an endpoint on loopback."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from pathlib import Path

import pytest

from intake.login import microsoft
from intake.login.token_file import glance
from intake.login.tokens import access_token
from store.clock import SetClock
from store.errors import MailError, MailRefused, MailUnreachable
from tests.conftest import NOW
from tests.intake.login.conftest import CLIENT, HERE
from tests.servers.dovecot import free_port
from tests.servers.tokens import GRANT_DEVICE

CLOCK = SetClock(NOW)


def _token(config, protocol="imap", **how: bool) -> str:
    return access_token(config, config.oauth, protocol, HERE, clock=CLOCK, **how)


def _signed_in(config, protocols=("imap", "smtp")) -> str:
    return microsoft.sign_in(
        config.oauth, config.user, list(protocols), HERE, now=CLOCK.now, tell=lambda *_: None
    )


def _refusal(config, error: type[MailError] = MailRefused) -> str:
    with pytest.raises(error) as raised:
        _token(config)
    said = str(raised.value)
    assert said.startswith(f"{HERE}: ")
    assert "\n" not in said
    return said.removeprefix(f"{HERE}: ")


def test_an_app_logs_in_with_its_secret(box, tokens):
    """For everything it was given in Exchange Online."""
    assert _token(box("client_credentials")).count(".") == 2
    [asked] = tokens.asked
    assert asked["grant_type"] == "client_credentials"
    assert asked["scope"] == "https://outlook.office365.com/.default"
    assert (asked["client_id"], asked["client_secret"]) == (CLIENT, tokens.secret)


def test_an_apps_token_is_asked_for_anew_at_each_log_in(box, tokens):
    """So a secret that was changed or taken back shows at once."""
    first, second = _token(box("client_credentials")), _token(box("client_credentials"))
    assert first != second
    assert len(tokens.asked) == 2


@pytest.mark.parametrize(
    ("authority", "app", "person"),
    [
        ("", "https://outlook.office365.com", "https://outlook.office.com"),
        (
            "https://login.microsoftonline.us",
            "https://outlook.office365.us",
            "https://outlook.office365.us",
        ),
        (
            "https://login.partner.microsoftonline.cn",
            "https://partner.outlook.cn",
            "https://partner.outlook.cn",
        ),
    ],
)
def test_each_cloud_has_its_own_exchange(box, authority, app, person):
    """What is asked for follows from who gives the tokens."""
    changes = {"authority": authority} if authority else {}
    oauth = box("device_code").oauth.model_copy(update={"authority": "", **changes})
    assert microsoft._resources(oauth) == (app, person)
    assert microsoft.scopes(oauth, ["imap", "smtp"]) == [
        f"{person}/IMAP.AccessAsUser.All",
        f"{person}/SMTP.Send",
    ]


def _make_certificate(file: Path) -> None:
    key = file.with_suffix(".key")
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30"),
            *("-subj", "/CN=Deskwatch", "-keyout", key, "-out", file),
        ],
        check=True,
        capture_output=True,
    )
    file.write_text(key.read_text() + file.read_text())


def test_an_app_logs_in_with_its_certificate(box, tokens, tmp_path):
    """A request signed with its key goes in place of a secret."""
    file = tmp_path / "app.pem"
    _make_certificate(file)
    config = box("client_credentials", oauth={"secret_env": "", "certificate": str(file)})
    assert _token(config)
    [asked] = tokens.asked
    assert "client_secret" not in asked
    assert asked["client_assertion"].count(".") == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "the certificate {file} cannot be read (no such file or directory)"),
        ("hello", "{file} has to hold the private key and the certificate, both as PEM; put them"),
        (
            "-----BEGIN PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----\n",
            "{file} holds no key and certificate that can be used; make them anew",
        ),
    ],
)
def test_a_certificate_of_no_use_is_named(box, tmp_path, text, said):
    """Whatever is wrong with the file."""
    file = tmp_path / "app.pem"
    if text is not None:
        file.write_text(text)
    config = box("client_credentials", oauth={"secret_env": "", "certificate": str(file)})
    assert _refusal(config).startswith(said.format(file=file))


def test_a_person_signs_in_once_with_a_code(box, tokens, tmp_path):
    """The code and the address are told, the tokens kept where nobody else can read them."""
    config = box("device_code")
    told: list[str] = []
    who = microsoft.sign_in(
        config.oauth,
        "help",
        ["imap", "smtp"],
        HERE,
        now=CLOCK.now,
        tell=lambda *words: told.extend(words),
    )
    assert who == "help"
    assert told == ["ABCD1234", "https://microsoft.example/devicelogin"]
    assert tokens.asked[-1]["grant_type"] == GRANT_DEVICE
    file = tmp_path / "help.token"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    kept = glance(file)
    assert (kept.provider, kept.account, kept.signed_in_at) == ("microsoft", "help", NOW)


def test_a_token_that_is_still_good_is_used_again(box, tokens):
    """Fifteen folders that connect at once ask once; each protocol asks for its own right."""
    config = box("device_code")
    _signed_in(config, ["imap"])
    tokens.asked.clear()
    assert _token(config) == _token(config)
    assert tokens.asked == []
    _token(config, "smtp")
    [asked] = tokens.asked
    assert "https://outlook.office.com/SMTP.Send" in asked["scope"].split()


def test_a_token_is_renewed_before_it_expires(box, tokens, tmp_path):
    """Five minutes ahead; the refresh token that comes with it is saved at once."""
    config = box("device_code")
    tokens.lifetime = 200
    _signed_in(config)
    for _ in range(3):
        tokens.asked.clear()
        assert _token(config)
        assert [asked["grant_type"] for asked in tokens.asked] == ["refresh_token"]
    assert stat.S_IMODE((tmp_path / "help.token").stat().st_mode) == 0o600


def test_a_renewal_is_written_down(box, tokens, tmp_path):
    """It is what the ninety days count from."""
    config, clock = box("device_code"), SetClock(NOW)
    _signed_in(config)
    later = clock.advance(NOW - NOW.replace(day=1))
    access_token(config, config.oauth, "imap", HERE, renew=True, clock=clock)
    kept = glance(tmp_path / "help.token")
    assert (kept.signed_in_at, kept.renewed_at) == (NOW, later)


def test_somebody_else_who_signs_in_is_refused(box, tokens, tmp_path):
    """A browser is often signed in as the administrator already."""
    tokens.account = "admin@northgate.example"
    config = box("device_code")
    with pytest.raises(MailRefused) as raised:
        _signed_in(config)
    assert str(raised.value) == (
        f"{HERE}: admin@northgate.example signed in, not help; sign in again in a private window, "
        "or write the account that has access to the mailbox: "
        'account = "admin@northgate.example"'
    )
    assert glance(tmp_path / "help.token") is None
    shared = box("device_code", oauth={"account": "Admin@northgate.example"})
    assert _signed_in(shared) == "admin@northgate.example"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("7000215", "the app's secret is wrong"),
        ("7000222", "the app's secret has expired"),
        ("700016", "there is no such app in this tenant"),
        ("65001", "nobody has consented to what the app asks for"),
        ("50126", "user name or password were wrong"),
        ("50076", "a second factor is asked for (MFA)"),
        ("70016", "nobody entered the code in time"),
        ("700024", "the signed request is not valid now"),
        ("53003", "a policy of the tenant forbids it"),
        ("999999", "client_id or the app's secret are wrong"),
    ],
)
def test_a_refusal_is_told_with_its_meaning_and_the_fix(box, tokens, number, expected):
    """Microsoft's words stand in quotes, without its trace numbers."""
    said = f"AADSTS{number}: It's not\x1b[2J possible. Trace ID: 1234 Timestamp: 2026"
    tokens.refusal = {"error": "invalid_client", "error_description": said}
    said = _refusal(box("client_credentials"))
    assert said.startswith(
        f"localhost:{tokens.url.rpartition(':')[2]} gives no token, {expected} "
        f'("AADSTS{number}: It\'s not[2J possible."); '
    )


def test_a_sign_in_that_is_over_says_how_to_renew_it(box, tokens):
    """Revoked, unused for too long, or the password was changed: the command stands there."""
    config = box("device_code")
    _signed_in(config)
    tokens.revoke()
    with pytest.raises(MailRefused) as raised:
        _token(config, renew=True)
    assert "the sign-in was not used for too long and has expired" in str(raised.value)
    assert str(raised.value).endswith("; run: deskwatch login help")
    # The refusal took nothing away: Microsoft may think better of it.
    with pytest.raises(MailRefused, match="AADSTS700082"):
        _token(config, renew=True)


def test_nobody_has_signed_in_yet(box):
    """The command that helps is in the line; so with another app's tokens."""
    assert _refusal(box("device_code")) == "nobody has signed in yet; run: deskwatch login help"
    _signed_in(box("device_code"))
    other = box("device_code", oauth={"client_id": "another"})
    assert _refusal(other) == "nobody has signed in yet; run: deskwatch login help"


@pytest.mark.parametrize(
    "text", ["{", "[]", "null", '{"provider": "microsoft"}', "\x00\xff", "[" * 100_000]
)
def test_a_damaged_token_file_says_what_to_do(box, tmp_path, text):
    """Whatever is in it."""
    (tmp_path / "help.token").write_text(text, encoding="latin-1")
    said = _refusal(box("device_code"))
    file = tmp_path / "help.token"
    assert said == f"the token file {file} is damaged; run: deskwatch login help"


@pytest.mark.parametrize("tokens_kept", [{}, {"Account": 5}, {"Account": {"a": None}}, {"x": []}])
def test_tokens_the_library_cannot_read_are_no_sign_in(box, tmp_path, tokens_kept):
    """A file that is whole, but not what the library wrote."""
    config = box("device_code")
    _signed_in(config)
    file = tmp_path / "help.token"
    said = json.loads(file.read_text())
    file.write_text(json.dumps(said | {"tokens": tokens_kept}))
    with pytest.raises(MailError) as raised:
        _token(config)
    assert "\n" not in str(raised.value)


def test_an_unknown_tenant_is_told(box):
    """Before anything is asked for."""
    config = box("client_credentials", oauth={"tenant": "nowhere.example"})
    host = config.oauth.base.removeprefix("https://")
    assert _refusal(config) == f"{host} knows no tenant nowhere.example; check tenant"


@pytest.mark.parametrize("garbage", [b"", b"<html>log in to the Wi-Fi</html>", b"[]", b"{}"])
def test_something_else_that_answers_is_told(box, tokens, garbage):
    """Such as the log-in page of a hotel's network."""
    tokens.garbage = garbage
    said = _refusal(box("client_credentials"), MailUnreachable)
    assert "does not answer as one who gives tokens does" in said


def test_no_network_is_told(box):
    """With the name of who cannot be reached."""
    port = free_port()
    config = box("client_credentials", oauth={"authority": f"https://localhost:{port}"})
    assert _refusal(config, MailUnreachable) == (
        f"localhost:{port}, which gives the tokens, cannot be reached; check the network, "
        "firewalls and HTTPS_PROXY"
    )


def test_a_certificate_nobody_vouches_for_gets_no_secret(box, tokens, monkeypatch):
    """TLS is verified; behind a proxy that opens it, its authority can be named."""
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    said = _refusal(box("client_credentials"), MailUnreachable)
    assert said.endswith("behind a proxy that opens TLS, name its authority in REQUESTS_CA_BUNDLE")
    assert tokens.asked == []
    assert os.environ["APP_SECRET"] not in said
