"""When a log-in will end, where that is known: said days ahead, on every board."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from intake.login.token_file import glance
from intake.login.words import sign_in_again
from store.policy.login import ServerLogin
from store.policy.oauth import OAuth

#: How long before its end a log-in is warned of.
WARN = timedelta(days=14)
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
#: Google ends the sign-in of an app that is not published after seven days.
_TESTING = 8 * _DAY
#: How long a sign-in that nobody uses stays good, where the provider says no date:
#: https://learn.microsoft.com/entra/identity-platform/refresh-tokens and
#: https://developers.google.com/identity/protocols/oauth2#expiration
_UNUSED = {"microsoft": timedelta(days=90), "google": timedelta(days=180)}


@dataclass(frozen=True, slots=True)
class End:
    """What ends a log-in, when, and what is to be done before."""

    what: str
    at: datetime
    fix: str

    def words(self, now: datetime) -> str:
        """Return the line a user reads: "log-in expires in 6 days (…); make a new one"."""
        return f"{self.short(now)}; {self.fix}"

    def short(self, now: datetime) -> str:
        """Return the line without what helps."""
        day = self.at.date().isoformat()
        if self.at <= now:
            return f"log-in has expired ({self.what}, {day})"
        return f"log-in expires {_until(self.at - now)} ({self.what}, {day})"


def ends(login: ServerLogin, where: str) -> End | None:
    """Return what will end the log-in of ``login``; None where nothing is known to."""
    oauth = login.oauth
    if oauth is None:
        return None
    if oauth.secret_expires is not None:
        # Entra tells the day; it is good for some of it.
        at = datetime.combine(oauth.secret_expires, time(), UTC) + _DAY
        return End("the app's secret", at, "make a new one in Entra, and set secret_expires")
    if oauth.certificate:
        return _certificate(oauth)
    return _sign_in(oauth, where) if oauth.token_file else None


def warnings(logins: Iterable[tuple[str, ServerLogin]], now: datetime) -> list[str]:
    """Return a line for each log-in that ends soon; those that share their end share the line.

    ``logins`` are given with how messages name them: ``mailbox "help"``, ``outgoing mail``.
    """
    found: list[str] = []
    seen: set[OAuth] = set()
    for where, login in logins:
        if login.oauth is None or login.oauth in seen:
            continue
        seen.add(login.oauth)
        end = ends(login, where)
        if end is not None and end.at - now <= WARN:
            named = "" if where.startswith("mailbox") else f"{where}: "
            found.append(f"{named}{end.words(now)}")
    return list(dict.fromkeys(found))


def _until(left: timedelta) -> str:
    if left < _HOUR:
        return "within the hour"
    hours = left // _HOUR
    if hours < 48:  # noqa: PLR2004 -- two days
        return f"in {hours} h"
    return f"in {left // _DAY} days"


def _certificate(oauth: OAuth) -> End | None:
    from cryptography import x509

    try:
        read = x509.load_pem_x509_certificate(Path(oauth.certificate).read_bytes())
    except (OSError, ValueError):
        return None  # the log-in itself says what is wrong with the file
    fix = "make a new one and upload it to the app in Entra"
    return End("the app's certificate", read.not_valid_after_utc, fix)


def _sign_in(oauth: OAuth, where: str) -> End | None:
    kept = glance(Path(oauth.token_file))
    if kept is None:
        return None  # the log-in itself says that nobody has signed in
    unused = kept.renewed_at + _UNUSED[oauth.provider]
    if kept.expires_at is not None and kept.expires_at < unused:
        testing = kept.expires_at - kept.signed_in_at <= _TESTING
        what = "an app in testing has seven days" if testing else "the sign-in"
        return End(what, kept.expires_at, sign_in_again(where))
    return End("the sign-in was not used", unused, sign_in_again(where))
