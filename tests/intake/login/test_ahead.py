"""What is known of the end of a log-in, days ahead."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from intake.login.ahead import End, ends, warnings
from intake.login.token_file import Kept, held
from store.policy.mailboxes import MailboxConfig
from tests.conftest import NOW
from tests.intake.login.conftest import CLIENT, HERE, outgoing_of

DAY = timedelta(days=1)
KEPT = Kept("microsoft", CLIENT, "help", NOW, NOW, None, {})


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (90 * DAY, "log-in expires in 90 days (it, 2027-02-21)"),
        (6.5 * DAY, "log-in expires in 6 days (it, 2026-11-29)"),
        (47 * DAY / 24, "log-in expires in 47 h (it, 2026-11-25)"),
        (DAY / 1000, "log-in expires within the hour (it, 2026-11-23)"),
        (0 * DAY, "log-in has expired (it, 2026-11-23)"),
        (-9 * DAY, "log-in has expired (it, 2026-11-14)"),
    ],
)
def test_the_words_say_how_long_and_when(left, words):
    """With what ends, and what to do."""
    end = End("it", NOW + left, "renew it")
    assert end.short(NOW) == words
    assert end.words(NOW) == f"{words}; renew it"


def test_a_secret_ends_on_the_day_that_the_config_says(box):
    """On that day it may still be good."""
    config = box("client_credentials", oauth={"secret_expires": date(2026, 12, 1)})
    end = ends(config, HERE)
    assert end.what == "the app's secret"
    assert end.at.isoformat() == "2026-12-01T23:59:59.999999+00:00"
    assert end.fix == "make a new one in Entra, and set secret_expires"


def test_a_certificate_says_itself_when_it_ends(box, tmp_path):
    """It is read from its file each time."""
    file = tmp_path / "app.pem"
    config = box("client_credentials", oauth={"secret_env": "", "certificate": str(file)})
    assert ends(config, HERE) is None
    file.write_text("no certificate")
    assert ends(config, HERE) is None
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt"),
            *("ec_paramgen_curve:P-256", "-nodes", "-days", "7", "-subj", "/CN=x"),
            *("-keyout", "/dev/null", "-out", file),
        ],
        check=True,
        capture_output=True,
    )
    assert ends(config, HERE).what == "the app's certificate"


@pytest.mark.parametrize(
    ("flow", "changes", "what", "after"),
    [
        ("device_code", {}, "the sign-in was not used", 90 * DAY),
        ("device_code", {"renewed_at": NOW + DAY}, "the sign-in was not used", 91 * DAY),
        ("refresh_token", {}, "the sign-in was not used", 180 * DAY),
        (
            "refresh_token",
            {"expires_at": NOW + 7 * DAY},
            "an app in testing has seven days",
            7 * DAY,
        ),
        ("refresh_token", {"expires_at": NOW + 30 * DAY}, "the sign-in", 30 * DAY),
    ],
)
def test_a_sign_in_ends_unused_or_when_the_provider_said(box, tmp_path, flow, changes, what, after):
    """Counted from when tokens were last had."""
    config = box(flow)
    assert ends(config, HERE) is None
    with held(tmp_path / "help.token", HERE, create=True) as file:
        file.save(replace(KEPT, **changes))
    assert ends(config, HERE) == End(what, NOW + after, "run: deskwatch login help")


def test_the_end_of_time_is_no_trouble(box, tmp_path):
    """A secret "for ever", a token file from the future."""
    never = box("client_credentials", oauth={"secret_expires": date.max})
    assert ends(never, HERE).short(NOW).startswith("log-in expires in 2912")
    late = datetime.max.replace(tzinfo=UTC)
    with held(tmp_path / "help.token", HERE, create=True) as file:
        file.save(replace(KEPT, renewed_at=late, signed_in_at=late))
    assert ends(box("device_code"), HERE).at == late


def test_nothing_is_known_of_passwords_and_keys(box):
    """They are good until they are not."""
    password = MailboxConfig(name="help", host="h", user="u", password_env="P")
    assert [ends(each, HERE) for each in (password, box("service_account"))] == [None, None]
    assert ends(box("client_credentials"), HERE) is None


def test_two_weeks_before_it_is_warned_of_once(box):
    """Servers that share a log-in share the line; outgoing mail with its own has its own."""
    soon, later = date(2026, 12, 6), date(2026, 12, 8)
    near = box("client_credentials", oauth={"secret_expires": soon})
    far = box("client_credentials", oauth={"secret_expires": later})
    assert warnings([(HERE, far)], NOW) == []
    logins = [(HERE, near), ('mailbox "drop"', near), ("outgoing mail", outgoing_of(near, 25))]
    [line] = warnings(logins, NOW)
    assert line.startswith("log-in expires in 13 days (the app's secret, 2026-12-06); ")
    other = box("client_credentials", oauth={"secret_expires": soon, "client_id": "another"})
    both = warnings([(HERE, near), ("outgoing mail", outgoing_of(other, 25))], NOW)
    assert [each.partition(" expires")[0] for each in both] == ["log-in", "outgoing mail: log-in"]
