"""``deskwatch``: finds the command, runs it, and turns every error into one line.

Exit status: 0 done, 1 a problem explained in one line, 2 wrong use.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version

from store.errors import ConfigError, DeskwatchError
from tui.cli.options import shared_options


@dataclass(frozen=True, slots=True)
class Command:
    """A command: the module that holds ``configure(parser)`` and ``run(args)``, and its help."""

    module: str
    help: str


COMMANDS = {
    "board": Command("tui.cli.board", "the dashboard (also without any command)"),
    "demo": Command("tui.cli.demo", "everything, on this machine, with a local mail server"),
    "init": Command("tui.cli.init", "write a config by asking"),
    "check": Command("tui.cli.check", "config, store, mailboxes, SMTP: what is wrong and the fix"),
    "intake": Command("tui.cli.intake", "the poller: mail becomes requests"),
    "requests": Command("tui.cli.requests", "list requests"),
    "show": Command("tui.cli.show", "one request"),
    "due": Command("tui.cli.due", "when would a request received at T be due, and why"),
    "status": Command("tui.cli.status", "intake health, reconciliation, outbox, cover now"),
    "policy": Command("tui.cli.policy", "apply, show or rehearse the policy"),
    "db": Command("tui.cli.db", "upgrade or verify the database"),
}


def build_parser(chosen: str | None) -> argparse.ArgumentParser:
    """Return the parser; only the module of ``chosen`` is imported, so that help is quick."""
    parser = argparse.ArgumentParser(
        prog="deskwatch",
        description="The terminal dashboard that IT help desks keep open all day.",
        epilog="Without a command the dashboard opens. 'deskwatch COMMAND --help' tells more.",
    )
    parser.add_argument("--version", action="version", version=f"deskwatch {version('deskwatch')}")
    shared_options(parser, default=None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, command in COMMANDS.items():
        sub = commands.add_parser(name, help=command.help, description=command.help + ".")
        shared_options(sub, default=argparse.SUPPRESS)
        if name == chosen:
            import_module(command.module).configure(sub)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``deskwatch`` with ``argv`` (the process's arguments if None); return the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    chosen = next((word for word in words if word in COMMANDS), None)
    asks_help = any(word in {"-h", "--help", "--version"} for word in words)
    if chosen is None and not asks_help:
        words, chosen = [*words, "board"], "board"
    try:
        args = build_parser(chosen).parse_args(words)
        return int(import_module(COMMANDS[args.command].module).run(args))
    except ConfigError as error:
        # As compilers write them, so that editors jump to the line.
        print("\n".join(error.problems), file=sys.stderr)
        return 1
    except DeskwatchError as error:
        print(f"deskwatch: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output went away (`deskwatch requests | head`): not an error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - no traceback ever reaches a user
        from store.text import one_line
        from tui.cli.crash import explain

        print(f"deskwatch: {one_line(explain(error))}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
