"""``deskwatch db``: the database made and brought up to date, and checked against itself."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from contextlib import closing

from tui.cli.context import database_url, open_desk
from tui.cli.options import shared_options
from tui.cli.progress import ProgressBar


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the actions of ``deskwatch db``."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True)
    for name, action, help_ in (
        ("upgrade", _upgrade, "make the database, or bring it to this program's schema"),
        ("verify", _verify, "compute everything again from the history and compare"),
    ):
        sub = actions.add_parser(name, help=help_, description=f"{help_.capitalize()}.")
        shared_options(sub, default=argparse.SUPPRESS)
        sub.set_defaults(do=action)
        if name == "verify":
            sub.add_argument(
                "--repair",
                action="store_true",
                help="make requests that differ what their history says",
            )


def run(args: argparse.Namespace) -> int:
    """Do the action that was named."""
    done: int = args.do(args)
    return done


def _upgrade(args: argparse.Namespace) -> int:
    from sqlalchemy import make_url

    from store.facts.schema import upgrade
    from store.facts.trouble import name_of

    url = database_url(args)
    before, after = upgrade(url)
    name = name_of(make_url(url))
    if before is None:
        print(f"made {name} (schema {after}); next: deskwatch policy apply")
    elif before == after:
        print(f"{name} is up to date (schema {after})")
    else:
        print(f"brought {name} from schema {before} to {after}")
    return 0


def _verify(args: argparse.Namespace) -> int:
    from store import commands
    from store.queries.integrity import database_problems, extent, problems

    bar = ProgressBar(sys.stderr, "requests and originals")
    with closing(open_desk(args)) as desk:
        looked_at = extent(desk)
        bar.more(looked_at)
        wrong = _tell(problems(desk, bar.done), bar)
        if sys.stderr.isatty():
            print("the database checks itself …", end="", file=sys.stderr, flush=True)
        wrong += _tell(database_problems(desk), bar)
        if wrong and args.repair:
            mended = commands.rebuild(desk)
            left = sum(1 for _ in problems(desk)) + sum(1 for _ in database_problems(desk))
            print(f"requests repaired: {mended:,}; problems left: {left:,}", file=sys.stderr)
            return 1 if left else 0
    if wrong:
        what = "1 thing differs" if wrong == 1 else f"{wrong:,} things differ"
        print(f"{what}; nothing was changed", file=sys.stderr)
        return 1
    print(f"{looked_at:,} requests and originals agree with history and ledger")
    return 0


def _tell(problems: Iterable[str], bar: ProgressBar) -> int:
    """Print a line a problem; return how many there are."""
    count = 0
    for problem in problems:
        bar.clear()
        print(problem, flush=True)
        count += 1
    bar.clear()
    return count
