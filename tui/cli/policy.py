"""``deskwatch policy apply|show|test``: what the desk has agreed on."""

from __future__ import annotations

import argparse
from importlib import import_module

from tui.cli.options import shared_options

_ACTIONS = {
    "apply": ("tui.cli.policy_apply", "what the config file says holds from now on"),
    "show": ("tui.cli.policy_show", "the policy that holds"),
    "test": ("tui.cli.policy_test", "rehearse what-if cases: clocks, due times, cover"),
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the three and their options."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, (module, said) in _ACTIONS.items():
        sub = actions.add_parser(name, help=said, description=said + ".")
        shared_options(sub, default=argparse.SUPPRESS)
        import_module(module).configure(sub)


def run(args: argparse.Namespace) -> int:
    """Run the one that was asked for."""
    module, _ = _ACTIONS[args.action]
    return int(import_module(module).run(args))
