"""Where passwords come from."""

from __future__ import annotations

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from intake.login.passwords import password
from store.errors import MailRefused
from store.policy.login import ServerLogin

HERE = 'mailbox "help"'


def _login(**fields: object) -> ServerLogin:
    return ServerLogin(host="imap.example", user="help@northgate.example", **fields)


def test_a_password_comes_from_the_environment():
    """The variable's name is in the config, its value is not."""
    login = _login(password_env="HELP_PASSWORD")
    assert password(login, HERE, {"HELP_PASSWORD": "péss wörd"}) == "péss wörd"


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("echo secret", "secret"),
        ("printf 'two words\\nnotes below\\n'", "two words"),
        ("sh -c 'echo a | tr a b'", "b"),
    ],
)
def test_a_password_is_the_first_line_a_command_prints(command, expected):
    """Password managers print notes below it."""
    assert password(_login(password_command=command), HERE) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "no password is configured; set password_env, password_command or keyring"),
        (
            {"password_env": "NO_SUCH"},
            (
                "the environment variable NO_SUCH is not set; "
                "export NO_SUCH=... where the poller starts"
            ),
        ),
        ({"password_env": "EMPTY"}, "the environment variable EMPTY is empty"),
        (
            {"password_command": "sh -c 'echo gpg: no key >&2; exit 2'"},
            (
                "password_command \"sh -c 'echo gpg: no key >&2; exit 2'\" "
                "ended with status 2 (gpg: no key); try it in a shell"
            ),
        ),
        (
            {"password_command": "true"},
            "password_command 'true' printed no password; try it in a shell",
        ),
        (
            {"password_command": "/no/such/program"},
            (
                "password_command '/no/such/program' cannot be run ([Errno 2] No such file or "
                "directory: '/no/such/program'); try it in a shell"
            ),
        ),
        (
            {"password_command": "echo 'open"},
            (
                'password_command "echo \'open" cannot be run (No closing quotation); '
                "try it in a shell"
            ),
        ),
    ],
)
def test_a_missing_password_says_where_it_was_looked_for(fields, expected):
    """The message names the mailbox, the source and what to do."""
    with pytest.raises(MailRefused) as raised:
        password(_login(**fields), HERE, {"EMPTY": ""})
    assert str(raised.value) == f"{HERE}: {expected}"


class _Ring(KeyringBackend):
    priority = 1

    def __init__(self, held: dict[tuple[str, str], str], *, locked: bool = False) -> None:
        super().__init__()
        self._held, self._locked = held, locked

    def get_password(self, service: str, username: str) -> str | None:
        if self._locked:
            raise KeyringLocked("it is locked")
        return self._held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self._held[service, username]


@pytest.fixture
def ring():
    """Puts another key ring in place of the machine's."""
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


def test_a_password_comes_from_the_key_ring(ring):
    """It is filed under deskwatch and the account."""
    ring(_Ring({("deskwatch", "help@northgate.example"): "secret"}))
    assert password(_login(keyring=True), HERE) == "secret"


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (
            _Ring({}),
            (
                "the key ring has no password for help@northgate.example; "
                "run: keyring set deskwatch help@northgate.example"
            ),
        ),
        (
            _Ring({}, locked=True),
            (
                "this machine's key ring cannot be read (it is locked); "
                "unlock it, or use password_env or password_command"
            ),
        ),
    ],
)
def test_a_key_ring_without_the_password_says_how_to_put_it_there(ring, held, expected):
    """The message is the command to run."""
    ring(held)
    with pytest.raises(MailRefused) as raised:
        password(_login(keyring=True), HERE)
    assert str(raised.value) == f"{HERE}: {expected}"
