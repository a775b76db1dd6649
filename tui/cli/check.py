"""``deskwatch check``: everything is tried for real, one line each, with what helps."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from store.clock import SystemClock
from store.errors import ConfigError
from tui.cli.context import config_path, named_database

if TYPE_CHECKING:
    from store.policy.policy import Policy
    from tui.cli.probes import Finding

#: Servers that are tried at the same time.
_AT_ONCE = 16


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``deskwatch check``."""
    parser.add_argument(
        "--json",
        action="store_true",
        help='one JSON object: ok, findings [{"what", "ok", "text", "fix"}]',
    )
    parser.add_argument(
        "--notify",
        metavar="NAME",
        help="send a test to every place where this person is called to emergencies, and say of "
        "each what happened; nothing else is tried",
    )


def run(args: argparse.Namespace) -> int:
    """Try everything, also after something failed; 1 if anything did."""
    findings = []
    for finding in _findings(args):
        findings.append(finding)
        if not args.json:
            print(finding, flush=True)
    failed = sum(not finding.ok for finding in findings)
    if args.json:
        rows = [
            {"what": each.what, "ok": each.ok, "text": each.text, "fix": each.fix}
            for each in findings
        ]
        print(json.dumps({"ok": not failed, "findings": rows}, ensure_ascii=False, indent=2))
    elif failed:
        print(f"\n{failed} of {len(findings)} need attention.")
    else:
        print("\nEverything works.")
    return 1 if failed else 0


def _findings(args: argparse.Namespace) -> Iterator[Finding]:
    """Yield what is found, in a fixed order; the servers are tried side by side."""
    from tui.cli import notify_probes, probes

    policy, about_config = _config(args)
    yield from about_config
    if args.notify is not None:
        if policy is not None:
            yield from notify_probes.tests(policy, args.notify)
        return
    url = named_database(args) or (policy.database.url if policy else None)
    tries: list[Callable[[], list[Finding]]] = []
    if url is not None:
        tries.append(partial(probes.database, url, policy))
    if policy is not None:
        tries += [partial(probes.mailbox, box) for box in policy.mailboxes]
        if policy.outgoing is not None:
            tries.append(partial(probes.answers, policy))
            tries.append(partial(probes.outgoing, policy.outgoing))
        tries.append(partial(notify_probes.addresses, policy))
        tries.append(partial(probes.log_ins, policy, SystemClock().now()))
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for findings in pool.map(lambda attempt: attempt(), tries):
            yield from findings


def _config(args: argparse.Namespace) -> tuple[Policy | None, list[Finding]]:
    """Return the policy of the config file, None if it is wrong, and what is found about it."""
    from store.policy.load import load
    from tui.cli.board_keys import refuse_clashes
    from tui.cli.probes import Finding

    policy: Policy | None = None
    try:
        path = config_path(args)
        policy = load(path)
        refuse_clashes(policy, path)
    except ConfigError as error:
        return policy, [Finding("config", ok=False, text=line) for line in error.problems]
    return policy, [Finding("config", ok=True, text=_summary(path, policy))]


def _summary(path: Path, policy: Policy) -> str:
    counted = [
        (len(policy.people), "person", "people"),
        (len(policy.services), "service", "services"),
        (len(policy.mailboxes), "mailbox", "mailboxes"),
    ]
    parts = [f"{count} {one if count == 1 else many}" for count, one, many in counted]
    if policy.outgoing is None:
        parts.append("no [outgoing], so it answers nobody")
    return f"{path}: {', '.join(parts)}"
