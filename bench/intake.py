"""How many mails a second become committed, triaged requests, against merely downloading them.

    python -m bench.intake [--mails 10000] [--rounds 3] [--alone] [--profile]

A Dovecot of its own on loopback holds small mails (about 6 KB: plain or with HTML, quoted
text, signatures). In turn, ``rounds`` times: ``mbsync`` downloads them to a Maildir with
fsync, and the poller takes them in, each into an empty place; getmail6 and a plain loop with
IMAPClient download them once (``bench.downloads``). Prints medians, their ratio, and the peak
memory of the poller and its reading process. The poller's time runs from its first command to
its last commit, mbsync's is that of the process.
"""

from __future__ import annotations

import argparse
import contextlib
import cProfile
import gc
import json
import os
import pstats
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import psutil

from bench import downloads
from tests.servers.dovecot import Dovecot
from tests.servers.office import Office

USER = "help"
#: Seconds between two looks at the memory, and how many of these come to a search for children.
_BETWEEN_LOOKS, _LOOKS_A_SEARCH = 0.05, 10
_ASKED = ["printer", "projector", "laptop", "password", "wifi", "email", "login"]
_LETTERS = "etaoinshrdlcumwfgypbvkjxqz"


class Writers:
    """People who write mails of ordinary words, most of them rare."""

    def __init__(self, seed: int = 1) -> None:
        """Make up a language of 20,000 words."""
        self._chance = random.Random(seed)
        weights = [1 / (place + 2) for place in range(len(_LETTERS))]
        self._words = [
            "".join(self._chance.choices(_LETTERS, weights, k=self._chance.randint(2, 11)))
            for _ in range(20_000)
        ]
        # The words the catalogue looks for, as often as they come in a help desk's mail.
        self._words[200:230] = [
            "printer",
            "projector",
            "laptop",
            "password",
            "wifi",
            "email",
            "login",
        ] * 4
        self._words = self._words[:20_000]
        self._often = [1 / (place + 10) for place in range(len(self._words))]

    def text(self, words: int) -> str:
        """Return lines of about 70 characters."""
        chosen = self._chance.choices(self._words, self._often, k=words)
        return "\n".join(
            " ".join(chosen[start : start + 11]) for start in range(0, len(chosen), 11)
        )

    def mail(self, number: int) -> bytes:
        """Return the mail with this number: two in five have HTML beside the text."""
        chance = self._chance
        sender = f"Person {number % 700} <p{number % 700}@dept{number % 9}.example>"
        hops = "".join(
            f"Received: from mx{hop}.example (mx{hop}.example [192.0.2.{hop}])\n"
            f"\tby mail{hop}.northgate.example with ESMTPS id {chance.getrandbits(60):x};\n"
            f"\tMon, 23 Nov 2026 09:{number % 60:02}:0{hop} +0000 (UTC)\n"
            for hop in range(1, 4)
        )
        head = (
            f"{hops}DKIM-Signature: v=1; a=rsa-sha256; d=example; s=s1;\n"
            f"\tb={chance.getrandbits(900):x}\n"
            f"From: {sender}\nTo: Help Desk <help@northgate.example>\n"
            f"Subject: {self.text(6)}\nMessage-ID: <{number}.{chance.getrandbits(60):x}@example>\n"
            f"Date: Mon, 23 Nov 2026 09:{number % 60:02}:00 +0000\nMIME-Version: 1.0\n"
            "X-Mailer: Example 16.0\nThread-Topic: help\nAccept-Language: en-GB\n"
        )
        new = f"Hello,\n\n{self.text(chance.randint(20, 160))}\n\nKind regards\nPerson\n"
        quoted = "".join(f"> {line}\n" for line in self.text(chance.randint(0, 220)).splitlines())
        text = f"{new}\n-- \nPerson {number % 700}\nRoom {number % 50}, ext. {number % 1000}\n"
        if chance.random() < 0.5:
            text += f"\nOn Fri, 20 Nov 2026 at 16:00, Help Desk wrote:\n{quoted}"
        if chance.random() < 0.6:
            padding = self.text(chance.randint(100, 1100))
            text += f"\n{padding}\n"
            return f"{head}Content-Type: text/plain; charset=utf-8\n\n{text}".encode()
        cells = "".join(f"<p style=3D'margin:0'>{line}</p>\n" for line in text.splitlines())
        return (
            f'{head}Content-Type: multipart/alternative; boundary="b{number}"\n\n'
            f"--b{number}\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
            f"--b{number}\nContent-Type: text/html; charset=utf-8\n"
            "Content-Transfer-Encoding: quoted-printable\n\n"
            f"<html><body>{cells}</body></html>\n--b{number}--\n"
        ).encode()


@dataclass(frozen=True, slots=True)
class Took:
    """What taking everything in took."""

    seconds: float
    cpu_seconds: float
    beside_seconds: float
    """Of processor too, by the process that reads."""
    memory: int
    """Peak in bytes, with the process that reads beside it."""
    requests: int


def take_in(server: Dovecot, *, profile: bool) -> Took:
    """Have the poller take everything in."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder), port=server.port, user=USER)
        process = subprocess.Popen(
            [sys.executable, __file__, "--child", str(office.config), *(["--profile"] * profile)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "HELP_PASSWORD": server.password},
        )
        peak = peak_memory(process)
        said, _, table = process.communicate()[0].partition("\n")
        print(table, end="")
        return Took(*json.loads(said), peak, office.counts()[1])


def peak_memory(process: subprocess.Popen[str]) -> int:
    """Wait for a process; return the most memory that it and those it started had, in bytes."""
    poller = psutil.Process(process.pid)
    family = [poller]
    peak = looks = 0
    while process.poll() is None:
        with contextlib.suppress(psutil.Error):
            # Seldom: it looks through all processes there are, and would slow down the poller.
            if looks % _LOOKS_A_SEARCH == 0:
                family = [poller, *poller.children(recursive=True)]
            peak = max(peak, sum(each.memory_info().rss for each in family))
        looks += 1
        time.sleep(_BETWEEN_LOOKS)
    return peak


def poll(config: Path, *, profile: bool) -> None:
    """Be the poller of one look, in a process of its own; print the seconds it took."""
    from intake.bell import Bell
    from intake.heaps import share_heaps
    from intake.poller import Poller
    from store.commands import apply_policy
    from store.desk import Desk
    from store.facts.engine import open_store
    from store.policy.load import load
    from store.policy.stored import to_store
    from store.records import DESK

    policy = load(config)
    with contextlib.closing(open_store(policy.database.url)) as store:
        apply_policy(store, to_store(policy), DESK)
    with (
        contextlib.closing(Desk.open(policy.database.url)) as desk,
        contextlib.closing(Bell()) as bell,
    ):
        share_heaps()  # as the command does
        gc.freeze()
        poller = Poller(desk, policy.mailboxes)
        profiler = cProfile.Profile()
        if profile:
            # The worker's own thread is the one to look into.
            [worker] = poller._workers  # noqa: SLF001
            once = worker.once
            worker.once = lambda: profiler.runcall(once)
        began, cpu = time.perf_counter(), time.process_time()
        looked = poller.run_once(bell)
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
        assert [each.error for each in looked] == [""], looked
    beside = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps([seconds, cpu, beside.ru_utime + beside.ru_stime]))
    if profile:
        pstats.Stats(profiler).sort_stats("tottime").print_stats(40)


def main() -> None:
    """Run it and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--mails", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--alone", action="store_true", help="beside nothing else")
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        poll(args.child, profile=args.profile)
        return
    with Dovecot() as server:
        writers = Writers()
        mails = [writers.mail(number) for number in range(args.mails)]
        server.deliver(USER, mails)
        print(f"{args.mails:,} mails of {sum(map(len, mails)) / args.mails / 1000:.1f} KB")
        theirs: list[float] = []
        ours: list[float] = []
        if not args.alone:
            downloads.mbsync(server, USER, args.mails)  # for nothing: the server's caches are warm
        for _ in range(args.rounds):
            rate = None if args.alone else downloads.mbsync(server, USER, args.mails)
            theirs += [] if rate is None else [rate]
            took = take_in(server, profile=args.profile)
            ours.append(args.mails / took.seconds)
            print(
                (f"mbsync {rate:,.0f}/s   " if rate else "")
                + f"deskwatch {ours[-1]:,.0f}/s, {took.requests:,} requests, "
                + f"{took.cpu_seconds / args.mails * 1e6:,.0f} + "
                + f"{took.beside_seconds / args.mails * 1e6:,.0f} µs of processor a mail, "
                + f"peak {took.memory / 2**20:.0f} MiB"
            )
        median = statistics.median(ours)
        print(f"median: deskwatch {median:,.0f} mails/s", end="")
        if theirs:
            ratio = median / statistics.median(theirs)
            print(f", mbsync {statistics.median(theirs):,.0f} mails/s, ratio {ratio:.2f}", end="")
        print()
        for name, download in (
            ("getmail6", downloads.getmail),
            ("IMAPClient", downloads.imapclient),
        ):
            rate = None if args.alone else download(server, USER, args.mails)
            if rate is not None:
                print(f"{name}, only downloading: {rate:,.0f} mails/s, ratio {median / rate:.2f}")


if __name__ == "__main__":
    main()
