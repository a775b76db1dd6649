"""``oauth``: logging in at a mail server with tokens of Microsoft or Google."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, PlainValidator

from store.policy.section import Section
from store.policy.shown import shown
from store.policy.times import Day

Provider = Literal["microsoft", "google"]
Flow = Literal["device_code", "client_credentials", "service_account", "refresh_token"]

#: Which flows each provider has.
FLOWS: dict[Provider, tuple[Flow, ...]] = {
    "microsoft": ("client_credentials", "device_code"),
    "google": ("service_account", "refresh_token"),
}
#: Flows for which a person signs in once, with ``deskwatch login``.
SIGNED_IN: frozenset[Flow] = frozenset({"device_code", "refresh_token"})

#: The settings that say where the app's secret comes from.
SECRET_SOURCES = ("secret_env", "secret_command", "secret_keyring")

#: Where tokens come from unless the config says otherwise.
AUTHORITIES: dict[Provider, str] = {
    "microsoft": "https://login.microsoftonline.com",
    "google": "https://oauth2.googleapis.com",
}


def _authority(value: Any) -> str:
    if isinstance(value, str):
        try:
            parts = urlsplit(value)
            sound = parts.scheme == "https" and parts.hostname and parts.port != 0
        except ValueError:
            sound = False
        if sound and "@" not in parts.netloc and not (parts.query or parts.fragment):
            return value.rstrip("/")
    raise ValueError(
        f'{shown(value)} is no https address; write e.g. "https://login.microsoftonline.us"'
    )


class OAuth(Section):
    """How tokens are had. What is secret in it stays outside the file."""

    provider: Provider = Field(
        description="Who gives the tokens: `microsoft` or `google`.", examples=["microsoft"]
    )
    flow: Flow = Field(
        description="How. Microsoft: `client_credentials` (the app itself, no person) or "
        "`device_code` (a person signs in once: `deskwatch login`). Google: `service_account` "
        "(with domain-wide delegation) or `refresh_token` (a person signs in once).",
        examples=["client_credentials"],
    )
    tenant: str = Field(
        default="",
        description="Microsoft: the directory (tenant) ID, or one of its domains.",
        examples=["northgate.example"],
    )
    client_id: str = Field(
        default="",
        description="The application (client) ID. Not for `service_account`.",
        examples=["11111111-2222-3333-4444-555555555555"],
    )
    secret_env: str = Field(
        default="",
        description="The environment variable that holds the app's secret. This, "
        "`secret_command`, `secret_keyring` or `certificate`: exactly one, for "
        "`client_credentials` and `refresh_token`.",
        examples=["DESKWATCH_SECRET"],
    )
    secret_command: str = Field(
        default="",
        description="A command that prints the app's secret on its first line.",
        examples=["pass show desk/app"],
    )
    secret_keyring: bool = Field(
        default=False,
        description="Take the app's secret from this machine's key ring; put it there once with "
        "`keyring set deskwatch CLIENT_ID`.",
        examples=[True],
    )
    secret_expires: Day | None = Field(
        default=None,
        description="Microsoft: the day on which the secret expires, as Entra shows it. Two "
        "weeks before, every board says so.",
        examples=[date(2027, 3, 1)],
    )
    certificate: str = Field(
        default="",
        description="`client_credentials`: a PEM file with the app's private key and its "
        "certificate, instead of a secret. Its own date of expiry is watched.",
        examples=["/etc/deskwatch/app.pem"],
    )
    key_file: str = Field(
        default="",
        description="`service_account`: the JSON file with the account's key.",
        examples=["/etc/deskwatch/service-account.json"],
    )
    account: str = Field(
        default="",
        description="`device_code`: the account that signs in, where it is not `user` itself: "
        "somebody with full access to a shared mailbox.",
        examples=["ana@northgate.example"],
    )
    token_file: str = Field(
        default="",
        description="`device_code` and `refresh_token`: where the tokens of the sign-in are "
        "kept, readable by nobody else. Left out: `deskwatch-ACCOUNT.token` beside the SQLite "
        "database, or beside this file.",
        examples=["/var/lib/deskwatch/help.token"],
    )
    authority: Annotated[str, PlainValidator(_authority)] = Field(
        default="",
        validate_default=False,
        description="Who gives the tokens in a national cloud, such as "
        "`https://login.microsoftonline.us`. Left out: the provider's usual address.",
        examples=["https://login.microsoftonline.us"],
    )

    @property
    def secret_sources(self) -> tuple[str, ...]:
        """Names of the settings that say where the app's secret or key comes from."""
        return tuple(name for name in (*SECRET_SOURCES, "certificate") if getattr(self, name))

    @property
    def base(self) -> str:
        """Address of the authority, without a slash at its end."""
        return self.authority or AUTHORITIES[self.provider]
