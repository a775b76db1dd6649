"""What mail servers say when they refuse, and what helps."""

from __future__ import annotations

import re

from store.policy.oauth import Flow, OAuth
from store.text import one_line

_NO_PASSWORDS = "Microsoft 365 takes no passwords here, only tokens: docs/microsoft-365.md"
_APP_PASSWORD = "this provider takes an app password, not the account's own; make one and store it"  # noqa: S105 - advice
_NO_RIGHT = (
    "the log-in is right, but the account may not open the mailbox, or user names the wrong "
    "shared mailbox; give the account full access to it, and check user"
)

_SMTP_OFF = (
    "switch it on for this mailbox: Set-CASMailbox -Identity MAILBOX "
    "-SmtpClientAuthenticationDisabled $false, see docs/microsoft-365.md"
)
_POLICY = (
    "security defaults or a Conditional Access policy of the tenant block it; let the account "
    "or the app through in Entra"
)

#: Pattern of a refusal in lower case, and the advice. The first match counts. In brackets
#: stand the response codes of RFC 5530.
_ADVICE = (
    (r"user is authenticated but not connected", _NO_RIGHT),  # Microsoft 365, after the log-in
    (r"application-specific password|app(lication)? password", _APP_PASSWORD),
    (r"smtpclientauthentication is disabled", _SMTP_OFF),
    (r"basicauthblocked|basic authentication|logondenied-basic", _NO_PASSWORDS),
    (r"5\.7\.139", _POLICY),
    (
        r"too many (simultaneous )?connections|\[limit\]|maximum number of connections",
        "the server allows no more connections at once (Gmail: 15); close other mail programs",
    ),
    (r"\[privacyrequired\]", 'the server wants encryption; set security = "tls" or "starttls"'),
    (r"\[expired\]", "the password has expired; set a new one"),
    (
        r"\[(unavailable|inuse|serverbug)\]|throttl|try again",
        "the trouble is the server's; it is tried again",
    ),
    (r"\[(nonexistent|trycreate)\]|(doesn't|does not) exist|unknown mailbox", "check the name"),
    (r"\[noperm\]|permission|not allowed", "give the account the right to it"),
)
#: The same where the host's name says more than its answer.
_ADVICE_BY_HOST = (
    (r"(^|\.)(outlook|office365|office)\.com$", _NO_PASSWORDS),
    (r"(^|\.)(gmail|googlemail|google)\.com$", _APP_PASSWORD),
)
#: What keeps a mail server from taking a token that was properly given.
_AFTER_A_TOKEN: dict[Flow, str] = {
    "client_credentials": (
        "check user, that the app's permissions have admin consent, and in Exchange its "
        "New-ServicePrincipal (Object ID of the enterprise application) and "
        "Add-MailboxPermission, see docs/microsoft-365.md"
    ),
    "device_code": (
        "check user, that IMAP or authenticated SMTP is on for it, and that the account which "
        "signed in has full access to it"
    ),
    "service_account": "check user, and that IMAP is on for it in Google Workspace",
    "refresh_token": ("check that user is the account which signed in, and that IMAP is on for it"),
}
_SHOWN = 200


def advice(answer: str) -> str:
    """Return what helps against a refusal; "" where it is not known."""
    low = answer.casefold()
    return next((advice for pattern, advice in _ADVICE if re.search(pattern, low)), "")


def log_in_advice(host: str, answer: str, oauth: OAuth | None = None) -> str:
    """Return what helps against a log-in refused by ``host`` with ``answer``.

    With ``oauth`` it was tried with a token, which whoever gives them had just given.
    """
    if oauth is not None:
        return advice(answer) or _AFTER_A_TOKEN[oauth.flow]
    low = host.casefold()
    by_host = (advice for pattern, advice in _ADVICE_BY_HOST if re.search(pattern, low))
    return advice(answer) or next(by_host, "check user and password")


def server_said(error: BaseException) -> str:
    """Return the server's words inside a library's exception, safe for a screen and short."""
    text = " ".join(
        part.decode("utf-8", "replace") if isinstance(part, bytes) else str(part)
        for part in error.args
    )
    # Around them: the command, and how it failed.
    text = re.sub(r"^(command: [\w ]+ => |[\w ]+ command error: )+", "", text)
    text = re.sub(r"^(BAD|NO) \[b['\"](.*)['\"]\]$", r"\2", text)
    return one_line(re.sub(r"^\w+ failed: ", "", text))[:_SHOWN]


def quoted(answer: str) -> str:
    """Return an answer as messages show it: in quotes and brackets, or nothing."""
    return f' ("{answer}")' if answer else ""
