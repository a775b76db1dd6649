"""``deskwatch``: finds the command, runs it, and turns every error into one line.

Exit status: 0 done, 1 a problem explained in one line, 2 wrong use.
"""

from __future__ import annotations

import argparse
import errno
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from store.errors import ConfigError, DeskwatchError
from tui.cli import streams
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
    "login": Command("tui.cli.login", "sign in once for a mailbox at Microsoft or Google"),
    "intake": Command("tui.cli.intake", "the poller: mail becomes requests"),
    "explain": Command("tui.cli.explain", "how mails would be understood, and why"),
    "import": Command("tui.cli.import_mail", "mail from mbox, Maildir and .eml files"),
    "requests": Command("tui.cli.requests", "list requests"),
    "show": Command("tui.cli.show", "one request"),
    "ack": Command("tui.cli.ack", "you are on an emergency: nobody else is called"),
    "log": Command("tui.cli.log", "an end-run: who asked you directly, and for what"),
    "due": Command("tui.cli.due", "when would a request received at T be due, and why"),
    "cover": Command("tui.cli.cover", "who is on watch, who is next, where nobody is"),
    "status": Command("tui.cli.status", "intake health, reconciliation, outbox, cover now"),
    "policy": Command("tui.cli.policy", "apply, show or rehearse the policy"),
    "db": Command("tui.cli.db", "upgrade or verify the database"),
}


class _Version(argparse.Action):
    """Looks the version up only when somebody asks: that takes as long as all else here."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        _namespace: argparse.Namespace,
        _values: object,
        _option: str | None = None,
    ) -> None:
        """Print it and end."""
        from importlib.metadata import version

        print(f"deskwatch {version('deskwatch')}")
        parser.exit()


def build_parser(chosen: str | None) -> argparse.ArgumentParser:
    """Return the parser; only the module of ``chosen`` is imported, so that help is quick."""
    parser = argparse.ArgumentParser(
        prog="deskwatch",
        description="The terminal dashboard that IT help desks keep open all day.",
        epilog="Without a command the dashboard opens. 'deskwatch COMMAND --help' tells more.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and end")
    shared_options(parser, default=None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, command in COMMANDS.items():
        sub = commands.add_parser(name, help=command.help, description=command.help + ".")
        shared_options(sub, default=argparse.SUPPRESS)
        if name == chosen:
            import_module(command.module).configure(sub)
    return parser


def _with_command(words: list[str]) -> tuple[list[str], str | None]:
    """Return the arguments, with ``board`` where no command is among them, and the command."""
    shared = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    shared_options(shared, default=None)
    try:
        _, rest = shared.parse_known_args(words)  # a file may be called like a command
    except argparse.ArgumentError:
        rest = []
    chosen = next((word for word in rest if word in COMMANDS), None)
    asks = any(word in {"-h", "--help", "--version"} for word in rest)
    if chosen is None and not asks and (not rest or rest[0].startswith("-")):
        return ["board", *words], "board"
    return words, chosen


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``deskwatch`` with ``argv`` (the process's arguments if None); return the exit status."""
    streams.prepare()
    words, chosen = _with_command(list(sys.argv[1:] if argv is None else argv))
    try:
        return _run(words, chosen)
    except ConfigError as error:
        # As compilers write them, so that editors jump to the line.
        print("\n".join(error.problems), file=sys.stderr)
        return 1
    except DeskwatchError as error:
        print(f"deskwatch: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        if sys.stderr.isatty():
            print(file=sys.stderr)  # the shell's prompt goes to a line of its own
        return 130
    except BrokenPipeError:
        # The reader of our output went away (`deskwatch requests | head`): not an error.
        streams.silence()
        return 0
    except Exception as error:  # noqa: BLE001 - no traceback ever reaches a user
        print(f"deskwatch: {_unforeseen(error)}", file=sys.stderr)
        return 1


def _run(words: Sequence[str], chosen: str | None) -> int:
    try:
        args = build_parser(chosen).parse_args(words)
    except SystemExit:
        sys.stdout.flush()  # --help was printed; whether anybody reads it shows here
        raise
    status = int(import_module(COMMANDS[args.command].module).run(args))
    sys.stdout.flush()
    return status


def _unforeseen(error: Exception) -> str:
    from store.text import one_line
    from tui.cli.crash import explain

    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        streams.silence()
        return "the output cannot be written: the disk is full"
    return one_line(explain(error))


if __name__ == "__main__":
    sys.exit(main())
