"""``deskwatch login``: a person signs in once at Microsoft or Google; the poller then can, too."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from store.clock import SystemClock
from store.errors import DeskwatchError
from store.text import one_line
from tui.cli.context import config_path

if TYPE_CHECKING:
    from intake.login.microsoft import Protocol
    from store.policy.login import ServerLogin
    from store.policy.oauth import OAuth
    from store.policy.policy import Policy
    from tui.cli.probes import Finding

#: What outgoing mail is called where mailboxes go by their names.
_OUTGOING = "outgoing"


@dataclass(frozen=True, slots=True)
class _SignIn:
    """Servers that share a sign-in, the one that was named first of them."""

    names: tuple[str, ...]
    where: str
    server: ServerLogin
    oauth: OAuth
    protocols: tuple[Protocol, ...]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``deskwatch login``."""
    parser.add_argument(
        "name",
        nargs="?",
        metavar="MAILBOX",
        help=f'the mailbox to sign in for, or "{_OUTGOING}" for outgoing mail; left out: the '
        "only one that needs it",
    )


def run(args: argparse.Namespace) -> int:
    """Have a person sign in, keep the tokens, and try them; 1 if they are of no use."""
    from store.policy.load import load

    path = config_path(args)
    policy = load(path)
    wanted = _chosen(_sign_ins(policy), args.name, policy, path)
    account = _sign_in(wanted)
    print(f"\nSigned in as {one_line(account)}; the tokens are in {wanted.oauth.token_file}.\n")
    findings = _tried(policy, wanted)
    for finding in findings:
        print(finding, flush=True)
    return 0 if all(finding.ok for finding in findings) else 1


def _servers(policy: Policy) -> dict[str, tuple[str, ServerLogin, Protocol]]:
    """Return the servers of the config by their names."""
    from intake.imap.trouble import place
    from intake.outgoing.smtp import WHERE

    servers: dict[str, tuple[str, ServerLogin, Protocol]] = {}
    if policy.outgoing is not None:
        servers[_OUTGOING] = (WHERE, policy.outgoing, "smtp")
    return servers | {box.name: (place(box), box, "imap") for box in policy.mailboxes}


def _sign_ins(policy: Policy) -> list[_SignIn]:
    """Return what a person can sign in for; servers with the same token file are one."""
    from store.policy.oauth import SIGNED_IN

    servers = [
        (name, where, server, server.oauth, protocol)
        for name, (where, server, protocol) in sorted(_servers(policy).items(), key=_outgoing_last)
        if server.oauth is not None and server.oauth.flow in SIGNED_IN
    ]
    found = []
    for file in dict.fromkeys(oauth.token_file for *_, oauth, _ in servers):
        alike = [each for each in servers if each[3].token_file == file]
        _, where, server, oauth, _ = alike[0]
        protocols = tuple(dict.fromkeys(protocol for *_, protocol in alike))
        found.append(_SignIn(tuple(name for name, *_ in alike), where, server, oauth, protocols))
    return found


def _outgoing_last(item: tuple[str, object]) -> bool:
    return item[0] == _OUTGOING


def _chosen(found: list[_SignIn], name: str | None, policy: Policy, path: Path) -> _SignIn:
    from store.policy.suggest import meant

    servers = _servers(policy)
    if name is not None and name not in servers:
        raise DeskwatchError(f"no mailbox is called {one_line(name)}; {meant(name, servers)}")
    for each in found:
        if name in each.names:
            return each
    if name is not None:
        raise DeskwatchError(
            f"nobody has to sign in for {name}, which logs in by itself; try: deskwatch check"
        )
    if not found:
        raise DeskwatchError(
            f'{path}: nobody has to sign in; that is for oauth with flow = "device_code" or '
            '"refresh_token"'
        )
    if len(found) > 1:
        names = ", ".join(each.names[0] for each in found)
        raise DeskwatchError(
            f"there are several to sign in for ({names}); name one, e.g.: "
            f"deskwatch login {found[0].names[0]}"
        )
    return found[0]


def _sign_in(wanted: _SignIn) -> str:
    """Have a person sign in; return who it was."""
    from intake.login import google, microsoft
    from intake.login.redirect import Redirect

    oauth, user, now = wanted.oauth, wanted.server.user, SystemClock().now
    print(f"Signing in for {', '.join(wanted.names)}, as {oauth.account or user}.\n")
    if oauth.provider == "microsoft":
        return microsoft.sign_in(
            oauth, user, list(wanted.protocols), wanted.where, now=now, tell=_tell_code
        )
    with closing(Redirect(_typed())) as redirect:
        return google.sign_in(
            oauth, user, wanted.where, now=now, tell=_tell_address, redirect=redirect
        )


def _tell_code(code: str, address: str) -> None:
    print(f"  1. Open   {one_line(address)}   in a browser, on any machine")
    print(f"  2. Enter  {one_line(code)}\n\nWaiting for you …", flush=True)


def _tell_address(address: str) -> None:
    print(f"Open this address in a browser:\n\n  {address}\n")
    print(
        "If the browser ends on a page that cannot be reached, because it is on another machine:\n"
        "copy that page's whole address, paste it here and press Enter.\n\nWaiting for you …",
        flush=True,
    )


def _typed() -> TextIO | None:
    try:
        sys.stdin.fileno()
    except (OSError, ValueError, AttributeError):  # nobody can type here
        return None
    return sys.stdin


def _tried(policy: Policy, wanted: _SignIn) -> list[Finding]:
    """Log in with the new tokens, as ``deskwatch check`` does."""
    from tui.cli import probes

    findings = [
        finding
        for box in policy.mailboxes
        if box.name in wanted.names
        for finding in probes.mailbox(box)
    ]
    if _OUTGOING in wanted.names and policy.outgoing is not None:
        findings += probes.outgoing(policy.outgoing)
    return findings
