"""``deskwatch intake [--once]``: the poller, which makes requests of mail."""

from __future__ import annotations

import argparse
import gc
import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from store.errors import ConfigError, StoreUnreachable
from tui.cli.context import config_path
from tui.cli.progress import ProgressBar

if TYPE_CHECKING:
    from intake.bell import Bell
    from intake.poller import Poller
    from store.desk import Desk
    from store.policy.policy import Policy

_log = logging.getLogger("intake")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``deskwatch intake``."""
    parser.add_argument(
        "--once",
        action="store_true",
        help="take in what is there now, then end (status 1 if a mailbox could not be read)",
    )


def run(args: argparse.Namespace) -> int:
    """Apply the config's policy, then read its mailboxes: until stopped, or once."""
    from intake.bell import Bell
    from intake.poller import Poller
    from store.policy.load import load
    from tui.cli.board_keys import refuse_clashes

    path = config_path(args)
    policy = load(path)
    if not policy.mailboxes:
        raise ConfigError([f"{path}: there are no [[mailboxes]] to read; add one"])
    refuse_clashes(policy, path)
    url = args.database or os.environ.get("DESKWATCH_DATABASE") or policy.database.url
    bar = ProgressBar(sys.stderr, "mails") if args.once else None
    _log_to_stderr(bar)
    with closing(Bell()) as bell, _signals(bell):
        desk = _open(url, policy, None if args.once else bell)
        if desk is None:
            return 0
        with closing(desk):
            # What is imported is never garbage: a twentieth of the time of taking mail in
            # would go into looking at it again and again.
            gc.freeze()
            poller = Poller(
                desk, policy.mailboxes, _Watching(bar) if bar else None, policy.outgoing
            )
            if bar:
                return _once(poller, bell, bar)
            poller.run(bell)
            return 0


def _open(url: str, policy: Policy, patience: Bell | None) -> Desk | None:
    """Return the desk at ``url`` with ``policy`` applied to it.

    With ``patience`` a database that cannot be reached is waited for: the machine may just be
    starting. None: the bell was rung meanwhile.
    """
    from intake.backoff import Backoff
    from store.commands import apply_policy
    from store.desk import Desk
    from store.facts.engine import open_store
    from store.policy.stored import to_store
    from store.records import DESK

    backoff = Backoff(first=1.0, most=30.0)
    while True:
        try:
            with closing(open_store(url)) as store:
                apply_policy(store, to_store(policy), DESK)
            return Desk.open(url)
        except StoreUnreachable as error:
            if patience is None:
                raise
            pause = backoff.next(1.0)
            _log.warning("%s; next try in %.0f s", error, pause)
        if patience.wait(pause):
            return None


def _once(poller: Poller, bell: Bell, bar: ProgressBar) -> int:
    looked = poller.run_once(bell)
    bar.clear()
    failed = [each for each in looked if each.error]
    for each in failed:
        print(f"deskwatch: {each.error}", file=sys.stderr)
    return 1 if failed else 0


class _Watching:
    """Shows the progress of all mailboxes in one bar."""

    def __init__(self, bar: ProgressBar) -> None:
        self._bar = bar

    def missing(self, mailbox: str, messages: int) -> None:
        del mailbox
        self._bar.more(messages)

    def taken(self, mailbox: str, messages: int) -> None:
        del mailbox
        self._bar.done(messages)


class _Lines(logging.StreamHandler):  # type: ignore[type-arg]
    """Log lines on standard error, above the progress bar."""

    def __init__(self, bar: ProgressBar | None) -> None:
        super().__init__(sys.stderr)
        self._bar = bar

    def emit(self, record: logging.LogRecord) -> None:
        if self._bar is not None:
            self._bar.clear()
        super().emit(record)


def _log_to_stderr(bar: ProgressBar | None) -> None:
    """Log in plain lines. The libraries' own loggers stay quiet: some of them log mail."""
    # Without any handler Python prints what libraries warn about, tracebacks included.
    logging.getLogger().addHandler(logging.NullHandler())
    lines = _Lines(bar)
    lines.setFormatter(logging.Formatter("%(asctime)s %(levelname)-7s %(message)s"))
    _log.addHandler(lines)
    _log.setLevel(logging.INFO)
    _log.propagate = False


@contextmanager
def _signals(bell: Bell) -> Iterator[None]:
    """Ring ``bell`` on SIGTERM and SIGINT, so that the work in hand is finished first."""
    before = {
        number: signal.signal(number, lambda *_: bell.ring())
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
