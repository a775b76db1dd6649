"""``deskwatch intake [--once]``: the poller, which makes requests of mail."""

from __future__ import annotations

import argparse
import gc
import logging
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from store.errors import ConfigError, StoreHindered, StoreUnreachable
from tui.cli.context import config_path
from tui.cli.progress import ProgressBar
from tui.cli.stopping import Stopped, Stopping

if TYPE_CHECKING:
    from intake.bell import Bell
    from intake.poller import Poller
    from intake.standing import Progress
    from store.desk import Desk
    from store.mail_records import Taken
    from store.policy.policy import Policy

_log = logging.getLogger("intake")
_HIGHEST_PORT = 65_535
#: Seconds for a thread that is about to end.
_TO_END = 0.2


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``deskwatch intake``."""
    parser.add_argument(
        "--once",
        action="store_true",
        help="take in what is there now, then end (status 1 if a mailbox could not be read)",
    )
    parser.add_argument(
        "--log-json", action="store_true", help="log JSON, an object a line, instead of words"
    )
    parser.add_argument(
        "--metrics-port",
        type=_place,
        metavar="[ADDRESS:]PORT",
        help="answer Prometheus there; without an address only this machine is answered",
    )


def run(args: argparse.Namespace) -> int:
    """Apply the config's policy, then read its mailboxes: until stopped, or once."""
    if args.once and args.metrics_port:
        print("deskwatch: --metrics-port is for a poller that keeps running", file=sys.stderr)
        return 2
    # First of all: whoever ends it early finds it ending cleanly.
    with Stopping() as stopping:
        try:
            status = _run(args, stopping)
            _leave(status)
        except Stopped:
            status = 0
            _leave(status)
        except Exception:
            if not stopping.interrupted:
                raise
            status = 0
            _leave(status)
        return status


def _run(args: argparse.Namespace, stopping: Stopping) -> int:
    from intake.bell import Bell
    from intake.heaps import share_heaps
    from intake.poller import Poller
    from store.policy.load import load
    from tui.cli import log_lines
    from tui.cli.board_keys import refuse_clashes

    path = config_path(args)
    policy = load(path)
    if not policy.mailboxes:
        raise ConfigError([f"{path}: there are no [[mailboxes]] to read; add one"])
    refuse_clashes(policy, path)
    url = args.database or os.environ.get("DESKWATCH_DATABASE") or policy.database.url
    bar = ProgressBar(sys.stderr, "mails") if args.once else None
    log_lines.start(sys.stderr, as_json=args.log_json, bar=bar)
    with closing(Bell()) as bell, closing(_open(url, policy, bell, wait=not args.once)) as desk:
        share_heaps()
        # What is imported is never garbage: a twentieth of the time of taking mail in
        # would go into looking at it again and again.
        gc.freeze()
        if bar:
            watching = _Watching(bar)
            poller = Poller(desk, policy.mailboxes, watching, policy.outgoing, policy.people)
            with stopping.rings(bell):
                return _once(poller, bell, bar)
        with _measured(desk, args.metrics_port) as metrics, stopping.rings(bell):
            poller = Poller(desk, policy.mailboxes, metrics, policy.outgoing, policy.people)
            poller.run(bell)
        return 0


def _open(url: str, policy: Policy, bell: Bell, *, wait: bool) -> Desk:
    """Return the desk at ``url`` with ``policy`` applied to it.

    With ``wait`` a database that cannot be reached, or takes nothing now, is waited for: the
    machine may just be starting.
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
        except (StoreUnreachable, StoreHindered) as error:
            if not wait:
                raise
            pause = backoff.next(1.0)
            extra = {"error": error, "next_try_s": round(pause)}
            _log.warning("the database cannot be used", extra=extra)
        bell.wait(pause)


def _once(poller: Poller, bell: Bell, bar: ProgressBar) -> int:
    looked = poller.run_once(bell)
    bar.clear()
    failed = [each for each in looked if each.error]
    for each in failed:
        print(f"deskwatch: {each.error}", file=sys.stderr)
    return 1 if failed else 0


@contextmanager
def _measured(desk: Desk, place: tuple[str, int] | None) -> Iterator[Progress | None]:
    """Yield what counts for Prometheus, answering at ``place``; None without."""
    if place is None:
        yield None
        return
    from intake.metrics import Metrics, serving

    metrics = Metrics(desk)
    with serving(metrics, *place):
        _log.info("metrics", extra={"url": f"http://{place[0]}:{place[1]}/metrics"})
        yield metrics


def _place(text: str) -> tuple[str, int]:
    address, _, port = text.rpartition(":")
    if not (port.isascii() and port.isdigit() and 0 < int(port) <= _HIGHEST_PORT):
        raise argparse.ArgumentTypeError(f"{text!r} is no port; write e.g. 9117")
    return address.strip("[]") or "127.0.0.1", int(port)


def _leave(status: int) -> None:
    """End the process here if a thread is left that waits for something that does not answer.

    A server that takes no connection, or a database that is locked: there is nothing that
    such a thread could leave undone, and Python would wait for it.
    """
    for thread in threading.enumerate():
        if thread is not threading.main_thread():
            thread.join(_TO_END)
            if thread.is_alive():
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(status)


class _Watching:
    """Shows the progress of all mailboxes in one bar."""

    def __init__(self, bar: ProgressBar) -> None:
        self._bar = bar

    def missing(self, mailbox: str, messages: int) -> None:
        del mailbox
        self._bar.more(messages)

    def taken(self, mailbox: str, taken: Sequence[Taken], seconds: float) -> None:
        del mailbox, seconds
        self._bar.done(len(taken))

    def failed(self, mailbox: str) -> None:
        """Do nothing: the error is printed at the end."""
