"""Where a password or an app's secret comes from: the environment, a command, the key ring."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping

from store.errors import MailRefused
from store.policy.login import ServerLogin
from store.policy.oauth import OAuth
from store.text import one_line

#: The service under which ``keyring set deskwatch ACCOUNT`` files a password.
KEYRING_SERVICE = "deskwatch"
_COMMAND_SECONDS = 30


def password(login: ServerLogin, where: str, environ: Mapping[str, str] = os.environ) -> str:
    """Return the password of ``login``; ``where`` names it in messages: ``mailbox "help"``.

    Asked for anew at every log-in, so that a changed password is found without a restart.

    Raises:
        MailRefused: there is none, or its source fails; says which and what to do.
    """
    if login.password_env:
        return _from_environment(login.password_env, where, environ)
    if login.password_command:
        return _from_command("password_command", login.password_command, where)
    if login.keyring:
        return _from_keyring("password", login.user, where)
    raise MailRefused(
        f"{where}: no password is configured; set password_env, password_command or keyring"
    )


def app_secret(oauth: OAuth, where: str, environ: Mapping[str, str] = os.environ) -> str:
    """Return the secret of the app of ``oauth``; as ``password`` in all else."""
    if oauth.secret_env:
        return _from_environment(oauth.secret_env, where, environ)
    if oauth.secret_command:
        return _from_command("secret_command", oauth.secret_command, where)
    return _from_keyring("secret", oauth.client_id, where)


def _from_environment(variable: str, where: str, environ: Mapping[str, str]) -> str:
    if variable not in environ:
        raise MailRefused(
            f"{where}: the environment variable {variable} is not set; "
            f"export {variable}=... where the poller starts"
        )
    if not environ[variable]:
        raise MailRefused(f"{where}: the environment variable {variable} is empty")
    return environ[variable]


def _from_command(setting: str, command: str, where: str) -> str:
    # No shell: what the file says is what runs. `sh -c "..."` asks for one.
    try:
        done = subprocess.run(  # noqa: S603 - the config's own command
            shlex.split(command),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_COMMAND_SECONDS,
            check=True,
        )
    except subprocess.TimeoutExpired:
        reason = f"gave no answer within {_COMMAND_SECONDS} s"
    except subprocess.CalledProcessError as error:
        said = one_line(error.stderr or "")[:200]
        reason = f"ended with status {error.returncode}" + (f" ({said})" if said else "")
    except (OSError, ValueError) as error:  # ValueError: quotes that do not close
        reason = f"cannot be run ({error})"
    else:
        first = next(iter(done.stdout.splitlines()), "")
        if first:
            return first
        reason = f"printed no {setting.removesuffix('_command')}"
    raise MailRefused(f"{where}: {setting} {command!r} {reason}; try it in a shell")


def _from_keyring(kind: str, user: str, where: str) -> str:
    # Imported only here: a key ring's back ends are slow to find.
    import keyring
    from keyring.errors import KeyringError

    try:
        found = keyring.get_password(KEYRING_SERVICE, user)
    except KeyringError as error:
        raise MailRefused(
            f"{where}: this machine's key ring cannot be read ({one_line(str(error))}); "
            f"unlock it, or use {kind}_env or {kind}_command"
        ) from error
    if not found:
        raise MailRefused(
            f"{where}: the key ring has no {kind} for {user}; "
            f"run: keyring set {KEYRING_SERVICE} {user}"
        )
    return found
