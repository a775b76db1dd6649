"""``deskwatch policy apply [FILE]``: what the config file says holds from now on.

Before it does, it says what that changes: due times, gaps in cover, people, services, targets.
On a terminal it asks; scripts are not asked.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import ConfigError, DeskwatchError
from tui.cli.context import config_path, named_database

if TYPE_CHECKING:
    from store.facts.engine import Store
    from store.policy.difference import Difference
    from store.policy.policy import Applied, Policy
    from store.queries.policy import AppliedPolicy
    from store.queries.policy_change import PolicyChange

#: The parts of the file that due times follow from.
_CLOCKS = frozenset({"desk", "calendars", "targets"})


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``deskwatch policy apply``."""
    parser.add_argument(
        "file", metavar="FILE", nargs="?", type=Path, help="the config file (else --config)"
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--dry-run", action="store_true", help="only say what it would change")
    how.add_argument("--yes", action="store_true", help="apply it without asking")
    parser.add_argument(
        "--json",
        action="store_true",
        help="with --dry-run or --yes: the changes as a JSON object; see docs/json.md",
    )
    parser.set_defaults(refuse=parser.error)


def run(args: argparse.Namespace) -> int:
    """Apply the file, unless somebody says no; say which version holds, and what it changed."""
    from store.facts.engine import open_store
    from store.policy.load import load
    from store.queries.policy import applied_policy
    from tui.cli.board_keys import refuse_clashes

    if args.json and not (args.dry_run or args.yes):
        args.refuse("--json takes --dry-run or --yes: nobody can be asked")
    path = args.file or config_path(args)
    policy = load(path)
    refuse_clashes(policy, path)
    with closing(open_store(named_database(args) or policy.database.url)) as store:
        compared = _compare(store, applied_policy(store), policy)
        if not args.json:
            print("".join(f"{line}\n" for line in compared.lines()), end="")
        if args.dry_run:
            return _dry(compared, as_json=args.json)
        if compared.to_ask and not args.yes and _on_a_terminal() and not _agreed(store, compared):
            print(f"Not applied: policy version {compared.version} still holds.")
            return 1
        version = _apply(store, compared.text)
    if args.json:
        _print_json(compared, version, applied=version != compared.version)
    else:
        print(compared.outcome(version))
    return 0


@dataclass(frozen=True, slots=True)
class _Compared:
    """The policy of the file beside the one that holds."""

    policy: Policy
    text: str
    version: int | None
    """Of the one that holds; None if none does yet."""
    same: bool = False
    before: Applied | None = None
    """The one that holds; None if there is none, or if nobody can read it any more."""
    parts: tuple[str, ...] = ()
    differs: Difference | None = None
    change: PolicyChange | None = None

    @property
    def to_ask(self) -> bool:
        """Whether somebody might want to think again."""
        unreadable = self.before is None and self.version is not None
        return not self.same and (unreadable or bool(self.parts))

    def lines(self) -> Iterator[str]:
        """Yield what would change, if there is anything to compare."""
        from zoneinfo import ZoneInfo

        from tui.cli import policy_change_text

        if not self.parts or self.differs is None or self.change is None or self.before is None:
            return
        people = (*self.before.people, *self.policy.people)
        yield from policy_change_text.lines(
            self.parts,
            self.differs,
            self.change,
            {each.login: each.name for each in people},
            ZoneInfo(self.policy.desk.timezone),
        )

    def outcome(self, version: int) -> str:
        """Return the line that says what holds now."""
        if self.version is None:
            return f"Policy version {version} holds: the first one."
        if self.version == version:
            return f"Nothing to change: policy version {version} says the same."
        if self.before is None:
            said = "The one before was written by another version of Deskwatch."
        elif self.parts:
            said = f"Changed: {', '.join(self.parts)}."
        else:
            # Another version of the program may have written the same in other words.
            said = "It says the same, as this version writes it."
        return f"Policy version {version} holds. {said}"


def _compare(store: Store, held: AppliedPolicy | None, policy: Policy) -> _Compared:
    from store.policy.difference import difference
    from store.policy.stored import from_store, to_store
    from store.policy.toml_file import changed_parts

    text = to_store(policy)
    if held is None:
        return _Compared(policy, text, None)
    if held.text == text:
        return _Compared(policy, text, held.version, same=True)
    try:
        before = from_store(held.text)
    except ConfigError:
        return _Compared(policy, text, held.version)
    parts = tuple(changed_parts(before, policy))
    return _Compared(
        policy,
        text,
        held.version,
        before=before,
        parts=parts,
        # Of the file only what is shared: where people are called stays in it.
        differs=difference(before, from_store(text)),
        change=_change(store, text, clocks=not _CLOCKS.isdisjoint(parts)),
    )


def _change(store: Store, text: str, *, clocks: bool) -> PolicyChange:
    from store.queries.policy_change import live_requests, policy_change
    from tui.cli.progress import ProgressBar

    if not clocks:
        return policy_change(store, text, None)
    bar = ProgressBar(sys.stderr, "open requests")
    bar.more(live_requests(store))
    change = policy_change(store, text, bar.done)
    bar.clear()
    return change


def _dry(compared: _Compared, *, as_json: bool) -> int:
    if as_json:
        _print_json(compared, compared.version, applied=False)
    elif compared.version is None:
        print("Not applied: it would be the first policy.")
    elif compared.same:
        print(f"Nothing to change: policy version {compared.version} says the same.")
    else:
        print(f"Not applied: policy version {compared.version} still holds.")
    return 0


def _on_a_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _agreed(store: Store, compared: _Compared) -> bool:
    """Ask; what was agreed to must still be what happens."""
    from store.queries.policy import applied_policy
    from tui.cli.questions import yes

    agreed = yes("Apply it?")
    held = applied_policy(store)
    if agreed and held is not None and held.version != compared.version:
        raise DeskwatchError(
            f"somebody applied policy version {held.version} meanwhile, so nothing was applied; "
            "look at what it changes now: deskwatch policy apply"
        )
    return agreed


def _apply(store: Store, text: str) -> int:
    from store.commands import apply_policy
    from store.facts.login import login_name
    from store.records import Actor

    login = login_name(store)
    return apply_policy(store, text, Actor(login=login, name=login))


def _print_json(compared: _Compared, version: int | None, *, applied: bool) -> None:
    from tui.cli.policy_change_json import shape

    found = shape(version, compared.parts, compared.differs, compared.change, applied=applied)
    print(json.dumps(found, ensure_ascii=False, indent=2))
